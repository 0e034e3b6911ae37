"""Sites: register, read, list and change, as their owner does it."""

import pytest

from app.domain.sites import RiskCategory, SiteKind
from tests.support.calls import ABSENT, OPERATOR, get, ledger_size, post, refused, walk
from tests.support.service import Service
from tests.support.sites import KRAGILAN, SITES, WHY, at, change, current, registered, site

POINT = {"type": "Point", "coordinates": [106.28, -6.14]}
KPU = "operator.kpu-banten"


async def test_a_site_is_registered_for_every_partner_to_see(service: Service):
    made = await registered(service, note="Halaman SD (fiktif)", geometry=POINT)
    assert made["reference"].startswith("S-")
    expected = {
        "version": 1, "owner_agency": "polda-banten", "kind": "polling_station", "tlp": "GREEN",
        "classification": "biasa", "exercise": "live", "region_code": KRAGILAN, "geometry": POINT,
        "note": "Halaman SD (fiktif)", "in_use": True, "risk": None, "risk_index": None,
        "indicators": None, "assessed_at": None, "external_id": None,
    }  # fmt: skip
    assert {name: made[name] for name in expected} == expected
    read = await get(service, KPU, at(made))
    assert (read.json(), read.headers["etag"]) == (made, '"1"')
    assert (await get(service, KPU, at(made))).json() == made


async def test_its_first_assessment_comes_with_it(service: Service):
    said = {"risk": "rawan", "indicators": ["no_internet", "violence_history"], "rationale": WHY}
    made = await registered(service, **said)
    assert (made["risk"], made["version"]) == ("rawan", 1)
    assert made["indicators"] == ["violence_history", "no_internet"]  # in Bawaslu's order
    (first,) = (await get(service, OPERATOR, at(made, "/assessments"))).json()["items"]
    assert (first["risk"], first["rationale"], first["agency"]) == ("rawan", WHY, "polda-banten")
    assert first["assessed_at"] == made["assessed_at"]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"risk": "rawan"}, "/rationale"),
        ({"indicators": []}, "/rationale"),
        ({"rationale": WHY}, "/rationale"),
        ({"risk": "aman", "rationale": WHY}, "/risk"),
        ({"indicators": ["bencana"], "rationale": WHY}, "/indicators/0"),
        ({"indicators": ["no_internet", "no_internet"], "rationale": WHY}, "/indicators"),
        ({"kind": "tps"}, "/kind"),
        ({"name": ""}, "/name"),
        ({"name": "TPS\u0007"}, "/name"),
        ({"region_code": "36.99"}, "/region_code"),
        ({"geometry": {"type": "Point", "coordinates": [200, 0]}}, "/geometry/coordinates/0"),
        ({"tlp": "AMBER", "audience": ["tidak-ada"]}, "/audience"),
        ({"tlp": "RED"}, "/recipients"),
        ({"external_id": "1"}, "/external_source"),
        ({"voters": 600}, "/voters"),
    ],
)
async def test_what_cannot_be_registered_is_refused(service: Service, said, pointer: str):
    size = await ledger_size(service)
    refused(await post(service, OPERATOR, SITES, site(**said)), 422, "invalid", pointer)
    assert await ledger_size(service) == size


async def test_nobody_registers_outside_its_area(service: Service):
    answer = await post(service, "operator.pemkab-tangerang", SITES, site())
    refused(answer, 403, "outside-jurisdiction")


async def test_the_owner_changes_it_and_nobody_else(service: Service):
    made = await registered(service)
    answer = await change(service, OPERATOR, made, note="Pindah (fiktif)", geometry=POINT, in_use=False)
    changed = answer.json()
    assert (changed["note"], changed["geometry"], changed["in_use"]) == ("Pindah (fiktif)", POINT, False)
    assert (changed["version"], changed["name"]) == (2, made["name"])
    refused(await change(service, OPERATOR, made, version=1, note="Lagi"), 412, "precondition-failed")
    refused(await change(service, KPU, changed, note="Bukan milik KPU"), 403, "forbidden")
    refused(await change(service, OPERATOR, changed, risk="rawan"), 422, "invalid", "/risk")
    refused(await change(service, OPERATOR, changed), 422, "invalid")
    refused(await change(service, OPERATOR, changed, region_code="36.71"), 403, "outside-jurisdiction")
    assert await current(service, made) == changed


async def test_the_list_finds_what_was_asked_for(service: Service):
    calm = await registered(service, region_code="36.04.12", kind="mall")
    tense = await registered(
        service, region_code="36.04.12", risk="rawan", indicators=["no_internet"], rationale=WHY,
        external_source="daftar-uji", external_id="12/001",
    )  # fmt: skip
    closed = await registered(service, region_code="36.04.12", in_use=False)

    async def found(**asked: object) -> set[str]:
        answer = await get(service, OPERATOR, SITES, **{"region": "36.04.12", "limit": 200, **asked})
        return {each["id"] for each in answer.json()["items"]} & {calm["id"], tense["id"], closed["id"]}

    assert await found() == {calm["id"], tense["id"], closed["id"]}
    assert await found(region="36.04") == {calm["id"], tense["id"], closed["id"]}
    assert await found(region="36.04.13") == set()
    assert await found(kind=["mall", "port"]) == {calm["id"]}
    assert await found(risk=["rawan", "khusus"]) == {tense["id"]}
    assert await found(index_from=1) == {tense["id"]}
    assert await found(in_use="false") == {closed["id"]}
    assert await found(text=calm["name"].lower()) == {calm["id"]}
    assert await found(reference=closed["reference"]) == {closed["id"]}
    assert await found(external_source="daftar-uji", external_id="12/001") == {tense["id"]}


async def test_its_history_tells_all_that_became_of_it(service: Service):
    made = await registered(service, risk="rawan", rationale=WHY)
    changed = (await change(service, OPERATOR, made, note="Pindah (fiktif)")).json()
    items = [each for page in await walk(service, KPU, at(made, "/history"), limit=2) for each in page]
    assert [each["action"] for each in items] == ["site.registered", "site.judged", "site.changed"]
    assert [items[0]["state"], items[2]["state"]] == [made, changed]
    then = await get(service, KPU, at(made), as_of=items[0]["at"])
    assert then.json() == made


async def test_the_same_key_makes_one_site(service: Service):
    key = {"external_source": "daftar-uji", "external_id": "satu"}
    made = await registered(service, **key)
    refused(await post(service, OPERATOR, SITES, site(**key)), 409, "conflict")
    body, headers = site(), {"Idempotency-Key": "lokasi-1"}
    first, again = [await post(service, OPERATOR, SITES, body, **headers) for _ in range(2)]
    assert first.json() == again.json() != made
    assert again.headers["idempotency-replayed"] == "true"


async def test_every_kind_and_category_has_its_labels(service: Service):
    told = (await get(service, OPERATOR, "/api/v1/vocabularies")).json()["vocabularies"]
    assert [each["code"] for each in told["site_kind"]] == list(SiteKind)
    assert [each["code"] for each in told["risk_category"]] == list(RiskCategory)
    parents = {each["code"]: each["parent"] for each in told["risk_indicator"]}
    assert (len(parents), parents["no_internet"]) == (25, "jaringan")
    assert {each["code"] for each in told["risk_variable"]} == set(parents.values())


async def test_what_is_not_there_is_not_found(service: Service):
    for part in ("", "/assessments", "/history"):
        refused(await get(service, OPERATOR, f"{SITES}/{ABSENT}{part}"), 404, "not-found")
