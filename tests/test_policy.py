"""The tables of the policy against what the design says in words; pure, so that mutants are tried fast."""

import json
import random
import sqlite3
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, String, Table, select
from sqlalchemy.dialects import sqlite

from app.domain import break_glass, field_mask
from app.domain.access_log import ACCESS_KINDS, FIRST, NOTED, READABLE, AccessKind, chained
from app.domain.break_glass import OPENABLE, Sealed
from app.domain.conditions import Either, Every, Is, Names, Not, OneOf, ReaderHolds, ReaderIs, Shares, UpTo
from app.domain.permissions import GRANTS, PERMISSION_TEXTS, Permission, Role, permissions_of
from app.domain.relations import (
    FIELD_ACTS,
    RIGHTS,
    UNBOUND_ACTS,
    Act,
    Relation,
    hides_more,
    overseer_of,
    relations,
    rights,
)
from app.domain.sharing import (
    LIVE,
    NAMED_AGENCIES,
    Classification,
    Marking,
    Tlp,
    may_see,
    misfit,
    reaches,
)
from app.models.columns import JSON_VALUE
from app.services.visibility import (
    asked_of,
    marking_of,
    marking_said,
    reader,
    said,
    visible,
    visible_to_reader,
)
from tests.support.markings import AGENCIES, actor, by_the_tables, random_actor, random_marking, written

SEED = 27_11_2024
THING = SimpleNamespace(owner="a", listed=("a", "b"), label="two")


@dataclass(frozen=True)
class Someone:
    """Whoever reads."""

    name: str = "a"
    rank: str = "two"
    others: tuple[str, ...] = ("nobody", "a")
    able: bool = True
    permissions: frozenset[str] = field(default=frozenset({"x:read"}))


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (ReaderIs("able"), True),
        (ReaderHolds("x:read"), True),
        (ReaderHolds("x:write"), False),
        (Is("owner", "name"), True),
        (Is("label", "name"), False),
        (Names("listed", "name"), True),
        (Names("listed", "rank"), False),
        (Shares("listed", "others"), True),
        (Shares("listed", "permissions"), False),
        (OneOf("label", ("one", "two")), True),
        (OneOf("label", ("one",)), False),
        (UpTo("label", "rank", ("one", "two", "three")), True),
        (UpTo("label", "rank", ("one", "three", "two")), True),
        (UpTo("label", "name", ("a", "two")), False),
        (Every(), True),
        (Every(ReaderIs("able"), OneOf("label", ())), False),
        (Every(ReaderIs("able"), OneOf("label", ("two",))), True),
        (Either(), False),
        (Either(OneOf("label", ()), ReaderIs("able")), True),
        (Either(OneOf("label", ()), OneOf("label", ())), False),
        (Not(ReaderIs("able")), False),
        (Not(OneOf("label", ())), True),
    ],
    ids=str,
)
def test_a_condition_means_what_it_says(condition: Any, holds: bool):  # noqa: FBT001 - a row of the table
    assert condition.holds(Someone(), THING) is holds
    assert ReaderIs("able").holds(replace(Someone(), able=False), THING) is False


def test_what_stands_up_to_a_limit_ends_with_it():
    order = UpTo("label", "rank", ("one", "two", "three"))
    assert [order.reached(each) for each in order.order] == [
        ("one",), ("one", "two"), ("one", "two", "three"),
    ]  # fmt: skip


def test_a_condition_without_a_form_in_sql_is_refused():
    with pytest.raises(TypeError):
        said(ReaderHolds("x:read"), SCRATCH.c, {})


SCRATCH = Table(
    "scratch",
    MetaData(),
    *(Column(name, String) for name in ("number", "owner_agency", "tlp", "classification", "exercise")),
    *(Column(name, JSON_VALUE) for name in ("audience", "recipients")),
)


def rows_of(markings: list[Marking]) -> sqlite3.Connection:
    """A database of its own with these markings."""
    database = sqlite3.connect(":memory:")
    columns = [column.name for column in SCRATCH.columns]
    database.execute(f"CREATE TABLE scratch ({', '.join(columns)})")
    places = ", ".join("?" * len(columns))
    database.executemany(
        f"INSERT INTO scratch VALUES ({places})",
        [[written(number, each)[name] for name in columns] for number, each in enumerate(markings)],
    )
    return database


def found(database: sqlite3.Connection, condition: Any, **given: Any) -> set[int]:
    compiled = select(SCRATCH.c.number).where(condition).compile(dialect=sqlite.dialect(paramstyle="named"))
    values = {
        name: json.dumps(value) if isinstance(value, list) else value
        for name, value in {**compiled.params, **given}.items()
    }
    return {row[0] for row in database.execute(str(compiled), values)}


