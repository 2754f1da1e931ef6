"""Makes mentors and mentees of many sites as `person` records, and a configuration that has their region.

    people.py FOLDER PEOPLE-A-SIDE [SITES]      people that are there already stay, the configuration is made anew

Three topics wished for and four offered, free words with half of them, one or two of four languages, nine departments, a
manager: the rules leave some fifty candidates each where a site has eighty people a side.
"""

import json
import random
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPARTMENTS = [["Engineering", "Software"], ["Engineering", "Powertrain"], ["Sales"], ["Purchasing"], ["Quality"], ["Logistics"],
               ["Finance", "Controlling"], ["Human Resources"], ["Production", "Line 1"]]
TOPICS = {
    "artificial-intelligence": "artificial intelligence", "data-analysis": "data analysis",
    "data-privacy": "data privacy", "e-bike": "e-bike", "enterprise-social-network": "company social network",
    "leadership": "leadership", "logistics": "logistics", "mobile-work": "mobile working",
    "notifications": "taming notifications", "presentation": "presenting", "purchasing": "purchasing",
    "smart-home": "smart home", "social-media": "social media", "video": "video and blogging",
}
WORDS = ("plan chart team phone video data cloud safety budget design travel garden music sport coffee language photo market "
         "robot sensor paper energy").split()


def configuration(folder, sites):
    """The shipped configuration with one region `bench` of so many sites."""
    config = folder / "Config"
    shutil.rmtree(config, ignore_errors=True)
    shutil.copytree(ROOT / "Config", config)
    own = config / "regions" / "bench"
    own.mkdir()
    lines = ["name: Bench", "country: US", "language: en", "time-zone: America/New_York",
             "office: {name: Office, email: tandem@bench.example.com}", "sites:"]
    lines += [f"  Site {number:04d}: {{}}" for number in range(sites)]
    (own / "region.yaml").write_text("\n".join(lines) + "\n")


def main():
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    sites = int(sys.argv[3]) if len(sys.argv) > 3 else max(1, count // 77)
    folder.mkdir(parents=True, exist_ok=True)
    configuration(folder, sites)
    if (folder / "people.ndjson").exists():
        return
    draw = random.Random(7)
    ids = sorted(TOPICS)

    def said(topics):
        phrase = [" ".join(draw.choice(WORDS) for _ in range(draw.randint(2, 5)))] if draw.random() < 0.5 else []
        return [TOPICS[topic] for topic in topics] + phrase

    with open(folder / "people.part", "w") as out:
        for number in range(2 * count):
            is_mentor = number < count
            learn, teach, interests = draw.sample(ids, 2 if is_mentor else 3), draw.sample(ids, 4), draw.sample(ids, 2)
            person = dict(
                record="person", id=f"bench:{number:07d}", region="bench", site=f"Site {draw.randrange(sites):04d}",
                name=f"Person Number {number}", email=f"p{number}@bench.example.com",
                role="mentor" if is_mentor else "mentee", department=draw.choice(DEPARTMENTS),
                level=draw.randint(1, 4) if is_mentor else draw.randint(5, 8),
                languages=sorted(draw.sample(["en", "de", "es", "zh"], draw.randint(1, 2))), timeZone="America/New_York",
                learn=learn, teach=teach, interests=interests,
                said=dict(learn=said(learn), teach=said(teach), interests=said(interests)),
                manager=f"bench:{draw.randrange(2 * count):07d}")
            out.write(json.dumps(person, separators=(",", ":"), sort_keys=True) + "\n")
    (folder / "people.part").rename(folder / "people.ndjson")


main()
