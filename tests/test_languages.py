"""The service speaks Indonesian to who prefers it: refusals, the documentation, the document of the API."""

import json
import re
from functools import partial

import httpx
import pytest

from app.texts.languages import Language, preferred
from tests.support.bodies import OPERATIONS, target
from tests.support.calls import ABSENT, INCIDENTS, OPERATOR, REASON, url
from tests.support.deployments import at, deploy
from tests.support.deployments import step as deployment_step
from tests.support.service import Service, report

INDONESIAN = {"Accept-Language": "id-ID,id;q=0.9,en;q=0.5"}
ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("id", "id"),
        ("ID-id", "id"),
        ("in", "id"),
        ("en-GB, id;q=0.9", "en"),
        ("id;q=0.3, en;q=0.8", "en"),
        ("en;q=0.3, id;q=0.8", "id"),
        ("fr, de;q=0.9, id;q=0.1", "id"),
        ("fr", "en"),
        ("*", "en"),
        ("id;q=0", "en"),
        ("id;q=2", "en"),
        ("id;q=nan", "en"),
        ("id;q=much, en;q=0.1", "en"),
        ("id;level=1", "en"),
        (";;,,=,id", "id"),
        ("idn", "en"),
    ],
)
def test_the_language_asked_for_first_counts(header: str | None, language: str):
    assert preferred(header) is Language(language)


async def both(service: Service, method: str, path: str, **content: object) -> list[httpx.Response]:
    """The same request, in English and in Indonesian."""
    client = await service.client(OPERATOR)
    return [await client.request(method, path, headers=each, **content) for each in (ENGLISH, INDONESIAN)]


async def test_a_refusal_comes_in_the_language_of_the_caller(service: Service):
    made = await report(service, OPERATOR)
    body = {"to": "closed", "reason": REASON}
    english, indonesian = await both(service, "POST", url(made, "/steps"), json=body)
    assert english.json()["title"] == "The lifecycle has no such step"
    assert indonesian.json() == {
        "type": "urn:siaga:problem:illegal-step",
        "title": "Langkah itu tidak ada dalam alur penanganan",
        "status": 409,
        "detail": "reported tidak dapat menjadi closed; yang mungkin: duplicate, false_report, verified.",
    }
    for answer, language in ((english, "en"), (indonesian, "id")):
        assert answer.headers["content-language"] == language
        assert answer.headers["vary"] == "Accept-Language"
        assert answer.headers["content-type"] == "application/problem+json"


async def test_the_words_in_a_refusal_are_of_its_language(service: Service):
    made = await report(service, "operator.kpu-banten", tlp="GREEN")
    english, indonesian = await both(
        service, "POST", url(made, "/hand-over"), json={"action": "offer", "to": "bnpt", "reason": REASON}
    )
    assert english.json()["detail"] == (
        "Your agency is audience of this record; that does not allow: hand_over."
    )
    assert indonesian.json()["detail"] == (
        "Kedudukan lembaga Anda pada catatan ini: penerima; itu tidak membolehkan: serah terima."
    )


async def test_a_status_stays_the_code_that_one_sends(service: Service):
    """`assigned` is a status here; elsewhere it is a relation, which is said in the language."""
    made = await deploy(service)
    body = {"to": "assigned", "reason": REASON}
    english, indonesian = await both(service, "POST", at(made, "/steps"), json=body)
    assert english.json()["detail"] == (
        "requested cannot become assigned; possible: cancelled, committed, declined."
    )
    assert indonesian.json()["detail"] == (
        "requested tidak dapat menjadi assigned; yang mungkin: cancelled, committed, declined."
    )


async def test_where_no_step_is_left_the_refusal_says_so(service: Service):
    made = await deploy(service)
    await deployment_step(service, OPERATOR, made, "declined")
    body = {"to": "committed", "reason": REASON}
    english, indonesian = await both(service, "POST", at(made, "/steps"), json=body)
    assert english.json()["detail"] == ("declined cannot become committed; possible: none, it has ended.")
    assert indonesian.json()["detail"] == (
        "declined tidak dapat menjadi committed; yang mungkin: tidak ada, sudah berakhir."
    )


async def test_what_is_hidden_and_what_is_not_there_are_told_alike_in_each_language(service: Service):
    hidden = await report(service, "operator.kpu-banten")
    unknown = await both(service, "GET", f"{INCIDENTS}/{ABSENT}")
    for one, other in zip(await both(service, "GET", url(hidden)), unknown, strict=True):
        assert (one.status_code, one.content, dict(one.headers)) == (404, other.content, dict(other.headers))
    assert unknown[0].content != unknown[1].content


async def test_a_caller_without_a_preference_is_told_in_english(service: Service):
    client = await service.client(OPERATOR)
    answer = await client.get(f"{INCIDENTS}/{ABSENT}")
    assert (answer.headers["content-language"], answer.json()["title"]) == ("en", "Not found")


@pytest.mark.parametrize("path", [INCIDENTS, "/nowhere", "/api/v1/me"])
async def test_every_layer_speaks_the_language(service: Service, path: str):
    """The token is missing, the path is unknown, the method is not offered."""
    anonymous = await service.anonymous()
    for method in ("GET", "PUT"):
        answer = await anonymous.request(method, path, headers=INDONESIAN)
        assert answer.headers["content-language"] == "id"
        assert re.search(r"Anda|Tidak|Metode", answer.json()["title"])