def test_the_rule_says_the_same_in_python_in_sql_and_in_the_tables():
    chance = random.Random(SEED)  # noqa: S311 - the same cases on every run
    markings = [random_marking(chance) for _ in range(250)]
    database = rows_of(markings)
    for _ in range(40):
        each = random_actor(chance)
        wanted = {number for number, marking in enumerate(markings) if by_the_tables(each, marking)}
        assert {number for number, marking in enumerate(markings) if may_see(each, marking)} == wanted
        assert found(database, visible(SCRATCH.c, each)) == wanted
        if each.partner:
            assert found(database, visible_to_reader(SCRATCH.c), **reader(each)) == wanted


def test_any_condition_says_the_same_in_sql():
    chance = random.Random(SEED)  # noqa: S311 - the same cases on every run
    markings = [random_marking(chance) for _ in range(100)]
    database = rows_of(markings)
    conditions = [
        Not(OneOf("tlp", ("RED", "CLEAR"))),
        Either(),
        Either(Is("owner_agency", "agency"), Not(Names("audience", "agency"))),
        Every(Not(UpTo("classification", "clearance", tuple(Classification))), ReaderIs("partner")),
    ]
    for _ in range(10):
        each = random_actor(chance)
        for condition in conditions:
            wanted = {number for number, one in enumerate(markings) if condition.holds(each, one)}
            assert found(database, said(condition, SCRATCH.c, asked_of(each))) == wanted


def test_an_agency_passes_a_marking_where_its_people_do():
    chance = random.Random(SEED)  # noqa: S311 - the same cases on every run
    for _ in range(500):
        marking = random_marking(chance)
        through = frozenset(account.partition(".")[2] for account in marking.recipients)
        for agency in AGENCIES:
            if marking.tlp is Tlp.RED:
                passes = agency in through
            else:
                cleared = actor(f"operator.{agency}", "rahasia", exercise=marking.exercise)
                passes = by_the_tables(cleared, marking)
            assert reaches(marking, agency, through) == passes


TWO = ("a.x", "b.x")
FITTING = {
    (Tlp.CLEAR, Classification.BIASA, (), ()): None,
    (Tlp.CLEAR, Classification.TERBATAS, (), ()): "tlp",
    (Tlp.GREEN, Classification.RAHASIA, (), ()): None,
    (Tlp.GREEN, Classification.BIASA, ("x",), ()): "audience",
    (Tlp.CLEAR, Classification.BIASA, ("x",), ()): "audience",
    (Tlp.AMBER, Classification.RAHASIA, ("x",), ()): None,
    (Tlp.AMBER, Classification.RAHASIA, (), ()): None,
    (Tlp.AMBER_STRICT, Classification.BIASA, ("x", "y"), ()): None,
    (Tlp.AMBER, Classification.BIASA, ("x",), TWO): "recipients",
    (Tlp.GREEN, Classification.BIASA, (), TWO): "recipients",
    (Tlp.RED, Classification.BIASA, (), TWO): None,
    (Tlp.RED, Classification.RAHASIA, (), (*TWO, "c.x")): None,
    (Tlp.RED, Classification.BIASA, (), ()): "recipients",
    (Tlp.RED, Classification.BIASA, (), ("a.x",)): "recipients",
    (Tlp.RED, Classification.BIASA, (), ("a.x", "a.x")): "recipients",
    (Tlp.RED, Classification.BIASA, ("x",), TWO): "audience",
}


@pytest.mark.parametrize("parts", FITTING, ids=str)
def test_what_does_not_go_with_a_label_is_named(parts: Any):
    wrong = misfit(Marking("x", *parts))
    assert (wrong and wrong[0]) == FITTING[parts]
    assert wrong is None or wrong[1].endswith(".")


def test_red_with_an_audience_is_told_that_it_goes_to_accounts():
    field, reason = misfit(Marking("x", Tlp.RED, Classification.BIASA, ("y",), TWO))
    assert (field, "named accounts" in reason) == ("audience", True)


def test_a_marking_is_of_nobody_else_and_live_unless_it_says_so():
    assert Marking("x", Tlp.AMBER, Classification.BIASA) == Marking(
        "x", Tlp.AMBER, Classification.BIASA, (), (), "live"
    )
    assert LIVE == "live"
    assert {"AMBER", "AMBER+STRICT"} == NAMED_AGENCIES


def test_an_emergency_opens_all_but_red_other_worlds_and_what_is_about_one_s_own():
    for tlp, classification, own in product(Tlp, Classification, (False, True)):
        each = actor("commander.kpu", "biasa")
        sealed = Sealed("polda-banten", tlp, classification, about_agencies=("kpu",) if own else ("banten",))
        assert OPENABLE.holds(each, sealed) == (tlp is not Tlp.RED and not own)
        for other in (replace(each, partner=False), replace(each, exercise="latihan-1")):
            assert not OPENABLE.holds(other, sealed)
    assert Sealed("x", Tlp.AMBER, Classification.BIASA).about_agencies == ()


