"""Refresh tokens: each counts once, a lost answer is given again, and an old one ends its family."""

import asyncio
import base64
import secrets
from datetime import timedelta
from uuid import UUID

import httpx
import jwt
import pytest

from app.models.ledger import LedgerRow
from app.models.oauth import RefreshFamilyRow
from app.routers.authentication import FRESH_SECONDS
from tests.support.credentials import account_of, alter, own_account
from tests.support.oauth import ask, by_password, me, refusal, renew, rows, turn_back
from tests.support.service import Service


async def begun(service: Service) -> tuple[str, str, UUID]:
    """An account of its own, its first refresh token, and the family of that."""
    account = await own_account(service)
    answer = await by_password(service, account)
    assert answer.status_code == 200, answer.text
    (family,) = await rows(service, RefreshFamilyRow, account_id=(await account_of(service, account)).id)
    return account, answer.json()["refresh_token"], family.id


def token_of(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return answer.json()["refresh_token"]


async def misuses(service: Service, account: str) -> list[str]:
    found = await rows(service, LedgerRow, subject_id=(await account_of(service, account)).id)
    return [row.action for row in found if row.action.endswith("_reused")]


async def test_a_refresh_token_gives_an_access_token_and_its_successor(service: Service):
    account, first, _ = await begun(service)
    answer = await renew(service, first)
    second = token_of(answer)
    assert second != first
    assert (await me(service, answer.json()["access_token"])).json()["account"] == account
    assert token_of(await renew(service, second)) not in {first, second}


async def test_it_is_opaque_and_stored_only_as_a_hash(service: Service):
    _, first, family = await begun(service)
    raw = base64.urlsafe_b64decode(first + "==")
    assert len(raw) >= 32
    (row,) = await rows(service, RefreshFamilyRow, id=family)
    assert first not in repr(row)
    assert raw[-32:].hex() not in repr(row)


async def test_a_lost_answer_is_given_again(service: Service):
    _, first, _ = await begun(service)
    successors = {token_of(await renew(service, first)) for _ in range(3)}
    assert len(successors) == 1
    assert token_of(await renew(service, successors.pop()))


async def test_a_hundred_at_once_leave_the_family_in_one_state(service: Service):
    account, first, family = await begun(service)
    answers = await asyncio.gather(*(renew(service, first) for _ in range(100)))
    assert len({token_of(answer) for answer in answers}) == 1
    (row,) = await rows(service, RefreshFamilyRow, id=family)
    assert (row.version, row.revoked_at) == (2, None)
    assert await misuses(service, account) == []
    assert token_of(await renew(service, token_of(answers[0])))


async def test_an_old_token_ends_the_family_and_is_an_entry(service: Service):
    account, first, _ = await begun(service)
    second = token_of(await renew(service, first))
    newest = await renew(service, second)
    assert (await me(service, newest.json()["access_token"])).status_code == 200
    refusal(await renew(service, first), 400, "invalid_grant")
    refusal(await renew(service, token_of(newest)), 400, "invalid_grant")
    refusal(await renew(service, first), 400, "invalid_grant")
    assert await misuses(service, account) == ["account.refresh_token_reused"]
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    assert (await me(service, newest.json()["access_token"])).status_code == 401


async def test_the_token_before_counts_for_ten_seconds_only(service: Service):
    account, first, family = await begun(service)
    second = token_of(await renew(service, first))
    await turn_back(service, RefreshFamilyRow, "renewed_at", family, timedelta(seconds=11))
    refusal(await renew(service, first), 400, "invalid_grant")
    refusal(await renew(service, second), 400, "invalid_grant")
    assert await misuses(service, account) == ["account.refresh_token_reused"]


async def test_a_family_ends_after_twelve_hours_however_often_it_is_renewed(service: Service):
    _, first, family = await begun(service)
    (row,) = await rows(service, RefreshFamilyRow, id=family)
    assert row.expires_at - row.created_at == timedelta(hours=12)
    second = token_of(await renew(service, first))
    (renewed,) = await rows(service, RefreshFamilyRow, id=family)
    assert renewed.expires_at == row.expires_at
    await turn_back(service, RefreshFamilyRow, "expires_at", family, timedelta(seconds=1))
    refusal(await renew(service, second), 400, "invalid_grant")


def forgeries(token: str) -> dict[str, str]:
    raw = base64.urlsafe_b64decode(token + "==")
    spelled = {
        "another secret": raw[:-32] + secrets.token_bytes(32),
        "another number": raw[:16] + (0).to_bytes(4, "big") + raw[20:],
        "a later number": raw[:16] + (9).to_bytes(4, "big") + raw[20:],
        "another family": secrets.token_bytes(16) + raw[16:],
        "cut off": raw[:-1],
        "longer": raw + b"x",
    }
    made = {name: base64.urlsafe_b64encode(each).rstrip(b"=").decode() for name, each in spelled.items()}
    return {**made, "padded": token + "=", "nothing": "", "NUL": "\x00" * 70, "not ASCII": "é" * 70}


@pytest.mark.parametrize("name", forgeries("A" * 70))
async def test_a_forged_token_is_refused_and_harms_nobody(service: Service, name: str):
    _, first, _ = await begun(service)
    refusal(await renew(service, forgeries(first)[name]), 400, "invalid_grant")
    assert token_of(await renew(service, first))


async def test_another_client_cannot_use_it(service: Service):
    _, first, _ = await begun(service)
    client = {"client_id": "integration.polda-banten", "client_secret": service.password}
    refusal(await renew(service, first, **client), 400, "unauthorized_client")
    assert token_of(await renew(service, first))


async def test_a_renewed_token_carries_what_the_account_may_do_by_then_and_never_more(service: Service):
    account = await own_account(service)
    narrow = await by_password(service, account, scope="incidents:read reference:read")
    wider = await renew(service, token_of(narrow), scope="incidents:write reference:read")
    assert wider.json()["scope"] == "reference:read"
    whole = await by_password(service, account)
    await alter(service, account, "account.changed", roles=["admin"])
    assert (await renew(service, token_of(whole))).json()["scope"] == "inbox:read reference:read"


async def test_a_suspended_account_renews_nothing(service: Service):
    account, first, _ = await begun(service)
    await alter(service, account, "account.suspended", active=False)
    refusal(await renew(service, first), 400, "invalid_grant")


async def test_integrations_get_no_refresh_token(service: Service):
    answer = await ask(service, grant_type="client_credentials", client_id="integration.polda-banten",
                       client_secret=service.password)  # fmt: skip
    assert "refresh_token" not in answer.json()
    claims = jwt.decode(answer.json()["access_token"], options={"verify_signature": False})
    assert not {"grant", "sid"} & claims.keys()
