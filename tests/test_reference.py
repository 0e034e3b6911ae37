"""Regions, who covers them, agencies, and every code with its labels."""

import asyncio
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from app.domain.incident_kinds import INCIDENT_GROUPS
from app.domain.log import Refusal
from app.domain.permissions import Permission
from app.domain.personal_data import ERASABLE, REASON
from app.services.seed import read_file
from tests.support.calls import OPERATOR, get, refused, walk
from tests.support.service import Service

REGIONS = "/api/v1/regions"


async def regions(service: Service, **query: Any) -> list[dict]:
    return [each for page in await walk(service, OPERATOR, REGIONS, limit=200, **query) for each in page]


async def below(service: Service, parents: list[str]) -> list[dict]:
    """All regions directly under these, asked for together."""
    found = await asyncio.gather(*(regions(service, parent=each) for each in parents))
    return [each for part in found for each in part]


async def test_there_are_38_provinces_514_regencies_and_cities_and_7285_districts(service: Service):
    provinces = await regions(service)
    regencies = await below(service, [each["code"] for each in provinces])
    districts = await below(service, [each["code"] for each in regencies])
    assert [len(provinces), len(regencies), len(districts)] == [38, 514, 7285]
    codes = [each["code"] for each in provinces + regencies + districts]
    assert len(set(codes)) == len(codes)


async def test_regions_come_in_the_order_of_their_codes_without_gap_or_repeat(service: Service):
    whole = [each["code"] for each in await regions(service, parent="36.03")]
    pages = await walk(service, OPERATOR, REGIONS, parent="36.03", limit=7)
    assert [each["code"] for page in pages for each in page] == whole == sorted(whole)
    assert len(whole) == 29


async def test_a_region_is_found_by_part_of_its_name(service: Service):
    codes = {each["code"] for each in await regions(service, text="TELUKNAGA")}
    assert "36.03.13" in codes
    assert await regions(service, text="%") == []
    within = await regions(service, text="a", parent="36")
    assert within
    assert {each["parent"] for each in within} == {"36"}


async def test_a_region_says_what_it_is(service: Service):
    answer = (await get(service, OPERATOR, f"{REGIONS}/36.03.13")).json()
    assert (answer["name"], answer["level"], answer["parent"]) == ("Teluknaga", "district", "36.03")


ABSENT_ONES = ["regions/99", "regions/36.99.99/responsible", "agencies/no-such", "agencies/no-such/units"]


@pytest.mark.parametrize("path", ABSENT_ONES)
async def test_what_is_not_in_the_list_is_not_found(service: Service, path: str):
    refused(await get(service, OPERATOR, f"/api/v1/{path}"), 404, "not-found")


@pytest.mark.parametrize(
    ("code", "agency", "unit"),
    [
        ("36.03.13", "polda-metro-jaya", "polres-metro-tangerang-kota"),
        ("36.03.01", "polda-banten", "polresta-tangerang"),
        ("36.03.17", "polda-metro-jaya", "polres-tangerang-selatan"),
    ],
)
async def test_the_police_of_kabupaten_tangerang_have_their_own_borders(service: Service, code, agency, unit):
    (police,) = (await get(service, OPERATOR, f"{REGIONS}/{code}/responsible")).json()["police"]
    assert (police["agency"], police["unit"], police["region_code"]) == (agency, unit, code)
    assert police["confidence"] == "sourced"
    assert police["source"]
    assert police["reason"] is None


async def test_a_unit_that_nobody_confirmed_is_null_with_a_reason(service: Service):
    (police,) = (await get(service, OPERATOR, f"{REGIONS}/36.04.33/responsible")).json()["police"]
    assert (police["agency"], police["unit"], police["unit_name"]) == ("polda-banten", None, None)
    assert police["confidence"] == "unknown"
    assert police["reason"]
    assert "Gunungsari" in police["source"]


async def test_a_place_has_someone_for_every_service_or_an_empty_list(service: Service):
    answer = (await get(service, OPERATOR, f"{REGIONS}/36.03.01/responsible")).json()
    services = {name: [each["agency"] for each in answer[name]] for name in answer if name != "region"}
    assert set(services["election_commission"]) == {"kpu-banten"}
    assert set(services["election_supervisor"]) == {"bawaslu-banten"}
    assert answer["election_commission"][0]["region_code"] == "36.03"  # the finest grain comes first
    assert services["local_government"][0] == "pemkab-tangerang"
    assert "kodam-jaya" in services["military"]
    elsewhere = (await get(service, OPERATOR, f"{REGIONS}/51.01/responsible")).json()
    assert elsewhere["police"] == []


