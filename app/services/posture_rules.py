"""The rules for the measures of a posture plan: what each kind names is there, and goes together."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.posture import MeasureKind, window
from app.domain.sharing import Tlp
from app.models.patrols import PatrolPlanRow
from app.schemas.posture_measures import AssistanceMeasure, DeploymentMeasure, Measure, PatrolMeasure
from app.services import assistance_rules, deployment_rules, records
from app.services.reference import require_region

NOT_YOURS = "This patrol plan is one of {agency}; name one of your own."
OUT_OF_USE = "This patrol plan is out of use."
# The members of a measure that say what a request says by these.
SAID_BY = {"/answer_by": "/answer_in_hours", "/ends_at": "/hours"}


async def require_measures(session: Session, actor: Actor, measures: Sequence[Measure]) -> None:
    """Raise Invalid where a measure names what there is not, by its place in the list."""
    for place, measure in enumerate(measures):
        at = f"/measures/{place}"
        match measure:
            case AssistanceMeasure():
                await _assistance(session, actor, measure, at)
            case DeploymentMeasure():
                await deployment_rules.require_home(session, actor, measure.home_unit, f"{at}/home_unit")
                await _place(session, measure.region_code, at)
            case PatrolMeasure():
                await _patrol(session, actor, measure, at)


def require_askable(tlp: str, measures: Sequence[Mapping[str, Any]]) -> None:
    """Raise Invalid where the plan goes to accounts and asks agencies: a request takes the plan's marking."""
    if tlp == Tlp.RED and any(each["kind"] == MeasureKind.ASSISTANCE for each in measures):
        raise Invalid.field("/tlp", assistance_rules.NOT_RED, "marking")


@contextmanager
def pointing(at: str) -> Iterator[None]:
    """What is found wrong in a measure is named by its place in the list."""
    try:
        yield
    except Invalid as refused:
        refused.errors = tuple(
            replace(each, pointer=at + SAID_BY.get(each.pointer, each.pointer)) for each in refused.errors
        )
        raise


async def _place(session: Session, region: str | None, at: str) -> None:
    if region:
        await require_region(session, region, f"{at}/region_code")


async def _assistance(session: Session, actor: Actor, measure: AssistanceMeasure, at: str) -> None:
    await _place(session, measure.region_code, at)
    values = measure.model_dump()
    asked = {
        **values,
        **window(values, datetime.now(UTC)),
        "owner_agency": actor.agency,
        "accepted_count": 0,
    }
    with pointing(at):
        await assistance_rules.check_values(session, asked)


async def _patrol(session: Session, actor: Actor, measure: PatrolMeasure, at: str) -> None:
    pointer = f"{at}/patrol_plan_id"
    plan = await records.named(session, actor, PatrolPlanRow, measure.patrol_plan_id, pointer)
    if plan.owner_agency != actor.agency:
        raise Invalid.field(pointer, NOT_YOURS, "agency", agency=plan.owner_agency)
    if not plan.in_use:
        raise Invalid.field(pointer, OUT_OF_USE, "in_use")
