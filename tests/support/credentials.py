"""Credentials of accounts, made through the lane as the service makes them."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.change import Change, Subject
from app.domain.sharing import Classification, Marking, Tlp
from app.models.agencies import AccountRow
from app.models.credentials import CredentialRow
from app.services.accounts import SYSTEM
from tests.support.service import Service


async def account_of(service: Service, name: str) -> AccountRow:
    async with service.app.state.database.session() as session:
        return (await session.exec(select(AccountRow).where(col(AccountRow.name) == name))).one()


async def give_credential(service: Service, account: str, kind: str, **values: Any) -> UUID:
    """A credential of an account, whatever proves it; its id."""
    owner = await account_of(service, account)
    marking = Marking(owner.agency, Tlp.AMBER_STRICT, Classification.BIASA)
    change = Change(SYSTEM)
    row = change.create_part(
        CredentialRow,
        "account.credential_added",
        Subject("account", owner.id, marking, marking),
        {"account_id": owner.id, "kind": kind, "created_at": change.at, **values},
    )
    await service.app.state.lane.write(change)
    return row["id"]
