"""Whatever is sent as a body: refused by name, never a failure, and nothing is stored."""

import json
from collections.abc import AsyncIterator

import pytest

from tests.support.bodies import OPERATIONS, Target, target
from tests.support.calls import INCIDENTS, OPERATOR, ledger_size, post, refused
from tests.support.service import Service, incident

REPORT = OPERATIONS["report_incident"]


@pytest.fixture(scope="module")
async def at(service: Service) -> Target:
    """Records that no test of this module may change."""
    return await target(service)


@pytest.fixture
async def nothing_stored(service: Service) -> AsyncIterator[None]:
    """The ledger ends as it began."""
    size = await ledger_size(service)
    yield
    assert await ledger_size(service) == size


pytestmark = pytest.mark.usefixtures("nothing_stored")
every = pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)

NOT_AN_OBJECT = {
    "nothing": b"",
    "spaces": b"  \n ",
    "null": b"null",
    "a number": b"1",
    "a text": b'"text"',
    "a list": b"[]",
    "a list of objects": b"[{}]",
    "true": b"true",
    "cut off": b'{"title": "x"',
    "a comma too many": b'{"title": "x",}',
    "single quotes": b"{'title': 'x'}",
    "a comment": b"{/* */}",
    "two values": b"{} {}",
    "nested lists": b"[" * 100_000,
    "nested lists that end": b"[" * 100_000 + b"]" * 100_000,
    "nested objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "many digits": b"9" * 100_000,
    "UTF-16": '{"title": "x"}'.encode("utf-16"),
    "a NUL byte": b'{"title": "x\x00"}',
    "a mark of byte order and no more": b"\xef\xbb\xbf",
}


@pytest.mark.parametrize("content", NOT_AN_OBJECT.values(), ids=NOT_AN_OBJECT)
@every
async def test_what_is_no_json_object_is_refused(service: Service, at: Target, operation, content: bytes):
    answer = await operation.call(service, at.place(operation), content=content)
    refused(answer, 422, "invalid", "")


