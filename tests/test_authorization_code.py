"""The code of the sign-in page, exchanged with PKCE: once, soon, by the client that asked, at its address."""

import asyncio
from datetime import timedelta

import pytest
from pydantic import ValidationError

from app.domain.oauth import challenge_of
from app.models.ledger import LedgerRow
from app.models.oauth import AuthorizationCodeRow
from app.routers.authentication import FRESH_SECONDS
from app.settings import Settings
from tests.support.credentials import account_of, own_account
from tests.support.oauth import (
    REDIRECT,
    VERIFIER,
    browser,
    exchange,
    me,
    refusal,
    renew,
    rows,
    sent_back,
    turn_back,
)
from tests.support.service import Service


async def code_for(service: Service, account: str) -> str:
    async with browser(service) as person:
        told = sent_back(await person.sign_in(account))
    assert told.keys() == {"code", "state", "iss"}
    assert (told["state"], told["iss"]) == ("s-1", "http://127.0.0.1:8000")
    return told["code"]


async def test_signing_in_gives_a_code_and_the_code_a_token(service: Service):
    account = await own_account(service)
    answer = await exchange(service, await code_for(service, account))
    assert answer.status_code == 200, answer.text
    assert (await me(service, answer.json()["access_token"])).json()["account"] == account
    assert (await renew(service, answer.json()["refresh_token"])).status_code == 200


async def test_a_code_is_long_and_stored_only_as_a_hash(service: Service):
    account = await own_account(service)
    code = await code_for(service, account)
    assert len(code) >= 43
    (row,) = await rows(service, AuthorizationCodeRow, account_id=(await account_of(service, account)).id)
    assert code not in repr(row)


WRONG = {
    "another verifier": {"code_verifier": VERIFIER + "x"},
    "no verifier": {"code_verifier": ""},
    "the challenge as verifier": {"code_verifier": challenge_of(VERIFIER)},
    "a short verifier": {"code_verifier": "x" * 42},
    "another address": {"redirect_uri": REDIRECT + "/"},
    "no address": {"redirect_uri": ""},
    "another code": {"code": "x" * 43},
    "no code": {"code": ""},
}


@pytest.mark.parametrize("name", WRONG)
async def test_a_code_with_something_wrong_gives_nothing_and_still_counts(service: Service, name: str):
    code = await code_for(service, await own_account(service))
    refusal(await exchange(service, code, **WRONG[name]), 400, "invalid_grant")
    assert (await exchange(service, code)).status_code == 200


async def test_a_code_ends_after_a_minute(service: Service):
    account = await own_account(service)
    code = await code_for(service, account)
    (row,) = await rows(service, AuthorizationCodeRow, account_id=(await account_of(service, account)).id)
    await turn_back(service, AuthorizationCodeRow, "expires_at", row.id, timedelta(seconds=1))
    refusal(await exchange(service, code), 400, "invalid_grant")


async def test_a_code_used_twice_at_once_gives_one_token(service: Service):
    code = await code_for(service, await own_account(service))
    answers = await asyncio.gather(*(exchange(service, code) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 19


async def test_a_code_used_again_ends_what_came_of_it(service: Service):
    account = await own_account(service)
    code = await code_for(service, account)
    first = (await exchange(service, code)).json()
    assert (await me(service, first["access_token"])).status_code == 200
    refusal(await exchange(service, code), 400, "invalid_grant")
    refusal(await renew(service, first["refresh_token"]), 400, "invalid_grant")
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    assert (await me(service, first["access_token"])).status_code == 401
    entries = await rows(service, LedgerRow, subject_id=(await account_of(service, account)).id)
    assert [each.action for each in entries][1:] == ["account.authorization_code_reused"]


async def test_a_code_is_for_the_client_that_asked(service: Service):
    code = await code_for(service, await own_account(service))
    refusal(await exchange(service, code, client_id="somebody-else"), 401, "invalid_client")


@pytest.mark.parametrize(
    "clients",
    [{"integration.kpu-banten": ("https://a.example/x",)}, {"App": ("https://a.example/x",)}]
    + [{"piket-app": (each,)} for each in (
        "", "/relative", "http://a.example/x", "https://a.example/x#part", "https://", "javascript:alert(1)",
        "https://user@a.example/x", "https://a.example/\u00e9", "data:text/html,x", "https://a.example/x y",
    )],
)  # fmt: skip
def test_a_client_or_an_address_that_cannot_be_trusted_is_refused_at_start(clients: dict):
    with pytest.raises(ValidationError):
        Settings(oauth_clients=clients)


def test_clients_are_at_addresses_over_tls_on_this_machine_or_of_an_app():
    addresses = ("https://piket.example/selesai?x=1", "http://127.0.0.1:3000/cb", "id.example.piket:/selesai")
    assert Settings(oauth_clients={"piket-app": addresses}).clients["piket-app"] == addresses


def test_a_role_that_nobody_has_is_no_role_that_needs_codes():
    with pytest.raises(ValidationError):
        Settings(totp_roles=("comander",))