async def test_a_refused_sign_in_is_told_in_the_language(service: Service):
    form = {"grant_type": "password", "username": OPERATOR, "password": "wrong"}
    answer = await (await service.anonymous()).post("/oauth2/token", data=form, headers=INDONESIAN)
    assert answer.json() == {
        "error": "invalid_grant", "error_description": "Nama akun, kata sandi, atau kode sekali pakai salah.",
    }  # fmt: skip
    assert answer.headers["content-language"] == "id"


OVERTAKEN = {404, 409, 412}
COMPARED: set[tuple[str, str]] = set()  # findings in English whose words in Indonesian are others
ODD_VALUES = [
    None, True, -1, 1.5, 10**30, "", "x", "x" * 20_000, "2024-13-45", "2024-11-25T05:30:00", "\x00",
    [], ["x"], ["kpu-banten", "kpu-banten"], ["x"] * 70, {}, {"type": "x", "coordinates": [999, "x", 1]},
    {"type": "Point", "coordinates": [1e400, -91]}, {"channel": 1}, "sangat_rahasia",
]  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
async def test_each_finding_in_a_body_is_told_in_the_language(service: Service, name: str):
    operation, stage = OPERATIONS[name], await target(service)
    members = {
        **stage.body(operation),
        "extra": 1,
        "geometry": 1,
        "source": 1,
        "audience": 1,
        "occurred_at": 1,
    }
    bodies = [{**stage.body(operation), member: value} for member in members for value in ODD_VALUES]
    version, is_fresh = 1, True
    for body in [{}, [], *bodies]:
        told = partial(operation.call, service, content=json.dumps(body).encode())
        known = {"If-Match": f'"{version}"'}
        english = await told(stage.place(operation), headers=ENGLISH | known)
        # What came before has moved the records on, so that this one was not looked at to its end.
        if english.status_code in OVERTAKEN and not is_fresh:
            stage, version, is_fresh = await target(service), 1, True
            english = await told(stage.place(operation), headers=ENGLISH)
        if english.is_success:
            version, is_fresh = english.json().get("version", 1), False
            continue
        if all((one["code"], one["detail"]) in COMPARED for one in english.json().get("errors", [])):
            continue
        indonesian = await told(stage.place(operation), headers=INDONESIAN | known)
        pairs = zip(english.json()["errors"], indonesian.json()["errors"], strict=True)
        for one, other in pairs:
            assert (one["pointer"], one["code"]) == (other["pointer"], other["code"])
            assert one["detail"] != other["detail"], one
            COMPARED.add((one["code"], one["detail"]))


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=201", "limit=x", "cursor=x", "status=x", "occurred_from=x", "occurred_from=2024-11-25",
     "assigned_to_me=perhaps", "nothing=1", "limit=1&limit=2", "reference=%C3%A9", "text="],
)  # fmt: skip
async def test_each_finding_in_a_query_is_told_in_the_language(service: Service, query: str):
    english, indonesian = await both(service, "GET", f"{INCIDENTS}?{query}")
    assert (english.status_code, indonesian.status_code) == (422, 422)
    (one,), (other,) = english.json()["errors"], indonesian.json()["errors"]
    assert (one["pointer"], one["code"]) == (other["pointer"], other["code"])
    assert one["detail"] != other["detail"]


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
async def test_the_documentation_comes_in_the_language_asked_for(service: Service, path: str):
    client = await service.anonymous()
    by_header = [await client.get(path, headers=each) for each in (ENGLISH, INDONESIAN)]
    # The address outweighs the header.
    by_address = [
        await client.get(f"{path}?lang={language}", headers=other)
        for language, other in (("en", INDONESIAN), ("id", ENGLISH))
    ]
    for one, other, language in zip(by_header, by_address, ("en", "id"), strict=True):
        assert one.status_code == other.status_code == 200
        assert one.content == other.content
        assert one.headers["content-language"] == other.headers["content-language"] == language
        assert one.headers["vary"] == "Accept-Language"
    assert by_header[0].content != by_header[1].content
    assert (await client.get(path)).content == by_header[0].content


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
async def test_a_held_page_of_one_language_is_not_the_other(service: Service, path: str):
    client = await service.anonymous()
    etag = (await client.get(f"{path}?lang=id")).headers["etag"]
    held = {"If-None-Match": etag}
    assert (await client.get(f"{path}?lang=id", headers=held)).status_code == 304
    assert (await client.get(f"{path}?lang=en", headers=held)).status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/openapi.json"])
@pytest.mark.parametrize("lang", ["xx", "", "ID", "id,en", "%00"])
async def test_a_language_that_is_not_spoken_is_refused(service: Service, path: str, lang: str):
    answer = await (await service.anonymous()).get(f"{path}?lang={lang}", headers=INDONESIAN)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["detail"]) == ("lang", "Isi dengan 'en' atau 'id'.")


@pytest.mark.parametrize("lang", ["id", "en"])
async def test_the_page_says_its_language_and_leads_to_the_other(service: Service, lang: str):
    page = (await (await service.anonymous()).get(f"/docs?lang={lang}")).text
    assert f'<html lang="{lang}">' in page
    assert re.findall(r'lang=(\w\w)" lang="\w\w" hreflang="\w\w" aria-current="page"', page) == [lang]
    assert "$" not in page
    assert "{{" not in page
    assert "<script>" not in page
