"""Signed notes, checkpoints, keys and proofs as text (C2SP signed-note, tlog-checkpoint, tlog-proof)."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
COSIGNATURE = b"\x04"
KEY_BYTES = HASH_BYTES = 32
SIGNATURE_BYTES = 64
ID_BYTES = 4
DASH = "— "
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
RECEIPT = "siaga-receipt/v1"
PROOF = "c2sp.org/tlog-proof@v1"


class WrongNote(ValueError):  # noqa: N818 - says what is wrong
    """A text that is not the note it should be, or that nobody known has signed."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under a name, as the log or a witness gives it out."""

    name: str
    public: bytes
    kind: bytes = ED25519

    @property
    def id(self) -> bytes:
        """The first four bytes of the hash over name and key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode(self.kind + self.public)}"

    @classmethod
    def read(cls, text: str) -> "VerifierKey":
        """A key as it is given out; raises WrongNote."""
        name, _, rest = text.strip().partition("+")
        identity, _, key = rest.partition("+")
        material = decode(key)
        if material[:1] not in {ED25519, COSIGNATURE} or len(material) != 1 + KEY_BYTES:
            raise WrongNote("The key is not of a kind that is known here.")
        made = cls(checked_name(name), material[1:], material[:1])
        if made.id.hex() != identity:
            raise WrongNote("The key does not belong to its name.")
        return made

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether this key has signed the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key of the log under its origin."""

    name: str
    private: Ed25519PrivateKey
    verifier: VerifierKey = field(init=False)  # the public half
    _id: bytes = field(init=False)

    def __post_init__(self) -> None:
        verifier = VerifierKey(self.name, self.private.public_key().public_bytes_raw())
        object.__setattr__(self, "verifier", verifier)
        object.__setattr__(self, "_id", verifier.id)

    def line(self, text: str) -> str:
        """The signature line under a note's text."""
        signature = self.private.sign(text.encode())
        return f"{DASH}{self.name} {encode(self._id + signature)}\n"


@dataclass(frozen=True, slots=True)
class Line:
    """A signature line, taken apart."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says: size and root always together."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """The checkpoint in a note's text; raises WrongNote."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not NUMBER.fullmatch(lines[1]):  # noqa: PLR2004 - no extensions
            raise WrongNote("This is no checkpoint of three lines.")
        root = decode(lines[2])
        if len(root) != HASH_BYTES:
            raise WrongNote("The root of a checkpoint has 32 bytes.")
        return cls(checked_name(lines[0]), int(lines[1]), root)


def encode(octets: bytes) -> str:
    """Base64 with padding, as notes have it."""
    return base64.b64encode(octets).decode()


def decode(text: str) -> bytes:
    """Base64 in its one canonical form; raises WrongNote."""
    try:
        octets = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise WrongNote("This is no base64.") from None
    if encode(octets) != text:
        raise WrongNote("This is not the canonical base64.")
    return octets


def checked_name(name: str) -> str:
    """A name of a key: not empty, without spaces and plus signs; raises WrongNote."""
    if not name or "+" in name or any(each.isspace() or not each.isprintable() for each in name):
        raise WrongNote("The name of a key has no spaces and no plus sign.")
    return name


def sign(text: str, *keys: SigningKey) -> str:
    """A note: the text, a blank line, and a line by each key."""
    return text + "\n" + "".join(key.line(text) for key in keys)


def split(note: str) -> tuple[str, list[Line]]:
    """The text of a note and its signature lines; raises WrongNote."""
    text, found, signatures = note.rpartition("\n\n")
    if not found or not signatures.endswith("\n"):
        raise WrongNote("A note is a text, a blank line and signatures.")
    return text + "\n", [read_line(each) for each in signatures[:-1].split("\n")]


def read_line(text: str) -> Line:
    """A signature line; raises WrongNote."""
    name, _, signed = text.removeprefix(DASH).partition(" ")
    octets = decode(signed)
    if not text.startswith(DASH) or len(octets) <= ID_BYTES:
        raise WrongNote("This is no signature line.")
    return Line(checked_name(name), octets[:ID_BYTES], octets[ID_BYTES:])


def open_note(note: str, *keys: VerifierKey) -> str:
    """The text of a note that at least one of the keys has signed, and none wrongly; raises WrongNote."""
    text, lines = split(note)
    known = {(key.name, key.id): key for key in keys if key.kind == ED25519}
    signed = [(known[at], each) for each in lines if (at := (each.name, each.key_id)) in known]
    if not signed:
        raise WrongNote("No known key has signed this note.")
    for key, line in signed:
        if not key.verify(line.signature, text.encode()):
            raise WrongNote(f"The signature of {key.name} ({key.id.hex()}) is not good.")
    return text


def cosigned_at(line: Line, text: str, key: VerifierKey) -> int:
    """When a witness cosigned a checkpoint's text (seconds since 1970); raises WrongNote."""
    if key.kind != COSIGNATURE or (line.name, line.key_id) != (key.name, key.id):
        raise WrongNote("The line is not of this witness.")
    if len(line.signature) != 8 + SIGNATURE_BYTES:
        raise WrongNote("A cosignature is a time and a signature.")
    at = int.from_bytes(line.signature[:8], "big")
    if not key.verify(line.signature[8:], f"cosignature/v1\ntime {at}\n{text}".encode()):
        raise WrongNote(f"The cosignature of {key.name} is not good.")
    return at


def receipt(key: SigningKey, index: int, leaf_hash: bytes, at: str) -> str:
    """The log's word, given before the tree is signed, that an entry stands at its place since a moment."""
    return sign(f"{RECEIPT}\n{key.name}\n{index}\n{encode(leaf_hash)}\n{at}\n", key)


def proof(index: int, hashes: Sequence[str], checkpoint: str) -> str:
    """A proof of inclusion to be checked offline (C2SP tlog-proof); its hashes are encoded already."""
    lines = "".join(f"{each}\n" for each in hashes)
    return f"{PROOF}\nindex {index}\n{lines}\n{checkpoint}"
