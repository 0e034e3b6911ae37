"""A duty officer and the documentation page, in a real browser, with a real server behind it."""

from hashlib import sha256
from typing import Any

import pytest
from playwright.async_api import FilePayload

from app.settings import Settings
from tests.support.browser import DocsPage, browsing
from tests.support.servers import serving

PASSWORD = "for-tests-only-" * 2
PICTURE = FilePayload(
    name="piket-gudang.png",
    mimeType="image/png",
    buffer=bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"),
)
IN_CIKUPA = {"region_code": "36.03.18", "category": "political_violence"}
GROUPS = {"en": ["Account", "Inbox", "Incidents"], "id": ["Akun", "Kotak masuk", "Kejadian"]}


async def authorize(docs: DocsPage, account: str) -> None:
    """Sign in, and see on the page that one is signed in."""
    await docs.authorize(account, PASSWORD)
    me = await docs.call("read_me")
    assert (me["status"], me["body"]["account"]) == (200, account)


async def sent(docs: DocsPage, operation: str, status: int = 200, **content: Any) -> dict[str, Any]:
    """What the page shows as the answer, once it has the status that is expected."""
    answer = await docs.call(operation, **content)
    assert answer["status"] == status, answer
    return answer["body"]


async def handle_incident(docs: DocsPage) -> str:
    """Report it as the page proposes, take two steps, attach a picture of the guard's log; its id."""
    made = await sent(docs, "report_incident", 201, example="damp_ballot_boxes")
    for step in ("verified", "responding"):
        stepped = await sent(docs, "step_incident", example=step, incident_id=made["id"])
        assert stepped["status"] == step
    added = await sent(docs, "add_attachment", 201, file=PICTURE, incident_id=made["id"])
    assert (added["file_name"], added["sha256"]) == (PICTURE["name"], sha256(PICTURE["buffer"]).hexdigest())
    return made["id"]


async def deploy_unit(docs: DocsPage, incident: str) -> str:
    """State what the unit has, send a patrol for the incident, and let it gather; its id."""
    await sent(docs, "state_unit_strength", example="polresta", unit="polresta-tangerang")
    made = await sent(
        docs, "request_deployment", 201, example="patrol_for_an_incident", put={"incident_id": incident}
    )
    for step in ("committed", "mobilizing"):
        stepped = await sent(docs, "step_deployment", example=step, deployment_id=made["id"])
        assert stepped["status"] == step
    return made["id"]


async def raise_threat_level(docs: DocsPage) -> None:
    """One commander proposes level 4, which changes nothing yet; another one approves it."""
    await authorize(docs, "commander.polda-banten")
    proposal = await sent(docs, "state_threat_level", 202, example="threatened_officials")
    assert (await sent(docs, "read_effective_threat_level", **IN_CIKUPA))["level"] is None
    await authorize(docs, "commander2.polda-banten")
    decided = await sent(docs, "decide_threat_level_proposal", example="approve", proposal_id=proposal["id"])
    assert decided["status"] == "approved"


async def read_back(docs: DocsPage, incident: str, deployment: str) -> None:
    """What was sent stands in the records, in lists, in sums, in the history and in the inbox."""
    read = await sent(docs, "read_incident", incident_id=incident)
    assert read["status"] == "responding"
    listed = await sent(docs, "list_incidents")
    assert incident in [each["id"] for each in listed["items"]]
    history = await sent(docs, "list_incident_history", incident_id=incident)
    assert [each["action"] for each in history["items"]][:3] == [
        "incident.reported", "incident.stepped", "incident.stepped",
    ]  # fmt: skip
    files = await sent(docs, "list_attachments", incident_id=incident)
    assert [each["file_name"] for each in files["items"]] == [PICTURE["name"]]
    patrol = await sent(docs, "read_deployment", deployment_id=deployment)
    assert (patrol["status"], patrol["incident_id"]) == ("mobilizing", incident)
    strength = await sent(docs, "read_deployed_strength", at="2024-11-25T09:00:00+07:00")
    assert strength["strength_planned"] == patrol["strength_planned"]
    level = await sent(docs, "read_effective_threat_level", **IN_CIKUPA)
    assert (level["level"], level["label"], level["inherited_from"]) == (4, "tinggi", "36.03")
    waiting = await sent(docs, "list_inbox")
    assert [(each["kind"], each["record_id"]) for each in waiting["items"]] == [("assignment", incident)]


# The page is the same on both databases, and slow to draw: each of these is looked at on one of them.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_officers_do_a_watch_on_the_page(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with browsing(server.url) as docs:
            await docs.open("id")
            await authorize(docs, "operator.polda-banten")
            incident = await handle_incident(docs)
            deployment = await deploy_unit(docs, incident)
            await raise_threat_level(docs)
            # Another agency, signed in on the same page, reads it all; it is to lead, and has not acted yet.
            await authorize(docs, "operator.kpu-banten")
            await read_back(docs, incident, deployment)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
async def test_the_page_speaks_two_languages_and_stays_signed_in(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with browsing(server.url) as docs:
            await docs.open("id")
            await authorize(docs, "operator.polda-banten")
            for language in ("id", "en"):
                link = docs.page.locator(f'nav a[hreflang="{language}"]')
                await link.click()
                await docs.groups().first.wait_for()
                assert await docs.page.locator("html").get_attribute("lang") == language
                assert await link.get_attribute("aria-current") == "page"
                groups = await docs.page.locator(".opblock-tag > a").all_inner_texts()
                assert groups[:3] == GROUPS[language]
                assert (await docs.call("read_me"))["status"] == 200
