"""Posture plans: an agency's prepared answer to a threat level, and what becomes of it when that comes."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class MeasureKind(StrEnum):
    """What a plan prepares."""

    DEPLOYMENT = "deployment"
    NOTIFICATION = "notification"


class DraftState(StrEnum):
    """What has become of a prepared measure; only a person moves it."""

    WAITING = "waiting"
    CARRIED_OUT = "carried_out"
    DROPPED = "dropped"


class DraftDecision(StrEnum):
    """What a person can make of a draft."""

    CARRY_OUT = "carry_out"
    DROP = "drop"


class ActivationStatus(StrEnum):
    """Whether anything of an activation waits yet."""

    OPEN = "open"
    CLOSED = "closed"


class Shortfall(StrEnum):
    """Why a measure could not be carried out as it was planned, at the moment the level came."""

    NO_STRENGTH_STATED = "no_strength_stated"
    TOO_FEW = "too_few"


MEASURE_KINDS: dict[str, Label] = {
    MeasureKind.DEPLOYMENT: ("Penugasan satuan", "Deployment of a unit"),
    MeasureKind.NOTIFICATION: ("Pemberitahuan internal", "Notice to one's own people"),
}
DRAFT_STATES: dict[str, Label] = {
    DraftState.WAITING: ("Menunggu keputusan", "Waits for a decision"),
    DraftState.CARRIED_OUT: ("Dilaksanakan", "Carried out"),
    DraftState.DROPPED: ("Tidak dilaksanakan", "Dropped"),
}
DRAFT_DECISIONS: dict[str, Label] = {
    DraftDecision.CARRY_OUT: ("Laksanakan", "Carry out"),
    DraftDecision.DROP: ("Jangan laksanakan", "Drop"),
}
ACTIVATION_STATUSES: dict[str, Label] = {
    ActivationStatus.OPEN: ("Terbuka", "Open"),
    ActivationStatus.CLOSED: ("Selesai", "Closed"),
}
SHORTFALLS: dict[str, Label] = {
    Shortfall.NO_STRENGTH_STATED: ("Kekuatan satuan belum dinyatakan", "The unit's strength is not stated"),
    Shortfall.TOO_FEW: ("Personel yang tersedia kurang", "Fewer personnel are left than planned"),
}
ACTIVATION_RULE = "A threat level that this plan answers has come into force."


def shortfall(asked: int, strength: int | None, promised: int) -> tuple[Shortfall, int] | None:
    """Why a unit cannot send so many persons, and how many it could; None where it can.

    `strength` is what the unit has in all, None where nobody stated it; `promised` what others hold of it.
    """
    if strength is None:
        return Shortfall.NO_STRENGTH_STATED, 0
    left = max(strength - promised, 0)
    return (Shortfall.TOO_FEW, left) if left < asked else None
