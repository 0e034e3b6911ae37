"""Nothing of a hidden record is anywhere in any answer to who may not know of it."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from app.main import create_app
from app.services.fan_out import Listener
from app.services.feed_cursors import wanted
from app.settings import Settings
from tests.support.calls import ABSENT, INCIDENTS
from tests.support.canary import AUTHOR, WEEK, Call, Secret, calls_with_ids, plant
from tests.support.deployments import DEPLOYMENTS, STRENGTHS, SUMMARY, UNIT, deployment, written
from tests.support.feeds import CHANGES, SNAPSHOT, STREAM, since, taken
from tests.support.privacy import DISCLOSURES, ERASURES, HOLDS, REQUESTS
from tests.support.service import Service, report
from tests.support.sharing import NO_ONE, RECIPIENTS, client_of
from tests.support.threats import LEVELS, PROPOSALS

DOCUMENT = create_app(Settings()).openapi()
CALLS = calls_with_ids(DOCUMENT)
UNKNOWN = {
    "incident_id": ABSENT, "party_id": ABSENT, "link_id": ABSENT, "reference": "I-0000-000",
    "canary": "tanpa hasil", "link_back": ABSENT, "attachment_id": ABSENT, "threat_level_id": ABSENT,
    "proposal_id": ABSENT, "deployment_id": ABSENT, "site_id": ABSENT,
    "pattern_id": ABSENT, "operation": "tanpa-hasil",
    "assistance_request_id": ABSENT, "answer_id": ABSENT, "referral_id": ABSENT,
    "plan_id": ABSENT, "patrol_id": ABSENT, "stop_id": ABSENT,
    "order_id": ABSENT, "election_id": ABSENT,
    "hold_id": ABSENT, "disclosure_id": ABSENT,
    "request_id": ABSENT, "breach_id": ABSENT,
}  # fmt: skip

OUTSIDERS = (
    NO_ONE,
    "admin.siaga",
    "auditor.bawaslu-banten",
    "commander.bawaslu-banten",
    "integration.korem-064",
    "liaison.pemprov-banten",
    "privacy.bawaslu-banten",
    "operator.korem-064",  # the last: RED names it
)
UNCLEARED = ("integration.polda-banten", "integration.kpu-banten", "liaison.bawaslu-banten", *OUTSIDERS[:2])
UNNAMED = ("commander2.polda-banten", "liaison.polda-banten", "integration.kpu-banten", *OUTSIDERS)

# How the record is marked, and who may then know nothing of it.
HIDDEN: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "shared with another": ({"tlp": "AMBER+STRICT", "audience": ["kpu-banten"]}, OUTSIDERS),
    "shared for more": ({"tlp": "AMBER", "audience": ["kpu-banten"], "classification": "rahasia"}, OUTSIDERS),
    "above the clearance": ({"tlp": "GREEN", "classification": "rahasia"}, UNCLEARED),
    "named accounts only": ({"tlp": "RED", "recipients": RECIPIENTS}, UNNAMED[:-1]),
}

ON_IT = {
    "record_type": "incident", "record_id": "{incident_id}", "order_number": "1", "reason": "Perkara.",
}  # fmt: skip
# Requests about a record of one's own, or that all see, which name another one in the body or a cursor.
REFERRING = (
    Call("link", "POST", "{own}/links", body={"kind": "related_to", "target_id": "{incident_id}"}),
    Call(
        "duplicate", "POST", "{own}/steps",
        body={"to": "duplicate", "reason": "Sama.", "duplicate_of": "{incident_id}"},
    ),
    Call("link of a guest", "POST", "{seen}/links", body={"kind": "caused_by", "target_id": "{incident_id}"}),
    Call("deploy for it", "POST", DEPLOYMENTS, body=deployment(incident_id="{incident_id}")),
    Call("party elsewhere", "GET", "{seen}/parties/{party_id}"),
    Call("change of a party elsewhere", "PATCH", "{seen}/parties/{party_id}", body={"role": "victim"}),
    Call("file elsewhere", "GET", "{seen}/attachments/{attachment_id}"),
    Call("bytes elsewhere", "GET", "{seen}/attachments/{attachment_id}/content"),
    Call("custody elsewhere", "GET", "{seen}/attachments/{attachment_id}/custody"),
    Call(
        "custody noted elsewhere", "POST", "{seen}/attachments/{attachment_id}/custody",
        body={"kind": "examined", "purpose": "Sama."},
    ),
    Call("referral elsewhere", "GET", "{seen}/referrals/{referral_id}"),
    Call(
        "step of a referral elsewhere", "POST", "{seen}/referrals/{referral_id}/steps",
        body={"to": "ended", "reason": "Sama."},
    ),
    Call("referrals after", "GET", "{seen}/referrals", query={"cursor": "{referral_id}"}),
    Call("files after", "GET", "{seen}/attachments", query={"cursor": "{attachment_id}"}),
    Call("link elsewhere", "DELETE", "{seen}/links/{link_id}"),
    Call("link to it", "DELETE", "{seen}/links/{link_back}"),
    Call("notes after", "GET", "{seen}/notes", query={"cursor": "{incident_id}"}),
    Call("links after", "GET", "{seen}/links", query={"cursor": "{link_id}"}),
    Call("parties after", "GET", "{seen}/parties", query={"cursor": "{party_id}"}),
    Call("history after", "GET", "{seen}/history", query={"cursor": "{incident_id}"}),
    Call(
        "basis", "POST", LEVELS,
        body={
            "region_code": "36", "category": "logistics", "level": 1, "rationale": "Dasar.",
            "basis": ["{incident_id}"],
        },
    ),
    Call(
        "basis of many", "POST", f"{LEVELS}/bulk",
        body=[{
            "region_code": "36", "category": "logistics", "level": 1, "rationale": "Dasar.",
            "basis": ["{incident_id}"],
        }],
    ),
    Call(
        "deployment of many for it", "POST", f"{DEPLOYMENTS}/bulk",
        body=[{
            **deployment(), "external_source": "uji", "external_id": "1", "incident_id": "{incident_id}",
            "threat_level_id": "{threat_level_id}",
        }],
    ),
    Call("found by its key", "GET", INCIDENTS, query={"external_source": "uji", "external_id": "{canary}"}),
    Call("levels after", "GET", LEVELS, query={"region": "36.71", "cursor": "{threat_level_id}"}),
    Call("proposals after", "GET", PROPOSALS, query={"region": "36.71", "cursor": "{proposal_id}"}),
    Call("hold it", "POST", HOLDS, body={**ON_IT, "until": "2199-12-31T00:00:00Z"}),
    Call("open it", "POST", DISCLOSURES, body=ON_IT),
    Call(
        "erase it", "POST", ERASURES,
        body={
            "record_type": "incident", "record_id": "{incident_id}", "subject_type": "incident_party",
            "subject_id": "{party_id}", "fields": ["name"], "legal_basis": "purpose_met",
            "reason": "Selesai.",
        },
    ),
    Call(
        "ask for it", "POST", REQUESTS,
        body={
            "asks_for": "access", "subject_name": "A (fiktif)", "wish": "Salinan.", "region_code": "36",
            "incident_id": "{incident_id}", "party_id": "{party_id}",
        },
    ),
    Call("entries after", "GET", "/api/v1/ledger/entries", query={"cursor": "{incident_id}"}),
)  # fmt: skip


async def own_record(service: Service, account: str) -> str:
    """Where an incident of the account's agency is; nowhere for accounts that report nothing."""
    client = await client_of(service, account)
    answer = await client.post(INCIDENTS, json={**REPORT, "recipients": []})
    return f"{INCIDENTS}/{answer.json().get('id', ABSENT)}"


