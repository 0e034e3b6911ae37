"""Elections: their kinds, their stages (tahapan) and rounds, and what of them counts on a day.

Stages and kinds of re-votes follow PKPU 2/2024 (calendar of the Pilkada 2024) and the law on elections; the
codes and the English are ours. Days are calendar days of WIB, both ends included.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from app.domain.incident_kinds import Label


class ElectionKind(StrEnum):
    """What is elected."""

    GUBERNATORIAL = "gubernatorial"
    LEGISLATIVE = "legislative"
    PRESIDENTIAL = "presidential"
    REGENT_MAYOR = "regent_mayor"
    VILLAGE_HEAD = "village_head"


class ElectionStage(StrEnum):
    """The stages of an election, in the order of its calendar; a deployment uses those it needs."""

    PLANNING_BUDGET = "planning_budget"
    REGULATIONS = "regulations"
    AD_HOC_BODIES = "ad_hoc_bodies"
    OBSERVER_REGISTRATION = "observer_registration"
    POPULATION_DATA = "population_data"
    INDEPENDENT_SUPPORT = "independent_support"
    VOTER_LIST = "voter_list"
    REGISTRATION_NOTICE = "registration_notice"
    REGISTRATION = "registration"
    VERIFICATION = "verification"
    CANDIDATE_DETERMINATION = "candidate_determination"
    NUMBER_DRAW = "number_draw"
    CAMPAIGN = "campaign"
    LOGISTICS_DISTRIBUTION = "logistics_distribution"
    QUIET_PERIOD = "quiet_period"
    VOTING = "voting"
    COUNT_RECAP = "count_recap"
    DISPUTE = "dispute"
    DETERMINATION = "determination"
    INAUGURATION = "inauguration"


class RevoteKind(StrEnum):
    """Why a place goes through a round once more."""

    PSL = "psl"
    PSS = "pss"
    PSSU = "pssu"
    PSU = "psu"


ELECTION_KINDS: dict[str, Label] = {
    ElectionKind.GUBERNATORIAL: ("Pemilihan gubernur dan wakil gubernur", "Election of the governor"),
    ElectionKind.LEGISLATIVE: ("Pemilu anggota legislatif", "Legislative election"),
    ElectionKind.PRESIDENTIAL: ("Pemilu presiden dan wakil presiden", "Presidential election"),
    ElectionKind.REGENT_MAYOR: ("Pemilihan bupati atau wali kota", "Election of a regent or mayor"),
    ElectionKind.VILLAGE_HEAD: ("Pemilihan kepala desa", "Election of a village head"),
}
S = ElectionStage
ELECTION_STAGES: dict[str, Label] = {
    S.PLANNING_BUDGET: ("Perencanaan program dan anggaran", "Planning of programme and budget"),
    S.REGULATIONS: ("Penyusunan peraturan dan perencanaan", "Regulations and planning"),
    S.AD_HOC_BODIES: ("Pembentukan PPK, PPS, dan KPPS", "Forming of PPK, PPS and KPPS"),
    S.OBSERVER_REGISTRATION: ("Pendaftaran pemantau pemilihan", "Registration of observers"),
    S.POPULATION_DATA: ("Penyerahan DP4", "Hand-over of the population data (DP4)"),
    S.INDEPENDENT_SUPPORT: ("Pemenuhan dukungan calon perseorangan", "Support of independent candidates"),
    S.VOTER_LIST: ("Pemutakhiran dan penyusunan daftar pemilih", "Voter list"),
    S.REGISTRATION_NOTICE: ("Pengumuman pendaftaran pasangan calon", "Notice of the registration"),
    S.REGISTRATION: ("Pendaftaran pasangan calon", "Registration of candidates"),
    S.VERIFICATION: ("Penelitian persyaratan calon", "Verification of candidates"),
    S.CANDIDATE_DETERMINATION: ("Penetapan pasangan calon", "Determination of the candidates"),
    S.NUMBER_DRAW: ("Pengundian nomor urut", "Draw of the numbers"),
    S.CAMPAIGN: ("Masa kampanye", "Campaign"),
    S.LOGISTICS_DISTRIBUTION: ("Distribusi logistik", "Distribution of supplies"),
    S.QUIET_PERIOD: ("Masa tenang", "Quiet period"),
    S.VOTING: ("Pemungutan suara", "Voting"),
    S.COUNT_RECAP: ("Penghitungan dan rekapitulasi suara", "Count and recapitulation"),
    S.DISPUTE: ("Perselisihan hasil pemilihan", "Dispute over the result"),
    S.DETERMINATION: ("Penetapan calon terpilih", "Determination of the winner"),
    S.INAUGURATION: ("Pelantikan", "Inauguration"),
}
REVOTE_KINDS: dict[str, Label] = {
    RevoteKind.PSL: ("Pemungutan suara lanjutan", "Voting continued"),
    RevoteKind.PSS: ("Pemungutan suara susulan", "Voting held later"),
    RevoteKind.PSSU: ("Penghitungan suara ulang", "Votes counted again"),
    RevoteKind.PSU: ("Pemungutan suara ulang", "Voting again"),
}

# A first round is held for a region of this level (by the length of its code); other kinds for any region.
HELD_FOR: dict[ElectionKind, int] = {
    ElectionKind.GUBERNATORIAL: len("36"),
    ElectionKind.REGENT_MAYOR: len("36.04"),
    ElectionKind.VILLAGE_HEAD: len("36.04.11.2001"),
}
# These follow one another: each begins after the one before it has ended. All others may run side by side.
ONE_BY_ONE = (S.CAMPAIGN, S.QUIET_PERIOD, S.VOTING)
ORDER = {stage: place for place, stage in enumerate(ElectionStage)}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage with its first and last day; a day that is not known is None, one of the two is known."""

    code: ElectionStage
    starts_on: date | None
    ends_on: date | None

    @property
    def first(self) -> date:
        """The first day that is known."""
        return self.starts_on or self.ends_on  # type: ignore[return-value]  # one of the two is there

    @property
    def last(self) -> date:
        """The last day that is known."""
        return self.ends_on or self.starts_on  # type: ignore[return-value]

    def runs(self, on: date) -> bool:
        """Whether it is known to run on a day: of a stage with one known day only that day."""
        return self.first <= on <= self.last