async def test_before_the_split_nobody_is_named_for_the_police(service: Service):
    answer = await get(service, OPERATOR, f"{REGIONS}/36.03.13/responsible", on="2016-05-02")
    assert answer.json()["police"] == []
    answer = await get(service, OPERATOR, f"{REGIONS}/36.03.13/responsible", on="2016-05-03")
    assert len(answer.json()["police"]) == 1


async def test_agencies_are_those_of_the_file_and_only_the_host_is_no_partner(service: Service):
    agencies = (await get(service, OPERATOR, "/api/v1/agencies")).json()["items"]
    ours = {row["code"] for row in read_file("agencies.csv").rows}
    assert len(ours) == 19
    assert {each["code"] for each in agencies} >= ours  # others may have joined meanwhile
    assert [each["code"] for each in agencies if not each["partner"]] == ["siaga"]
    assert all(each["name"] and each["name_en"] for each in agencies)
    for each in agencies:
        assert (await get(service, OPERATOR, f"/api/v1/agencies/{each['code']}")).json() == each


async def test_the_units_of_an_agency_name_it(service: Service):
    units = (await get(service, OPERATOR, "/api/v1/agencies/polda-metro-jaya/units")).json()["items"]
    assert {"polres-metro-tangerang-kota", "polres-tangerang-selatan"} <= {each["code"] for each in units}
    assert {each["agency"] for each in units} == {"polda-metro-jaya"}


async def test_every_term_has_both_labels_and_stands_once(service: Service):
    vocabularies = (await get(service, OPERATOR, "/api/v1/vocabularies")).json()["vocabularies"]
    for name, terms in vocabularies.items():
        assert terms, name
        codes = [each["code"] for each in terms]
        assert len(set(codes)) == len(codes)
        assert all(each["label_id"].strip() and each["label_en"].strip() for each in terms), name


async def test_every_kind_stands_in_a_group_that_has_a_label(service: Service):
    vocabularies = (await get(service, OPERATOR, "/api/v1/vocabularies")).json()["vocabularies"]
    parents = {each["parent"] for each in vocabularies["incident_kind"]}
    assert parents == set(INCIDENT_GROUPS) == {each["code"] for each in vocabularies["incident_group"]}


def enums(part: Any) -> Iterator[frozenset[str]]:
    """Every `enum` anywhere in a document."""
    if isinstance(part, dict):
        if isinstance(part.get("enum"), list):
            yield frozenset(part["enum"])
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from enums(each)


async def test_the_vocabularies_hold_every_code_that_the_schemas_know(service: Service):
    vocabularies = (await get(service, OPERATOR, "/api/v1/vocabularies")).json()["vocabularies"]
    known = {frozenset(each["code"] for each in terms) for terms in vocabularies.values()}
    # Verbs of a request, shown to nobody.
    verbs = {frozenset({"accept", "decline", "offer", "withdraw"}), frozenset({"approve", "decline"})}
    verbs |= {frozenset({"approve", "contest"})}
    # What only programs read: states of the service, types of keys; a permission is told with its text.
    verbs |= {frozenset({"degraded", "ok"}), frozenset({"cached", "no_keys", "ok"})}
    verbs |= {frozenset({"behind", "refused", "signed"}), frozenset(map(str, Refusal))}
    # Names of members of the API, and of languages.
    verbs |= {frozenset({*chain(*ERASABLE.values()), REASON}), frozenset({"en", "id"})}
    verbs |= {frozenset({"Ed25519", "P-256"}), frozenset({"EC", "OKP"}), frozenset(map(str, Permission))}
    document = service.app.openapi()
    shown = set(enums(document)) - verbs
    # A request may take only some of the codes.
    assert {codes for codes in shown if not any(codes <= terms for terms in known)} == set()


async def test_everybody_with_an_account_reads_reference_data(service: Service):
    for account in ("admin.siaga", "auditor.kpu-banten", "integration.bnpt"):
        assert (await get(service, account, "/api/v1/vocabularies")).status_code == 200
    client = await service.anonymous()
    refused(await client.get("/api/v1/vocabularies"), 401, "unauthenticated")


async def test_the_caller_reads_its_own_account(service: Service):
    me = (await get(service, OPERATOR, "/api/v1/me")).json()
    assert (me["account"], me["agency"], me["roles"]) == (OPERATOR, "polda-banten", ["operator"])
    assert "36.03.01" in me["area"]
    assert "36.03.13" not in me["area"]
