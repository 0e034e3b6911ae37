"""Passwords belong to their person: set with a code, reset by two; agencies confirm what the host makes."""

import asyncio

import pytest

from app.domain.passwords import weakness
from tests.support.administration import (
    ACCOUNTS,
    ADMIN,
    AGENCIES,
    HOST,
    PASSWORD,
    REASON,
    SECOND,
    a_post,
    act,
    enrol,
    enrolled,
    entries_about,
    made,
    sign_in,
    token_of,
)
from tests.support.calls import get, ledger_size, post, refused
from tests.support.credentials import code_now, seed_of
from tests.support.scenes import joined
from tests.support.service import Service

AUDITOR = "auditor.kpu-banten"
ANOTHER = "angin reda di atas ladang jagung"


async def test_no_administrator_resets_a_password_alone(service: Service):
    account = await enrolled(service)
    place = f"{ACCOUNTS}/{account['id']}/reset"
    asked = (await act(service, ADMIN, place)).json()
    refused(await enrol(service, account["name"], asked["code"], password=ANOTHER), 409, "conflict")
    assert await token_of(service, account["name"])
    refused(await act(service, ADMIN, f"{place}/decision", decision="approve"), 403, "forbidden")
    assert (await act(service, SECOND, f"{place}/decision", decision="approve")).status_code == 200
    refused(await act(service, SECOND, f"{place}/decision", decision="approve"), 409, "conflict")
    assert (await enrol(service, account["name"], asked["code"], password=ANOTHER)).status_code == 200
    old = {"grant_type": "password", "username": account["name"], "password": PASSWORD}
    assert (await (await service.anonymous()).post("/oauth2/token", data=old)).status_code == 400
    client = await sign_in(service, account["name"], ANOTHER)
    told = (await client.get("/api/v1/me")).json()["reset"]
    assert (told["requested_by"], told["approved_by"]) == (ADMIN, SECOND)
    assert told["took_effect_at"]
    assert (await entries_about(service, AUDITOR, account["id"]))[2:] == [
        "account.reset_requested",
        "account.reset_approved",
        "account.reset",
    ]


async def with_authenticator(service: Service) -> tuple[dict, bytes]:
    """An account whose person has an authenticator, and its seed."""
    account = await enrolled(service)
    client = await sign_in(service, account["name"])
    offered = (await client.post("/api/v1/me/authenticator/offers", json={"label": "Ponsel"})).json()
    seed = seed_of(offered["secret"])
    said = {"offer": offered["offer"], "otp": code_now(seed, -1), "password": PASSWORD}
    assert (await client.put("/api/v1/me/authenticator", json=said)).status_code == 200
    return account, seed


async def test_the_own_one_time_code_stands_in_for_a_second_administrator(service: Service):
    account, seed = await with_authenticator(service)
    asked = (await act(service, ADMIN, f"{ACCOUNTS}/{account['id']}/reset")).json()
    answer = await enrol(service, account["name"], asked["code"], password=ANOTHER, totp=code_now(seed))
    assert answer.status_code == 200, answer.text
    form = {"grant_type": "password", "username": account["name"], "password": ANOTHER}
    refusal = await (await service.anonymous()).post("/oauth2/token", data=form)
    assert refusal.status_code == 400  # the authenticator stays, so that a code is asked for
    told = await (await service.anonymous()).post("/oauth2/token", data={**form, "otp": code_now(seed, 1)})
    assert told.status_code == 200, told.text


async def test_whoever_holds_the_code_of_a_reset_has_one_guess(service: Service):
    account, seed = await with_authenticator(service)
    asked = (await act(service, ADMIN, f"{ACCOUNTS}/{account['id']}/reset")).json()
    size = await ledger_size(service)
    wrong = f"{(int(code_now(seed)) + 500_000) % 1_000_000:06}"
    guess = await enrol(service, account["name"], asked["code"], password=ANOTHER, totp=wrong)
    refused(guess, 409, "conflict")
    assert await ledger_size(service) == size + 1
    again = await enrol(service, account["name"], asked["code"], password=ANOTHER, totp=code_now(seed))
    refused(again, 422, "invalid", "/code")
    assert (await entries_about(service, AUDITOR, account["id"]))[-1] == "account.reset_refused"


async def test_without_an_authenticator_no_code_helps(service: Service):
    account = await enrolled(service)
    asked = (await act(service, ADMIN, f"{ACCOUNTS}/{account['id']}/reset")).json()
    refused(await enrol(service, account["name"], asked["code"], totp="123456"), 409, "conflict")


