"""The sign-in page: plain, in two languages, safe to show and to send; and the session that it begins."""

import asyncio
import re
from datetime import timedelta

import jwt
import pytest

from app.models.oauth import SessionRow
from app.routers.authentication import FRESH_SECONDS
from app.settings import Settings
from tests.conftest import PASSWORD
from tests.support.calls import OPERATOR
from tests.support.credentials import account_of, alter, own_account
from tests.support.oauth import (
    REDIRECT,
    browser,
    exchange,
    me,
    refusal,
    renew,
    request,
    rows,
    sent_back,
    turn_back,
)
from tests.support.service import Service, running

RENEW, END = "/oauth2/session/token", "/oauth2/session/end"


async def test_the_page_has_no_script_and_lets_nothing_in(service: Service):
    async with browser(service) as person:
        page = await person.open()
    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert not re.search(r"\son\w+=", page.text)
    policy = page.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= {
        *policy
    }
    assert [each for each in policy if each.startswith("form-action")] == [
        "form-action 'self' http://127.0.0.1:8000"
    ]
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(("language", "word"), [("id", "Kata sandi"), ("en", "Password")])
async def test_the_page_speaks_two_languages(service: Service, language: str, word: str):
    async with browser(service) as person:
        for page in (
            await person.client.get(request() + f"&lang={language}"),
            await person.client.get(request(), headers={"Accept-Language": language}),
        ):
            assert f'<html lang="{language}">' in page.text
            assert word in page.text
            assert page.headers["content-language"] == language
        wrong = await person.fill_in(page, username=OPERATOR, password="wrong")
        assert f'<html lang="{language}">' in wrong.text


async def test_what_is_sent_is_shown_as_text(service: Service):
    evil = '"><script>alert(1)</script>'
    async with browser(service) as person:
        page = await person.open(state=evil, scope="incidents:read")
        again = await person.fill_in(page, username=evil, password="x")
    assert "<script" not in page.text + again.text


@pytest.mark.parametrize(
    "name", [OPERATOR, "operator.no-such-agency", "", "\x00", "integration.polda-banten"]
)
async def test_a_wrong_password_is_told_like_an_unknown_name(service: Service, name: str):
    async with browser(service) as person:
        refused = await person.fill_in(await person.open(), username=name, password="wrong")
    assert refused.status_code == 400
    assert "Name, password or one-time code is wrong." in refused.text
    assert "siaga_session" not in refused.cookies


UNSOUND = {
    "unsupported_response_type": {"response_type": "token"},
    "invalid_request": {"code_challenge": ""},
    "invalid_scope": {"scope": "x" * 1001},
}
UNSOUND_TOO = [
    {"code_challenge_method": "plain"},
    {"code_challenge_method": ""},
    {"code_challenge": "x" * 42},
]


@pytest.mark.parametrize(
    ("error", "asked"), [*UNSOUND.items(), *(("invalid_request", each) for each in UNSOUND_TOO)]
)
async def test_an_unsound_request_is_told_to_the_client(service: Service, error: str, asked: dict):
    async with browser(service) as person:
        told = sent_back(await person.open(**asked))
        assert (told["error"], told["state"]) == (error, "s-1")


STRANGERS = [
    {"client_id": "somebody"}, {"client_id": ""}, {"redirect_uri": ""}, {"redirect_uri": REDIRECT + "?x=1"},
    {"redirect_uri": REDIRECT + "/.."}, {"redirect_uri": REDIRECT.replace("http", "HTTP")},
    {"redirect_uri": "https://evil.example/"},
    {"redirect_uri": REDIRECT.replace("127.0.0.1", "127.0.0.1.evil.example")},
]  # fmt: skip


@pytest.mark.parametrize("asked", STRANGERS)
async def test_nobody_is_sent_to_an_address_that_is_not_registered(service: Service, asked: dict):
    async with browser(service) as person:
        page = await person.open(**asked)
        assert page.status_code == 400
        assert "location" not in page.headers
        sent = await person.client.post(request(**asked), data={"username": OPERATOR, "password": PASSWORD})
        assert (sent.status_code, "location" in sent.headers) == (400, False)


async def test_a_repeated_address_counts_as_none(service: Service):
    async with browser(service) as person:
        page = await person.client.get(request() + "&redirect_uri=https://evil.example/")
    assert page.status_code == 400