def test_the_bounds_of_an_emergency():
    assert (break_glass.MOST_MINUTES, break_glass.TRIES_A_DAY) == (60, 5)
    assert timedelta(days=3) == break_glass.REVIEW_WITHIN
    assert set(break_glass.OPENABLE_KINDS.values()) == set(break_glass.WHERE_TO_READ)
    assert break_glass.WHERE_TO_READ == {
        "assistance_request": "/assistance-requests/{record_id}",
        "deployment": "/deployments/{record_id}",
        "incident": "/incidents/{record_id}",
        "posture_activation": "/posture-activations/{record_id}",
        "posture_plan": "/posture-plans/{record_id}",
        "site": "/sites/{record_id}",
        "threat_level": "/threat-levels/{record_id}",
        "threat_level_proposal": "/threat-levels/proposals/{record_id}",
    }
    assert dict(break_glass.OPENABLE_KINDS) == {
        "A": "assistance_request", "D": "deployment", "I": "incident", "P": "threat_level_proposal",
        "S": "site", "T": "threat_level", "Y": "posture_activation", "Z": "posture_plan",
    }  # fmt: skip
    assert {str(before): str(after) for before, after in break_glass.DECIDED.items()} == {
        "approve": "approved", "contest": "contested",
    }  # fmt: skip


def test_what_is_noted_and_who_may_read_it():
    for tlp, classification in product(Tlp, Classification):
        marking = Marking("x", tlp, classification)
        assert NOTED.holds(None, marking) == (tlp == "RED" or classification == "rahasia")
    auditor = actor("auditor.kpu", "biasa")
    for kind, agency, owner, world in product(AccessKind, ("kpu", "b"), ("kpu", "b", None), ("live", "l-1")):
        row = SimpleNamespace(kind=kind, agency=agency, owner_agency=owner, exercise=world)
        own_act = agency == "kpu" and kind != "hidden"
        assert READABLE.holds(auditor, row) == (world == "live" and (own_act or owner == "kpu"))
    assert ACCESS_KINDS.keys() == set(AccessKind)


def test_a_hash_covers_the_row_and_all_before_it():
    first, second = chained(FIRST, {"b": 1, "a": "é"}), chained(FIRST, {"a": "é", "b": 2})
    assert first == chained(FIRST, {"a": "é", "b": 1})
    assert len({first, second, chained(first, {"b": 2}), chained(second, {"b": 2})}) == 4
    # As anybody can compute it.
    assert first == "4b07360da64111d2215a060d1b7642e8b1e20b9cf0b9e3dc7ff74326ab4c754e"


def test_the_field_mask():
    operator, auditor = actor("operator.kpu", "biasa"), actor("auditor.kpu", "biasa")
    operator = replace(operator, permissions=frozenset({Permission.PARTIES_READ}))
    assert not field_mask.is_sealed("incident_party", operator)
    assert field_mask.is_sealed("incident_party", auditor)
    assert not field_mask.is_sealed("incident_note", auditor)
    assert field_mask.is_sealed("disclosure", operator)
    auditor = replace(auditor, permissions=frozenset({Permission.LEDGER_READ}))
    assert not field_mask.is_sealed("disclosure", auditor)
    assert field_mask.is_sealed("legal_hold", operator)
    for agency in ("kpu", "polda-banten"):
        entry = SimpleNamespace(agency=agency)
        assert field_mask.shown("account", auditor, entry) == (agency == "kpu")
        assert field_mask.shown("role", auditor, entry)
    assert field_mask.LINKS == {
        "assistance_answer": {
            "assistance_request_id": "assistance_request", "deployment_id": "deployment",
        },
        "deployment": {
            "assistance_request_id": "assistance_request", "incident_id": "incident",
            "relieved_by": "deployment", "relieves": "deployment", "site_ids": "site",
            "threat_level_id": "threat_level",
        },
        "election": {"follows": "election"},
        "patrol": {"plan_id": "patrol_plan"},
        "patrol_plan_stop": {"site_id": "site"},
        "patrol_stop": {"site_id": "site"},
        "posture_activation": {
            "assistance_request_ids": "assistance_request", "deployment_ids": "deployment",
            "patrol_ids": "patrol", "patrol_plan_ids": "patrol_plan", "plan_id": "posture_plan",
            "threat_level_id": "threat_level",
        },
        "posture_plan": {"patrol_plan_ids": "patrol_plan"},
        "readiness_order": {"supersedes": "readiness_order"},
        "threat_level": {"basis": "incident", "supersedes": "threat_level"},
        "threat_level_proposal": {
            "basis": "incident", "threat_level_id": "threat_level", "withdraws": "threat_level",
        },
    }  # fmt: skip
    assert field_mask.WITH_LINK == {
        "deployment": {"relief_arrived_at": "relieved_by"},
        "patrol_stop": {"distance_m": "site_id"},
    }


