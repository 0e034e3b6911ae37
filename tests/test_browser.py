"""A duty officer and the documentation page, in a real browser, with a real server behind it."""

from app.settings import Settings
from tests.support.browser import DocsPage, browsing
from tests.support.servers import serving

PASSWORD = "for-tests-only-" * 2
GROUPS = {"en": ["Account", "Incidents", "Incident details"], "id": ["Akun", "Kejadian", "Rincian kejadian"]}


async def authorize(docs: DocsPage, account: str) -> None:
    """Sign in, and see on the page that one is signed in."""
    await docs.authorize(account, PASSWORD)
    me = await docs.call("read_me")
    assert (me["status"], me["body"]["account"]) == (200, account)


async def report_incident(docs: DocsPage, example: str) -> str:
    """Send a report as the page proposes it; the new record's id."""
    made = await docs.call("report_incident", example=example)
    assert (made["status"], made["body"]["status"]) == (201, "reported")
    return made["body"]["id"]


async def step_incident(docs: DocsPage, incident: str, example: str) -> None:
    stepped = await docs.call("step_incident", example=example, incident_id=incident)
    assert (stepped["status"], stepped["body"]["status"]) == (200, example)


async def read_back(docs: DocsPage, incident: str, status: str) -> None:
    """What was sent stands in the record, in the list and in the history."""
    read = await docs.call("read_incident", incident_id=incident)
    assert (read["status"], read["body"]["status"]) == (200, status)
    listed = await docs.call("list_incidents")
    assert incident in [each["id"] for each in listed["body"]["items"]]
    history = await docs.call("list_incident_history", incident_id=incident)
    actions = [each["action"] for each in history["body"]["items"]]
    assert actions == ["incident.reported", "incident.stepped", "incident.stepped"]


async def test_an_officer_does_a_watch_on_the_page(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with browsing(server.url) as docs:
            await docs.open("id")
            await authorize(docs, "operator.polda-banten")
            incident = await report_incident(docs, "damp_ballot_boxes")
            await step_incident(docs, incident, "verified")
            await step_incident(docs, incident, "responding")
            await read_back(docs, incident, "responding")
            # Another agency, signed in on the same page, reads it too.
            await authorize(docs, "liaison.bawaslu-banten")
            await read_back(docs, incident, "responding")


async def test_the_page_speaks_two_languages_and_stays_signed_in(fresh: Settings):
    with serving(fresh, PASSWORD) as server:
        async with browsing(server.url) as docs:
            await docs.open("id")
            await authorize(docs, "operator.polda-banten")
            for language in ("id", "en"):
                link = docs.page.locator(f'nav a[hreflang="{language}"]')
                await link.click()
                await docs.page.locator(".opblock").first.wait_for()
                assert await docs.page.locator("html").get_attribute("lang") == language
                assert await link.get_attribute("aria-current") == "page"
                groups = await docs.page.locator(".opblock-tag > a").all_inner_texts()
                assert groups[:3] == GROUPS[language]
                assert (await docs.call("read_me"))["status"] == 200
