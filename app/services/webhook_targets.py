"""Where webhooks may be sent, judged each time: public addresses over TLS, and what the operator names."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from app.domain.public_addresses import Address, is_public
from app.domain.webhooks import DeliveryError

RESOLVE_SECONDS = 3.0
MOST_ADDRESSES = 4  # of one name that are tried
RESOLVERS = 8  # threads of their own: a slow name server holds nobody else up
PORTS = {"http": 80, "https": 443}


class Unreachable(Exception):  # noqa: N818 - says what happened
    """Nothing can be sent there."""

    def __init__(self, error: DeliveryError) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class Place:
    """A receiver as it is reached now: the addresses are those that were judged."""

    urls: tuple[str, ...]  # with each address in the place of the host's name
    host: str  # for TLS
    authority: str  # for the header `Host`


class Targets:
    """The rule of one deployment; `allowed` are names of hosts, addresses and networks."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self._names: set[str] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for each in allowed:
            try:
                self._networks.append(ipaddress.ip_network(each))
            except ValueError:
                self._names.add(each.lower().rstrip("."))
        self._resolvers = ThreadPoolExecutor(RESOLVERS, thread_name_prefix="webhook-names")

    def close(self) -> None:
        """Give the threads back."""
        self._resolvers.shutdown(wait=False, cancel_futures=True)

    def fits(self, url: str) -> bool:
        """Whether a webhook may be made with this address, as far as it tells by itself."""
        parts = urlsplit(url)
        literal = _literal(parts.hostname or "")
        if literal is not None:
            return self._is_named(literal) or (parts.scheme == "https" and is_public(literal))
        return parts.scheme == "https" or self._is_listed(parts.hostname or "")

    async def place(self, url: str) -> Place:
        """Look the host up; raises Unreachable where one of its addresses is not for webhooks."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if not self.fits(url):
            raise Unreachable(DeliveryError.REFUSED_TARGET)
        port = parts.port or PORTS[parts.scheme]
        addresses = await self._addresses(host, port)
        is_listed = self._is_listed(host)
        if not all(is_listed or self._is_named(each) or is_public(each) for each in addresses):
            raise Unreachable(DeliveryError.REFUSED_TARGET)
        urls = (parts._replace(netloc=f"{_written(each)}:{port}").geturl() for each in addresses)
        return Place(tuple(urls)[:MOST_ADDRESSES], host.rstrip("."), parts.netloc)

    async def _addresses(self, host: str, port: int) -> list[Address]:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                found = await loop.run_in_executor(self._resolvers, _look_up, host, port)
        except (TimeoutError, OSError, UnicodeError):
            raise Unreachable(DeliveryError.NO_ADDRESS) from None
        if not found:
            raise Unreachable(DeliveryError.NO_ADDRESS)
        return found

    def _is_listed(self, host: str) -> bool:
        return host.lower().rstrip(".") in self._names

    def _is_named(self, address: Address) -> bool:
        return any(address in each for each in self._networks)


def _look_up(host: str, port: int) -> list[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found))


def _written(address: Address) -> str:
    return f"[{address}]" if isinstance(address, ipaddress.IPv6Address) else str(address)


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
