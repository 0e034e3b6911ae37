"""The tables of deployments: statuses are reached and left, codes have labels, the sweep finds the peak."""

from collections import deque
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bookings import Booking, peak
from app.domain.deployment_rights import (
    FIELD_ACTS,
    FIELD_STEPS,
    FITS,
    RIGHTS,
    DeploymentAct,
    Distance,
    Standing,
    distance,
    standing,
    unfit,
)
from app.domain.deployments import (
    ABSENT,
    COMMAND_RELATIONS,
    DEPLOYMENT_ROLES,
    DEPLOYMENT_STATUSES,
    DEPLOYMENT_STEPS,
    HOLDING,
    CommandRelation,
    DeploymentRole,
    DeploymentStatus,
)
from app.domain.vocabularies import VOCABULARIES
from app.schemas.deployments import DeploymentChange

S = DeploymentStatus
ENDS = {S.DEMOBILIZED, S.DECLINED, S.CANCELLED}


def reachable(first: DeploymentStatus) -> set[DeploymentStatus]:
    found, waiting = {first}, deque([first])
    while waiting:
        new = DEPLOYMENT_STEPS[waiting.popleft()] - found
        found |= new
        waiting.extend(new)
    return found


def test_every_status_is_reached_and_only_the_ends_have_no_way_on():
    assert reachable(S.REQUESTED) == set(S) == DEPLOYMENT_STEPS.keys()
    assert {status for status, steps in DEPLOYMENT_STEPS.items() if not steps} == ENDS
    for status in S:
        assert reachable(status) & ENDS, status


def test_the_way_of_a_deployment_is_that_of_the_field():
    way = [
        S.REQUESTED,
        S.COMMITTED,
        S.MOBILIZING,
        S.EN_ROUTE,
        S.ON_SCENE,
        S.ASSIGNED,
        S.RELEASED,
        S.DEMOBILIZED,
    ]
    for here, there in pairwise(way):
        assert there in DEPLOYMENT_STEPS[here]
    assert S.ON_SCENE not in DEPLOYMENT_STEPS[S.REQUESTED]
    assert S.COMMITTED not in DEPLOYMENT_STEPS[S.RELEASED]


def test_a_unit_is_held_from_the_commitment_until_the_release():
    assert set(HOLDING) == {S.COMMITTED, S.MOBILIZING, S.EN_ROUTE, S.ON_SCENE, S.ASSIGNED, S.OUT_OF_SERVICE}
    for status in HOLDING:  # once let go, it is held again only by what was not yet committed
        assert DEPLOYMENT_STEPS[status] <= {*HOLDING, S.RELEASED, S.CANCELLED}
    entering = {status for status in S if status not in HOLDING and DEPLOYMENT_STEPS[status] & set(HOLDING)}
    assert entering == {S.REQUESTED}


def test_every_code_has_two_labels_and_stands_in_the_vocabularies():
    for codes, labels, name in (
        (DeploymentStatus, DEPLOYMENT_STATUSES, "deployment_status"),
        (DeploymentRole, DEPLOYMENT_ROLES, "deployment_role"),
        (CommandRelation, COMMAND_RELATIONS, "command_relation"),
    ):
        assert labels.keys() == set(codes)
        assert VOCABULARIES[name] is labels
        assert all(all(label) and len(label) == 2 for label in labels.values())


def test_every_field_that_can_change_and_every_act_has_its_right():
    assert FIELD_ACTS.keys() == DeploymentChange.model_fields.keys()
    assert RIGHTS.keys() == set(Standing)
    assert RIGHTS[Standing.OWNER] == set(DeploymentAct)
    assert RIGHTS[Standing.AUDIENCE] == set()
    assert not FIELD_STEPS & ABSENT


def test_control_passes_by_bko_and_assistance_only():
    for command in CommandRelation:
        held = standing("polda", owner="korem", controlling="polda", command_relation=command)
        passes = command in {CommandRelation.BKO, CommandRelation.PERBANTUAN_TNI}
        assert held == (Standing.CONTROLLING if passes else Standing.AUDIENCE)
        assert (
            standing("korem", owner="korem", controlling="polda", command_relation=command) == Standing.OWNER
        )


@pytest.mark.parametrize(
    ("controlling", "how_far", "fitting"),
    [
        (("polres", "polda"), Distance.SAME_UNIT, {"organik"}),
        (("brimob", "polda"), Distance.SAME_AGENCY, {"organik", "bko", "koordinasi"}),
        ((None, "polda"), Distance.SAME_AGENCY, {"organik", "bko", "koordinasi"}),
        (("kpu-kab", "kpu"), Distance.OTHER_AGENCY, {"bko", "koordinasi", "perbantuan_tni"}),
        ((None, "kpu"), Distance.OTHER_AGENCY, {"bko", "koordinasi", "perbantuan_tni"}),
    ],
)
def test_which_command_fits_goes_by_how_far_it_lies(controlling, how_far, fitting):
    assert distance("polres", "polda", *controlling) == how_far
    assert {each for each in CommandRelation if how_far in FITS[each]} == fitting
    for each in CommandRelation:
        assert (unfit(each, how_far, "military") is None) == (each in fitting)
    assert unfit(CommandRelation.PERBANTUAN_TNI, how_far, "police")


BEGIN = datetime(2024, 11, 27, tzinfo=UTC)
hours = st.integers(0, 12)
bookings = st.builds(
    lambda start, length, strength: Booking(
        BEGIN + timedelta(hours=start), BEGIN + timedelta(hours=start + length), strength
    ),
    hours, st.integers(1, 6), st.integers(1, 50),
)  # fmt: skip


def bound_at(held: list[Booking], time: datetime) -> int:
    return sum(each.strength for each in held if each.starts_at <= time < each.ends_at)


@given(st.lists(bookings, max_size=12), hours, st.integers(1, 8))
def test_the_peak_is_the_most_that_is_bound_at_any_moment_of_the_window(held, start, length):
    begin, end = BEGIN + timedelta(hours=start), BEGIN + timedelta(hours=start + length)
    halves = [begin + timedelta(minutes=30) * n for n in range(2 * length)]
    assert peak(held, begin, end) == max(bound_at(held, time) for time in halves)


@given(st.lists(bookings, max_size=12))
def test_without_a_window_it_is_the_most_ever(held):
    ever = [BEGIN + timedelta(minutes=30) * n for n in range(48)]
    assert peak(held) == max(bound_at(held, time) for time in ever)


@given(st.lists(bookings, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_bookings_does_not_matter(held, chance):
    shuffled = list(held)
    chance.shuffle(shuffled)
    assert peak(shuffled) == peak(held)