REPORT = {
    "title": "Milik sendiri",
    "kind": "log_delay",
    "region_code": "36",
    "occurred_at": "2024-11-25T05:30:00Z",
}


@pytest.fixture(scope="module")
def service(own_service: Service) -> Service:
    """A service of its own: all that can be read is read again and again here, so let it be little."""
    return own_service


@pytest.fixture(params=HIDDEN, scope="module")
async def planted(service: Service, request: pytest.FixtureRequest) -> tuple[str, Secret, tuple[str, ...]]:
    """An id that every partner may see, the secret beside it, and who may not know of that."""
    marking, strangers = HIDDEN[request.param]
    seen = await report(service, AUTHOR, tlp="GREEN", title="Terlihat")
    return f"{INCIDENTS}/{seen['id']}", await plant(service, seen["id"], **marking), strangers


def ids_of(secret: Secret) -> dict[str, str]:
    return {
        "incident_id": secret.id, "party_id": secret.party, "link_id": secret.link,
        "reference": secret.incident["reference"], "canary": secret.canary,
        "link_back": secret.link_back, "attachment_id": secret.attachment, "threat_level_id": secret.level,
        "proposal_id": secret.proposal, "deployment_id": secret.deployment, "site_id": secret.site,
        "pattern_id": secret.pattern, "operation": f"operasi-{secret.canary}",
        "assistance_request_id": secret.assistance_request, "answer_id": secret.answer,
        "plan_id": secret.plan, "patrol_id": secret.patrol, "stop_id": secret.stop,
        "referral_id": secret.referral, "order_id": secret.order, "election_id": ABSENT,
        "hold_id": secret.hold,
        "disclosure_id": secret.disclosure, "request_id": secret.request, "breach_id": secret.breach,
    }  # fmt: skip


