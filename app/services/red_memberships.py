"""Who is asleep after a reset: a RED record shows to them again once another recipient has confirmed them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select as core_select
from sqlalchemy import union_all
from sqlmodel import col, select

from app.change import Change
from app.database import Session
from app.domain.actors import Actor
from app.domain.errors import Conflict, NotFound
from app.domain.sharing import Tlp
from app.models import RECORDS
from app.models.agencies import AccountRow, RedVoucherRow
from app.schemas.pages import make_cursor, read_cursor
from app.schemas.red_memberships import RedConfirmation, RedConfirmed, RedMembership, RedMembershipPage
from app.services import account_rules as rules
from app.services.visibility import visible


async def _beside(session: Session, actor: Actor) -> set[str]:
    """The accounts named in RED records that the actor sees."""
    queries: list[Any] = [
        core_select(col(table.recipients)).where(col(table.tlp) == Tlp.RED, visible(table, actor))
        for table in RECORDS
    ]
    found: Any = (await (await session.connection()).execute(union_all(*queries))).scalars()
    return {name for names in found for name in names} - {actor.account}


async def waiting(session: Session, actor: Actor, cursor: str | None, limit: int) -> RedMembershipPage:
    """The accounts that are named beside the actor and that nobody they share a record with has confirmed."""
    after = read_cursor(cursor, UUID)
    names = await _beside(session, actor)
    confirmed = (
        select(RedVoucherRow.id)
        .where(col(RedVoucherRow.account_id) == AccountRow.id, col(RedVoucherRow.voucher) == actor.account)
        .where(col(RedVoucherRow.reset_at) == AccountRow.reset_at)
    )
    query = (
        select(AccountRow)
        .where(col(AccountRow.name).in_(names), col(AccountRow.reset_at).is_not(None), ~confirmed.exists())
        .order_by(col(AccountRow.id))
        .limit(limit + 1)
    )
    if after:
        query = query.where(col(AccountRow.id) > after[0])
    rows = list((await session.exec(query)).all())
    shown = [{**row.model_dump(), "account": row.name} for row in rows[:limit]]
    items = [RedMembership.model_validate(each) for each in shown]
    return RedMembershipPage(items=items, next=make_cursor(rows[limit - 1].id) if len(rows) > limit else None)


async def confirm(session: Session, actor: Actor, account: str, said: RedConfirmation) -> Change:
    """The actor answers for the person behind the account; it wakes for the records that name both."""
    if account not in await _beside(session, actor):
        raise NotFound
    row = (await session.exec(select(AccountRow).where(col(AccountRow.name) == account))).one()
    change = Change(actor, said.reason)
    if row.reset_at is None:
        raise Conflict("This account is awake: its credentials were not reset.")
    mine = select(RedVoucherRow.id).where(
        col(RedVoucherRow.account_id) == row.id,
        col(RedVoucherRow.voucher) == actor.account,
        col(RedVoucherRow.reset_at) == row.reset_at,
    )
    change.answer = RedConfirmed(account=account, voucher=actor.account)
    if (await session.exec(mine)).first():
        return change
    change.rests_on(row)
    values = {
        "account_id": row.id, "voucher": actor.account, "reset_at": row.reset_at, "created_at": change.at,
    }  # fmt: skip
    change.create_part(RedVoucherRow, "account.red_confirmed", rules.subject(row), values)
    return change