@pytest.mark.parametrize(
    "noise", [b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\x80"]
)
@every
async def test_bytes_that_are_no_utf_8_are_refused(service: Service, at: Target, operation, noise: bytes):
    sound = json.dumps(at.body(operation)).encode()
    spoilt = sound.replace(b'": "', b'": "' + noise, 1)  # the first text, wherever it stands
    assert spoilt != sound
    refused(await operation.call(service, at.place(operation), content=spoilt), 422, "invalid", "")


@every
async def test_a_member_that_is_not_known_is_refused_by_name(service: Service, at: Target, operation):
    for name in ("extra", "id", "owner_agency", "version", "__proto__", "entry_id"):
        body = {**at.body(operation), name: "x"}
        answer = await operation.call(service, at.place(operation), json=body)
        refused(answer, 422, "invalid", f"/{name}")


@every
async def test_a_name_that_no_text_can_hold_is_refused(service: Service, at: Target, operation):
    for name in ('"\\ud800"', '"\\u0000"', '""', '"' + "n" * 10_000 + '"'):
        content = json.dumps(at.body(operation))[:-1] + f", {name}: 1}}"
        answer = await operation.call(service, at.place(operation), content=content)
        refused(answer, 422, "invalid")


@every
async def test_a_member_that_stands_twice_is_refused(service: Service, at: Target, operation):
    name, value = next(iter(at.body(operation).items()))
    content = json.dumps(at.body(operation))[:-1] + f", {json.dumps(name)}: {json.dumps(value)}}}"
    answer = await operation.call(service, at.place(operation), content=content)
    refused(answer, 422, "invalid", "")


WRONG = {
    "a list": "[]",
    "an object": "{}",
    "a truth": "true",
    "a number": "-17",
    "a fraction": "1.5",
    "not a number": "NaN",
    "infinite": "Infinity",
    "too large a fraction": "1e400",
    "many digits": "9" * 4_000,
    "too many digits": "9" * 100_000,
    "nested deeply": "[" * 90_000 + "]" * 90_000,
    "a lone surrogate": '"\\ud83d"',
    "a reversed pair": '"\\udcaa\\ud83d"',
    "a NUL": '"a\\u0000b"',
    "an escape": '"a\\u001b[31mb"',
    "a DEL": '"a\\u007fb"',
    "too long": '"' + "x" * 10_001 + '"',
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@every
async def test_a_value_of_the_wrong_kind_is_refused_by_name(
    service: Service, at: Target, operation, wrong: str
):
    for name in operation.body:
        members = {key: json.dumps(value) for key, value in at.body(operation).items()} | {name: wrong}
        content = "{" + ",".join(f'"{key}":{value}' for key, value in members.items()) + "}"
        answer = await operation.call(service, at.place(operation), content=content)
        unreadable = wrong in {WRONG["too many digits"], WRONG["nested deeply"]}
        refused(answer, 422, "invalid", *([""] if unreadable else []))
        found = [each["pointer"] for each in answer.json()["errors"]]
        assert unreadable or any(each in {"", f"/{name}"} or each.startswith(f"/{name}/") for each in found)


FIELDS = [
    ("title", ""),
    ("title", "   "),
    ("title", "x" * 201),
    ("title", "dua\rbaris"),
    ("description", "x" * 10_001),
    ("kind", "no_such_kind"),
    ("kind", "LOG_DAMAGE"),
    ("severity", "huge"),
    ("region_code", "99"),
    ("region_code", "3603"),
    ("region_code", "36.03.13.2001.1"),
    ("region_code", "٣٦"),
    ("tlp", "green"),
    ("tlp", "PURPLE"),
    ("classification", "sangat_rahasia"),
    ("classification", "secret"),
    ("audience", "kpu-banten"),
    ("audience", [f"agency-{number}" for number in range(65)]),
    ("lead_agency", "no-such-agency"),
    ("lead_agency", "siaga"),
    ("lead_agency", "KPU"),
    ("about_agencies", ["no-such-agency"]),
    ("about_agencies", ["kpu-banten", "kpu-banten"]),
    ("assigned_agencies", ["no-such-agency"]),
    ("killed_count", -1),
    ("killed_count", 1_000_001),
    ("killed_count", 1.0),
    ("killed_count", "1"),
    ("injured_count", 10**30),
    ("detained_count", True),
    ("geometry", {"type": "Point", "coordinates": [181, 0]}),
    ("geometry", {"type": "Point", "coordinates": [0, -90.1]}),
    ("geometry", {"type": "Point", "coordinates": [106.6]}),
    ("geometry", {"type": "Point", "coordinates": [True, -6.1]}),
    ("geometry", {"type": "Point", "coordinates": [106.6, "-6.1"]}),
    ("geometry", {"type": "Point", "coordinates": [106.6, -6.1, 3]}),
    ("geometry", {"type": "Point", "coordinates": [float("nan"), 0]}),
    ("geometry", {"type": "Point", "coordinates": [0, float("inf")]}),
    ("geometry", {"type": "Polygon", "coordinates": [0, 0]}),
    ("geometry", {"type": "Point", "coordinates": [0, 0], "bbox": []}),
    ("source", {"channel": "pigeon"}),
    ("source", {"reliability": "A"}),
    ("source", {"credibility": 2}),
    ("occurred_at", "2024-11-25T05:30:00"),
    ("occurred_at", "2024-11-25"),
    ("occurred_at", "25/11/2024 05:30"),
    ("occurred_at", 1732487400),
    ("occurred_at", "1732487400"),
    ("occurred_at", "2024-02-30T00:00:00Z"),
    ("occurred_at", "0001-01-01T00:00:00+14:00"),
    ("occurred_at", "9999-12-31T23:59:59-12:00"),
    ("occurred_at", "1969-12-31T23:59:59Z"),
    ("occurred_at", "2200-01-01T00:00:00Z"),
    ("occurred_at", "2024-11-25T05:30:00+25:00"),
    ("occurred_at", "2024-11-25T05:30:60Z"),
    ("reported_at", "0001-01-01T00:00:00+14:00"),
    ("reported_at", "10000-01-01T00:00:00Z"),
]


@pytest.mark.parametrize(("name", "value"), FIELDS)
async def test_a_report_with_one_wrong_field_names_it(service: Service, name: str, value: object):
    content = json.dumps(incident(**{name: value}))
    answer = await REPORT.call(service, INCIDENTS, content=content)
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert error["pointer"].startswith(f"/{name}")
    assert error["detail"]
    assert error["code"]


async def test_recipients_that_do_not_exist_are_named(service: Service):
    body = incident(tlp="RED", recipients=[OPERATOR, "operator.nobody-here"])
    refused(await post(service, OPERATOR, INCIDENTS, body), 422, "invalid", "/recipients")


async def test_all_wrong_fields_are_named_at_once(service: Service):
    body = {"title": "", "kind": "x", "killed_count": -1, "tlp": "x"}
    pointers = ("/title", "/kind", "/killed_count", "/tlp", "/region_code", "/occurred_at")
    refused(await post(service, OPERATOR, INCIDENTS, body), 422, "invalid", *pointers)


OTHER_TYPES = ["text/plain", "text/json", "application/x-www-form-urlencoded", "application/xml", "",
               "multipart/form-data; boundary=x", "application/jsonx"]  # fmt: skip


@pytest.mark.parametrize("kind", OTHER_TYPES)
@every
async def test_a_body_of_another_type_is_refused(service: Service, at: Target, operation, kind: str):
    content, headers = json.dumps(at.body(operation)), {"Content-Type": kind}
    answer = await operation.call(service, at.place(operation), content=content, headers=headers)
    refused(answer, 415, "unsupported-media-type")


@every
async def test_a_body_that_is_too_large_is_refused_told_or_not(service: Service, at: Target, operation):
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b" " * 65_536

    for content in (b" " * 10_485_760, pieces()):
        refused(await operation.call(service, at.place(operation), content=content), 413, "payload-too-large")


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "9" * 5000, "", " 7", "٣"])
async def test_a_length_that_means_nothing_does_no_harm(service: Service, length: str):
    headers = {"Content-Length": length.encode()}
    answer = await REPORT.call(service, INCIDENTS, content=b"{", headers=headers)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


