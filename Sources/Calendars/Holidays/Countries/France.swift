extension HolidayCountry {
  /// Code du travail, L3133-1 and, for Alsace and Moselle, L3134-13. `57` and `6AE` are Moselle and Alsace.
  static let france = HolidayCountry(
    code: "FR", language: "fr",
    subdivisions: [
      "ARA", "BFC", "BRE", "CVL", "COR", "GES", "HDF", "IDF", "NOR", "NAQ", "OCC", "PDL", "PAC", "57", "6AE",
      "971",
      "972", "973", "974", "976",
    ],
    rules: [
      HolidayRule("Jour de l'an", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Mi-Carême", "Mid-Lent", .easter(-24), ["971"]),
      HolidayRule("Vendredi saint", "Good Friday", .easter(-2), ["57", "6AE", "971"]),
      HolidayRule("Lundi de Pâques", "Easter Monday", .easter(1)),
      HolidayRule("Abolition de l'esclavage", "Abolition of Slavery", .fixed(4, 27), ["976"]),
      HolidayRule("Fête du Travail", "Labour Day", .fixed(5, 1)),
      HolidayRule("Fête de la Victoire", "Victory Day", .fixed(5, 8)),
      HolidayRule("Ascension", "Ascension Day", .easter(39)),
      HolidayRule("Lundi de Pentecôte", "Whit Monday", .easter(50)),
      HolidayRule("Abolition de l'esclavage", "Abolition of Slavery", .fixed(5, 22), ["972"]),
      HolidayRule("Abolition de l'esclavage", "Abolition of Slavery", .fixed(5, 27), ["971"]),
      HolidayRule("Abolition de l'esclavage", "Abolition of Slavery", .fixed(6, 10), ["973"]),
      HolidayRule("Fête nationale", "National Day", .fixed(7, 14)),
      HolidayRule("Fête de Victor Schœlcher", "Victor Schoelcher Day", .fixed(7, 21), ["971", "972"]),
      HolidayRule("Assomption", "Assumption Day", .fixed(8, 15)),
      HolidayRule("Toussaint", "All Saints' Day", .fixed(11, 1)),
      HolidayRule("Armistice", "Armistice Day", .fixed(11, 11)),
      HolidayRule("Abolition de l'esclavage", "Abolition of Slavery", .fixed(12, 20), ["974"]),
      HolidayRule("Noël", "Christmas Day", .fixed(12, 25)),
      HolidayRule("Saint-Étienne", "Saint Stephen's Day", .fixed(12, 26), ["57", "6AE"]),
    ])
}
