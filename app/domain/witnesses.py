"""Witnesses of the ledger: how each of them stands, why, and how many agencies make a quorum."""

from collections.abc import Collection
from enum import StrEnum

from app.domain.incident_kinds import Label

OPERATOR = "siaga"  # the host agency: its word about its own log adds nothing
LONGEST_WAIT_SECONDS = 300.0
LARGEST_DOUBLING = 10


class WitnessState(StrEnum):
    """What came of it when the witness was asked last."""

    CONTRADICTS = "contradicts"
    COSIGNS = "cosigns"
    REFUSES = "refuses"
    UNREACHABLE = "unreachable"
    WAITING = "waiting"


class WitnessReason(StrEnum):
    """Why it did not cosign."""

    BUSY = "busy"
    FALSE_SIGNATURE = "false_signature"
    FALSE_TIME = "false_time"
    FORGOT = "forgot"
    NO_ANSWER = "no_answer"
    NOT_UNDERSTOOD = "not_understood"
    OTHER_ROOT = "other_root"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_LOG = "unknown_log"
    UNKNOWN_SIZE = "unknown_size"
    UNREADABLE = "unreadable"


WITNESS_STATES: dict[str, Label] = {
    WitnessState.CONTRADICTS: ("Bertentangan dengan buku besar", "Contradicts the ledger"),
    WitnessState.COSIGNS: ("Ikut menandatangani", "Cosigns"),
    WitnessState.REFUSES: ("Menolak", "Refuses"),
    WitnessState.UNREACHABLE: ("Tidak terjangkau", "Unreachable"),
    WitnessState.WAITING: ("Belum pernah diminta", "Not asked yet"),
}
WITNESS_REASONS: dict[str, Label] = {
    WitnessReason.BUSY: ("Sedang sibuk", "It is busy"),
    WitnessReason.FALSE_SIGNATURE: ("Tanda tangannya palsu", "Its signature is false"),
    WitnessReason.FALSE_TIME: ("Waktunya di masa depan", "Its time lies in the future"),
    WitnessReason.FORGOT: (
        "Lupa akan ukuran yang telah ditandatanganinya",
        "It forgot a size that it had cosigned",
    ),
    WitnessReason.NO_ANSWER: ("Tidak menjawab pada waktunya", "No answer in time"),
    WitnessReason.NOT_UNDERSTOOD: ("Tidak memahami permintaan", "It does not understand the request"),
    WitnessReason.OTHER_ROOT: (
        "Mengenal isi lain untuk ukuran yang sama",
        "It knows other contents of the same size",
    ),
    WitnessReason.UNKNOWN_KEY: ("Tidak mengenal kunci buku besar", "It does not know the key of the ledger"),
    WitnessReason.UNKNOWN_LOG: ("Tidak mengenal buku besar ini", "It does not know this ledger"),
    WitnessReason.UNKNOWN_SIZE: (
        "Menyebut ukuran yang tidak pernah ditandatangani buku besar",
        "It tells of a size that the ledger never signed",
    ),
    WitnessReason.UNREADABLE: ("Jawabannya tidak terbaca", "Its answer cannot be read"),
}

CONTRADICTIONS = frozenset(
    {
        WitnessReason.FALSE_SIGNATURE,
        WitnessReason.FALSE_TIME,
        WitnessReason.FORGOT,
        WitnessReason.OTHER_ROOT,
        WitnessReason.UNKNOWN_SIZE,
    }
)
SILENCES = frozenset({WitnessReason.BUSY, WitnessReason.NO_ANSWER})


def state_of(reason: WitnessReason | None) -> WitnessState:
    """How a witness stands after it was asked."""
    if reason is None:
        return WitnessState.COSIGNS
    if reason in CONTRADICTIONS:
        return WitnessState.CONTRADICTS
    return WitnessState.UNREACHABLE if reason in SILENCES else WitnessState.REFUSES


def counted(agencies: Collection[str]) -> int:
    """How many agencies count: each once, the operator never."""
    return len({*agencies} - {OPERATOR})


def seconds_until_next(every: float, failures: int) -> float:
    """Who fails is asked less and less often, but never given up."""
    return min(every * 2.0 ** min(failures, LARGEST_DOUBLING), max(every, LONGEST_WAIT_SECONDS))