FILE = b'--x\r\nContent-Disposition: form-data; name="grant_type"; filename="f"\r\n\r\npassword\r\n--x--\r\n'
FORMS = {
    "JSON": ("application/json", b'{"grant_type": "password"}'),
    "nothing": ("application/x-www-form-urlencoded", b""),
    "no type": ("", b"grant_type=password"),
    "no boundary": ("multipart/form-data", b"x"),
    "another boundary": ("multipart/form-data; boundary=y", b"--x\r\n"),
    "a file": ("multipart/form-data; boundary=x", FILE),
    "twice": ("application/x-www-form-urlencoded", b"grant_type=password&grant_type=client_credentials"),
    "noise": ("application/x-www-form-urlencoded", b"grant_type=\xff&username=%ED%A0%80&password=%00"),
    "many fields": ("application/x-www-form-urlencoded", b"grant_type=password&" + b"a=1&" * 5_000),
    "a long name": ("application/x-www-form-urlencoded", b"grant_type=password&username=" + b"u" * 5_000),
    "too large": ("application/x-www-form-urlencoded", b"grant_type=password&username=" + b"u" * 2_000_000),
}


@pytest.mark.parametrize(("kind", "content"), FORMS.values(), ids=FORMS)
async def test_a_form_that_means_nothing_gives_no_token(service: Service, kind: str, content: bytes):
    client = await service.anonymous()
    answer = await client.post("/oauth2/token", content=content, headers={"Content-Type": kind})
    assert 400 <= answer.status_code < 500, answer.text
    assert "error" in answer.json() or answer.headers["content-type"] == "application/problem+json"
