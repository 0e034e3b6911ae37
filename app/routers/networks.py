"""From where a request comes, and whether its account may be used from there."""

import ipaddress
from functools import lru_cache

from fastapi import Request

from app.domain.actors import Actor
from app.domain.errors import Forbidden
from app.services.authority import Authority

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def client_address(request: Request) -> Address | None:
    """The other end of the socket; behind proxies that the settings trust, whom the last of them names."""
    trusted: tuple[Network, ...] = request.app.state.settings.trusted_proxies
    found = _address(request.client.host if request.client else "")
    if not trusted or found is None or not _is_in(found, trusted):
        return found
    named = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for each in reversed(named):
        before = _address(each.strip())
        if before is None:
            return found
        found = before
        if not _is_in(found, trusted):
            break
    return found


def authority_of(request: Request) -> Authority:
    """Who gives tokens, as asked from where the request comes."""
    authority: Authority = request.app.state.authority
    return authority.asked_from(str(client_address(request) or ""))


def _address(text: str) -> Address | None:
    """An address; one of IPv4 that is written as IPv6 is that of IPv4."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_in(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)


@lru_cache(maxsize=1_000)
def _networks(written: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(map(ipaddress.ip_network, written))


def require_network(request: Request, actor: Actor) -> None:
    """Raise Forbidden where the account may not be used from the caller's network."""
    if actor.allowed_networks is None:
        return
    address = client_address(request)
    if address is None or not _is_in(address, _networks(actor.allowed_networks)):
        raise Forbidden("This account may not be used from {address}.", address=address or "here")
