"""The documentation page in a real Chromium, driven as an officer does: press, choose, fill in, read."""

import json
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import FilePayload, Locator, Page, async_playwright

PATIENCE = 30_000  # milliseconds; a step takes far less, a machine may be busy

# What a browser would do on its own account has no place in a test that counts its requests.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str:
    """The installed browser; nothing is ever downloaded."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail(
            "Chromium is missing; this test opens the documentation in a real browser. "
            "On Debian, as root: apt-get install --no-install-recommends chromium",
            pytrace=False,
        )
    return found


class DocsPage:
    """The page, and what it asked for and complained about."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def foreign_requests(self) -> list[str]:
        own = urlsplit(self.url).netloc
        return [each for each in self.requests if urlsplit(each).netloc != own and each[:5] != "data:"]

    async def open(self, language: str) -> None:
        await self.page.goto(f"{self.url}/docs?lang={language}")
        await self.groups().first.wait_for()

    def groups(self) -> Locator:
        """The groups of operations."""
        return self.page.locator(".opblock-tag")

    async def _group(self, operation: str) -> str:
        """The group in which an operation stands, as the page itself has read it."""
        found: str = await self.page.evaluate(
            """wanted => ui.specSelectors.operations().toJS()
               .find(each => each.operation.operationId === wanted).operation.tags[0]""",
            operation,
        )
        return found

    async def authorize(self, account: str, password: str) -> None:
        """Sign in by name and password; whoever was signed in before is signed out."""
        await self.page.locator(".btn.authorize").first.click()
        dialog = self.page.locator(".auth-container").filter(has_text="officer (OAuth2, password)")
        await dialog.wait_for()
        sign_out = dialog.get_by_role("button", name="Remove authorization")
        if await sign_out.count():
            await sign_out.click()
        await dialog.locator("#oauth_username").fill(account)
        await dialog.locator("#oauth_password").fill(password)
        await dialog.get_by_role("button", name="Apply given OAuth2 credentials").click()
        await dialog.get_by_role("button", name="Remove authorization").wait_for()
        await self.page.locator(".close-modal").click()

    async def sign_in(self, account: str, password: str) -> None:
        """Sign in on the sign-in page, which opens beside and closes by itself."""
        await self.page.locator(".btn.authorize").first.click()
        dialog = self.page.locator(".auth-container").filter(has_text="person (OAuth2, authorizationCode")
        async with self.page.expect_popup() as opening:
            await dialog.get_by_role("button", name="Apply given OAuth2 credentials").click()
        page = await opening.value
        page.on("console", self._hear)
        await page.locator("#username").fill(account)
        await page.locator("#password").fill(password)
        async with page.expect_event("close"):
            await page.locator("button[type=submit]").click()
        await dialog.get_by_role("button", name="Remove authorization").wait_for()
        await self.page.locator(".close-modal").click()

    async def call(
        self,
        operation: str,
        *,
        example: str | None = None,
        put: dict[str, Any] | None = None,
        file: FilePayload | None = None,
        **given: str,
    ) -> dict[str, Any]:
        """Send an operation, with one of its examples or with a file, and read the answer from the page.

        `put` stands for what an officer writes into the example; `given` are the parameters.
        """
        block = await self._opened(operation)
        for name, value in given.items():
            await fill_in(block.locator(f'tr[data-param-name="{name}"]').locator("input, select"), value)
        body = block.locator(".opblock-section-request-body")
        if example:
            await body.locator(".examples-select-element").select_option(example)
        if put:
            text = body.locator("textarea")
            await text.fill(json.dumps(json.loads(await text.input_value()) | put))
        if file:
            await body.locator('input[type="file"]').set_input_files(file)
        await block.get_by_role("button", name="Execute").click()
        answer = await self._answer(block)
        await block.locator(".opblock-summary-control").click()
        return answer

    async def _answer(self, block: Locator) -> dict[str, Any]:
        answer = block.locator(".live-responses-table")
        await answer.locator("tbody .response-col_status").wait_for()
        status = (await answer.locator("tbody .response-col_status").inner_text()).split()[0]
        body = await answer.locator(".highlight-code pre, pre.microlight").first.inner_text()
        # The next call of this operation must not take this answer for its own.
        await block.get_by_role("button", name="Clear").click()
        await answer.wait_for(state="detached")
        return {"status": int(status), "body": json.loads(body)}

    async def _opened(self, operation: str) -> Locator:
        group = self.page.locator(f'.opblock-tag[data-tag="{await self._group(operation)}"]')
        if await group.get_attribute("data-is-open") == "false":
            await group.click()
        block = self.page.locator(f'.opblock[id$="-{operation}"]')
        await block.locator(".opblock-summary-control").click()
        await block.locator(".opblock-body").wait_for()
        return block


async def fill_in(control: Locator, value: str) -> None:
    """Write into a field, or choose from a list."""
    is_list = await control.evaluate("element => element.tagName") == "SELECT"
    await (control.select_option(value) if is_list else control.fill(value))


@asynccontextmanager
async def browsing(url: str) -> AsyncIterator[DocsPage]:
    """A fresh browser on the page; in the end it has asked nobody else, and complained of nothing."""
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=chromium(), args=arguments) as browser,
    ):
        docs = DocsPage(await browser.new_page(), url)
        yield docs
        assert docs.foreign_requests() == []
        assert docs.complaints == []
