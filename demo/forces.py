"""How the personnel of the day were shared out: told figures where there are any, one rule for the rest."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from demo.figures import Figures, Line, lines, origin_of, share
from demo.sectors import Area, Sector
from demo.stage import Stage

Key = TypeVar("Key", bound=Hashable)
GUARD, RESERVE = "pam_tps", "reserve"
COORDINATOR = "pemprov-banten"  # the provincial election desk
COMMISSION = "kpu-banten"


@dataclass(frozen=True)
class Posting:
    """So many people of one unit at one place, and who commands them."""

    agency: str
    unit: str
    region: str
    strength: int
    command_relation: str = "organik"
    role: str = GUARD
    commander: str | None = None  # a unit, or an agency whose staff coordinates
    partner: str | None = None  # the agency of the commander, where it is another one
    origin: str = "dibagi menurut aturan/shared out by the rule"


def postings(stage: Stage, figures: Figures, found: Sequence[Sector], areas: Sequence[Area]) -> list[Posting]:
    """All that are sent, the reserve last."""
    lent = [borrowed(stage, line) for line in lines("lent.csv")]
    own = [*police(figures, found), *military(figures, found, areas)]
    guards = [without_lent(each, lent) for each in own]
    return [
        *(each for each in guards if each.strength),
        *(posting for posting in guards_of_governments(stage, figures, found, areas) if posting.strength),
        *sorted(lent, key=lambda each: each.role == RESERVE),
    ]


def borrowed(stage: Stage, line: Line) -> Posting:
    """A line of `lent.csv`."""
    home, commander = line["home_unit"], line["controlling_unit"] or None
    agency = stage.units[home]["agency"]
    commands = stage.units[commander]["agency"] if commander else agency
    return Posting(
        agency, home, line["region_code"], int(line["strength"]), line["command_relation"], line["role"],
        commander, commands if commands != agency else None,
        origin_of(line["mark"], line["source"], line["as_of"]),
    )  # fmt: skip


def shares(figures: Figures, kind: str, agency: str, weights: Mapping[Key, int]) -> dict[Key, int]:
    """What a Polda told of one kind, by polling stations; those outside Banten take their part, too."""
    inside = sum(weights.values())
    outside = figures[agency, "tps"] - inside
    parts = share(figures[agency, kind], {**weights, None: outside})
    return {key: parts[key] for key in weights}


def police(figures: Figures, found: Sequence[Sector]) -> list[Posting]:
    """Each Polres has what is told of it; the others share the rest of their Polda by polling stations."""
    sent = []
    for agency in sorted({each.agency for each in found}):
        own = [each for each in found if each.agency == agency]
        told = {each: figures[each.unit, "police"] for each in own if (each.unit, "police") in figures.told}
        open_ones = {each: each.stations for each in own if each not in told}
        if told:  # told of in the whole: nothing lies outside Banten
            parts = told | share(figures[agency, "police"] - sum(told.values()), open_ones)
        else:
            parts = shares(figures, "police", agency, open_ones)
        for each in own:
            posting = Posting(agency, each.unit, each.region, parts[each])
            known = figures.told.get((each.unit, "police"))
            sent.append(replace(posting, origin=known.origin) if known else posting)
    return sent


def military(figures: Figures, found: Sequence[Sector], areas: Sequence[Area]) -> list[Posting]:
    """By the polling stations of a Polda in a regency; where two Kodim stand for it, half of them each."""
    kodim = {area.region: area.kodim for area in areas}
    sent = []
    for agency, stations in by_agency(found).items():
        weights = {
            (region, *unit): part
            for region, count in stations.items()
            for unit, part in share(count, dict.fromkeys(kodim[region], 1)).items()
        }
        for (region, home, unit), strength in shares(figures, "military", agency, weights).items():
            sent.append(Posting(home, unit, region, strength, "koordinasi", partner=agency))
    return sent


def guards_of_governments(
    stage: Stage, figures: Figures, found: Sequence[Sector], areas: Sequence[Area]
) -> list[Posting]:
    """Linmas by polling stations; the Satpol PP of each regency or city leads them."""
    governments = {area.region: area.government for area in areas}
    satpol = {unit["agency"]: code for code, unit in stage.units.items() if unit["kind"] == "satpol_pp"}
    return [
        Posting(
            governments[region], satpol[governments[region]], region, strength, "koordinasi", partner=agency
        )
        for agency, stations in by_agency(found).items()
        for region, strength in shares(figures, "local_government", agency, stations).items()
    ]


def by_agency(found: Sequence[Sector]) -> dict[str, dict[str, int]]:
    """Polling stations by Polda and regency."""
    stations: dict[str, dict[str, int]] = {}
    for each in found:
        regions = stations.setdefault(each.agency, {})
        regions[each.region] = regions.get(each.region, 0) + each.stations
    return stations


def without_lent(posting: Posting, lent: Sequence[Posting]) -> Posting:
    """The same without those who are told apart: lent to it by its own Polda, or lent by it to another."""
    apart = sum(
        each.strength
        for each in lent
        if each.role == GUARD
        and each.region == posting.region
        and posting.unit in {each.unit, each.commander}
        and each.agency == posting.agency
    )
    return replace(posting, strength=posting.strength - apart)


def audience(stage: Stage, posting: Posting, government: Mapping[str, str]) -> list[str]:
    """Who shall know of guards: who coordinates, the place's own government, KPU, and the next above."""
    named = {
        COORDINATOR, COMMISSION, government.get(posting.region), posting.partner,
        stage.about[posting.agency]["parent"],
    }  # fmt: skip
    return sorted(code for code in named if code and code != posting.agency)