async def test_an_approved_reset_removes_the_authenticator_and_ends_every_sign_in(service: Service):
    account, _seed = await with_authenticator(service)
    form = {"grant_type": "password", "username": account["name"], "password": PASSWORD}
    tokens = await (await service.anonymous()).post("/oauth2/token", data={**form, "otp": code_now(_seed)})
    place = f"{ACCOUNTS}/{account['id']}/reset"
    asked = (await act(service, ADMIN, place)).json()
    await act(service, SECOND, f"{place}/decision", decision="approve")
    assert (await enrol(service, account["name"], asked["code"], password=ANOTHER)).status_code == 200
    again = {"grant_type": "refresh_token", "refresh_token": tokens.json()["refresh_token"],
             "client_id": "swagger-ui"}  # fmt: skip
    assert (await (await service.anonymous()).post("/oauth2/token", data=again)).status_code == 400
    assert await token_of(service, account["name"], ANOTHER)
    await asyncio.sleep(1.05)
    headers = {"Authorization": f"Bearer {tokens.json()['access_token']}"}
    refused(await (await service.anonymous()).get("/api/v1/me", headers=headers), 401, "unauthenticated")


async def test_a_declined_reset_changes_nothing(service: Service):
    account = await enrolled(service)
    place = f"{ACCOUNTS}/{account['id']}/reset"
    asked = (await act(service, ADMIN, place)).json()
    assert (await act(service, SECOND, f"{place}/decision", decision="decline")).status_code == 200
    refused(await enrol(service, account["name"], asked["code"], password=ANOTHER), 422, "invalid", "/code")
    assert await token_of(service, account["name"])


async def test_the_person_sees_a_reset_and_may_object(service: Service):
    account = await enrolled(service)
    client = await sign_in(service, account["name"])
    none = await client.post("/api/v1/me/reset/objection", json={"reason": REASON})
    refused(none, 409, "conflict")
    asked = (await act(service, ADMIN, f"{ACCOUNTS}/{account['id']}/reset")).json()
    await asyncio.sleep(1.05)
    told = (await client.get("/api/v1/me")).json()["reset"]
    assert told == {"requested_by": ADMIN, "approved_by": None, "took_effect_at": None}
    objected = await client.post("/api/v1/me/reset/objection", json={"reason": REASON})
    assert objected.status_code == 204
    refused(await enrol(service, account["name"], asked["code"]), 422, "invalid", "/code")
    later = await act(service, SECOND, f"{ACCOUNTS}/{account['id']}/reset/decision", decision="approve")
    refused(later, 409, "conflict")


async def test_a_new_code_takes_the_place_of_a_lost_one(service: Service):
    new = await made(service)
    again = (await act(service, ADMIN, f"{ACCOUNTS}/{new['id']}/reset")).json()
    refused(await enrol(service, new["name"], new["code"]), 422, "invalid", "/code")
    assert (await enrol(service, new["name"], again["code"])).status_code == 200


