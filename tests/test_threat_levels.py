"""Threat levels: stated by agencies, each for itself; a place has the highest that one may see."""

from datetime import datetime

import pytest

from app.domain.threat_levels import THREAT_LEVELS, ProposalStatus, ThreatCategory, label_of
from app.domain.threat_rules import ISSUERS, needs_approval
from app.domain.vocabularies import AgencyKind
from tests.support.calls import get, ledger_size, refused, walk
from tests.support.service import Service, report
from tests.support.threats import (
    BAWASLU,
    CHIEF,
    KPU,
    LEVELS,
    POLDA,
    WHY,
    actions,
    agreed,
    effective,
    hours,
    read,
    spot,
    state,
    stated,
    sync,
    town,
    withdraw,
)


async def test_a_level_is_stated_with_its_grounds(service: Service):
    at, incident = spot(), await report(service, POLDA, tlp="GREEN")
    size = await ledger_size(service)
    answer = await state(
        service, POLDA, at, 3, basis=[incident["id"]], source={"reliability": "b", "credibility": "2"}
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"] == f"{LEVELS}/{made['id']}"
    assert int(answer.headers["siaga-ledger-position"]) == size
    assert (made["level"], made["label"], made["status"], made["tlp"]) == (
        3,
        "substansial",
        "in_force",
        "GREEN",
    )
    assert (made["basis"], made["rationale"], made["owner_agency"]) == ([incident["id"]], WHY, "polda-banten")
    assert made["source"] == {"reliability": "b", "credibility": "2"}
    assert made["reference"].startswith("T-")
    week = datetime.fromisoformat(made["review_by"]) - datetime.fromisoformat(made["stated_at"])
    assert week.days == 7
    assert await read(service, KPU, made["id"]) == made
    assert await ledger_size(service) == size + 1


async def test_a_new_statement_takes_the_place_of_the_former_one_and_both_stay(service: Service):
    at = spot()
    first, second = await stated(service, POLDA, at, 2), await stated(service, POLDA, at, 3)
    former = await read(service, POLDA, first["id"])
    assert second["supersedes"] == first["id"]
    assert (former["status"], former["ended_at"]) == ("superseded", second["stated_at"])
    assert {**former, "status": "in_force", "ended_at": None, "version": 1} == first
    assert await actions(service, KPU, first["id"]) == ["threat_level.stated", "threat_level.superseded"]
    assert await actions(service, KPU, second["id"]) == ["threat_level.stated"]


async def test_agencies_that_disagree_are_all_shown_and_the_highest_holds(service: Service):
    at = spot()
    levels = {POLDA: 2, KPU: 3, BAWASLU: 1}
    for account, level in levels.items():
        await stated(service, account, at, level)
    shown = await effective(service, "operator.bnpt", at)
    assert (shown["level"], shown["label"], shown["inherited_from"]) == (3, "substansial", None)
    assert [(each["owner_agency"], each["level"]) for each in shown["statements"]] == [
        ("kpu-banten", 3), ("polda-banten", 2), ("bawaslu-banten", 1),
    ]  # fmt: skip
    assert shown["scheme"] == "partners_own"


async def test_a_place_inherits_from_the_regions_above_and_they_not_from_it(service: Service):
    at = town()
    above = await stated(service, POLDA, at, 3)
    own = await state(service, KPU, at, 2, region_code=at.within)
    assert own.status_code == 201, own.text
    within = await effective(service, KPU, at, at.within)
    assert (within["level"], within["inherited_from"]) == (3, at.region)
    assert [each["id"] for each in within["statements"]] == [above["id"], own.json()["id"]]
    assert [each["id"] for each in (await effective(service, KPU, at))["statements"]] == [above["id"]]
    other = at.region.rpartition(".")[0]
    assert above["id"] not in str(await effective(service, KPU, at, other))


async def test_of_equal_levels_the_nearest_is_named(service: Service):
    at = town()
    await stated(service, POLDA, at, 3)
    assert (await state(service, POLDA, at, 3, region_code=at.within)).status_code == 201
    assert (await effective(service, KPU, at, at.within))["inherited_from"] is None


async def test_where_nobody_states_anything_no_level_is_made_up(service: Service):
    at = spot("cyber")
    shown = await effective(service, KPU, at)
    assert (shown["level"], shown["label"], shown["statements"]) == (None, None, [])


async def test_a_hidden_statement_neither_counts_nor_shows(service: Service):
    at = spot()
    hidden = await stated(service, POLDA, at, 3, tlp="AMBER+STRICT")
    await stated(service, KPU, at, 1)
    assert (await effective(service, POLDA, at))["level"] == 3
    shown = await effective(service, BAWASLU, at)
    assert (shown["level"], len(shown["statements"])) == (1, 1)
    assert hidden["id"] not in str(shown)
    refused(await get(service, BAWASLU, f"{LEVELS}/{hidden['id']}"), 404, "not-found")


async def test_what_held_at_a_moment_is_told_for_that_moment(service: Service):
    at = spot()
    before = (await effective(service, KPU, at), hours(0))[1]
    made = [await stated(service, POLDA, at, level) for level in (1, 3, 2)]
    moments = [before, *(each["stated_at"] for each in made)]
    ended = await withdraw(service, POLDA, made[-1])
    assert ended.status_code == 200, ended.text
    moments.append(ended.json()["ended_at"])
    found = [(await effective(service, KPU, at, as_of=moment))["level"] for moment in moments]
    assert found == [None, 1, 3, 2, None]
    assert (await effective(service, KPU, at))["level"] is None
    shown = await effective(service, KPU, at, as_of=moments[2])
    assert datetime.fromisoformat(shown["as_of"]) == datetime.fromisoformat(moments[2])
    assert [each["id"] for each in shown["statements"]] == [made[1]["id"]]


async def test_the_past_shows_to_whom_the_present_does(service: Service):
    at = spot()
    hidden = await stated(service, POLDA, at, 3, tlp="AMBER", audience=["kpu-banten"])
    await stated(service, POLDA, at, 1)
    asked = {"as_of": hidden["stated_at"]}
    assert (await effective(service, KPU, at, **asked))["level"] == 3
    assert (await effective(service, BAWASLU, at, **asked))["level"] is None


async def test_the_former_statement_is_named_only_to_whom_it_shows(service: Service):
    at = spot()
    first = await stated(service, POLDA, at, 2, tlp="AMBER+STRICT")
    second = await stated(service, POLDA, at, 3)
    assert (await read(service, POLDA, second["id"]))["supersedes"] == first["id"]
    assert (await read(service, KPU, second["id"]))["supersedes"] is None
    assert first["id"] not in (await get(service, KPU, f"{LEVELS}/{second['id']}/history")).text


async def test_only_incidents_that_show_to_the_reader_are_named_as_basis(service: Service):
    at = spot()
    open_one, closed = await report(service, POLDA, tlp="GREEN"), await report(service, POLDA)
    made = await stated(service, POLDA, at, 3, basis=[closed["id"], open_one["id"]])
    assert made["basis"] == [closed["id"], open_one["id"]]
    where = f"{LEVELS}/{made['id']}"
    assert (await read(service, KPU, made["id"]))["basis"] == [open_one["id"]]
    listed = f"{LEVELS}?region={at.region}"
    for path in (where, f"{where}/history", listed, at.url):
        assert closed["id"] not in (await get(service, KPU, path)).text
    assert closed["id"] in (await get(service, POLDA, f"{where}/history")).text


async def test_a_withdrawn_statement_counts_no_more_and_is_withdrawn_once(service: Service):
    at = spot()
    made = await stated(service, POLDA, at, 3)
    refused(await withdraw(service, KPU, made), 403, "forbidden")
    refused(await withdraw(service, POLDA, made, **{"If-Match": '"7"'}), 412, "precondition-failed")
    gone = await withdraw(service, "integration.polda-banten", made)
    assert (gone.status_code, gone.json()["status"]) == (200, "withdrawn")
    refused(await withdraw(service, POLDA, made), 409, "conflict")
    again = await stated(service, POLDA, at, 3)
    assert again["supersedes"] is None


async def test_statements_are_listed_by_what_is_asked(service: Service):
    at = spot()
    made = [await stated(service, POLDA, at, level) for level in (1, 2, 3)] + [
        await stated(service, KPU, at, 1)
    ]
    ids = [each["id"] for each in reversed(made)]
    pages = await walk(service, KPU, LEVELS, region=at.region, category=at.category, limit=3)
    assert [[each["id"] for each in page] for page in pages] == [ids[:3], ids[3:]]
    for query, expected in (
        ({"status": "in_force"}, [ids[0], ids[1]]),
        ({"status": ["superseded", "lapsed"]}, ids[2:]),
        ({"agency": "kpu-banten"}, ids[:1]),
        ({"category": ["cyber"]}, []),
    ):
        items = (await get(service, KPU, LEVELS, region=at.region, **query)).json()["items"]
        assert [each["id"] for each in items if each["category"] == at.category] == expected


async def test_a_statement_that_nobody_may_see_is_named_by_nobody(service: Service):
    accounts = [POLDA, CHIEF]
    at = spot()
    made = await stated(service, POLDA, at, 3, tlp="RED", recipients=accounts)
    for account in ("commander2.polda-banten", KPU, "auditor.polda-banten"):
        refused(await get(service, account, f"{LEVELS}/{made['id']}"), 404, "not-found")
        assert made["id"] not in (await get(service, account, LEVELS, region=at.region)).text
    # An account that cannot see it may still state the level of its agency; it learns nothing of the former.
    follows = await sync(service, "liaison.polda-banten", at, 2)
    assert (follows.status_code, follows.json()["supersedes"]) == (201, None)
    assert (await read(service, POLDA, made["id"]))["status"] == "superseded"


@pytest.mark.parametrize("category", ThreatCategory)
async def test_an_agency_states_the_categories_of_its_kind_and_no_other(service: Service, category: str):
    kinds = {"police": POLDA, "election_commission": KPU, "election_supervisor": BAWASLU,
             "counter_terrorism": "operator.bnpt", "military": "operator.korem-064",
             "local_government": "operator.pemprov-banten"}  # fmt: skip
    at = spot(category)
    for kind, account in kinds.items():
        answer = await state(service, account, at, 1)
        if kind in ISSUERS[ThreatCategory(category)]:
            assert answer.status_code == 201, (kind, answer.text)
        else:
            refused(answer, 403, "forbidden")


def test_every_category_has_issuers_and_every_kind_but_the_host_issues_something():
    assert ISSUERS.keys() == set(ThreatCategory)
    assert frozenset().union(*ISSUERS.values()) == set(AgencyKind) - {AgencyKind.HOST}


@pytest.mark.parametrize("current", [None, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("wanted", [None, 1, 2, 3, 4, 5])
def test_high_levels_and_lowering_from_them_take_two(current: int | None, wanted: int | None):
    raises = wanted in {4, 5}
    lowers = current in {4, 5} and (wanted or 0) < current
    assert needs_approval(current, wanted) == (raises or lowers)


def test_the_scale_is_whole():
    assert [label_of(int(level)) for level in THREAT_LEVELS] == [
        "rendah",
        "sedang",
        "substansial",
        "tinggi",
        "kritis",
    ]
    assert ProposalStatus.PENDING in set(ProposalStatus)


async def test_a_high_level_is_in_force_only_after_two_agree(service: Service):
    at = spot()
    made = await agreed(service, at, 5)
    assert (await effective(service, KPU, at))["label"] == "kritis"
    assert made["status"] == "in_force"
