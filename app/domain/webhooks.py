"""Webhooks: what becomes of a delivery, how long is waited after a failure, and where none may be sent."""

from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from app.domain.incident_kinds import Label

MOST_OF_ONE_ACCOUNT = 20
LONGEST_OVERLAP = timedelta(days=7)  # of an old secret with its successor
MOST_REPLAYED = 1_000  # positions at once
SIGNING_OCTETS = 32  # Standard Webhooks: at least 24, at most 64
PING = -1  # the position of what tests a webhook

# After the n-th refusal of a message, then it is given up: over five days together, however the jitter falls.
DELAYS = (
    *map(timedelta, (0,) * 6, (5, 30, 120, 600, 1_800, 3_600)),
    *(timedelta(hours=each) for each in (2, 4, 8, *[12] * 12)),
)
# How long a receiver that takes nothing is left alone; then one message tries. It may last for weeks.
RESTS = tuple(timedelta(seconds=each) for each in (5, 15, 60, 180, 600, 1_800))
RESTS_OF_WHO_ANSWERS = RESTS[:3]  # what was refused may be the one bad message, and new ones wait behind it
LONGEST_RETRY_AFTER = timedelta(days=1)
JITTER = 0.2


class DeliveryState(StrEnum):
    """What became of a delivery."""

    DELIVERED = "delivered"
    FAILED = "failed"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class DeliveryError(StrEnum):
    """Why an attempt failed."""

    KEY_LOST = "key_lost"
    NO_ADDRESS = "no_address"
    NO_CONNECTION = "no_connection"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    REFUSED_TARGET = "refused_target"
    TIMEOUT = "timeout"
    TLS = "tls"


# These are no word about the receiver as a whole: other messages may well go through.
ABOUT_ONE_MESSAGE = frozenset({DeliveryError.REDIRECTED, DeliveryError.REFUSED})
TOO_MANY = 429
# Of a receiver that takes nothing at present, or of what stands before it.
NOT_ONLY_ABOUT_ONE = frozenset({401, 403, 408, TOO_MANY, 502, 503, 504})
FIRST_OF_THE_SERVER = 500


def delay_after(refusals: int, chance: float) -> timedelta | None:
    """How long a message waits after so many refusals; None where it is given up; chance: 0 to 1."""
    return _spread(DELAYS[refusals - 1], chance) if refusals <= len(DELAYS) else None


def rest_after(failures: int, chance: float, *, answers: bool) -> timedelta:
    """How long a receiver is left alone that has failed so many times in a row; whether it answers at all."""
    rests = RESTS_OF_WHO_ANSWERS if answers else RESTS
    return _spread(rests[min(failures, len(rests)) - 1], chance)


def _spread(delay: timedelta, chance: float) -> timedelta:
    return delay * (1 + JITTER * (2 * chance - 1))


def is_of_the_receiver(error: DeliveryError, status: int | None) -> bool:
    """Whether the failure may say that nothing else would go through now."""
    if error not in ABOUT_ONE_MESSAGE or status in NOT_ONLY_ABOUT_ONE:
        return True
    return status is not None and status >= FIRST_OF_THE_SERVER


def is_of_the_message(error: DeliveryError, status: int | None, *, others_pass: bool) -> bool:
    """Whether the failure counts against the message: in days of it the message is given up.

    A fault of the server (500) counts for both: it may meet this message each time, or all of them.
    """
    if error in ABOUT_ONE_MESSAGE and status not in NOT_ONLY_ABOUT_ONE:
        return True
    may_be = error in ABOUT_ONE_MESSAGE or error == DeliveryError.TIMEOUT
    return others_pass and may_be and status != TOO_MANY


def is_sound_url(url: str) -> bool:
    """Whether this is a whole address of a receiver: no name or password in it, and no fragment."""
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and has_port
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and url.isascii()
        and url.isprintable()
        and {*' #"<>\\^`{|}'}.isdisjoint(url)
    )


DELIVERY_STATES: dict[str, Label] = {
    DeliveryState.DELIVERED: ("Terkirim", "Delivered"),
    DeliveryState.FAILED: ("Gagal, tidak dicoba lagi", "Failed, given up"),
    DeliveryState.WAITING: ("Menunggu", "Waiting"),
    DeliveryState.WITHDRAWN: ("Ditarik, tidak ada lagi yang boleh diketahui", "Withdrawn, nothing to know"),
}
DELIVERY_ERRORS: dict[str, Label] = {
    DeliveryError.KEY_LOST: (
        "SIAGA tidak dapat lagi membuka rahasia webhook ini: gantilah rahasianya",
        "SIAGA can no longer open the secret of this webhook: change it",
    ),
    DeliveryError.NO_ADDRESS: ("Nama host tidak ditemukan", "The host name has no address"),
    DeliveryError.NO_CONNECTION: ("Tidak ada sambungan", "No connection"),
    DeliveryError.REDIRECTED: ("Penerima mengalihkan ke alamat lain", "The receiver points elsewhere"),
    DeliveryError.REFUSED: ("Ditolak penerima", "The receiver refused"),
    DeliveryError.REFUSED_TARGET: ("Alamat tidak diperbolehkan", "The address is not allowed"),
    DeliveryError.TIMEOUT: ("Tidak menjawab pada waktunya", "No answer in time"),
    DeliveryError.TLS: ("Sertifikat TLS tidak sah", "The TLS certificate does not count"),
}