async def test_of_many_who_use_a_code_at_once_one_sets_the_password(service: Service):
    new = await made(service)
    answers = await asyncio.gather(*(enrol(service, new["name"], new["code"]) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422, 422, 422]


async def test_a_wrong_code_is_told_like_an_unknown_account(service: Service):
    new = await made(service)
    size = await ledger_size(service)
    wrong = await enrol(service, new["name"], "x" * 32)
    unknown = await enrol(service, "operator.tidak-ada", "x" * 32)
    suspended = await made(service)
    await act(service, ADMIN, f"{ACCOUNTS}/{suspended['id']}/suspension")
    gone = await enrol(service, suspended["name"], suspended["code"])
    refused(wrong, 422, "invalid", "/code")
    assert wrong.content == unknown.content == gone.content
    assert await ledger_size(service) == size + 2


REFUSED = ["", "short", "x" * 129, "aaaaaaaaaaaaaaaaaaaa", "password1234567890", "kpu-banten-2024-11-27",
           "bawaslu banten siaga 98765", "operator.kpu-banten", "QwertyuiopAsdfghjkl",
           "kata\u0000sandi yang panjang"]  # fmt: skip
TAKEN = [
    PASSWORD,
    "  spasi di ujung kalimat  ",
    "пароль из многих слов",
    "x9!kQ2#mV7@pL4$z",
    "correct horse battery",
]


@pytest.mark.parametrize("password", REFUSED)
async def test_a_password_that_anyone_would_try_is_refused(service: Service, password: str):
    new = await made(service)
    refused(await enrol(service, new["name"], new["code"], password=password), 422, "invalid")
    assert (await enrol(service, new["name"], new["code"])).status_code == 200


@pytest.mark.parametrize("password", TAKEN)
async def test_any_other_password_is_taken_as_it_is(service: Service, password: str):
    new = await made(service)
    assert (await enrol(service, new["name"], new["code"], password=password)).status_code == 200
    assert await token_of(service, new["name"], password)


def test_the_words_of_the_own_account_do_not_make_a_password():
    assert weakness("zirkonia.lembayung", "operator.kpu-banten") is None
    assert weakness("zirkonia.lembayung", "zirkonia.lembayung") == "common"


async def test_a_person_changes_the_own_password_only_with_the_present_one(service: Service):
    account = await enrolled(service)
    client = await sign_in(service, account["name"])
    wrong = {"current": "not the present one", "password": ANOTHER}
    refused(await client.post("/api/v1/me/password", json=wrong), 422, "invalid", "/current")
    right = {"current": PASSWORD, "password": ANOTHER}
    assert (await client.post("/api/v1/me/password", json=right)).status_code == 204
    assert await token_of(service, account["name"], ANOTHER)
    integration = await service.client("integration.kpu-banten")
    refused(await integration.post("/api/v1/me/password", json=right), 403, "forbidden")


async def appointed(service: Service, agency: str) -> dict[str, str]:
    answer = await act(service, HOST, f"{AGENCIES}/{agency}/administrators", post=a_post("admin"))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_first_administrator_of_an_agency_names_who_appointed_them(service: Service):
    agency = await joined(service)
    first = await appointed(service, agency)
    assert first["pending"]
    refused(await enrol(service, first["name"], first["code"]), 422, "invalid", "/statement")
    statement = "Surat tugas 3/2024 dari kepala lembaga (fiktif)."
    answer = await enrol(service, first["name"], first["code"], statement=statement)
    assert answer.json() == {"account": first["name"], "pending": False}
    client = await sign_in(service, first["name"])
    (own,) = (await client.get(ACCOUNTS)).json()["items"]
    assert (own["name"], own["pending"]) == (first["name"], False)


async def test_where_an_agency_has_officers_one_of_them_confirms(service: Service):
    made_by_host = await appointed(service, "kpu-banten")
    statement = "Surat tugas 3/2024 dari kepala lembaga (fiktif)."
    answer = await enrol(service, made_by_host["name"], made_by_host["code"], statement=statement)
    assert answer.json()["pending"]
    form = {"grant_type": "password", "username": made_by_host["name"], "password": PASSWORD}
    assert (await (await service.anonymous()).post("/oauth2/token", data=form)).status_code == 400
    account = await found(service, made_by_host["name"])
    word = {"decision": "approve", "statement": statement}
    place = f"{ACCOUNTS}/{account}/confirmation"
    for stranger, status in (("commander.polda-banten", 404), ("operator.kpu-banten", 403), (HOST, 404)):
        assert (await post(service, stranger, place, word)).status_code == status
    assert (await post(service, "commander.kpu-banten", place, word)).status_code == 200
    assert await token_of(service, made_by_host["name"])
    refused(await post(service, "commander.kpu-banten", place, word), 409, "conflict")


async def test_an_administrator_whom_the_agency_refuses_never_works(service: Service):
    made_by_host = await appointed(service, "kpu-banten")
    place = f"{ACCOUNTS}/{await found(service, made_by_host['name'])}/confirmation"
    word = {"decision": "decline", "statement": "Tidak ditunjuk lembaga (fiktif)."}
    assert (await post(service, ADMIN, place, word)).status_code == 200
    refused(await enrol(service, made_by_host["name"], made_by_host["code"]), 422, "invalid", "/code")


async def found(service: Service, name: str) -> str:
    """The id of an account of KPU Banten."""
    query: dict[str, object] = {"limit": 200}
    while True:
        page = (await get(service, ADMIN, ACCOUNTS, **query)).json()
        for each in page["items"]:
            if each["name"] == name:
                return each["id"]
        query["cursor"] = page["next"]


async def kinds(service: Service, account: str, record_id: str) -> list[tuple[str, str]]:
    """What waits for an account about another one, and where to act on it."""
    query: dict[str, object] = {"limit": 200}
    seen: list[tuple[str, str]] = []
    while True:
        page = (await get(service, account, "/api/v1/inbox", **query)).json()
        seen += [(each["kind"], each["path"]) for each in page["items"] if each["record_id"] == record_id]
        if page["next"] is None:
            return seen
        query["cursor"] = page["next"]


async def test_a_reset_waits_in_the_inbox_of_its_person_and_of_who_decides(service: Service):
    account = await enrolled(service)
    client = await sign_in(service, account["name"])
    place = f"{ACCOUNTS}/{account['id']}/reset"
    await act(service, ADMIN, place)
    assert await kinds(service, SECOND, account["id"]) == [("reset_decision", f"{place}/decision")]
    for other in (ADMIN, "admin.polda-banten", "commander.kpu-banten"):
        assert await kinds(service, other, account["id"]) == []
    own = (await client.get("/api/v1/inbox", params={"limit": 200})).json()["items"]
    (item,) = (each for each in own if each["kind"] == "reset_asked")
    assert (item["path"], item["reference"]) == ("/api/v1/me/reset/objection", account["name"])
    await act(service, SECOND, f"{place}/decision", decision="decline")
    assert await kinds(service, SECOND, account["id"]) == []


async def test_an_administrator_waits_in_the_inbox_of_the_officers(service: Service):
    identity = await found(service, (await appointed(service, "kpu-banten"))["name"])
    where = f"{ACCOUNTS}/{identity}/confirmation"
    for officer in (ADMIN, "commander.kpu-banten"):
        assert await kinds(service, officer, identity) == [("administrator", where)]
    assert await kinds(service, "operator.kpu-banten", identity) == []
    assert await kinds(service, "commander.polda-banten", identity) == []
