"""A log made by the letter of RFC 6962, slowly and without a line of what is tested."""

import base64
import hashlib
import json
import os
import struct
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "siaga.test/ledger"
AT = "2026-11-25T02:03:04.000005Z"


def h(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def tree(leaves: list[bytes]) -> bytes:
    if not leaves:
        return h(b"")
    if len(leaves) == 1:
        return h(b"\0" + leaves[0])
    k = split(len(leaves))
    return h(b"\1" + tree(leaves[:k]) + tree(leaves[k:]))


def split(n: int) -> int:
    """The largest power of two below n."""
    return 1 << ((n - 1).bit_length() - 1)


def inclusion(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*inclusion(m, leaves[:k]), tree(leaves[k:])]
    return [*inclusion(m - k, leaves[k:]), tree(leaves[:k])]


def consistency(m: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    if m == len(leaves):
        return [] if whole else [tree(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*consistency(m, leaves[:k], whole=whole), tree(leaves[k:])]
    return [*consistency(m - k, leaves[k:], whole=False), tree(leaves[:k])]


class Signer:
    """A key with a name: of a log (kind 1) or of a witness (kind 4)."""

    def __init__(self, name: str = ORIGIN, kind: int = 1) -> None:
        self.name, self.kind = name, kind
        self.key = Ed25519PrivateKey.generate()
        self.public = bytes([kind]) + self.key.public_key().public_bytes_raw()
        self.id = h(name.encode() + b"\n" + self.public)[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64(self.public)}"

    def line(self, text: str, at: int = 1_795_000_000) -> str:
        if self.kind == 1:
            signature = self.key.sign(text.encode())
        else:
            signed = self.key.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
            signature = struct.pack(">Q", at) + signed
        return f"— {self.name} {b64(self.id + signature)}\n"

    def note(self, text: str, *others: "Signer", at: int = 1_795_000_000) -> bytes:
        return (f"{text}\n{self.line(text)}" + "".join(each.line(text, at) for each in others)).encode()


class SampleLog:
    """Leaves and a key; gives what a log of SIAGA serves."""

    def __init__(self, leaves: list[bytes], signer: Signer | None = None) -> None:
        self.leaves = leaves
        self.signer = signer or Signer()

    def checkpoint(self, size: int | None = None, *witnesses: Signer, at: int = 1_795_000_000) -> bytes:
        size = len(self.leaves) if size is None else size
        text = f"{self.signer.name}\n{size}\n{b64(tree(self.leaves[:size]))}\n"
        return self.signer.note(text, *witnesses, at=at)

    def text_proof(self, index: int, size: int | None = None) -> bytes:
        size = len(self.leaves) if size is None else size
        lines = [b64(each) for each in inclusion(index, self.leaves[:size])]
        head = "\n".join(["c2sp.org/tlog-proof@v1", f"index {index}", *lines])
        return f"{head}\n\n".encode() + self.checkpoint(size)

    def json_proof(self, index: int) -> dict[str, Any]:
        return {
            "index": index,
            "tree_size": len(self.leaves),
            "leaf": self.leaves[index].decode(),
            "leaf_hash": b64(h(b"\0" + self.leaves[index])),
            "inclusion": [b64(each) for each in inclusion(index, self.leaves)],
            "checkpoint": self.checkpoint().decode(),
        }

    def receipt(self, index: int, leaf: bytes | None = None, at: str = AT) -> bytes:
        hashed = h(b"\0" + (leaf or self.leaves[index]))
        return self.signer.note(f"siaga-receipt/v1\n{self.signer.name}\n{index}\n{b64(hashed)}\n{at}\n")

    def write(self, root: Path, size: int | None = None, checkpoint: bytes | None = None) -> Path:
        leaves = self.leaves[:size]
        level = [h(b"\0" + each) for each in leaves]
        number = 0
        while level:
            self._tiles(root, str(number), level)
            level = [full(level[at : at + 256]) for at in range(0, len(level) - 255, 256)]
            number += 1
        for at in range(0, len(leaves), 256):
            part = leaves[at : at + 256]
            bundle = b"".join(struct.pack(">H", len(each)) + each for each in part)
            put(root / "tile" / "entries" / name(at // 256, len(part)), bundle)
        put(root / "checkpoint", checkpoint or self.checkpoint(len(leaves)))
        return root

    def _tiles(self, root: Path, level: str, hashes: list[bytes]) -> None:
        for at in range(0, len(hashes), 256):
            part = hashes[at : at + 256]
            put(root / "tile" / level / name(at // 256, len(part)), b"".join(part))


def full(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [h(b"\1" + hashes[at] + hashes[at + 1]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def name(number: int, width: int) -> str:
    digits = str(number)
    while len(digits) % 3:
        digits = "0" + digits
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join(["x" + each for each in parts[:-1]] + parts[-1:])
    return path if width == 256 else f"{path}.p/{width}"


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def commit(values: dict[str, Any]) -> tuple[bytes, list[str]]:
    """A leaf of SIAGA over these values, and their disclosures."""
    disclosures = [
        b64url(json.dumps([os.urandom(16).hex(), each, value], ensure_ascii=False).encode())
        for each, value in values.items()
    ]
    digests = [b64url(h(each.encode())) for each in disclosures]
    digests += [b64url(os.urandom(32)) for _ in range(56 - len(digests))]
    leaf = json.dumps({"_sd": sorted(digests), "v": 1}, separators=(",", ":"))
    return leaf.encode(), disclosures


def disclosed(between: int = 3, versions: int = 3) -> tuple[SampleLog, dict[str, Any]]:
    """A log with the entries of a record among others, and the file that discloses them."""
    record, leaves, told, previous = "0198-record", [], [], None
    for version in range(versions):
        leaf, disclosures = commit(
            {
                "#record_id": record, "#record_type": "incident", "#version": version, "#prev": previous,
                "/title": f"Kotak suara basah {version} (fiktif)", "/kind": "log_damage",
            }
        )  # fmt: skip
        told.append((len(leaves), leaf, disclosures))
        previous = h(b"\0" + leaf).hex()
        leaves += [leaf, *(commit({"/title": "lain"})[0] for _ in range(between))]
    log = SampleLog(leaves)
    return log, {
        "format": "siaga-disclosure/v1",
        "origin": ORIGIN,
        "record_type": "incident",
        "record_id": record,
        "checkpoint": log.checkpoint().decode(),
        "entries": [
            {
                "index": index, "leaf": leaf.decode(), "disclosures": disclosures, "erased": [],
                "inclusion": [b64(each) for each in inclusion(index, leaves)],
            }
            for index, leaf, disclosures in told
        ],
    }  # fmt: skip


def numbered(count: int) -> list[bytes]:
    return [f"leaf {each}".encode() for each in range(count)]