class Event(Protocol):
    """What counts of an election event to tell which one holds somewhere."""

    kind: str
    year: int
    round: int
    region_code: str
    decided_on: date | None


E = TypeVar("E", bound=Event)


def stages_of(said: Iterable[Mapping[str, Any]]) -> list[Stage]:
    """Stages as a record keeps them: codes, and days as RFC 3339 has them."""
    return [
        Stage(ElectionStage(each["stage"]), _day(each["starts_on"]), _day(each["ends_on"])) for each in said
    ]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def running(stages: Iterable[Stage], on: date) -> list[Stage]:
    """The stages that run on a day, in the order of the calendar."""
    return sorted((each for each in stages if each.runs(on)), key=lambda each: ORDER[each.code])


def current(stages: Iterable[Stage], on: date) -> Stage | None:
    """The one stage by which a day is called: voting on voting day, else the furthest that runs."""
    found = running(stages, on)
    voting = next((each for each in found if each.code is S.VOTING), None)
    return voting or (found[-1] if found else None)


def voting_on(stages: Iterable[Stage]) -> date | None:
    """The day of voting, the first of several; None where it is not known."""
    return next((each.first for each in stages if each.code is S.VOTING), None)


def is_over(stages: Sequence[Stage], on: date, *, votes: bool) -> bool:
    """Whether all that is known of a round lies before a day; where a vote is still to be set, it is open."""
    if not stages or (votes and voting_on(stages) is None):
        return False
    return max(each.last for each in stages) < on


def holding(events: Iterable[E], on: date) -> list[E]:
    """Of each election that is held for a place, the one round that counts on a day.

    A round counts from the day on which it was decided. The newest counts, of two the one for the smaller
    region.
    """
    known = (each for each in events if each.decided_on is None or each.decided_on <= on)
    nearest: dict[tuple[str, int], E] = {}
    for event in sorted(known, key=lambda each: (each.round, len(each.region_code))):
        nearest[event.kind, event.year] = event
    return list(nearest.values())
