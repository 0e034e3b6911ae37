"""Attachments: what files are taken, how their content tells what they are, and who held them for what."""

import re
import unicodedata
from enum import StrEnum

from app.domain.incident_kinds import Label

HEAD_BYTES = 64  # of a file, enough to tell what it is
LONGEST_NAME = 150
UNTOLD = frozenset({"", "application/octet-stream"})  # what a client declares that does not know
# Windows with Excel declares a CSV file so.
ALIASES = {"application/vnd.ms-excel": "text/csv", "application/csv": "text/csv", "image/jpg": "image/jpeg"}


class MediaType(StrEnum):
    """What may be attached; each is told by its content, never by its name."""

    CSV = "text/csv"
    JPEG = "image/jpeg"
    MP4 = "video/mp4"
    PDF = "application/pdf"
    PNG = "image/png"
    TEXT = "text/plain"
    WEBP = "image/webp"


ENDINGS: dict[MediaType, tuple[str, ...]] = {
    MediaType.CSV: (".csv",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.MP4: (".mp4",),
    MediaType.PDF: (".pdf",),
    MediaType.PNG: (".png",),
    MediaType.TEXT: (".txt", ".log"),
    MediaType.WEBP: (".webp",),
}
MAGIC: dict[MediaType, re.Pattern[bytes]] = {
    MediaType.JPEG: re.compile(rb"\xff\xd8\xff"),
    # A QuickTime file is no MP4; these brands are those of ISO 14496 that phones and cameras write.
    MediaType.MP4: re.compile(rb"\x00\x00\x00.ftyp(avc1|iso[2-9m]|M4V |MSNV|mp4[12])", re.DOTALL),
    MediaType.PDF: re.compile(rb"%PDF-[12]\.[0-9]"),
    MediaType.PNG: re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    MediaType.WEBP: re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL),
}
# Text that a browser might take for a page, whatever it is called.
MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(!|\?xml|html|head|body|script|svg|iframe)", re.IGNORECASE)
NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What changes how a name looks without being seen: controls, formats such as "right to left from here".
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


def types_told_by(head: bytes, *, is_text: bool) -> frozenset[MediaType]:
    """What a file may be, by its first bytes and by whether all of it is text in UTF-8."""
    found = {kind for kind, magic in MAGIC.items() if magic.match(head)}
    if is_text and not found and not MARKUP.match(head):
        found = {MediaType.CSV, MediaType.TEXT}
    return frozenset(found)


def agreed_type(declared: str, told: frozenset[MediaType], name: str) -> MediaType | None:
    """The media type, if what was declared agrees with the content; None where it does not.

    Content cannot tell a table from other text: there the name does, if nothing was declared.
    """
    wanted = ALIASES.get(declared, declared)
    if wanted not in UNTOLD:
        return next((kind for kind in told if kind == wanted), None)
    fitting = sorted(kind for kind in told if name.lower().endswith(ENDINGS[kind]))
    if fitting:
        return fitting[0]
    return MediaType.TEXT if MediaType.TEXT in told else next(iter(told), None)


def safe_name(name: str, kind: MediaType) -> str:
    """A name that is only a name, looks like what it is, and ends as its content does."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(each for each in last if unicodedata.category(each) not in UNSEEN)
    clean = " ".join(re.sub(r'[<>:"|?*]', "_", seen).split()).strip(". ")
    ending = next((each for each in ENDINGS[kind] if clean.lower().endswith(each)), None)
    if ending is None:
        clean, ending = f"{clean or 'lampiran'}{ENDINGS[kind][0]}", ENDINGS[kind][0]
    return clean if len(clean) <= LONGEST_NAME else clean[: LONGEST_NAME - len(ending)] + ending


class CustodyKind(StrEnum):
    """What was done with a piece of evidence."""

    ADDED = "added"  # by the service, with the file
    COLLECTED = "collected"
    COPIED = "copied"
    EXAMINED = "examined"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    RELEASED = "released"


# What an agency may note; `added` is the service's own.
NOTABLE = tuple(kind for kind in CustodyKind if kind is not CustodyKind.ADDED)
# Only who holds it can give it away, only to whom it was given can take it: both sign (ISO/IEC 27037, 6.1).
CUSTODY_MOVES = frozenset({CustodyKind.HANDED_OVER, CustodyKind.RECEIVED})

CUSTODY_KINDS: dict[str, Label] = {
    CustodyKind.ADDED: ("Ditambahkan ke SIAGA", "Added to SIAGA"),
    CustodyKind.COLLECTED: ("Diambil dari sumbernya", "Collected from its source"),
    CustodyKind.COPIED: ("Disalin", "Copied"),
    CustodyKind.EXAMINED: ("Diperiksa", "Examined"),
    CustodyKind.HANDED_OVER: ("Diserahkan", "Handed over"),
    CustodyKind.RECEIVED: ("Diterima", "Received"),
    CustodyKind.RELEASED: ("Dilepas ke luar kemitraan", "Released outside the partnership"),
}
MEDIA_TYPES: dict[str, Label] = {
    MediaType.CSV: ("Tabel CSV", "CSV table"),
    MediaType.JPEG: ("Foto JPEG", "JPEG photo"),
    MediaType.MP4: ("Video MP4", "MP4 video"),
    MediaType.PDF: ("Dokumen PDF", "PDF document"),
    MediaType.PNG: ("Gambar PNG", "PNG image"),
    MediaType.TEXT: ("Teks UTF-8", "UTF-8 text"),
    MediaType.WEBP: ("Gambar WebP", "WebP image"),
}
