"""Tokens of agencies' own identity providers: whom they make of the caller, and what ends that."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from app.cli import main
from app.domain.permissions import GRANTS, Role
from app.models.ledger import LedgerRow
from app.routers.authentication import FRESH_SECONDS
from app.services.issuers import ForeignClaims
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.access import logged
from tests.support.calls import INCIDENTS, refused
from tests.support.credentials import alter
from tests.support.databases import new_database
from tests.support.identities import linked, unlinked
from tests.support.providers import (
    ENTRA,
    KEYCLOAK,
    KeyServer,
    Signer,
    configured,
    entra,
    filed,
    key_server,
    key_set,
    keycloak,
    shared,
)  # fmt: skip
from tests.support.service import Service, incident, running

ME = "/api/v1/me"
OPERATOR, COMMANDER = "operator.polda-banten", "commander.polda-banten"


@dataclass
class Providers:
    """The service, and the keys of the four providers that it knows."""

    service: Service
    server: KeyServer
    keycloak: Signer
    entra: Signer
    filed: Signer
    shared: Signer

    async def call(self, token: str, path: str = ME, body: Any = None) -> httpx.Response:
        client = await self.service.anonymous()
        method = "POST" if body else "GET"
        return await client.request(method, path, json=body, headers={"Authorization": f"Bearer {token}"})

    async def link(self, issuer: str, subject: str, account: str) -> None:
        await linked(self.service, issuer, subject, account)

    async def unlink(self, issuer: str, subject: str) -> None:
        await unlinked(self.service, issuer, subject)


def configure(directory: Path, server: KeyServer) -> dict[str, Signer]:
    """The settings file and the files beside it."""
    signers = {"keycloak": Signer("RS256"), "entra": Signer("RS256"), "filed": Signer("ES256"),
               "shared": Signer("EdDSA")}  # fmt: skip
    server.content = key_set(signers["keycloak"])
    for name in ("entra", "filed", "shared"):
        (directory / f"{name}.json").write_bytes(key_set(signers[name]))
    (directory / "issuers.toml").write_text(configured(server.url))
    return signers


@pytest.fixture(scope="module")
async def their(
    seeded: Settings, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Providers]:
    pg = None if seeded.database.startswith("sqlite") else request.getfixturevalue("postgresql")
    directory = tmp_path_factory.mktemp("providers")
    settings = await new_database("copy", directory, pg, PASSWORD, of=seeded)
    async with key_server() as server:
        signers = configure(directory, server)
        settings = settings.model_copy(update={"issuers": directory / "issuers.toml"})
        async with running(settings, PASSWORD) as service:
            yield Providers(service, server, **signers)


async def me(their: Providers, token: str) -> dict[str, Any]:
    answer = await their.call(token)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_token_as_keycloak_makes_it_acts_as_the_linked_account(their: Providers):
    await their.link(KEYCLOAK, "kc-1", OPERATOR)
    token = their.keycloak.sign(keycloak("kc-1", "siaga-operator", "uma_authorization"))
    told = await me(their, token)
    assert (told["account"], told["agency"]) == (OPERATOR, "polda-banten")
    assert told["permissions"] == sorted(GRANTS[Role.OPERATOR])
    assert (await their.call(token, INCIDENTS, incident())).status_code == 201


async def test_a_token_of_a_provider_that_is_new_stands_in_the_access_log_as_a_sign_in(their: Providers):
    await their.link(KEYCLOAK, "kc-log", "commander2.polda-banten")
    token = their.keycloak.sign(keycloak("kc-log", "siaga-operator"))
    for _ in range(3):
        await me(their, token)
    (noted,) = await logged(their.service, "auditor.polda-banten", account="commander2.polda-banten")
    assert (noted["kind"], noted["detail"]) == ("sign_in", KEYCLOAK)


async def test_a_token_as_entra_makes_it_acts_as_the_linked_account(their: Providers):
    await their.link(ENTRA, "0a1b", "operator.kpu-banten")
    token = their.entra.sign(entra("0a1b", "Siaga.Operator"))
    assert (await me(their, token))["account"] == "operator.kpu-banten"


async def test_a_provider_whose_keys_lie_in_a_file_names_the_account(their: Providers):
    token = their.filed.sign(filed("liaison.bawaslu-banten"), typ="at+jwt")
    told = await me(their, token)
    assert told["account"] == "liaison.bawaslu-banten"
    assert told["permissions"] == sorted(GRANTS[Role.LIAISON])


@pytest.mark.parametrize(("named", "account"), [
    ("KPU Banten", "operator.kpu-banten"), ("Polda Banten", "operator.polda-banten"),
])  # fmt: skip
async def test_a_provider_of_several_agencies_tells_which(their: Providers, named: str, account: str):
    token = their.shared.sign(shared(account, named), typ="application/at+jwt")
    assert (await me(their, token))["account"] == account


@pytest.mark.parametrize(("named", "account"), [
    ("KPU Banten", "operator.polda-banten"), ("Polda Banten", "operator.kpu-banten"),
    ("BNPT", "operator.bnpt"), ("KPU Banten", "operator.bnpt"), ("KPU Banten", "admin.siaga"),
    ("kpu-banten", "operator.kpu-banten"), ("KPU Banten", "operator.nobody"), ("KPU Banten", ""),
    ("KPU Banten", "operator.kpu-banten\0"), ("KPU Banten", "x" * 256), ("KPU Banten", "\ud800"),
])  # fmt: skip
async def test_no_provider_speaks_for_accounts_of_another_agency(their: Providers, named: str, account: str):
    refused(await their.call(their.shared.sign(shared(account, named), typ="at+jwt")), 401, "unauthenticated")


async def test_a_link_to_an_account_of_another_agency_opens_nothing(their: Providers):
    await their.link(KEYCLOAK, "kc-other", "operator.kpu-banten")
    token = their.keycloak.sign(keycloak("kc-other", "siaga-operator"))
    refused(await their.call(token), 401, "unauthenticated")


async def test_a_subject_that_is_linked_to_nobody_is_nobody(their: Providers):
    await their.link(KEYCLOAK, "kc-2", OPERATOR)
    for subject in ("kc-unknown", "kc-2 ", "KC-2", OPERATOR):
        token = their.keycloak.sign(keycloak(subject, "siaga-operator"))
        refused(await their.call(token), 401, "unauthenticated")
    # The same subject at another provider is somebody else.
    refused(await their.call(their.entra.sign(entra("kc-2", "Siaga.Operator"))), 401, "unauthenticated")


async def test_roles_in_the_token_narrow_the_account_and_never_widen_it(their: Providers):
    await their.link(KEYCLOAK, "kc-op", OPERATOR)
    await their.link(KEYCLOAK, "kc-com", COMMANDER)
    widened = await me(their, their.keycloak.sign(keycloak("kc-op", "siaga-commander", "admin", "root")))
    assert set(widened["permissions"]) == GRANTS[Role.OPERATOR] & GRANTS[Role.COMMANDER]
    assert widened["roles"] == ["operator"]
    narrowed = await me(their, their.keycloak.sign(keycloak("kc-com", "siaga-operator")))
    assert set(narrowed["permissions"]) == GRANTS[Role.OPERATOR] & GRANTS[Role.COMMANDER]
    for claims in (
        keycloak("kc-com"),
        keycloak("kc-com", "commander"),
        keycloak("kc-com") | {"realm_access": 1},
    ):
        refused(await their.call(their.keycloak.sign(claims), INCIDENTS), 403, "forbidden")


async def test_a_link_that_is_taken_away_ends_within_a_second_and_can_come_back(their: Providers):
    await their.link(KEYCLOAK, "kc-3", OPERATOR)
    token = their.keycloak.sign(keycloak("kc-3", "siaga-operator"))
    await me(their, token)
    await their.unlink(KEYCLOAK, "kc-3")
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await their.call(token), 401, "unauthenticated")
    with pytest.raises(RuntimeError):
        await their.link(KEYCLOAK, "kc-3", "nobody.at-all")
    await their.link(KEYCLOAK, "kc-3", COMMANDER)
    assert (await me(their, token))["account"] == COMMANDER


async def test_a_subject_acts_as_one_account(their: Providers):
    await their.link(KEYCLOAK, "kc-4", OPERATOR)
    with pytest.raises(RuntimeError, match="another account"):
        await their.link(KEYCLOAK, "kc-4", COMMANDER)
    for issuer, subject in (("", "x"), ("x", ""), ("x" * 301, "x"), ("x", "y" * 256), ("x", "\0")):
        with pytest.raises(RuntimeError, match="printable"):
            await their.link(issuer, subject, OPERATOR)


async def test_every_link_is_an_entry_of_the_ledger(their: Providers):
    await their.link(KEYCLOAK, "kc-5", OPERATOR)
    await their.link(KEYCLOAK, "kc-5", OPERATOR)
    await their.unlink(KEYCLOAK, "kc-5")
    await their.unlink(KEYCLOAK, "kc-5")
    async with their.service.app.state.database.session() as session:
        query = select(LedgerRow.action, LedgerRow.owner_agency).where(
            col(LedgerRow.subject_type) == "account_identity").order_by(col(LedgerRow.position))  # fmt: skip
        last = (await session.exec(query)).all()[-2:]
    assert [tuple(each) for each in last] == [
        ("identity.linked", "polda-banten"), ("identity.unlinked", "polda-banten"),
    ]  # fmt: skip


async def test_a_signature_is_checked_once(their: Providers):
    await their.link(KEYCLOAK, "kc-6", OPERATOR)
    await me(their, token := their.keycloak.sign(keycloak("kc-6", "siaga-operator")))
    known = their.service.app.state.authenticator._known
    claims = next(each.claims for each in known.values() if getattr(each.claims, "subject", "") == "kc-6")
    assert isinstance(claims, ForeignClaims)
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    await me(their, token)
    assert any(each.claims is claims for each in known.values())


async def test_keys_change_and_what_an_old_one_signed_ends_at_once(their: Providers):
    await their.link(KEYCLOAK, "kc-7", OPERATOR)
    (provider,) = [
        each for each in their.service.app.state.identity_providers if each.told.issuer == KEYCLOAK
    ]
    old, new = their.keycloak, Signer("RS256")
    first, second = (each.sign(keycloak("kc-7", "siaga-operator")) for each in (old, new))
    await me(their, first)
    their.server.content = key_set(new)
    provider.keys._tried_at = -1000.0
    assert (await me(their, second))["account"] == OPERATOR
    refused(await their.call(first), 401, "unauthenticated")
    their.server.content = key_set(old)
    await provider.keys.renew()
    await me(their, first)


async def test_an_outage_is_told_and_stops_nobody(their: Providers):
    await their.link(KEYCLOAK, "kc-8", OPERATOR)
    (provider,) = [
        each for each in their.service.app.state.identity_providers if each.told.issuer == KEYCLOAK
    ]
    await me(their, their.keycloak.sign(keycloak("kc-8", "siaga-operator")))
    anonymous = await their.service.anonymous()
    others = [{"name": name, "state": "ok"} for name in ("kpu-banten", "bawaslu-banten", "bersama")]
    for status, told, state in (("503 Down", "degraded", "cached"), ("200 OK", "ok", "ok")):
        their.server.status = status
        await provider.keys.renew()
        answer = await anonymous.get("/readyz")
        assert answer.status_code == 200
        told_of = [{"name": "polda-banten", "state": state}, *others]
        assert (answer.json()["status"], answer.json()["identity_providers"]) == (told, told_of)
        await me(their, their.keycloak.sign(keycloak("kc-8", "siaga-operator", session_state=status)))


async def test_without_providers_the_service_is_ready(service: Service):
    answer = await (await service.anonymous()).get("/readyz")
    assert (answer.json()["status"], answer.json()["identity_providers"]) == ("ok", [])


async def test_an_operator_links_and_unlinks_by_command(
    fresh: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    async with key_server() as server:
        configure(tmp_path, server)
        for name, value in (("DATA_DIR", fresh.data_dir), ("DATABASE_URL", fresh.database),
                            ("ISSUERS", tmp_path / "issuers.toml")):  # fmt: skip
            monkeypatch.setenv(f"SIAGA_{name}", str(value))
        for command, status, said in (
            (["link", KEYCLOAK, "kc-1", OPERATOR], 0, "done"),
            (["link", KEYCLOAK, "kc-1", OPERATOR], 0, "nothing to do"),
            (["link", KEYCLOAK, "kc-1", COMMANDER], 1, "another account"),
            (["link", KEYCLOAK, "kc-9", "operator.nobody"], 1, "no active account"),
            (["unlink", KEYCLOAK, "kc-1"], 0, "done"),
            (["unlink", KEYCLOAK, "kc-1"], 0, "nothing to do"),
            (["issuers"], 0, "bersama: https://sso.banten.test: ok:"),
        ):
            assert await asyncio.to_thread(main, command) == status
            out, error = capsys.readouterr()
            assert said in out + error
        server.status = "404 Not Found"
        assert await asyncio.to_thread(main, ["issuers"]) == 1


async def test_an_account_that_is_closed_is_closed_for_its_provider_too(their: Providers):
    await their.link(KEYCLOAK, "kc-10", "liaison.polda-banten")
    token = their.keycloak.sign(keycloak("kc-10", "siaga-operator"))
    await me(their, token)
    await alter(their.service, "liaison.polda-banten", "account.suspended", active=False)
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    refused(await their.call(token), 401, "unauthenticated")
