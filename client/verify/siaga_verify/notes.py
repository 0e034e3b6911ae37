"""Signed notes (c2sp.org/signed-note): keys, texts and the signatures under them."""

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from siaga_verify.encoding import HASH_BYTES, LARGEST_NUMBER, as_utf8, from_base64, to_base64
from siaga_verify.refusals import Malformed, Unproven

LOG = 0x01
WITNESS = 0x04
ID_BYTES = 4
SIGNATURE_BYTES = 64
TIME_BYTES = 8
LARGEST_NOTE = 262_144
MOST_SIGNATURES = 64
FIRST_PRINTABLE = " "
DASH = "\N{EM DASH} "


@dataclass(frozen=True)
class VerifierKey:
    """Who may sign: a name, a kind of signature, and an Ed25519 key."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first bytes of the hash of all three."""
        told = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(told).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self.public)}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature over these bytes is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


def is_key_name(name: str) -> bool:
    """Whether a key may be called so."""
    return bool(name) and "+" not in name and not any(each.isspace() or each < " " for each in name)


def read_key(text: str, kind: int) -> VerifierKey:
    """A key in the vkey form, of the kind that is asked for."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3 or not is_key_name(parts[0]):  # noqa: PLR2004 - name, id, key
        raise Malformed("The key is not in the form <name>+<id>+<key>.")
    content = from_base64(parts[2])
    if len(content) != HASH_BYTES + 1 or content[0] != kind:
        raise Malformed("The key {name} is not an Ed25519 key of the kind asked for.", name=parts[0])
    key = VerifierKey(parts[0], kind, content[1:])
    if key.key_id.hex() != parts[1]:
        raise Malformed("The id of the key {name} does not belong to it.", name=parts[0])
    return key


@dataclass(frozen=True)
class Signature:
    """One signature line: whose it says it is, and the bytes."""

    name: str
    key_id: bytes
    content: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {to_base64(self.key_id + self.content)}\n"


@dataclass(frozen=True)
class Note:
    """A text, and signatures nobody has looked at yet."""

    text: str
    signatures: tuple[Signature, ...]

    def by(self, key: VerifierKey) -> Signature | None:
        """The signature line that says it is of this key; two of them are refused."""
        lines = [each for each in self.signatures if (each.name, each.key_id) == (key.name, key.key_id)]
        if len(lines) > 1:
            raise Malformed("The key {name} signed the same text twice.", name=key.name)
        return lines[0] if lines else None


def read_signature(line: str) -> Signature:
    """One line, without its end."""
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not is_key_name(name):
        raise Malformed("A signature line is not in its form.")
    content = from_base64(encoded)
    if len(content) <= ID_BYTES:
        raise Malformed("A signature line is not in its form.")
    return Signature(name, content[:ID_BYTES], content[ID_BYTES:])


def read_note(content: bytes) -> Note:
    """A whole note: text, an empty line, signature lines."""
    if len(content) > LARGEST_NOTE:
        raise Malformed("The note is larger than {most} bytes.", most=LARGEST_NOTE)
    told = as_utf8(content)
    text, parted, lines = told.rpartition("\n\n")
    if not parted or not text or not lines.endswith("\n"):
        raise Malformed("The note lacks its text, its signatures or the empty line between them.")
    if any(each < FIRST_PRINTABLE and each != "\n" for each in told):
        raise Malformed("The note holds control characters.")
    signatures = lines[:-1].split("\n")
    if len(signatures) > MOST_SIGNATURES:
        raise Malformed("The note has more than {most} signatures.", most=MOST_SIGNATURES)
    return Note(text + "\n", tuple(map(read_signature, signatures)))


def signer_of(note: Note, keys: Iterable[VerifierKey]) -> VerifierKey:
    """The first of these keys that signed the text; a signature of one of them that fails refuses all."""
    signers = []
    for key in keys:
        if (line := note.by(key)) is None:
            continue
        if len(line.content) != SIGNATURE_BYTES or not key.verifies(line.content, note.text.encode()):
            raise Unproven("The signature of {name} is false.", name=key.name)
        signers.append(key)
    if not signers:
        raise Unproven("None of the keys you trust has signed it.")
    return signers[0]


def cosigned_message(text: str, at: int) -> bytes:
    """What a witness signs (c2sp.org/tlog-cosignature): when, and the whole text."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosigned_at(note: Note, witness: VerifierKey) -> int | None:
    """When a witness cosigned, in seconds since 1970; None where it did not."""
    if (line := note.by(witness)) is None:
        return None
    if len(line.content) != TIME_BYTES + SIGNATURE_BYTES:
        raise Unproven("The signature of {name} is false.", name=witness.name)
    (at,) = struct.unpack(">Q", line.content[:TIME_BYTES])
    if at > LARGEST_NUMBER or not witness.verifies(
        line.content[TIME_BYTES:], cosigned_message(note.text, at)
    ):
        raise Unproven("The signature of {name} is false.", name=witness.name)
    return int(at)


def cosign(key: Ed25519PrivateKey, witness: VerifierKey, text: str, at: int) -> Signature:
    """The cosignature of a witness over a checkpoint's text."""
    signature = key.sign(cosigned_message(text, at))
    return Signature(witness.name, witness.key_id, struct.pack(">Q", at) + signature)
