#!/usr/bin/env python3
"""make.py > reference.csv: public holidays by the Python package `holidays` (pip install holidays==0.109), against which
HolidayRulesTests holds HolidayRules. One line a country, subdivision and year: country,subdivision,year,MMDD MMDD …"""
import sys
import holidays

if holidays.__version__ != "0.109":
    sys.exit(f"holidays {holidays.__version__}: the reference is pinned to 0.109")
SUBDIVISIONS = {
    "DE": "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH",
    "AU": "ACT NSW NT QLD SA TAS VIC WA",
    "CH": "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH",
    "GB": "ENG NIR SCT WLS",
    "FR": "ARA BFC BRE CVL COR GES HDF IDF NOR NAQ OCC PDL PAC 57 6AE 971 972 973 974 976",
}
# Federal holidays are what `holidays` calls government holidays.
CATEGORIES = {"US": holidays.GOVERNMENT}
for country in "AT AU BE BR CH CN CZ DE ES FR GB HU IN IT JP MX NL NZ PL PT RO SK US ZA".split():
    for subdivision in [None] + SUBDIVISIONS.get(country, "").split():
        # The metropolitan regions of France have no holidays of their own, and no name in the package.
        metropolitan = country == "FR" and subdivision and len(subdivision) == 3 and subdivision.isalpha()
        for year in range(2026, 2032):
            days = holidays.country_holidays(
                country, subdiv=None if metropolitan else subdivision, years=year, categories=CATEGORIES.get(country)
            )
            dates = sorted({d for d in days if d.year == year})
            print(country, subdivision or "", year, " ".join(d.strftime("%m%d") for d in dates), sep=",")