async def test_a_call_with_a_hidden_id_is_answered_as_one_with_an_unknown_id(service: Service, planted):
    seen, secret, strangers = planted
    for account in strangers:
        places = {"own": await own_record(service, account), "seen": seen}
        for call in (*CALLS, *REFERRING):
            hidden = await call.by(service, account, {**ids_of(secret), **places})
            unknown = await call.by(service, account, {**UNKNOWN, **places})
            assert secret.found_in(hidden) == set(), (call, account, hidden.text)
            assert (hidden.status_code, hidden.headers) == (unknown.status_code, unknown.headers), (
                call,
                account,
            )
            assert hidden.content == unknown.content, (call, account)


async def test_no_answer_to_a_stranger_holds_a_word_of_it(service: Service, planted):
    seen, secret, strangers = planted
    readings = [path for path, each in DOCUMENT["paths"].items() if "get" in each and path != STREAM]
    for account in strangers:
        client = await client_of(service, account)
        for path in readings:
            target = path.replace("/api/v1/incidents/{incident_id}", seen).replace("{party_id}", secret.party)
            target = target.replace("{attachment_id}", secret.attachment)
            target = target.replace("{region_code}", "36").replace("{agency}", "polda-banten")
            target = target.replace("{category}", "cyber").replace("{threat_level_id}", secret.level)
            target = target.replace("{proposal_id}", secret.proposal)
            target = target.replace("{deployment_id}", secret.deployment).replace("{unit}", UNIT)
            target = target.replace("{site_id}", secret.site).replace("{pattern_id}", secret.pattern)
            target = target.replace("{assistance_request_id}", secret.assistance_request)
            target = target.replace("{referral_id}", secret.referral).replace("{plan_id}", secret.plan)
            target = target.replace("{patrol_id}", secret.patrol).replace("{stop_id}", secret.stop)
            target = target.replace("{order_id}", secret.order)
            target = target.replace("{request_id}", secret.request).replace("{breach_id}", secret.breach)
            target = target.replace("{disclosure_id}", secret.disclosure).replace("{to}", "persons")
            for limit in ("", "?limit=1", "?limit=200"):
                answer = await client.get(f"{target}{limit}")
                assert secret.found_in(answer) == set(), (account, path)


async def test_the_word_is_there_for_who_may_know(service: Service, planted):
    _, secret, _ = planted
    client = await service.client(AUTHOR)
    file = f"/attachments/{secret.attachment}"
    for part in ("", "/history", "/notes", "/parties", "/attachments", f"{file}/content", f"{file}/custody"):
        answer = await client.get(f"{INCIDENTS}/{secret.id}{part}")
        assert secret.canary in secret.found_in(answer)
    listed = await client.get(INCIDENTS, params={"text": secret.canary})
    assert [each["id"] for each in listed.json()["items"]] == [secret.id]


Answer = tuple[int, httpx.Headers, bytes]


