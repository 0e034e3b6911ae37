"""Assistance between agencies: what is asked for, how it is answered, who may do what, what is overdue."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.deployments import DeploymentRole
from app.domain.incident_kinds import Label
from app.domain.permissions import Role


class AssistanceKind(StrEnum):
    """What personnel of another agency are asked for."""

    BOMB_DISPOSAL = "bomb_disposal"
    CROWD_CONTROL = "crowd_control"
    DOG_UNIT = "dog_unit"
    ESCORT_OF_SUPPLIES = "escort_of_supplies"
    GUARD_OF_OBJECT = "guard_of_object"
    GUARD_OF_POLLING_STATIONS = "guard_of_polling_stations"
    INTELLIGENCE = "intelligence"
    MEDICAL = "medical"
    NEGOTIATION = "negotiation"
    PATROL = "patrol"
    RESERVE = "reserve"
    RIOT_CONTROL = "riot_control"
    TRAFFIC = "traffic"


class AssistancePriority(StrEnum):
    """How fast (derajat), in rising order."""

    BIASA = "biasa"
    SEGERA = "segera"
    AMAT_SEGERA = "amat_segera"


class AssistanceStatus(StrEnum):
    """Where a request stands; how far it is filled says its counts."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class AnswerKind(StrEnum):
    """What an addressed agency says."""

    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    COUNTER_OFFER = "counter_offer"
    DECLINE = "decline"


class AnswerStatus(StrEnum):
    """What has become of an answer."""

    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    OFFERED = "offered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AssistanceStanding(StrEnum):
    """How an agency stands to a request that it may see."""

    ADDRESSED = "addressed"
    AUDIENCE = "audience"
    OWNER = "owner"  # the requester


class AssistanceAct(StrEnum):
    """What can be done to a request, as far as rights tell them apart."""

    ANSWER = "answer"
    DESCRIBE = "describe"
    MARK = "mark"
    STEP = "step"


