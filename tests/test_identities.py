"""An agency's administrator says which subjects of an identity provider act as its accounts."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.routers.authentication import FRESH_SECONDS
from tests.support import administration as people
from tests.support.administration import ACCOUNTS, act, entries_about
from tests.support.calls import get, ledger_size, post, refused
from tests.support.providers import FILED, KEYCLOAK, SHARED, keycloak
from tests.support.service import Service
from tests.test_identity_providers import Providers, their

__all__ = ["their"]

ADMIN, OTHER_ADMIN, AUDITOR = "admin.polda-banten", "admin.kpu-banten", "auditor.polda-banten"
ISSUER = "https://sso.example/realms/uji"


async def account_of(service: Service, admin: str = ADMIN) -> dict[str, Any]:
    return await people.enrolled(service, admin)


def place(account: dict[str, Any]) -> str:
    return f"{ACCOUNTS}/{account['id']}/identities"


async def link(service: Service, account: dict[str, Any], **said: str) -> httpx.Response:
    body = {"issuer": ISSUER, "subject": uuid4().hex} | said
    return await act(service, ADMIN, place(account), **body)


async def test_a_linked_subject_acts_as_the_account_until_it_is_unlinked(their: Providers):
    service = their.service
    account = await account_of(service)
    token = their.keycloak.sign(keycloak("kc-api", "siaga-operator"))
    refused(await their.call(token), 401, "unauthenticated")
    linked = await link(service, account, issuer=KEYCLOAK, subject="kc-api")
    assert linked.status_code == 201, linked.text
    assert linked.headers["location"] == f"{place(account)}/{linked.json()['id']}"
    assert (await their.call(token)).json()["account"] == account["name"]
    gone = await act(service, ADMIN, f"{place(account)}/{linked.json()['id']}/revocation")
    assert gone.json()["revoked_at"]
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await their.call(token), 401, "unauthenticated")


async def test_each_link_is_an_entry_that_the_agencys_auditor_reads(service: Service):
    account = await account_of(service)
    size = await ledger_size(service)
    made = (await link(service, account)).json()
    await act(service, ADMIN, f"{place(account)}/{made['id']}/revocation")
    assert await ledger_size(service) == size + 2
    assert await entries_about(service, AUDITOR, made["id"]) == ["identity.linked", "identity.unlinked"]
    assert await entries_about(service, "auditor.kpu-banten", made["id"]) == []


async def test_a_subject_acts_as_one_account_and_may_act_as_another_later(service: Service):
    first, second = await account_of(service), await account_of(service)
    made = (await link(service, first)).json()
    for account in (first, second):
        refused(await link(service, account, subject=made["subject"]), 409, "conflict")
    revoke = f"{place(first)}/{made['id']}/revocation"
    assert (await act(service, ADMIN, revoke)).status_code == 200
    refused(await act(service, ADMIN, revoke), 409, "conflict")
    moved = await link(service, second, subject=made["subject"])
    assert (moved.status_code, moved.json()["id"], moved.json()["revoked_at"]) == (201, made["id"], None)
    listed = [(await get(service, ADMIN, place(each))).json()["items"] for each in (first, second)]
    assert [len(each) for each in listed] == [0, 1]


async def test_of_many_who_link_at_once_one_does(service: Service):
    accounts = [await account_of(service) for _ in range(4)]
    subject = uuid4().hex
    answers = await asyncio.gather(*(link(service, each, subject=subject) for each in accounts))
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409]


async def test_accounts_of_other_agencies_do_not_exist(service: Service):
    account = await account_of(service)
    made = (await link(service, account)).json()
    body = {"issuer": ISSUER, "subject": "x", "reason": people.REASON}
    refused(await post(service, OTHER_ADMIN, place(account), body), 404, "not-found")
    refused(await get(service, OTHER_ADMIN, place(account)), 404, "not-found")
    revoke = f"{place(account)}/{made['id']}/revocation"
    refused(await post(service, OTHER_ADMIN, revoke, {"reason": people.REASON}), 404, "not-found")
    other = await account_of(service)
    refused(await act(service, ADMIN, f"{place(other)}/{made['id']}/revocation"), 404, "not-found")


async def test_nobody_links_the_own_account_and_no_system_is_linked(service: Service):
    accounts, cursor = {}, {}
    while cursor is not None:
        page = (await get(service, ADMIN, ACCOUNTS, limit=200, **cursor)).json()
        accounts |= {each["name"]: each for each in page["items"]}
        cursor = {"cursor": page["next"]} if page["next"] else None
    refused(await link(service, accounts[ADMIN]), 403, "forbidden")
    refused(await link(service, await people.integration(service, ADMIN)), 404, "not-found")


async def test_a_provider_of_another_agency_is_refused(their: Providers):
    account = await account_of(their.service, OTHER_ADMIN)
    body = {"issuer": KEYCLOAK, "subject": "kc-theirs", "reason": people.REASON}
    refused(await post(their.service, OTHER_ADMIN, place(account), body), 422, "invalid", "/issuer")
    own = await account_of(their.service)
    refused(await link(their.service, own, issuer=FILED), 422, "invalid", "/issuer")
    assert (await link(their.service, own, issuer=SHARED)).status_code == 201


async def test_if_match_holds_a_link_to_what_was_read(service: Service):
    account = await account_of(service)
    made = (await link(service, account)).json()
    client = await service.client(ADMIN)
    revoke, body = f"{place(account)}/{made['id']}/revocation", {"reason": people.REASON}
    stale = await client.post(revoke, json=body, headers={"If-Match": '"7"'})
    refused(stale, 412, "precondition-failed")
    assert (await client.post(revoke, json=body, headers={"If-Match": '"1"'})).status_code == 200


@pytest.mark.parametrize(
    "said",
    [{"issuer": ""}, {"issuer": "x" * 301}, {"subject": ""}, {"subject": "x" * 256}, {"subject": "a\0b"},
     {"subject": "a\nb"}, {"subject": "\u202e"}],
)  # fmt: skip
async def test_an_issuer_or_subject_that_no_token_can_name_is_refused(service: Service, said: dict[str, str]):
    (name,) = said
    refused(await link(service, await account_of(service), **said), 422, "invalid", f"/{name}")


async def test_a_subject_is_kept_letter_for_letter(service: Service):
    subject = f" {uuid4().hex} "
    assert (await link(service, await account_of(service), subject=subject)).json()["subject"] == subject