@pytest.mark.parametrize("forged", [{}, {"form": "0" * 64}, {"form": ""}, {"form": "é"}])
async def test_a_form_of_another_site_signs_nobody_in(service: Service, forged: dict):
    async with browser(service) as person:
        await person.open()
        answer = await person.client.post(
            request(), data={"username": OPERATOR, "password": service.password, **forged}
        )
    assert answer.status_code == 400
    assert "siaga_session" not in answer.cookies


async def test_the_cookie_is_out_of_reach_of_scripts_and_lasts_a_shift(service: Service):
    account = await own_account(service)
    async with browser(service) as person:
        answer = await person.sign_in(account)
    (cookie,) = [each for each in answer.headers.get_list("set-cookie") if each.startswith("siaga_session=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=28800"} <= {*cookie.split("; ")}
    (row,) = await rows(service, SessionRow, account_id=(await account_of(service, account)).id)
    assert cookie.partition("=")[2].partition(";")[0] not in repr(row)
    assert row.expires_at - row.created_at == timedelta(hours=8)


async def test_over_tls_the_cookie_is_bound_to_this_host(fresh: Settings):
    secure = fresh.model_copy(update={"public_url": "https://siaga.example"})
    redirect = "https://siaga.example/docs/static/swagger/oauth2-redirect.html"
    async with running(secure, PASSWORD) as service, browser(service) as person:
        page = await person.open(redirect_uri=redirect)
        (cookie,) = page.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-siaga_form=")
    assert "Secure" in cookie.split("; ")


async def test_whoever_is_signed_in_goes_on_at_once(service: Service):
    async with browser(service) as person:
        assert sent_back(await person.open(prompt="none"))["error"] == "login_required"
        await person.sign_in(await own_account(service))
        for prompt in ("", "none"):
            assert (
                await exchange(service, sent_back(await person.open(prompt=prompt))["code"])
            ).status_code == 200
        assert (await person.open(prompt="login")).status_code == 200


async def test_the_session_renews_the_token_of_the_page(service: Service):
    account = await own_account(service)
    async with browser(service) as person:
        assert (await person.client.post(RENEW)).status_code == 204
        await person.sign_in(account)
        renewed = await person.client.post(RENEW)
    assert renewed.headers["cache-control"] == "no-store"
    assert "refresh_token" not in renewed.json()
    assert (await me(service, renewed.json()["access_token"])).json()["account"] == account


async def test_the_session_is_not_lent_to_another_site(service: Service):
    async with browser(service) as person:
        await person.sign_in(await own_account(service))
        for site in ("cross-site", "same-site", "none"):
            for path in (RENEW, END):
                answer = await person.client.post(path, headers={"Sec-Fetch-Site": site})
                assert answer.status_code == 403
        assert (await person.client.post(RENEW)).status_code == 200


async def test_a_session_ends_after_a_shift_and_with_its_account(service: Service):
    account = await own_account(service)
    async with browser(service) as person:
        await person.sign_in(account)
        (row,) = await rows(service, SessionRow, account_id=(await account_of(service, account)).id)
        await turn_back(service, SessionRow, "expires_at", row.id, timedelta(seconds=1))
        assert (await person.client.post(RENEW)).status_code == 204
        await person.sign_in(account)
        assert (await person.client.post(RENEW)).status_code == 200
        await alter(service, account, "account.suspended", active=False)
        assert (await person.client.post(RENEW)).status_code == 204


async def test_signing_out_ends_all_that_was_given_in_the_session(service: Service):
    async with browser(service) as person:
        code = sent_back(await person.sign_in(await own_account(service)))["code"]
        given = (await exchange(service, code)).json()
        of_page = (await person.client.post(RENEW)).json()
        assert jwt.decode(of_page["access_token"], options={"verify_signature": False})["sid"]
        for token in (given, of_page):
            assert (await me(service, token["access_token"])).status_code == 200
        left = await person.client.post(END)
        assert (left.status_code, left.headers["location"]) == (303, "../../docs")
        assert (await person.client.post(RENEW)).status_code == 204
    refusal(await renew(service, given["refresh_token"]), 400, "invalid_grant")
    await asyncio.sleep(FRESH_SECONDS + 0.05)
    for token in (given, of_page):
        assert (await me(service, token["access_token"])).status_code == 401
