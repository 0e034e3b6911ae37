"""Accounts with credentials of their own, made as the service makes them."""

import time
from base64 import b32decode
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select

from app.change import Change
from app.domain import one_time_codes as codes
from app.domain.permissions import Role
from app.domain.sharing import Classification
from app.models.agencies import AccountRow
from app.models.credentials import CredentialRow
from app.services.accounts import SYSTEM, create
from app.services.authority import about
from app.services.passwords import HASHER
from tests.support.service import Service

AUTHENTICATOR = "/api/v1/me/authenticator"


async def account_of(service: Service, name: str) -> AccountRow:
    async with service.app.state.database.session() as session:
        return (await session.exec(select(AccountRow).where(col(AccountRow.name) == name))).one()


async def own_account(service: Service, *roles: Role) -> str:
    """An account for one test alone; an operator, unless told."""
    roles = roles or (Role.OPERATOR,)
    name = f"{roles[0]}.t{uuid4().hex[:12]}"
    secret_hash = HASHER.hash(service.password)
    made = create(name, "polda-banten", roles, Classification.BIASA, secret_hash, demo=True)
    await service.app.state.lane.write(made)
    return name


async def alter(service: Service, name: str, action: str, **values: object) -> None:
    """A change of an account by the system, through the lane like every other."""
    row, change = await account_of(service, name), Change(SYSTEM)
    change.update(row, action, about(row), values)
    await service.app.state.lane.write(change)


async def give_credential(service: Service, account: str, kind: str, **values: Any) -> UUID:
    """A credential of an account, whatever proves it; its id."""
    owner, change = await account_of(service, account), Change(SYSTEM)
    row = change.create_part(
        CredentialRow,
        "account.credential_added",
        about(owner),
        {"account_id": owner.id, "kind": kind, "created_at": change.at, **values},
    )
    await service.app.state.lane.write(change)
    return row["id"]


def seed_of(secret: str) -> bytes:
    return b32decode(secret)


def code_now(seed: bytes, later: int = 0) -> str:
    """The code of this moment, or of a step after it; not in the last second of a step, for what follows."""
    time.sleep(max(0.0, 1.5 - codes.STEP_SECONDS + time.time() % codes.STEP_SECONDS))
    return codes.code_at(seed, int(time.time()) // codes.STEP_SECONDS + later)


async def offered(service: Service, account: str) -> tuple[bytes, str]:
    """A seed that an account was offered, and the offer itself."""
    answer = await (await service.client(account)).post(
        f"{AUTHENTICATOR}/offers", json={"label": "Ponsel piket"}
    )
    assert answer.status_code == 200, answer.text
    return seed_of(answer.json()["secret"]), answer.json()["offer"]


async def authenticator_proof(service: Service, account: str) -> dict[str, str]:
    """What confirms a new authenticator of this account."""
    seed, offer = await offered(service, account)
    return {"offer": offer, "otp": code_now(seed), "password": service.password}


async def enrol(service: Service, account: str) -> bytes:
    """An authenticator for the account; its seed. The code of the step before is still unused."""
    seed, offer = await offered(service, account)
    said = {"offer": offer, "otp": code_now(seed), "password": service.password}
    answer = await (await service.client(account)).put(AUTHENTICATOR, json=said)
    assert answer.status_code == 200, answer.text
    return seed
