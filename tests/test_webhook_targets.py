"""Where webhooks may be sent: public addresses over TLS, whatever a name says, and what is named."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address

import pytest

from app.domain.public_addresses import is_public
from app.domain.webhooks import DeliveryError, is_sound_url
from app.services.webhook_targets import Targets, Unreachable
from app.settings import Settings
from tests.support.names import Names

PUBLIC = (
    "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "192.0.1.1",
    "198.17.255.255", "198.20.0.1", "223.255.255.255", "2400:cb00::1", "2606:4700:4700::1111",
    "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
)  # fmt: skip
NOT_PUBLIC = (
    "0.0.0.0",  # noqa: S104 - nothing is bound
    "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1",
    "127.255.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1",
    "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.19.255.255",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254",
    "64:ff9b:1::8.8.8.8", "100::1", "2001::1", "2001:0:7f00:1::", "2001:2::1", "2001:10::1", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:808:808::1", "3fff::1", "4000::1", "5f00::1",
    "fc00::1", "fd12:3456:789a::1", "fe80::1", "fec0::1", "ff02::1",
)  # fmt: skip


@asynccontextmanager
async def rule(*allowed: str) -> AsyncIterator[Targets]:
    targets = Targets(allowed)
    try:
        yield targets
    finally:
        targets.close()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    known = Names()
    monkeypatch.setattr(socket, "getaddrinfo", known)
    return known


async def refusal(targets: Targets, url: str) -> DeliveryError:
    with pytest.raises(Unreachable) as refused:
        await targets.place(url)
    return refused.value.error


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_one(address: str):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_serves_something_else_is_no_public_address(address: str):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
async def test_nothing_is_sent_there_by_address_or_by_name(names: Names, address: str):
    written = f"[{address}]" if ":" in address else address
    names.tell("hook.partner.test", [address])
    async with rule() as targets:
        assert not targets.fits(f"https://{written}/hook")
        assert await refusal(targets, f"https://{written}/hook") == DeliveryError.REFUSED_TARGET
        assert await refusal(targets, "https://hook.partner.test/hook") == DeliveryError.REFUSED_TARGET


@pytest.mark.parametrize("written", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost"])
async def test_another_spelling_of_this_machine_is_this_machine(written: str):
    """The resolver itself makes addresses of these."""
    async with rule() as targets:
        assert await refusal(targets, f"https://{written}/hook") == DeliveryError.REFUSED_TARGET


async def test_one_private_address_among_others_is_enough(names: Names):
    names.tell("hook.partner.test", ["8.8.8.8", "2606:4700::1", "10.0.0.1"])
    async with rule() as targets:
        assert await refusal(targets, "https://hook.partner.test/") == DeliveryError.REFUSED_TARGET


async def test_a_name_without_address_is_told_as_such(names: Names):
    names.tell("empty.partner.test", [])
    async with rule() as targets:
        for host in ("unknown.partner.test", "empty.partner.test", f"{'a' * 64}.test"):
            assert await refusal(targets, f"https://{host}/") == DeliveryError.NO_ADDRESS


async def test_the_place_has_the_judged_addresses_and_the_name_is_asked_once(names: Names):
    names.tell("hook.partner.test", ["8.8.8.8", "2606:4700::1", "8.8.8.8"], ["127.0.0.1"])
    async with rule() as targets:
        place = await targets.place("https://hook.partner.test:8443/a//b?c=%64#")
    assert place.urls == ("https://8.8.8.8:8443/a//b?c=%64", "https://[2606:4700::1]:8443/a//b?c=%64")
    assert (place.host, place.authority) == ("hook.partner.test", "hook.partner.test:8443")
    assert names.asked == ["hook.partner.test"]


async def test_it_is_judged_again_each_time(names: Names):
    names.tell("hook.partner.test", ["8.8.8.8"], ["127.0.0.1"], ["8.8.8.8"])
    async with rule() as targets:
        await targets.place("https://hook.partner.test/")
        assert await refusal(targets, "https://hook.partner.test/") == DeliveryError.REFUSED_TARGET
        await targets.place("https://hook.partner.test/")


async def test_without_tls_only_what_the_operator_named(names: Names):
    for host in ("hook.partner.test", "hook.polda.internal"):
        names.tell(host, ["8.8.8.8"])
    async with rule("hook.polda.internal", "10.20.0.0/16", "fd00:1::/32") as targets:
        assert await refusal(targets, "http://hook.partner.test/") == DeliveryError.REFUSED_TARGET
        assert await refusal(targets, "http://8.8.8.8/") == DeliveryError.REFUSED_TARGET
        for url in ("http://HOOK.polda.internal./", "http://10.20.3.4:8080/", "http://[fd00:1::5]/"):
            assert targets.fits(url)


async def test_a_network_is_named_from_end_to_end_and_no_further(names: Names):
    known = {f"hook{n}.test": [each] for n, each in enumerate(("10.20.255.255", "10.9.0.7", "fd00:1::5"))}
    unknown = {f"other{n}.test": [each] for n, each in enumerate(("10.21.0.0", "10.9.0.8", "fd00:2::5"))}
    for host, addresses in {**known, **unknown}.items():
        names.tell(host, addresses)
    async with rule("10.20.0.0/16", "10.9.0.7", "fd00:1::/32") as targets:
        for host in known:
            assert (await targets.place(f"https://{host}/")).host == host
        for host in unknown:
            assert await refusal(targets, f"https://{host}/") == DeliveryError.REFUSED_TARGET


async def test_a_named_host_may_be_anywhere_and_no_other_host_with_it(names: Names):
    for host in ("hook.polda.internal", "evil.hook.polda.internal", "hook.polda.internal.test"):
        names.tell(host, ["10.0.0.1"])
    async with rule("Hook.Polda.internal.") as targets:
        assert (await targets.place("http://hook.polda.internal/")).urls == ("http://10.0.0.1:80/",)
        for host in ("evil.hook.polda.internal", "hook.polda.internal.test"):
            assert await refusal(targets, f"https://{host}/") == DeliveryError.REFUSED_TARGET


@pytest.mark.parametrize(
    "url",
    [
        "", "hook", "//hook.test/", "ftp://hook.test/", "file:///etc/passwd", "https://", "https:///hook",
        "https://name@hook.test/", "https://name:word@hook.test/", "https://hook.test/#part",
        "https://hook.test:99999/", "https://hook.test:0/", "https://hook.test:x/", "https://hook.test\\@evil.test/",
        "https://hook.test/ x", "https://hook.test/\n", "https://höök.test/", "https://[::1/", "gopher://hook.test/",
    ],
)  # fmt: skip
def test_an_address_that_is_none_of_a_receiver(url: str):
    assert not is_sound_url(url)


@pytest.mark.parametrize("url", ["https://hook.test", "https://hook.test:8443/a?b=c", "http://[fd00::1]/"])
def test_an_address_of_a_receiver(url: str):
    assert is_sound_url(url)


@pytest.mark.parametrize(
    "slip", ["10.20.0.1/16", "10.20.0.0/33", "https://hook.test", "*.test", "a b", "", "10.1"]
)
def test_a_slip_in_what_the_operator_names_is_told_at_start(slip: str):
    with pytest.raises(ValueError, match="webhook_targets"):
        Settings(webhook_targets=(slip,))


@pytest.mark.parametrize(
    "named", ["hook.polda.internal", "localhost", "10.20.0.0/16", "10.1.2.3", "fd00::/8", "::1"]
)
def test_what_the_operator_may_name(named: str):
    assert Settings(webhook_targets=(named,)).webhook_targets == (named,)
