"""Who guards what: the kecamatan of each Polres as the service tells them, and their polling stations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from demo.agency import Unexpected
from demo.figures import Figures, share, shown
from demo.stage import PROMPTER, PROVINCE, Stage

REGIONS = "/api/v1/regions"
GUARDS = "polda-banten"  # how many polling stations it guarded in the whole is told


@dataclass(frozen=True)
class Sector:
    """The part of a regency or city that one Polres covers."""

    region: str
    agency: str
    unit: str
    districts: int
    stations: int


@dataclass(frozen=True)
class Area:
    """A regency or city: its own government, and the Kodim that stand for it."""

    region: str
    government: str
    kodim: Sequence[tuple[str, str]]  # agency, unit


def survey(stage: Stage, figures: Figures) -> tuple[list[Sector], list[Area]]:
    """Ask the service who covers each kecamatan, and share out the polling stations by it."""
    asking = stage[PROMPTER]
    regencies = asking.every(REGIONS, parent=PROVINCE)
    districts = [each for parent in regencies for each in asking.every(REGIONS, parent=parent["code"])]
    covered: Counter[tuple[str, str, str]] = Counter()
    by_agency: Counter[str] = Counter()
    open_ones = []
    for district in stage.progress(districts, "kecamatan: siapa mencakup/who covers"):
        for police in asking.get(f"{REGIONS}/{district['code']}/responsible")["police"]:
            by_agency[police["agency"]] += 1
            if police["unit"]:
                covered[district["parent"], police["agency"], police["unit"]] += 1
            else:
                open_ones.append((district, police["agency"]))
    for district, agency in open_ones:
        stage.tell(stage[agency], f"{district['code']} {district['name']}: Polres belum pasti/not confirmed")
    found = sectors(covered, figures)
    for agency, count in by_agency.items():
        stations = sum(each.stations for each in found if each.agency == agency)
        stage.tell(stage[agency], f"{shown(count)} kecamatan, {shown(stations)} TPS")
    return found, [area(asking.get(f"{REGIONS}/{each['code']}/responsible")) for each in regencies]


def sectors(covered: Counter[tuple[str, str, str]], figures: Figures) -> list[Sector]:
    """The polling stations of each sector: those of a regency, by the number of kecamatan of each Polres.

    Where two Polda meet in a regency, GUARDS has what it guarded in the whole less what lies in the
    regencies that are all its own; the other one has the rest.
    """
    agencies: dict[str, list[str]] = {}
    for region, agency, _ in covered:
        agencies[region] = sorted({*agencies.get(region, []), agency})
    shared = [region for region, each in agencies.items() if len(each) > 1]
    own = sum(figures[region, "tps"] for region, each in agencies.items() if each == [GUARDS])
    if len(shared) != 1:
        raise Unexpected(f"The rule knows one regency with two Polda; the service tells of {shared}.")
    found = []
    for region, each in agencies.items():
        parts = dict.fromkeys(each, figures[region, "tps"])
        if region in shared:
            mine = figures[GUARDS, "tps"] - own
            parts = {agency: mine if agency == GUARDS else parts[agency] - mine for agency in each}
        for agency, stations in parts.items():
            units = {key[2]: count for key, count in covered.items() if key[:2] == (region, agency)}
            shares = share(stations, units)
            found += [Sector(region, agency, unit, units[unit], shares[unit]) for unit in units]
    return found


def area(responsible: dict[str, Any]) -> Area:
    """What the service tells of a regency or city besides its police."""
    region = responsible["region"]["code"]
    own = [each["agency"] for each in responsible["local_government"] if each["region_code"] == region]
    kodim = [(each["agency"], each["unit"]) for each in responsible["military"] if each["unit"]]
    return Area(region, own[0], kodim)
