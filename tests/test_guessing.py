"""The rules by which guesses are slowed: what is free, how waits grow and end, and whom they never stop."""

import pytest

from app.domain.guessing import (
    BOUNDS,
    LONGEST_AT_HOME_SECONDS,
    Counted,
    Counter,
    counted,
    forgiven,
    kept_until,
    network_of,
    wait,
)

TRIES = 5
NOW = 1_700_000_000.0


def guessed(kind: Counted, times: int, counter: Counter | None = None, now: float = NOW) -> Counter:
    counter = counter or Counter()
    for _ in range(times):
        counter = counted(kind, counter, TRIES, now)
    return counter


@pytest.mark.parametrize("kind", Counted)
def test_the_first_tries_are_free_and_then_each_wait_is_twice_as_long(kind: Counted):
    free = TRIES * BOUNDS[kind].times
    waits = [wait({kind: guessed(kind, times)}, NOW) for times in range(free - 1, free + 5)]
    assert waits == [0, 1, 2, 4, 8, 16]


@pytest.mark.parametrize("kind", Counted)
def test_no_wait_is_for_ever(kind: Counted):
    counter = guessed(kind, 5_000)
    longest = BOUNDS[kind].longest_seconds
    assert wait({kind: counter}, NOW) == longest
    assert wait({kind: counter}, NOW + longest) == 0


def test_an_account_alone_and_a_network_alone_take_many_more_than_both_together():
    assert all(
        BOUNDS[kind].times >= 10 * BOUNDS[Counted.PAIR].times for kind in (Counted.ACCOUNT, Counted.NETWORK)
    )


@pytest.mark.parametrize("kind", Counted)
def test_guesses_are_forgotten_one_after_the_other(kind: Counted):
    counter = guessed(kind, 3)
    later = NOW + 2 * BOUNDS[kind].forgotten_seconds
    assert counted(kind, counter, TRIES, later).level == pytest.approx(2)
    assert kept_until(kind, counter) == NOW + 3 * BOUNDS[kind].forgotten_seconds


def test_a_clock_that_goes_backwards_forgets_nothing():
    assert guessed(Counted.PAIR, 1, guessed(Counted.PAIR, 3), NOW - 5_000).level == 4


def test_where_an_account_is_at_home_only_that_pair_makes_it_wait():
    stormed = {kind: guessed(kind, 5_000) for kind in (Counted.ACCOUNT, Counted.NETWORK)}
    home = forgiven(Counted.PAIR, Counter(), TRIES, NOW)
    assert wait({Counted.PAIR: home, **stormed}, NOW) == 0
    assert wait({Counted.PAIR: guessed(Counted.PAIR, 1), **stormed}, NOW) > 0
    assert wait(stormed, NOW) > 0
    assert wait({Counted.PAIR: guessed(Counted.PAIR, 50, home), **stormed}, NOW) == LONGEST_AT_HOME_SECONDS


def test_home_is_where_it_signed_in_within_the_last_thirty_days():
    home = forgiven(Counted.PAIR, guessed(Counted.PAIR, 50), TRIES, NOW)
    assert home.level == 0
    assert home.familiar_until == kept_until(Counted.PAIR, home) == NOW + 30 * 86_400


def test_one_right_guess_does_not_wash_away_the_wrong_ones_of_an_account_or_a_network():
    kind = Counted.NETWORK
    free = TRIES * BOUNDS[kind].times
    before = guessed(kind, free - 1)
    assert forgiven(kind, counted(kind, before, TRIES, NOW), TRIES, NOW) == before_with_no_wait(before)
    assert wait({kind: forgiven(kind, guessed(kind, free + 3), TRIES, NOW)}, NOW) > 0


def before_with_no_wait(counter: Counter) -> Counter:
    return Counter(counter.level, counter.counted_at, 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", "203.0.113.250"),
        ("2001:db8:5:1::1", "2001:db8:5:ffff::9"),
        ("::ffff:203.0.113.7", "203.0.113.8"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ],
)
def test_neighbours_share_a_network(one: str, other: str):
    assert network_of(one) == network_of(other)


def test_others_do_not():
    places = ["203.0.113.7", "203.0.114.7", "2001:db8:5::1", "2001:db8:6::1", "", "testclient"]
    assert len({network_of(place) for place in places}) == len(places)


def test_of_two_right_ones_at_once_neither_waits_for_the_other():
    """The clock of the one that is counted second may have been read first."""
    for kind in Counted:
        first = counted(kind, Counter(), 10, 1_000.001)
        assert wait({Counted.PAIR: first, kind: first}, 1_000.0) == 0, kind
