"""The access log: what is noted of reading and of refusals, who may read it, and how its rows are chained."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from app.domain.conditions import Either, Every, Is, Not, OneOf
from app.domain.incident_kinds import Label
from app.domain.sharing import SAME_WORLD, Classification, Tlp


class AccessKind(StrEnum):
    """What was done or refused."""

    ANONYMOUS = "anonymous"
    ATTACHMENT_READ = "attachment_read"
    BREAK_GLASS_READ = "break_glass_read"
    DATA_COPY_READ = "data_copy_read"
    DENIED = "denied"
    EXPORTED = "exported"
    HIDDEN = "hidden"
    PARTIES_READ = "parties_read"
    RECORD_READ = "record_read"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_SLOWED = "sign_in_slowed"


K = AccessKind
ACCESS_KINDS: dict[str, Label] = {
    K.ANONYMOUS: (
        "Permintaan tanpa akun yang ditolak, hanya jumlahnya",
        "Refused requests without an account, only how many",
    ),
    K.ATTACHMENT_READ: ("Isi lampiran diunduh", "The content of an attachment was downloaded"),
    K.BREAK_GLASS_READ: (
        "Catatan dibaca melalui akses darurat",
        "A record was read after breaking the glass",
    ),
    K.DATA_COPY_READ: (
        "Salinan data pribadi untuk pemohon akses dibaca",
        "The copy of a person's data for their request for access was read",
    ),
    K.DENIED: (
        "Permintaan ditolak karena tidak berwenang (403)",
        "A request was refused for want of a right (403)",
    ),
    K.EXPORTED: (
        "Semua yang boleh dibaca diambil sekaligus; bagi pemilik, berapa yang rahasia atau RED di antaranya",
        "All that may be read was taken at once; for an owner, how much of it is rahasia or RED",
    ),
    K.HIDDEN: (
        "Catatan yang tidak boleh diketahui diminta (404)",
        "A record that may not be known of was asked for (404)",
    ),
    K.PARTIES_READ: ("Identitas orang dibaca", "The identity of persons was read"),
    K.RECORD_READ: ("Catatan rahasia atau RED dibaca", "A record that is rahasia or RED was read"),
    K.SIGN_IN: ("Masuk", "A sign-in"),
    K.SIGN_IN_FAILED: ("Gagal masuk", "A sign-in that failed"),
    K.SIGN_IN_SLOWED: (
        "Percobaan masuk yang ditahan, hanya jumlahnya",
        "Sign-ins that were held back after many tries, only how many",
    ),
}

# Reads of these are noted; reads of all else are not.
NOTED = Either(OneOf("classification", (Classification.RAHASIA,)), OneOf("tlp", (Tlp.RED,)))

# What an auditor reads: what its own accounts did, and what was done to its own records. That a hidden record
# was asked for stands before its owner only: to the other side it would say that there is one.
READABLE = Every(
    SAME_WORLD,
    Either(
        Every(Is("agency", "agency"), Not(OneOf("kind", (K.HIDDEN,)))),
        Is("owner_agency", "agency"),
    ),
)

FIRST = "0" * 64  # what the first row is chained to


def chained(before: str, row: Mapping[str, Any]) -> str:
    """The hash of a row and of all rows before it."""
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{before}{text}".encode()).hexdigest()