async def views(service: Service, account: str, seen: str) -> dict[str, Answer]:
    """Everything that may be read around a record that all see, page by page, with all headers."""
    client = await client_of(service, account)
    found: dict[str, Answer] = {}

    async def read(path: str, **query: Any) -> str | None:
        # Not `params`: an empty one would take away what the path asks.
        answer = await client.get(f"{path}{'&' if '?' in path else '?'}{urlencode(query)}" if query else path)
        found[f"{path} {query}"] = answer.status_code, answer.headers, answer.content
        return answer.json().get("next")

    moment = f"at={written(WEEK + timedelta(days=1))}"
    for path in (
        seen,
        f"{seen}/suggestions",
        "/api/v1/inbox",
        INCIDENTS,
        f"{INCIDENTS}?region=36&status=reported",
        f"{SUMMARY}?{moment}",
        f"{DEPLOYMENTS}?active_{moment}",
        STRENGTHS,
    ):
        await read(path)
    await read(f"{LEVELS}/36/cyber")
    lists = [f"{seen}/{part}" for part in ("attachments", "history", "links", "notes", "parties")]
    lists += [f"{LEVELS}?region=36", f"{PROPOSALS}?region=36"]
    for path in (*lists, f"/api/v1/ledger/entries?record_id={seen.rpartition('/')[2]}"):
        for limit, pages in (
            (1, 20),
            (2, 20),
            (50, 1_000),
        ):  # small pages of all that tests have made take long
            following = await read(path, limit=limit)
            while following and (pages := pages - 1):
                following = await read(path, limit=limit, cursor=following)
    return found


@pytest.mark.parametrize("hidden", HIDDEN)
async def test_no_answer_changes_when_a_hidden_record_is_made_or_changed(service: Service, hidden: str):
    marking, strangers = HIDDEN[hidden]
    made = await report(service, AUTHOR, tlp="GREEN", title="Terlihat")
    seen = f"{INCIDENTS}/{made['id']}"
    note = await (await service.client(AUTHOR)).post(f"{seen}/notes", json={"text": "Petugas di tempat."})
    assert note.status_code == 201
    before = {account: await views(service, account, seen) for account in strangers}
    await plant(service, made["id"], **marking)
    for account in strangers:
        assert await views(service, account, seen) == before[account], account


async def followed(service: Service, account: str) -> tuple[Any, Any]:
    """All that an account is told from the first entry on, and its snapshot; with positions, no cursors."""
    client = await client_of(service, account)
    snapshot = await client.get(SNAPSHOT)
    if not snapshot.is_success:
        return (await client.get(CHANGES)).text, snapshot.text
    return await since(service, account, None, limit=1_000), taken(snapshot)[0]


@pytest.mark.parametrize("hidden", HIDDEN)
async def test_nobody_is_told_of_a_hidden_record_that_is_made_or_changed(service: Service, hidden: str):
    marking, strangers = HIDDEN[hidden]
    made = await report(service, AUTHOR, tlp="GREEN", title="Terlihat")
    before = {account: await followed(service, account) for account in strangers}
    followers = {
        account: await listener(service, account) for account in strangers if follows(before[account])
    }
    secret = await plant(service, made["id"], **marking)
    await report(service, AUTHOR, tlp="GREEN", title="Penutup")  # the last that the fan-out tells
    for account in strangers:
        now = await followed(service, account)
        if follows(now):
            assert [each["record"]["title"] for each in now[0][len(before[account][0]) :]] == ["Penutup"]
            assert now[0][: len(before[account][0])] == before[account][0]
        assert not {word for word in secret.words if word.lower() in str(now).lower()}, account
    for account, each in followers.items():
        chunk = (await each.chunk()).decode()
        assert "Penutup" in chunk
        assert chunk.count("event: ") == 1
        assert not {word for word in secret.words if word.lower() in chunk.lower()}, account
        service.app.state.following.fan_out.leave(each)


def follows(found: tuple[Any, Any]) -> bool:
    """Whether the account may follow at all; the others read a refusal."""
    return isinstance(found[0], list)


async def listener(service: Service, account: str) -> Listener:
    """Who listens with an account's rights."""
    known = service.app.state.authenticator._known.values()
    theirs = [each.actor for each in known if each.actor and each.actor.account == account]
    actor = max(theirs, key=lambda each: len(each.permissions))  # not that of another test's narrowed token
    following = service.app.state.following
    return following.fan_out.join(wanted(actor, ()), await following.feed.news.size())
