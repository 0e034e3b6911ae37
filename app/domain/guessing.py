"""How guesses at a secret are slowed: what is counted, how many are free, how long the next one waits.

Nobody is ever locked out: a wait ends by itself, and where an account has signed in before, only guesses
from that same network make it wait, and not for long.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

NETWORK_BITS = {4: 24, 6: 48}  # what one subscriber or office commonly has
FAMILIAR_SECONDS = 30 * 86_400.0  # how long a network counts as one that the account signs in from
LONGEST_AT_HOME_SECONDS = 30.0
LARGEST_EXPONENT = 30


class Counted(StrEnum):
    """What guesses are counted by."""

    PAIR = "pair"  # an account from a network
    ACCOUNT = "account"  # from wherever
    NETWORK = "network"  # at whomever


@dataclass(frozen=True, slots=True)
class Bound:
    """How many times the tries of a pair are free, how soon one is forgotten, and the longest wait."""

    times: int
    forgotten_seconds: float
    longest_seconds: float


BOUNDS: dict[Counted, Bound] = {
    Counted.PAIR: Bound(times=1, forgotten_seconds=600, longest_seconds=900),
    Counted.ACCOUNT: Bound(times=20, forgotten_seconds=30, longest_seconds=60),
    Counted.NETWORK: Bound(times=20, forgotten_seconds=10, longest_seconds=60),
}


@dataclass(frozen=True, slots=True)
class Counter:
    """The guesses not forgotten yet, and until when the next one waits; times in seconds since 1970."""

    level: float = 0.0
    counted_at: float = 0.0
    blocked_until: float = 0.0
    familiar_until: float = 0.0


def wait(counters: Mapping[Counted, Counter], now: float) -> int:
    """Seconds until the next guess; at home only the pair counts, so nobody elsewhere can make it wait."""
    pair = counters.get(Counted.PAIR, Counter())
    counting = [pair] if is_at_home(counters, now) else [pair, *counters.values()]
    return max(0, math.ceil(max(each.blocked_until for each in counting) - now))


def is_at_home(counters: Mapping[Counted, Counter], now: float) -> bool:
    """Whether the account has signed in from this network before."""
    return Counted.PAIR in counters and counters[Counted.PAIR].familiar_until > now


def counted(kind: Counted, counter: Counter, tries: int, now: float) -> Counter:
    """The counter after one more guess."""
    bound = BOUNDS[kind]
    level = _level(kind, counter, now) + 1
    beyond = math.ceil(level) - tries * bound.times
    longest = LONGEST_AT_HOME_SECONDS if counter.familiar_until > now else bound.longest_seconds
    seconds = min(longest, 2.0 ** min(beyond, LARGEST_EXPONENT)) if beyond >= 0 else 0.0
    # A free guess blocks nothing, not even for the moment between the clocks of two that come at once.
    blocked_until = now + seconds if seconds else counter.blocked_until
    return replace(counter, level=level, counted_at=now, blocked_until=blocked_until)


def forgiven(kind: Counted, counter: Counter, tries: int, now: float) -> Counter:
    """The counter after that guess has proved right; the pair begins anew, the others take back one."""
    if kind is Counted.PAIR:
        return Counter(counted_at=now, familiar_until=now + FAMILIAR_SECONDS)
    level = max(0.0, _level(kind, counter, now) - 1)
    blocked_until = counter.blocked_until if math.ceil(level) >= tries * BOUNDS[kind].times else 0.0
    return replace(counter, level=level, counted_at=now, blocked_until=blocked_until)


def kept_until(kind: Counted, counter: Counter) -> float:
    """When the counter tells nothing any more."""
    forgotten = counter.counted_at + counter.level * BOUNDS[kind].forgotten_seconds
    return max(forgotten, counter.blocked_until, counter.familiar_until)


def _level(kind: Counted, counter: Counter, now: float) -> float:
    passed = max(0.0, now - counter.counted_at)
    return max(0.0, counter.level - passed / BOUNDS[kind].forgotten_seconds)


def network_of(address: str) -> str:
    """The network of an address; whatever is no address is a network of its own."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network(f"{found}/{NETWORK_BITS[found.version]}", strict=False))