S, A, K = AnswerStatus, AssistanceAct, AssistanceKind
RIGHTS: dict[AssistanceStanding, frozenset[AssistanceAct]] = {
    AssistanceStanding.ADDRESSED: frozenset({A.ANSWER}),
    AssistanceStanding.AUDIENCE: frozenset(),
    AssistanceStanding.OWNER: frozenset({A.DESCRIBE, A.MARK, A.STEP}),
}
ASSISTANCE_STEPS: dict[AssistanceStatus, frozenset[AssistanceStatus]] = {
    AssistanceStatus.OPEN: frozenset({AssistanceStatus.CLOSED, AssistanceStatus.WITHDRAWN}),
    AssistanceStatus.CLOSED: frozenset(),
    AssistanceStatus.WITHDRAWN: frozenset(),
}
FIRST_STATUS: dict[AnswerKind, AnswerStatus] = {
    AnswerKind.ACKNOWLEDGE: S.ACKNOWLEDGED,
    AnswerKind.ACCEPT: S.ACCEPTED,
    AnswerKind.COUNTER_OFFER: S.OFFERED,
    AnswerKind.DECLINE: S.DECLINED,
}
ANSWER_STEPS: dict[AnswerStatus, frozenset[AnswerStatus]] = {
    S.OFFERED: frozenset({S.ACCEPTED, S.REFUSED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset({S.WITHDRAWN}),
    S.ACKNOWLEDGED: frozenset(),
    S.DECLINED: frozenset(),
    S.REFUSED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
# Who takes a step: an offer is the requester's to decide, a promise its own agency's to take back.
REQUESTERS_STEPS = frozenset({S.ACCEPTED, S.REFUSED})
# A promise that still stands, or may become one.
STANDING = (S.ACCEPTED, S.OFFERED)

# The members of an answer besides its kind: what each kind needs, and what else it may say.
NEEDS: dict[AnswerKind, frozenset[str]] = {
    AnswerKind.ACKNOWLEDGE: frozenset(),
    AnswerKind.ACCEPT: frozenset({"home_unit", "quantity"}),
    AnswerKind.COUNTER_OFFER: frozenset({"home_unit", "quantity", "reason"}),
    AnswerKind.DECLINE: frozenset({"reason"}),
}
TAKES: dict[AnswerKind, frozenset[str]] = {
    AnswerKind.ACKNOWLEDGE: frozenset({"reason"}),
    AnswerKind.ACCEPT: frozenset({"home_unit", "quantity", "reason", "role"}),
    AnswerKind.COUNTER_OFFER: frozenset({"ends_at", "home_unit", "quantity", "reason", "role", "starts_at"}),
    AnswerKind.DECLINE: frozenset({"reason"}),
}
# These bind personnel: they take `deployments:write` too, and a person who commands or is on duty.
BINDING = frozenset({AnswerKind.ACCEPT, AnswerKind.COUNTER_OFFER})
BINDING_ROLES = frozenset({Role.COMMANDER, Role.OPERATOR})
COUNT_RULE = "assistance.count"  # what the system names as its reason when the counts of a request move

# What personnel are sent as where the answer does not say.
ROLE_OF: dict[AssistanceKind, DeploymentRole] = {
    K.BOMB_DISPOSAL: DeploymentRole.JIBOM,
    K.CROWD_CONTROL: DeploymentRole.DALMAS,
    K.DOG_UNIT: DeploymentRole.K9,
    K.ESCORT_OF_SUPPLIES: DeploymentRole.WAL_LOGISTIK,
    K.GUARD_OF_OBJECT: DeploymentRole.PAM_OBJEK,
    K.GUARD_OF_POLLING_STATIONS: DeploymentRole.PAM_TPS,
    K.INTELLIGENCE: DeploymentRole.INTEL,
    K.MEDICAL: DeploymentRole.MEDIS,
    K.NEGOTIATION: DeploymentRole.NEGOSIATOR,
    K.PATROL: DeploymentRole.PATROLI,
    K.RESERVE: DeploymentRole.RESERVE,
    K.RIOT_CONTROL: DeploymentRole.BRIMOB_PHH,
    K.TRAFFIC: DeploymentRole.LANTAS,
}


class Answerable(Protocol):
    """What of a request says whether it is overdue."""

    @property
    def status(self) -> str: ...

    @property
    def quantity(self) -> int: ...

    @property
    def accepted_count(self) -> int: ...

    @property
    def answer_by(self) -> datetime: ...


T = TypeVar("T", bound=Answerable)


def standing(agency: str, owner: str, addressed: Iterable[str]) -> AssistanceStanding:
    """How an agency stands to a request that it may see, from the codes of the agencies."""
    if agency == owner:
        return AssistanceStanding.OWNER
    return AssistanceStanding.ADDRESSED if agency in addressed else AssistanceStanding.AUDIENCE


def left(quantity: int, accepted_count: int) -> int:
    """How many persons a request still needs; never below none."""
    return max(quantity - accepted_count, 0)


def is_overdue(request: Answerable, at: datetime) -> bool:
    """Whether its deadline has come at an aware moment while it is open and persons are still missing."""
    is_open = request.status == AssistanceStatus.OPEN
    return is_open and request.answer_by <= at and left(request.quantity, request.accepted_count) > 0


def overdue(requests: Iterable[T], at: datetime) -> list[T]:
    """Those of the requests that are overdue at an aware moment, in their order; for whoever escalates."""
    return [request for request in requests if is_overdue(request, at)]


ASSISTANCE_KINDS: dict[str, Label] = {
    K.BOMB_DISPOSAL: ("Penjinakan bom", "Bomb disposal"),
    K.CROWD_CONTROL: ("Pengendalian massa", "Crowd control"),
    K.DOG_UNIT: ("Satwa pelacak (K9)", "Dog unit"),
    K.ESCORT_OF_SUPPLIES: ("Pengawalan logistik pemilihan", "Escort of election supplies"),
    K.GUARD_OF_OBJECT: ("Pengamanan objek", "Guard of an object"),
    K.GUARD_OF_POLLING_STATIONS: ("Pengamanan TPS", "Guard of polling stations"),
    K.INTELLIGENCE: ("Dukungan intelijen", "Intelligence"),
    K.MEDICAL: ("Dukungan medis", "Medical support"),
    K.NEGOTIATION: ("Negosiasi", "Negotiation"),
    K.PATROL: ("Patroli", "Patrol"),
    K.RESERVE: ("Cadangan (Power on Hand)", "Reserve"),
    K.RIOT_CONTROL: ("Penanggulangan huru-hara", "Riot control"),
    K.TRAFFIC: ("Pengaturan lalu lintas", "Traffic control"),
}
ASSISTANCE_PRIORITIES: dict[str, Label] = {
    AssistancePriority.BIASA: ("Biasa", "Ordinary"),
    AssistancePriority.SEGERA: ("Segera", "Urgent"),
    AssistancePriority.AMAT_SEGERA: ("Amat segera (kilat)", "Most urgent"),
}
ASSISTANCE_STATUSES: dict[str, Label] = {
    AssistanceStatus.OPEN: ("Terbuka", "Open"),
    AssistanceStatus.CLOSED: ("Ditutup", "Closed"),
    AssistanceStatus.WITHDRAWN: ("Ditarik kembali", "Withdrawn"),
}
ANSWER_KINDS: dict[str, Label] = {
    AnswerKind.ACKNOWLEDGE: ("Diterima untuk dipelajari", "Acknowledged, no answer yet"),
    AnswerKind.ACCEPT: ("Menyanggupi", "Accepts"),
    AnswerKind.COUNTER_OFFER: ("Menawarkan lain", "Makes a counter-offer"),
    AnswerKind.DECLINE: ("Tidak menyanggupi", "Declines"),
}
ANSWER_STATUSES: dict[str, Label] = {
    S.ACKNOWLEDGED: ("Diketahui", "Acknowledged"),
    S.ACCEPTED: ("Disanggupi", "Accepted"),
    S.DECLINED: ("Tidak disanggupi", "Declined"),
    S.OFFERED: ("Ditawarkan", "Offered"),
    S.REFUSED: ("Tawaran ditolak", "Offer refused"),
    S.WITHDRAWN: ("Ditarik kembali", "Withdrawn"),
}
