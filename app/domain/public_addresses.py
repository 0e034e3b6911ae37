"""Which addresses lie in the public Internet: what Python says of it differs between its versions."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

# IANA's registries of special-purpose addresses (RFC 6890), and multicast (RFC 5771).
NOT_PUBLIC = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ),
    )
)  # fmt: skip
# All else is unassigned, local or multicast (RFC 4291 §2.4).
GLOBAL_UNICAST = IPv6Network("2000::/3")
# Protocol assignments with Teredo, documentation, 6to4: whoever answers there is no receiver of ours.
NOT_RECEIVERS = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address, where a network has IPv6 only


def is_public(address: Address) -> bool:
    """Whether an address lies in the public Internet; one in which another is wrapped is judged by that."""
    if isinstance(address, IPv4Address):
        return not any(address in each for each in NOT_PUBLIC)
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in GLOBAL_UNICAST and not any(address in each for each in NOT_RECEIVERS)
