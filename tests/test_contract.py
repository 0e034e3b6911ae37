"""What holds for every resource: problems, versions, methods, the order of checks."""

from itertools import pairwise

import httpx
import pytest

from tests.support.calls import (
    ABSENT,
    INCIDENTS,
    OPERATOR,
    REASON,
    accuse,
    change,
    get,
    ledger_size,
    post,
    refused,
    step,
    url,
)
from tests.support.service import Service, incident, report

KPU = "operator.kpu-banten"
AUDITOR = "auditor.polda-banten"
HIDDEN_404 = {"type": "urn:siaga:problem:not-found", "title": "Not found", "status": 404}


async def send(service: Service, account: str, method: str, path: str, **more: object) -> httpx.Response:
    client = await (service.client(account) if account else service.anonymous())
    return await client.request(method, path, **more)


@pytest.mark.parametrize(
    "path", ["/nowhere", "/api/v1/nowhere", "/api/v1/incidents/", "//", "/api/v1", "/%00"]
)
async def test_an_unknown_path_is_a_problem_too(service: Service, path: str):
    for account in ("", OPERATOR):
        answer = await send(service, account, "GET", path)
        refused(answer, 404, "not-found")
        assert answer.json() == HIDDEN_404


async def test_every_answer_forbids_guessing_and_framing(service: Service):
    for account, path in (("", "/livez"), ("", "/nowhere"), (OPERATOR, INCIDENTS), ("", INCIDENTS)):
        headers = (await send(service, account, "GET", path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


async def test_what_was_read_with_a_token_is_not_shared_by_caches(service: Service):
    made = await report(service, OPERATOR)
    for path in (url(made), INCIDENTS, url(made, "/history"), "/api/v1/me", "/api/v1/agencies"):
        headers = (await get(service, OPERATOR, path)).headers
        assert headers["cache-control"] == "private, no-cache"
        assert headers["vary"] == "Authorization"


async def test_a_new_record_says_where_it_is_and_which_version(service: Service):
    answer = await post(service, OPERATOR, INCIDENTS, incident())
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{INCIDENTS}/{answer.json()['id']}"
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["cache-control"] == "no-store"
    assert (await get(service, OPERATOR, answer.headers["location"])).json() == answer.json()
    person = {"role": "witness", "name": "Saksi A (fiktif)"}
    part = await post(service, OPERATOR, f"{answer.headers['location']}/parties", person)
    assert (await get(service, OPERATOR, part.headers["location"])).json() == part.json()


@pytest.mark.parametrize("tag", ['"1"', 'W/"1"', "*", '"9", "1"'])
async def test_what_the_reader_has_is_not_sent_again(service: Service, tag: str):
    made = await report(service, OPERATOR)
    answer = await send(service, OPERATOR, "GET", url(made), headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["vary"] == "Authorization"


@pytest.mark.parametrize("tag", ['"2"', "1", "", "nonsense"])
async def test_what_the_reader_does_not_have_is_sent(service: Service, tag: str):
    made = await report(service, OPERATOR)
    answer = await send(service, OPERATOR, "GET", url(made), headers={"If-None-Match": tag})
    assert answer.json() == made


async def test_having_a_version_does_not_tell_that_a_hidden_record_exists(service: Service):
    made = await report(service, OPERATOR)
    for path in (url(made), f"{INCIDENTS}/{ABSENT}"):
        answer = await send(service, KPU, "GET", path, headers={"If-None-Match": "*"})
        refused(answer, 404, "not-found")


async def test_a_list_has_a_tag_that_changes_with_what_is_shown(service: Service):
    made = await report(service, OPERATOR)
    notes = url(made, "/notes")
    tag = (await get(service, OPERATOR, notes)).headers["etag"]
    assert (await send(service, OPERATOR, "GET", notes, headers={"If-None-Match": tag})).status_code == 304
    await post(service, OPERATOR, notes, {"text": "Baru."})
    assert (await send(service, OPERATOR, "GET", notes, headers={"If-None-Match": tag})).status_code == 200


async def test_two_readers_never_share_the_tag_of_a_list(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    tags = {(await get(service, reader, url(made, "/notes"))).headers["etag"] for reader in (OPERATOR, KPU)}
    assert len(tags) == 2


CHANGING = [("PATCH", "", {"severity": "minor"}), ("DELETE", "/about-agencies/kpu-banten", None)]


@pytest.mark.parametrize(("method", "part", "body"), CHANGING)
async def test_a_change_must_say_which_version_it_changes(service: Service, method, part, body):
    account = "operator.bawaslu-banten"
    made = await report(service, account, about_agencies=["kpu-banten"])
    before = await ledger_size(service)
    refused(await send(service, account, method, url(made, part), json=body), 428, "precondition-required")
    for stale in ('"2"', 'W/"1"', "1", "*", "", '"1', "nonsense", '"01x"'):
        headers = {"If-Match": stale}
        answer = await send(service, account, method, url(made, part), json=body, headers=headers)
        refused(answer, 412, "precondition-failed")
    assert await ledger_size(service) == before
    headers = {"If-Match": '"7", "1"'}
    good = await send(service, account, method, url(made, part), json=body, headers=headers)
    assert (good.status_code, good.headers["etag"]) == (200, '"2"')


READABLE = [
    "/livez",
    "/readyz",
    "/openapi.json",
    "/docs",
    "/.well-known/jwks.json",
    "/nowhere",
    INCIDENTS,
    f"{INCIDENTS}/{ABSENT}",
    "/api/v1/me",
    "/api/v1/regions/36.03.13",
    "/api/v1/ledger/head",
]


@pytest.mark.parametrize("path", READABLE)
async def test_head_is_get_without_the_body(service: Service, path: str):
    read = await send(service, OPERATOR, "GET", path)
    head = await send(service, OPERATOR, "HEAD", path)
    assert (head.status_code, head.content) == (read.status_code, b"")
    assert dict(head.headers) == dict(read.headers)
    assert int(head.headers["content-length"]) == len(read.content)


ALLOWED = [
    (INCIDENTS, "GET, HEAD, OPTIONS, POST"),
    (f"{INCIDENTS}/{ABSENT}", "GET, HEAD, OPTIONS, PATCH"),
    (f"{INCIDENTS}/{ABSENT}/steps", "OPTIONS, POST"),
    (f"{INCIDENTS}/{ABSENT}/notes", "GET, HEAD, OPTIONS, POST"),
    (f"{INCIDENTS}/{ABSENT}/links/{ABSENT}", "DELETE, OPTIONS"),
    (f"{INCIDENTS}/{ABSENT}/parties/{ABSENT}", "GET, HEAD, OPTIONS, PATCH"),
    (f"{INCIDENTS}/{ABSENT}/about-agencies/kpu-banten", "DELETE, OPTIONS"),
    ("/oauth2/token", "OPTIONS, POST"),
    ("/livez", "GET, HEAD, OPTIONS"),
]


@pytest.mark.parametrize(("path", "allow"), ALLOWED)
async def test_a_path_tells_all_its_methods_and_refuses_the_others(service: Service, path: str, allow: str):
    options = await send(service, "", "OPTIONS", path)
    assert (options.status_code, options.content, options.headers["allow"]) == (204, b"", allow)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"):
        if method in allow:
            continue
        answer = await send(service, "", method, path)
        refused(answer, 405, "method-not-allowed")
        assert answer.headers["allow"] == allow


async def test_head_on_a_path_that_is_only_posted_to_has_no_body(service: Service):
    answer = await send(service, OPERATOR, "HEAD", "/oauth2/token")
    assert (answer.status_code, answer.content) == (405, b"")


async def ladder(service: Service) -> list[tuple[int, httpx.Response]]:
    """One request with every fault at once, then again and again with the first fault taken out."""
    hidden = await report(service, KPU)
    closed = await report(service, OPERATOR, tlp="AMBER", audience=["kpu-banten"])
    path, seen = url(hidden), url(closed)
    many, text = {"content": b"x" * 1_100_000}, {"Content-Type": "text/plain"}
    sound, tag = {"json": {"title": "Judul"}}, {"If-Match": '"9"'}
    rungs = [
        (401, "", path, {**many, "headers": text}),
        (403, AUDITOR, path, {**many, "headers": text}),
        (415, OPERATOR, path, {**many, "headers": text}),
        (413, OPERATOR, path, {**many, "headers": {"Content-Type": "application/json"}}),
        (428, OPERATOR, path, {"json": {"title": 1}}),
        (422, OPERATOR, path, {"json": {"title": 1}, "headers": tag}),
        (404, OPERATOR, path, {**sound, "headers": tag}),
        (412, KPU, seen, {**sound, "headers": tag}),
        (403, KPU, seen, {**sound, "headers": {"If-Match": '"1"'}}),
    ]
    return [
        (status, await send(service, account, "PATCH", where, **fault))
        for status, account, where, fault in rungs
    ]


async def test_the_checks_of_a_change_stand_in_one_order(service: Service):
    for status, answer in await ladder(service):
        assert answer.status_code == status, answer.text


FAULTS = [
    (413, {"content": b" " * 1_100_000, "headers": {"Content-Type": "application/json"}}),
    (415, {"content": b"{}", "headers": {"Content-Type": "text/plain"}}),
    (422, {"json": {"title": 1}, "headers": {"If-Match": '"1"'}}),
    (428, {"json": {"title": "Judul"}}),
]


@pytest.mark.parametrize(("status", "fault"), FAULTS)
async def test_what_is_wrong_with_the_request_says_nothing_of_the_record(service: Service, status, fault):
    hidden, seen = await report(service, KPU), await report(service, OPERATOR)
    answers = [
        await send(service, OPERATOR, "PATCH", path, **fault)
        for path in (url(hidden), f"{INCIDENTS}/{ABSENT}", url(seen))
    ]
    assert [each.status_code for each in answers] == [status] * 3
    assert all(one.content == other.content for one, other in pairwise(answers))


async def test_a_hidden_record_is_not_found_before_its_version_is_asked_for(service: Service):
    made = await report(service, OPERATOR)
    for version in (1, 9):
        for made_or_absent in (made, {"id": ABSENT}):
            answer = await change(service, KPU, {**made_or_absent, "version": version}, title="Judul")
            assert (answer.status_code, answer.json()) == (404, HIDDEN_404)


async def test_the_version_is_asked_for_before_the_rules(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN", about_agencies=["polda-banten"])
    stale = {"headers": {"If-Match": '"9"'}}
    steps = url(made, "/steps")
    illegal, conflicting = ({"to": to, "reason": REASON} for to in ("closed", "false_report"))
    for account, body in ((OPERATOR, illegal), (OPERATOR, conflicting), (KPU, illegal)):
        refused(await send(service, account, "POST", steps, json=body, **stale), 412, "precondition-failed")
        assert (await send(service, account, "POST", steps, json=body)).status_code in {403, 409}


async def test_permission_comes_before_everything_but_the_token(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    for body in (b"{", b"x" * 1_100_000, b'{"to":"verified","reason":"Sah."}'):
        for path in (url(made, "/steps"), f"{INCIDENTS}/{ABSENT}/steps", f"{INCIDENTS}/nonsense/steps"):
            refused(await send(service, AUDITOR, "POST", path, content=body), 403, "forbidden")
            refused(await send(service, "", "POST", path, content=body), 401, "unauthenticated")


async def test_relation_comes_before_the_conflict_and_the_lifecycle(service: Service):
    made = await report(service, OPERATOR, tlp="GREEN")
    await accuse(service, KPU, made, "kpu-banten")
    refused(await step(service, KPU, made, "closed"), 403, "forbidden")
