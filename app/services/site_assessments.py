"""How sites are judged: each assessment stays, the site shows the newest."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col

from app.change import Change, Subject
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Invalid
from app.domain.site_indicators import METHOD, RISK_INDICATORS, index
from app.domain.sites import SiteAct
from app.models.sites import SiteAssessmentRow, SiteRow
from app.schemas.sites import Site, SiteAssessment, SiteAssessmentCreate, SiteAssessmentPage
from app.services import records
from app.services import site_rules as rules

CLOCK_SKEW = timedelta(minutes=5)
NOTHING_JUDGED = "Name a category, the indicators that hold, or both."


async def assessments(
    session: Session, actor: Actor, site_id: UUID, cursor: str | None, limit: int
) -> SiteAssessmentPage:
    """How a site was judged, by whom and when."""
    row = await records.get(session, actor, SiteRow, site_id)
    of = col(SiteAssessmentRow.site_id) == row.id
    rows, following = await records.part_rows(session, SiteAssessmentRow, of, cursor, limit)
    return SiteAssessmentPage(items=[SiteAssessment.of(each.model_dump()) for each in rows], next=following)


async def assess(
    session: Session,
    actor: Actor,
    site_id: UUID,
    new: SiteAssessmentCreate,
    expected: frozenset[int] | None,
) -> Change:
    """A new assessment; the site shows it, unless a newer one is there."""
    row = await records.get(session, actor, SiteRow, site_id, expected)
    rules.require(actor, row, SiteAct.ASSESS)
    change = Change(actor)
    made = judged(change, actor, row.id, records.subject(row), new)
    if row.assessed_at is None or made["assessed_at"] >= row.assessed_at:
        shown = {**shown_by(made), "updated_at": change.at}
        change.update(row, "site.assessed", records.subject(row), shown)
    else:
        change.rests_on(row)
    change.answer = SiteAssessment.of(made)
    return change


def judged(
    change: Change, actor: Actor, site_id: UUID, of: Subject, new: SiteAssessmentCreate
) -> dict[str, Any]:
    """The assessment as a part of its site; raises Invalid where it judges nothing or is still to come."""
    if new.risk is None and new.indicators is None:
        raise Invalid.field("/risk", NOTHING_JUDGED, "missing")
    if new.assessed_at and new.assessed_at > datetime.now(UTC) + CLOCK_SKEW:
        raise Invalid.field("/assessed_at", "This time is still to come.", "future")
    looked = new.indicators is not None
    values = {
        "site_id": site_id,
        "risk": new.risk,
        "indicators": in_order(new.indicators) if looked else None,
        "risk_index": index(new.indicators or ()) if looked else None,
        "method": METHOD if looked else None,
        "rationale": new.rationale,
        "source": new.source.model_dump(),
        "assessed_at": new.assessed_at or change.at,
        "agency": actor.agency,
        "role": actor.role,
        "account": actor.account,
        "created_at": change.at,
    }
    return change.create_part(SiteAssessmentRow, "site.judged", of, values)


def shown_by(made: Mapping[str, Any]) -> dict[str, Any]:
    """What an assessment changes of the site; what it does not judge stays as it was."""
    shown = {"assessed_at": made["assessed_at"]}
    if made["risk"] is not None:
        shown["risk"] = made["risk"]
    if made["indicators"] is not None:
        shown |= {"indicators": made["indicators"], "risk_index": made["risk_index"]}
    return shown


def differs(new: SiteAssessmentCreate, row: SiteRow) -> bool:
    """Whether a judgement says anything else than the site shows."""
    if new.risk is not None and new.risk != row.risk:
        return True
    if new.indicators is None:
        return False
    return row.risk_index is None or in_order(new.indicators) != row.indicators


def with_change(actor: Actor, row: SiteRow, new: SiteAssessmentCreate, change: Change) -> Change:
    """A judgement together with what else changes of the same site: one new version of it."""
    rules.require(actor, row, SiteAct.ASSESS)
    described: Mapping[str, Any] = change.updates[0].values if change.updates else {}
    of = records.subject(row, change.entries[0].after if change.entries else None)
    made = Change(actor)
    judgement = Change(actor, at=made.at)
    shown = shown_by(judged(judgement, actor, row.id, of, new))
    action = "site.changed" if described else "site.assessed"
    made.answer = Site.of(made.update(row, action, of, {**described, **shown, "updated_at": made.at}))
    made.include(judgement)
    return made


def in_order(indicators: list[str] | None) -> list[str]:
    """The indicators in Bawaslu's order, so that the same judgement reads the same."""
    held = set(indicators or ())
    return [code for code in RISK_INDICATORS if code in held]
