"""Posture plans: an agency's prepared answer to a threat level, and what becomes of it when that comes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.domain.incident_kinds import Label
from app.domain.permissions import Permission

Measures = Sequence[Mapping[str, Any]]
PATROL_PLAN = "patrol_plan_id"


class MeasureKind(StrEnum):
    """What a plan prepares."""

    ASSISTANCE = "assistance"
    DEPLOYMENT = "deployment"
    NOTIFICATION = "notification"
    PATROL = "patrol"


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

    NO_PARTNER = "no_partner"
    NO_STRENGTH_STATED = "no_strength_stated"
    PLAN_HIDDEN = "plan_hidden"
    PLAN_OUT_OF_USE = "plan_out_of_use"
    TOO_FEW = "too_few"


# What carrying out a measure takes besides the right to decide; who is told only takes nothing more.
NEEDS: dict[MeasureKind, Permission] = {
    MeasureKind.ASSISTANCE: Permission.ASSISTANCE_WRITE,
    MeasureKind.DEPLOYMENT: Permission.DEPLOYMENTS_WRITE,
    MeasureKind.PATROL: Permission.PATROLS_WRITE,
}
# Where an activation keeps the ids of the records that were made of it.
MAKES: dict[MeasureKind, str] = {
    MeasureKind.ASSISTANCE: "assistance_request_ids",
    MeasureKind.DEPLOYMENT: "deployment_ids",
    MeasureKind.PATROL: "patrol_ids",
}
# What whoever carries out a measure may say otherwise than the plan has it.
TAKES: dict[MeasureKind, frozenset[str]] = {
    MeasureKind.ASSISTANCE: frozenset({"addressed", "starts_at"}),
    MeasureKind.DEPLOYMENT: frozenset({"starts_at", "strength_planned"}),
    MeasureKind.NOTIFICATION: frozenset(),
    MeasureKind.PATROL: frozenset({"on_date"}),
}
OTHERWISE = frozenset().union(*TAKES.values())

MEASURE_KINDS: dict[str, Label] = {
    MeasureKind.ASSISTANCE: ("Permintaan bantuan lembaga lain", "Request to other agencies"),
    MeasureKind.DEPLOYMENT: ("Penugasan satuan", "Deployment of a unit"),
    MeasureKind.NOTIFICATION: ("Pemberitahuan internal", "Notice to one's own people"),
    MeasureKind.PATROL: ("Patroli menurut rencana patroli", "Patrol by a patrol plan"),
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
    Shortfall.NO_PARTNER: (
        "Lembaga yang dimintai bukan mitra lagi",
        "An agency to be asked is no partner any more",
    ),
    Shortfall.NO_STRENGTH_STATED: ("Kekuatan satuan belum dinyatakan", "The unit's strength is not stated"),
    Shortfall.PLAN_HIDDEN: (
        "Tidak semua yang memutuskan boleh melihat rencana patroli",
        "Not all who decide may see the patrol plan",
    ),
    Shortfall.PLAN_OUT_OF_USE: ("Rencana patroli tidak dipakai lagi", "The patrol plan is out of use"),
    Shortfall.TOO_FEW: ("Personel yang tersedia kurang", "Fewer personnel are left than planned"),
}
DECIDED = "posture_activation.decided"
TOLD = "posture_activation.told"  # decided, and so that one's own people are told of it
ACTIVATION_RULE = "A threat level that this plan answers has come into force."


def shortfall(asked: int, strength: int | None, promised: int) -> tuple[Shortfall, int] | None:
    """Why a unit cannot send so many persons, and how many it could; None where it can.

    `strength` is what the unit has in all, None where nobody stated it; `promised` what others hold of it.
    """
    if strength is None:
        return Shortfall.NO_STRENGTH_STATED, 0
    left = max(strength - promised, 0)
    return (Shortfall.TOO_FEW, left) if left < asked else None


def window(measure: Mapping[str, Any], now: datetime, starts_at: datetime | None = None) -> dict[str, Any]:
    """When personnel of others are needed, and until when they must answer: the hours of a measure, from now.

    `starts_at` moves the window, not the time for an answer.
    """
    begin = starts_at or now + timedelta(hours=measure["starts_in_hours"])
    return {
        "starts_at": begin,
        "ends_at": begin + timedelta(hours=measure["hours"]),
        "answer_by": now + timedelta(hours=measure["answer_in_hours"]),
    }


def apart(measures: Measures) -> tuple[list[dict[str, Any]], list[str]]:
    """Measures as they are stored: without the ids of patrol plans, which stand apart, in their order.

    Whoever sees the measures may not see each of these plans: what names records is masked by its column.
    """
    ids = [each[PATROL_PLAN] for each in measures if each["kind"] == MeasureKind.PATROL]
    return [{name: each[name] for name in each if name != PATROL_PLAN} for each in measures], ids


def together(measures: Measures, patrol_plan_ids: Sequence[str]) -> list[dict[str, Any]]:
    """The measures with the ids of their patrol plans; what `apart` took apart."""
    ids = iter(patrol_plan_ids)
    return [
        {**each, PATROL_PLAN: next(ids)} if each["kind"] == MeasureKind.PATROL else dict(each)
        for each in measures
    ]


def without_hidden(measure: Mapping[str, Any], shown: Collection[str]) -> dict[str, Any]:
    """A measure with the id of its patrol plan only where that is among those shown."""
    is_hidden = measure.get(PATROL_PLAN) is not None and measure[PATROL_PLAN] not in shown
    return {**measure, PATROL_PLAN: None} if is_hidden else dict(measure)
