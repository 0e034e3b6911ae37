"""One-time codes: as the RFC computes them, each once, asked of whoever has an authenticator or needs one."""

import asyncio
import base64
import time

import pytest

from app.domain import one_time_codes as codes
from app.domain.permissions import Role
from app.models.credentials import CredentialRow, CredentialUseRow
from app.models.ledger import LedgerDisclosureRow, LedgerRow
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import refused
from tests.support.credentials import (
    AUTHENTICATOR,
    account_of,
    authenticator_proof,
    code_now,
    enrol,
    offered,
    own_account,
    seed_of,
)
from tests.support.oauth import browser, by_password, exchange, me, refusal, rows, sent_back
from tests.support.service import Service, running

# RFC 6238, appendix B, the column for SHA-1.
VECTORS = {
    59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924",
    2000000000: "69279037", 20000000000: "65353130",
}  # fmt: skip
SEED = b"12345678901234567890"


@pytest.mark.parametrize(("moment", "code"), VECTORS.items())
def test_codes_are_those_of_the_rfc(moment: int, code: str):
    assert codes.code_at(SEED, moment // codes.STEP_SECONDS, digits=8) == code
    assert codes.step_of(SEED, code[2:], moment) == moment // 30


def test_a_clock_may_be_off_by_one_step_and_no_more():
    code = codes.code_at(SEED, 1000)
    assert [codes.step_of(SEED, code, 30 * step) for step in (998, 999, 1000, 1001, 1002)] == [
        None, 1000, 1000, 1000, None,
    ]  # fmt: skip


def test_what_is_no_code_is_refused():
    for code in ("", "12345", "1234567", "abcdef", "\u0661\u0662\u0663\u0664\u0665\u0666", "\x00"):
        assert codes.step_of(SEED, code, 59) is None


async def test_whoever_has_an_authenticator_needs_its_code(service: Service):
    account = await own_account(service)
    assert (await by_password(service, account)).status_code == 200
    seed = await enrol(service, account)
    for code in ("", "000000", code_now(SEED, 1)):
        refusal(await by_password(service, account, otp=code), 400, "invalid_grant")
    answer = await by_password(service, account, otp=code_now(seed, 1))
    assert (await me(service, answer.json()["access_token"])).status_code == 200


async def test_a_wrong_code_is_told_like_a_wrong_password(service: Service):
    account = await own_account(service)
    await enrol(service, account)
    wrong_code = await by_password(service, account, otp="000000")
    client = await service.anonymous()
    form = {"grant_type": "password", "username": account, "password": "wrong", "otp": "000000"}
    wrong_password = await client.post("/oauth2/token", data=form)
    assert wrong_code.content == wrong_password.content


async def test_a_code_counts_once(service: Service):
    account = await own_account(service)
    seed = await enrol(service, account)
    code = code_now(seed, 1)
    answers = await asyncio.gather(*(by_password(service, account, otp=code) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] + [400] * 9
    refusal(await by_password(service, account, otp=code), 400, "invalid_grant")


async def test_the_code_that_confirmed_an_authenticator_is_used_up(service: Service):
    account = await own_account(service)
    seed, offer = await offered(service, account)
    code = code_now(seed)
    said = {"offer": offer, "otp": code, "password": service.password}
    assert (await (await service.client(account)).put(AUTHENTICATOR, json=said)).status_code == 200
    refusal(await by_password(service, account, otp=code), 400, "invalid_grant")


async def test_it_is_asked_on_the_page_too(service: Service):
    account = await own_account(service)
    seed = await enrol(service, account)
    async with browser(service) as person:
        assert (await person.sign_in(account)).status_code == 400
        code = sent_back(await person.sign_in(account, otp=code_now(seed, 1)))["code"]
    assert (await exchange(service, code)).status_code == 200


async def test_a_seed_is_sealed_and_in_no_entry(service: Service):
    account = await own_account(service)
    seed = await enrol(service, account)
    (row,) = await rows(service, CredentialRow, account_id=(await account_of(service, account)).id)
    spellings = (seed.hex(), base64.b32encode(seed).decode(), base64.b64encode(seed).decode(), repr(seed))
    entries = await rows(service, LedgerRow, subject_id=row.id)
    said = [await rows(service, LedgerDisclosureRow, position=entry.position) for entry in entries]
    for spelling in spellings:
        assert spelling not in repr(row)
        assert spelling not in repr(said)
    assert row.sealed not in repr(said)
    assert [entry.action for entry in entries] == ["account.authenticator_added"]
    (used,) = await rows(service, CredentialUseRow, credential_id=row.id) or [None]
    assert used is None
    await by_password(service, account, otp=code_now(seed, 1))
    (used,) = await rows(service, CredentialUseRow, credential_id=row.id)
    assert abs(used.used_at.timestamp() - time.time()) < 60


async def test_a_new_authenticator_takes_the_place_of_the_old_with_a_code_of_it(service: Service):
    account = await own_account(service)
    old = await enrol(service, account)
    client = await service.client(account)
    proof = await authenticator_proof(service, account)
    refused(await client.put(AUTHENTICATOR, json=proof), 422, "invalid", "/current_otp")
    answer = await client.put(AUTHENTICATOR, json={**proof, "current_otp": code_now(old, 1)})
    assert answer.status_code == 200, answer.text
    credentials = await rows(service, CredentialRow, account_id=(await account_of(service, account)).id)
    assert sorted(each.revoked_at is None for each in credentials) == [False, True]


async def test_an_offer_is_bound_to_its_account_password_and_code(service: Service):
    account, other = await own_account(service), await own_account(service)
    proof = await authenticator_proof(service, account)
    client = await service.client(account)
    wrong = {"/password": {"password": "wrong"}, "/otp": {"otp": "000000"}, "/offer": {"offer": "x" * 80}}
    for pointer, change in wrong.items():
        refused(await client.put(AUTHENTICATOR, json={**proof, **change}), 422, "invalid", pointer)
    answer = await (await service.client(other)).put(AUTHENTICATOR, json=proof)
    refused(answer, 422, "invalid", "/offer")


async def test_two_enrolments_at_once_leave_one_authenticator(service: Service):
    account = await own_account(service)
    client = await service.client(account)
    proofs = [await authenticator_proof(service, account) for _ in range(2)]
    answers = await asyncio.gather(*(client.put(AUTHENTICATOR, json=proof) for proof in proofs))
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert len(await rows(service, CredentialRow, account_id=(await account_of(service, account)).id)) == 1


async def test_an_integration_has_no_authenticator(service: Service):
    client = await service.client("integration.polda-banten")
    refused(await client.post(f"{AUTHENTICATOR}/offers", json={"label": "x"}), 403, "forbidden")


def test_in_production_admins_and_commanders_need_codes_and_passwords_give_no_token():
    assert Settings(production=True).roles_with_codes == {"admin", "commander"}
    assert not Settings(production=True).takes_passwords
    assert Settings().roles_with_codes == set()
    assert Settings().takes_passwords
    assert Settings(production=True, totp_roles=(), password_grant=True).takes_passwords


async def test_a_role_that_needs_codes_sets_one_up_at_its_first_sign_in(fresh: Settings):
    strict = fresh.model_copy(update={"totp_roles": ("commander",)})
    async with running(strict, PASSWORD) as service, browser(service) as person:
        account = await own_account(service, Role.COMMANDER)
        refusal(await by_password(service, account), 400, "invalid_grant")
        page = await person.sign_in(account)
        assert page.status_code == 200
        assert "siaga_session" not in page.cookies
        seed = seed_of(page.text.partition("<code>")[2].partition("<")[0])
        wrong = await person.fill_in(page, otp="000000")
        assert wrong.status_code == 400
        code = sent_back(await person.fill_in(wrong, otp=code_now(seed)))["code"]
        assert (await exchange(service, code)).status_code == 200
        again = await person.fill_in(wrong, otp=code_now(seed, 1))
        assert again.status_code == 400
        assert (await by_password(service, account, otp=code_now(seed, 1))).status_code == 200
        assert (await by_password(service, await own_account(service))).status_code == 200


async def test_the_password_grant_can_be_off(fresh: Settings):
    async with running(fresh.model_copy(update={"password_grant": False}), PASSWORD) as service:
        refusal(await by_password(service, "operator.polda-banten"), 400, "unsupported_grant_type")
        served = (await (await service.anonymous()).get("/openapi.json")).json()
        assert served["components"]["securitySchemes"].keys() == {"person", "system"}
        metadata = await (await service.anonymous()).get("/.well-known/oauth-authorization-server")
        assert "password" not in metadata.json()["grant_types_supported"]
