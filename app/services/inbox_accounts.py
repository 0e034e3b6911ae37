"""What of accounts waits in the inbox: administrators, resets, and recipients of RED asleep after one."""

from typing import Any

from sqlalchemy import Select, String, and_, func, literal, or_, select

from app.database import holds_code
from app.domain.actors import Actor
from app.domain.passwords import NO_PASSWORD
from app.domain.sharing import Classification, Tlp
from app.models import RECORDS
from app.models.agencies import AccountRow, RedVoucherRow
from app.models.ledger import LedgerRow
from app.services.visibility import visible

ACCOUNT = AccountRow.__table__  # type: ignore[attr-defined]
VOUCHER = RedVoucherRow.__table__  # type: ignore[attr-defined]
LEDGER = LedgerRow.__table__  # type: ignore[attr-defined]


def about_accounts(*actions: str) -> Select[Any]:
    """The same columns for an account, which waits since the last of these entries."""
    entry = LEDGER.alias().c
    since = select(func.max(entry.position)).where(
        entry.subject_id == ACCOUNT.c.id, entry.action.in_(actions)
    )
    return select(
        literal(ACCOUNT.name, String).label("record_type"),
        ACCOUNT.c.id.label("record_id"),
        ACCOUNT.c.id.label("subject_id"),
        ACCOUNT.c.name.label("reference"),
        ACCOUNT.c.name.label("title"),
        since.scalar_subquery().label("since"),
        ACCOUNT.c.agency.label("owner_agency"),
        literal(Tlp.AMBER_STRICT, String).label("tlp"),
        literal(Classification.BIASA, String).label("classification"),
    )


IS_RESETTING = and_(ACCOUNT.c.code_hash.is_not(None), ACCOUNT.c.secret_hash != NO_PASSWORD)


def resets_of_oneself(actor: Actor) -> Select[Any]:
    """Somebody has asked for a reset of the actor's own password."""
    waiting = about_accounts("account.reset_requested", "account.reset_approved")
    return waiting.where(ACCOUNT.c.id == actor.account_id, IS_RESETTING)


def resets_to_decide(actor: Actor) -> Select[Any]:
    """Another administrator of the agency has asked for a reset of somebody else's password."""
    return about_accounts("account.reset_requested").where(
        ACCOUNT.c.agency == actor.agency,
        ACCOUNT.c.id != actor.account_id,
        IS_RESETTING,
        ACCOUNT.c.reset_approved_by.is_(None),
        ACCOUNT.c.reset_requested_by != actor.account,
    )


def administrators(actor: Actor) -> Select[Any]:
    """Administrators whom the host has made for the agency."""
    return about_accounts("account.created").where(
        ACCOUNT.c.agency == actor.agency, ACCOUNT.c.pending, ACCOUNT.c.active
    )


def red_memberships(actor: Actor) -> Select[Any]:
    """Accounts that were reset, and that sleep for a RED record which names the actor too."""
    asleep = or_(*(_sleeps_for(table.metadata.tables[str(table.__tablename__)], actor) for table in RECORDS))
    return about_accounts("account.reset").where(
        ACCOUNT.c.reset_at.is_not(None), ACCOUNT.c.active, ACCOUNT.c.id != actor.account_id, asleep
    )


def _sleeps_for(table: Any, actor: Actor) -> Any:
    voucher = VOUCHER.alias().c
    is_confirmed = select(voucher.id).where(
        voucher.account_id == ACCOUNT.c.id,
        voucher.reset_at == ACCOUNT.c.reset_at,
        holds_code(table.c.recipients, voucher.voucher),
    )
    return (
        select(table.c.id)
        .where(
            table.c.tlp == Tlp.RED,
            holds_code(table.c.recipients, ACCOUNT.c.name),
            visible(table.c, actor),
            ~is_confirmed.correlate(table, ACCOUNT).exists(),
        )
        .correlate(ACCOUNT)
        .exists()
    )
