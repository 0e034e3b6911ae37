"""The documentation page for a whole shift: signed in once, renewed in silence, the clock turned ahead."""

import asyncio
from typing import Any

import pytest

from app.settings import Settings
from tests.support.browser import PATIENCE, DocsPage, browsing
from tests.support.oauth import request
from tests.support.servers import serving

PASSWORD = "for-tests-only-" * 2
OPERATOR = "operator.polda-banten"
RENEW = "/oauth2/session/token"
MINUTE = 60_000  # milliseconds
# The page has the answer to its last renewal, and has set its clock for the next one.
AT_REST = "renewal.running === null && renewal.due < Infinity && renewal.due > Date.now()"


class Watch:
    """What the page asks for while the clock goes ahead: renewals, and the tokens that it sends."""

    def __init__(self, docs: DocsPage) -> None:
        self.docs = docs
        self.renewals: list[int] = []
        self.sent: list[str] = []
        docs.page.on("response", self._note)

    def _note(self, response: Any) -> None:
        if response.url.endswith(RENEW):
            self.renewals.append(response.status)
        elif response.url.endswith("/api/v1/me"):
            self.sent.append(response.request.headers.get("authorization", ""))

    async def pass_minutes(self, minutes: int) -> None:
        """Time goes on in the browser alone; what the page does then reaches the real service."""
        async with asyncio.timeout(PATIENCE / 1000):
            while not await self.docs.page.evaluate(AT_REST):
                await self.docs.page.wait_for_timeout(20)
        before = len(self.renewals)
        async with self.docs.page.expect_response(lambda response: response.url.endswith(RENEW)):
            await self.docs.page.clock.fast_forward(minutes * MINUTE)
        while len(self.renewals) == before:
            await self.docs.page.wait_for_timeout(20)
        await self.docs.page.wait_for_load_state("networkidle")

    async def who(self) -> str:
        answer = await self.docs.call("read_me")
        assert answer["status"] == 200
        return answer["body"]["account"]


async def signed_in(docs: DocsPage) -> Watch:
    await docs.page.clock.install()
    watch = Watch(docs)
    await docs.open("id")
    await docs.page.clock.resume()
    await docs.sign_in(OPERATOR, PASSWORD)
    return watch


async def test_the_page_stays_signed_in_for_a_shift(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with browsing(server.url) as docs:
            watch = await signed_in(docs)
            assert await watch.who() == OPERATOR
            for _ in range(8 * 60 // 15):
                await watch.pass_minutes(15)
            assert await watch.who() == OPERATOR
            assert watch.renewals.count(200) >= 32
            assert len(set(watch.sent)) == 2
            stored = await docs.page.evaluate("JSON.stringify({...localStorage})")
            assert "refresh_token" not in stored
            assert await docs.page.evaluate("document.cookie") == ""


async def test_the_page_signs_in_by_itself_when_it_is_opened_again(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with browsing(server.url) as docs:
            watch = await signed_in(docs)
            await docs.page.evaluate("localStorage.clear()")
            await docs.open("en")
            await docs.page.locator("#sign-out").wait_for(state="visible")
            assert await watch.who() == OPERATOR


async def test_signing_out_on_the_page_ends_the_session(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with browsing(server.url) as docs:
            watch = await signed_in(docs)
            await docs.page.locator("#sign-out button").click()
            await docs.page.locator(".opblock-tag").first.wait_for()
            await docs.page.locator("#sign-out").wait_for(state="hidden")
            answer = await docs.call("read_me")
            assert answer["status"] == 401
            assert watch.renewals[-1] == 204
            docs.complaints.clear()  # the browser counts the 401 among its errors


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_sign_in_page_works_without_script(fresh: Settings, language: str):
    with serving(fresh, PASSWORD) as server:
        async with browsing(server.url) as docs:
            context = await docs.page.context.browser.new_context(java_script_enabled=False, locale=language)
            page = await context.new_page()
            redirect = f"{server.url}/docs/static/swagger/oauth2-redirect.html"
            await page.goto(server.url + request(redirect_uri=redirect))
            assert await page.locator("html").get_attribute("lang") == language
            await page.locator("#username").fill(OPERATOR)
            await page.locator("#password").fill("wrong")
            await page.locator("button[type=submit]").click()
            assert await page.get_by_role("alert").inner_text()
            await page.locator("#password").fill(PASSWORD)
            await page.locator("button[type=submit]").click()
            await page.wait_for_url("**/oauth2-redirect.html?code=*")
            await context.close()
