"""What a leaf of the ledger says of an entry: salted commitments, each to be told or forgotten alone.

A commitment is the digest of a disclosure of RFC 9901 (§4.2.3), the text of `[salt, name, value]`. A leaf
holds 56 digests and nothing else, so all leaves look alike; decoys (§4.2.5) fill what an entry does not need.
The form is published and signed: version 1 of it never changes.
"""

import hashlib
import json
import secrets
from binascii import b2a_base64, hexlify
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring
from typing import Any

DIGESTS = 56
HASH_BYTES = 32
SALT_CHARACTERS = 32  # 128 bits in hexadecimal digits
PREVIOUS = "#prev"
# What an entry says of itself, in the order in which the salts of these names are kept.
OWN_NAMES = (
    "#id", "#at", "#action", "#account", "#agency", "#role", "#record_type", "#record_id", "#subject_type",
    "#subject_id", "#version", "#marking_before", "#marking", PREVIOUS,
)  # fmt: skip
SALTS = len(OWN_NAMES) + 1  # the last is the secret from which the decoys come
LEAF_BYTES = len('{"_sd":[],"v":1}') + DIGESTS * 46 - 1
PADDING = (b"", b"\0\0", b"\0")
URL_SAFE = bytes.maketrans(b"+/", b"-_")

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class TooMuchSaid(ValueError):  # noqa: N818 - says what is wrong
    """An entry has more values than a leaf has room for."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf of the tree: its hash, and its digests in the order in which they stand in it."""

    hash: bytes
    digests: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as far as it is committed to before its place in the ledger is known."""

    salts: str
    digests: list[bytes]

    def after(self, previous: bytes | None) -> Leaf:
        """The leaf, once the leaf before it of the same record is known."""
        salt = self.salts[SALT_CHARACTERS * (len(OWN_NAMES) - 1) :][:SALT_CHARACTERS]
        said = previous.hex() if previous else None
        return leaf_of([*self.digests, digest(disclosure(salt, PREVIOUS, said))])


@cache
def _encoded_name(name: str) -> str:
    return f'",{encode(name)},'


def _encoded(value: Any) -> str:
    """The value as JSON; most are short texts, numbers or nothing, for which the encoder does too much."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if value is None:
        return "null"
    if kind is int:
        return str(value)
    return "[]" if value == [] else encode(value)


def _text(salt: str, name: str, value: Any) -> bytes:
    return f'["{salt}{_encoded_name(name)}{_encoded(value)}]'.encode()


def disclosure(salt: str, name: str, value: Any) -> bytes:
    """What is handed to who may know a value: base64url of `[salt, name, value]`."""
    return b2a_base64(_text(salt, name, value), newline=False).translate(URL_SAFE).rstrip(b"=")


def digests_of(said: Sequence[tuple[str, str, Any]]) -> list[bytes]:
    """The digests of many disclosures, in half the time: the texts are encoded at once, padded to threes."""
    texts = [_text(*each) for each in said]
    padded = b"".join([each + PADDING[len(each) % 3] for each in texts])
    encoded = b2a_base64(padded, newline=False).translate(URL_SAFE)
    made, at, sha256 = [], 0, hashlib.sha256
    for each in texts:
        length = len(each)
        made.append(sha256(encoded[at : at + (8 * length + 5) // 6]).digest())
        at += (length + 2) // 3 * 4
    return made


def digest(disclosed: bytes) -> bytes:
    """The commitment to what is disclosed."""
    return hashlib.sha256(disclosed).digest()


def decoys(secret: str, count: int) -> list[bytes]:
    """Digests that commit to nothing; without the secret nobody tells them from others."""
    made = hashlib.shake_256(secret.encode()).digest(HASH_BYTES * count)
    return [made[at : at + HASH_BYTES] for at in range(0, len(made), HASH_BYTES)]


def split_salts(salts: str) -> list[str]:
    """The salts of an entry: one for each of `OWN_NAMES`, then the secret of the decoys."""
    return [salts[at : at + SALT_CHARACTERS] for at in range(0, len(salts), SALT_CHARACTERS)]


def seal(own: Mapping[str, Any], fields: Mapping[str, Sequence[Any]]) -> Sealed:
    """Commit to all that an entry says but its predecessor; `fields` are `{path: [salt, value]}`."""
    room = DIGESTS - len(OWN_NAMES) - len(fields)
    if room < 1:
        raise TooMuchSaid(f"An entry has {len(fields)} values; a leaf has no room for them.")
    salts = hexlify(secrets.token_bytes(SALT_CHARACTERS // 2 * SALTS)).decode()
    each_salt = split_salts(salts)
    said = [(salt, name, own[name]) for salt, name in zip(each_salt, OWN_NAMES[:-1], strict=False)]
    said += [(salt, path, value) for path, (salt, value) in fields.items()]
    made = [*digests_of(said), *decoys(each_salt[-1], room)]
    return Sealed(salts, made)


def leaf_of(digests: list[bytes]) -> Leaf:
    """The leaf with these digests, sorted as they are written: their order tells nothing."""
    if len(digests) != DIGESTS:
        raise TooMuchSaid(f"A leaf has {DIGESTS} digests, not {len(digests)}.")
    texts = _texts(digests)
    of = dict(zip(texts, digests, strict=True))
    texts.sort()
    return Leaf(leaf_hash(_written(texts)), b"".join([of[each] for each in texts]))


def leaf_bytes(digests: bytes) -> bytes:
    """The leaf as the log publishes it: canonical JSON (RFC 8785) of `{"_sd", "v"}`."""
    return _written(_texts([digests[at : at + HASH_BYTES] for at in range(0, len(digests), HASH_BYTES)]))


def _texts(digests: Sequence[bytes]) -> list[bytes]:
    """Each in base64url: 32 bytes and a zero are 44 characters, of which the first 43 are the digest."""
    text = b2a_base64(b"\0".join(digests) + b"\0", newline=False).translate(URL_SAFE)
    return [text[at : at + 43] for at in range(0, len(text), 44)]


def _written(encoded: Sequence[bytes]) -> bytes:
    return b'{"_sd":["' + b'","'.join(encoded) + b'"],"v":1}'


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf (RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\0" + leaf).digest()
