"""What a sign-in gave ends with what it rests on, and does not come back: reset, suspension, departure."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from app.domain.oauth import challenge_of
from app.lane import Stale
from app.routers.authentication import FRESH_SECONDS
from app.schemas.sign_in import AuthorizationRequest, SignInForm
from app.services import sign_in
from app.settings import Settings
from tests.conftest import PASSWORD as DEMO_PASSWORD
from tests.support import administration as people
from tests.support.administration import ACCOUNTS, ADMIN, AGENCIES, HOST, INTEGRATIONS, PASSWORD, SECOND
from tests.support.calls import refused
from tests.support.credentials import AUTHENTICATOR, code_now, enrol, own_account, seed_of
from tests.support.oauth import (
    CLIENT,
    REDIRECT,
    VERIFIER,
    Browser,
    ask,
    browser,
    exchange,
    me,
    refusal,
    renew,
    sent_back,
)
from tests.support.scenes import joined, reset
from tests.support.service import Service, running

ANOTHER = "sembilan lentera di dermaga lama"
RENEW = "/oauth2/session/token"
Account = dict[str, Any]
End = Callable[[Service, Account], Awaitable[Any]]


async def of_the_agency(service: Service) -> Account:
    return await people.enrolled(service, ADMIN)


async def of_a_new_agency(service: Service) -> Account:
    code = await joined(service)
    made = (await people.act(service, HOST, f"{AGENCIES}/{code}/administrators", post="admin")).json()
    await people.enrol(service, made["name"], made["code"], statement="Surat tugas 1/2024 (fiktif).")
    return {**made, "agency": code}


async def by_a_reset(service: Service, account: Account) -> None:
    await reset(service, account, ADMIN, SECOND)


async def by_a_suspension_that_is_over(service: Service, account: Account) -> None:
    for step in ("suspension", "reactivation"):
        assert (await people.act(service, ADMIN, f"{ACCOUNTS}/{account['id']}/{step}")).status_code == 200


async def by_a_new_password(service: Service, account: Account) -> None:
    client = await people.sign_in(service, account["name"])
    said = {"current": PASSWORD, "password": ANOTHER}
    assert (await client.post("/api/v1/me/password", json=said)).status_code == 204


async def by_another_authenticator(service: Service, account: Account) -> None:
    """The first one ends nothing, the one in its place does."""
    client, current = await people.sign_in(service, account["name"]), None
    for _ in range(2):
        offer = (await client.post(f"{AUTHENTICATOR}/offers", json={"label": "Ponsel"})).json()
        said = {"offer": offer["offer"], "otp": code_now(seed_of(offer["secret"])), "password": PASSWORD}
        if current:
            said["current_otp"] = code_now(current, 1)
        answer = await client.put(AUTHENTICATOR, json=said)
        assert answer.status_code == 200, answer.text
        current = seed_of(offer["secret"])


async def by_a_departure_that_is_over(service: Service, account: Account) -> None:
    terms = {"sharing_agreement": "PKS 9/2025 (fiktif)", "sharing_agreement_on": "2025-01-10"}
    for step, more in (("departure", {}), ("return", terms)):
        answer = await people.act(service, HOST, f"{AGENCIES}/{account['agency']}/{step}", **more)
        assert answer.status_code == 200, answer.text


ENDINGS: dict[str, tuple[Callable[[Service], Awaitable[Account]], End]] = {
    "a reset of the password": (of_the_agency, by_a_reset),
    "a suspension, also once it is over": (of_the_agency, by_a_suspension_that_is_over),
    "a new password": (of_the_agency, by_a_new_password),
    "another authenticator": (of_the_agency, by_another_authenticator),
    "the departure of the agency, also once it is back": (of_a_new_agency, by_a_departure_that_is_over),
}


async def signed_in(service: Service, person: Browser, account: Account) -> tuple[str, list[dict[str, Any]]]:
    """A code that was not used yet, and what was given: by a code, and by the session."""
    code = sent_back(await person.sign_in(account["name"]))["code"]
    unused = sent_back(await person.open())["code"]
    given = (await exchange(service, code)).json()
    return unused, [given, (await person.client.post(RENEW)).json()]


@pytest.mark.parametrize("name", ENDINGS)
async def test_every_sign_in_ends_with(service: Service, name: str):
    make, end = ENDINGS[name]
    account = await make(service)
    async with browser(service) as person:
        person.password = PASSWORD
        unused, tokens = await signed_in(service, person, account)
        for each in tokens:
            assert (await me(service, each["access_token"])).status_code == 200
        await end(service, account)
        assert (await person.client.post(RENEW)).status_code == 204
        refusal(await exchange(service, unused), 400, "invalid_grant")
        refusal(await renew(service, tokens[0]["refresh_token"]), 400, "invalid_grant")
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    for each in tokens:
        refused(await me(service, each["access_token"]), 401, "unauthenticated")


async def test_a_code_given_before_signing_out_gives_nothing_after(service: Service):
    async with browser(service) as person:
        await person.sign_in(await own_account(service))
        code = sent_back(await person.open())["code"]
        await person.client.post("/oauth2/session/end")
        refusal(await exchange(service, code), 400, "invalid_grant")


async def test_signing_out_on_one_device_leaves_the_other(service: Service):
    account = {"name": await own_account(service)}
    async with browser(service) as first, browser(service) as second:
        _, tokens = await signed_in(service, first, account)
        _, others = await signed_in(service, second, account)
        await first.client.post("/oauth2/session/end")
        refusal(await renew(service, tokens[0]["refresh_token"]), 400, "invalid_grant")
        assert (await second.client.post(RENEW)).status_code == 200
        assert (await renew(service, others[0]["refresh_token"])).status_code == 200


async def test_what_a_secret_gave_ends_with_the_secret_alone(service: Service):
    made = await people.integration(service, ADMIN)
    place, tokens, ids = f"{INTEGRATIONS}/{made['id']}", [], []
    for label in ("pertama", "kedua"):
        secret = (await people.act(service, ADMIN, f"{place}/credentials", kind="secret", label=label)).json()
        client = {"client_id": made["name"], "client_secret": secret["secret"]}
        tokens.append((await ask(service, grant_type="client_credentials", **client)).json()["access_token"])
        ids.append(secret["id"])
    revoked = await people.act(service, ADMIN, f"{place}/credentials/{ids[0]}/revocation")
    assert revoked.status_code == 200
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    found = [await introspected(service, made["agency"], token) for token in tokens]
    assert found == [False, True]


async def introspected(service: Service, agency: str, token: str) -> bool:
    client = {"client_id": f"integration.{agency}", "client_secret": service.password}
    return (await ask(service, "/oauth2/introspect", token=token, **client)).json()["active"]


async def test_a_password_that_changes_meanwhile_signs_nobody_in(service: Service):
    """The old password was right when it was looked at, and is another one before the session begins."""
    state, account = service.app.state, await people.enrolled(service, ADMIN)
    asked = AuthorizationRequest(
        response_type="code", client_id=CLIENT, redirect_uri=REDIRECT, code_challenge_method="S256",
        code_challenge=challenge_of(VERIFIER),
    )  # fmt: skip
    form = sign_in.form_token(state.authority, "nonce")
    said = SignInForm(form=form, username=account["name"], password=PASSWORD)
    async with state.database.session() as session:
        change = await sign_in.enter(session, state.authority, asked, said, "nonce")
    assert isinstance(change.answer, sign_in.SignedIn)
    await reset(service, account, ADMIN, SECOND)
    with pytest.raises(Stale):
        await state.lane.write(change)


async def test_guesses_at_a_one_time_code_wait_like_guesses_at_a_password(fresh: Settings):
    few = fresh.model_copy(update={"sign_in_tries": 5})
    async with running(few, DEMO_PASSWORD) as service, browser(service) as person:
        account = await own_account(service)
        seed = await enrol(service, account)
        wrong = f"{(int(code_now(seed)) + 500_000) % 1_000_000:06}"
        for _ in range(5):
            assert (await person.sign_in(account, otp=wrong)).status_code == 400
        waiting = await person.sign_in(account, otp=code_now(seed, 1))
        assert waiting.status_code == 429
        assert int(waiting.headers["retry-after"]) >= 1
        assert "Retry-After" not in waiting.text
        await asyncio.sleep(int(waiting.headers["retry-after"]))
        assert (await person.sign_in(account, otp=code_now(seed, 1))).status_code == 303


async def test_guesses_at_the_own_password_wait_too(fresh: Settings):
    few = fresh.model_copy(update={"sign_in_tries": 2})
    async with running(few, DEMO_PASSWORD) as service:
        client = await service.client(await own_account(service))
        said = {"current": "x" * 20, "password": ANOTHER}
        for _ in range(2):
            refused(await client.post("/api/v1/me/password", json=said), 422, "invalid", "/current")
        waiting = await client.post("/api/v1/me/password", json=said)
        refused(waiting, 429, "too-many-requests")
        assert int(waiting.headers["retry-after"]) >= 1