READ = (
    "assistance:read changes:read deployments:read inbox:read incidents:read patrols:read posture:read "
    "readiness:read reference:read sites:read "
    "threat-levels:read"
)
WRITE = f"{READ} incidents:write sites:write threat-levels:write"
PARTIES = "parties:read parties:write"
HOOKS = "webhooks:read webhooks:write"
HELD = {
    "admin": f"{HOOKS} accounts:confirm accounts:read accounts:write agencies:write inbox:read "
    "reference:read",
    "auditor": f"{READ} access-log:read break-glass:read ledger:disclose ledger:read",
    "commander": f"{WRITE} {PARTIES} accounts:confirm break-glass:open break-glass:read break-glass:review "
    "assistance:write deployments:write elections:write legal-holds:write patrols:write posture:write "
    "readiness:write threat-levels:approve",
    "integration": f"{WRITE} {HOOKS} assistance:write deployments:write patrols:write",
    "liaison": WRITE,
    "operator": f"{WRITE} {PARTIES} assistance:write deployments:write elections:write patrols:write",
    "privacy": f"{READ} legal-holds:write parties:read personal-data:erase personal-data:read "
    "personal-data:write",
}


@pytest.mark.parametrize("role", Role)
def test_a_role_holds_what_it_is_for(role: Role):
    assert GRANTS[role] == permissions_of(frozenset({role})) == set(HELD[role].split())


def test_roles_hold_together_what_each_holds():
    both = permissions_of(frozenset({Role.LIAISON, Role.AUDITOR}))
    assert both == GRANTS[Role.LIAISON] | GRANTS[Role.AUDITOR]
    assert permissions_of(frozenset()) == frozenset()
    assert PERMISSION_TEXTS.keys() == set(Permission)


ACTS = {
    "owner": "assign attach describe hand_over handle link mark note party refer require step",
    "lead": "attach handle note refer require step",
    "assigned": "attach note refer",
    "audience": "note",
    "oversight": "assign attach handle mark note refer require step",
}


def test_a_relation_allows_what_the_design_says():
    assert {relation: set(acts) for relation, acts in RIGHTS.items()} == {
        relation: set(acts.split()) for relation, acts in ACTS.items()
    }
    assert rights(frozenset({Relation.AUDIENCE, Relation.ASSIGNED})) == {"attach", "note", "refer"}
    assert rights(frozenset()) == frozenset()
    assert set(UNBOUND_ACTS) == {"attach", "note", "refer", "require", "step"}


def test_relations_are_told_by_what_a_record_names():
    record = {"owner": "a", "lead": "b", "assigned": ["c", "b"], "overseer": "d"}
    for agency, wanted in {
        "a": {"audience", "owner"},
        "b": {"audience", "lead", "assigned"},
        "c": {"audience", "assigned"},
        "d": {"audience", "oversight"},
        "e": {"audience"},
    }.items():
        assert relations(agency, **record) == wanted


FIELDS = {
    Act.ASSIGN: "assigned_agencies lead_agency",
    Act.MARK: "audience classification recipients tlp",
    Act.DESCRIBE: "description kind occurred_at reported_at source title",
    Act.HANDLE: "detained_count geometry injured_count killed_count region_code severity site",
}


def test_a_field_takes_the_right_that_the_design_says():
    assert {name: act for act, names in FIELDS.items() for name in names.split()} == FIELD_ACTS


def test_the_first_oversight_agency_that_is_not_accused_oversees():
    assert overseer_of([], ("b", "k")) == "b"
    assert overseer_of(["b"], ("b", "k")) == "k"
    assert overseer_of(["b", "k"], ("b", "k")) is None


def test_a_label_hides_more_than_those_before_it():
    labels = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
    for (before, one), (after, other) in product(enumerate(labels), repeat=2):
        assert hides_more(Tlp(one), Tlp(other)) == (after > before)


def test_a_row_is_marked_as_its_columns_say():
    lists: dict[str, Any] = {"audience": ["bnpt", "kpu"], "recipients": ["a.kpu"]}
    codes: dict[str, Any] = {"owner_agency": "kpu", "tlp": "AMBER", "classification": "terbatas"}
    marked = Marking("kpu", Tlp.AMBER, Classification.TERBATAS, ("bnpt", "kpu"), ("a.kpu",), "simulasi")
    assert marking_of(SimpleNamespace(**codes, **lists, exercise="simulasi")) == marked
    assert marking_said({**codes, **lists, "exercise": "simulasi"}) == marked
