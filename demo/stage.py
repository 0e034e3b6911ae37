"""What the scenes share: all agencies, the labels of the codes, and one way of telling what happened."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Self, TypeVar

from demo.agency import OPERATOR, Agency, Unexpected
from demo.server import Server

T = TypeVar("T")
WIB = timezone(timedelta(hours=7))
DAY = datetime(2024, 11, 27, tzinfo=WIB)  # of the vote
PROVINCE = "36"
PROMPTER = "polda-banten"  # any partner can ask who the others are
NAMES = 29  # columns for the name of who acts, or of a place
BAR = 20


@dataclass(frozen=True)
class Stage:
    """Every partner agency by its code, its units, and the labels by vocabulary and code."""

    server: Server
    agencies: Mapping[str, Agency]
    about: Mapping[str, Mapping[str, Any]]
    units: Mapping[str, Mapping[str, Any]]
    labels: Mapping[tuple[str, str], str]
    posts: dict[tuple[str, str], Agency] = field(default_factory=dict)

    @classmethod
    def of(cls, server: Server) -> Self:
        """All partner agencies that the API knows, signed in."""
        first = Agency.sign_in(server.url, PROMPTER, server.password)
        about = {each["code"]: each for each in first.get("/api/v1/agencies")["items"] if each["partner"]}
        agencies = {
            code: first if code == PROMPTER else Agency.sign_in(server.url, code, server.password)
            for code in about
        }
        units = [unit for code in about for unit in first.get(f"/api/v1/agencies/{code}/units")["items"]]
        vocabularies = first.get("/api/v1/vocabularies")["vocabularies"]
        labels = {
            (name, term["code"]): f"{term['label_id']} / {term['label_en']}"
            for name, terms in vocabularies.items()
            for term in terms
        }
        return cls(server, agencies, about, {each["code"]: each for each in units}, labels)

    def __getitem__(self, code: str) -> Agency:
        """One agency."""
        return self.agencies[code]

    def post(self, code: str, post: str) -> Agency:
        """An agency through another of its posts."""
        if post == OPERATOR:
            return self[code]
        if (code, post) not in self.posts:
            signed_in = Agency.sign_in(self.server.url, code, self.server.password, post)
            self.posts[code, post] = signed_in
        return self.posts[code, post]

    def title(self, text: str) -> None:
        """A scene begins."""
        print(f"\n{text}\n{'─' * len(text)}", flush=True)

    def scene(self, time: str, text: str) -> None:
        """A scene of the day begins."""
        self.title(f"{clock(at(time))} · {text}")

    def progress(self, work: Sequence[T], doing: str) -> Iterator[T]:
        """The pieces of a long work; on a terminal with a bar, elsewhere with a line at its end."""
        for done, piece in enumerate(work, start=1):
            yield piece
            bar = "█" * (BAR * done // len(work))
            last = done == len(work)
            if last or sys.stdout.isatty():
                print(f"\r  {bar:░<{BAR}} {done}/{len(work)} {doing}", end="\n" if last else "", flush=True)

    def ledger_size(self) -> int:
        """How many entries the ledger holds."""
        size: int = self[PROMPTER].get("/api/v1/ledger/head")["size"]
        return size

    def inbox(self, agency: Agency) -> list[dict[str, Any]]:
        """What waits for an account."""
        items = agency.every("/api/v1/inbox")
        self.tell(agency, f"kotak masuk/inbox: {len(items)}")
        for each in items:
            kind = self.labels["inbox_kind", each["kind"]]
            sender = f"{each['agency']} ({each['role']})" if each["role"] else each["agency"]
            self.tell(agency, f"  {each['reference']} {kind} ← {sender}")
        return items

    def expect(self, what: str, found: object, wanted: object) -> None:
        """Raise Unexpected where the service tells something else than it must."""
        if found != wanted:
            raise Unexpected(f"{what}: {found!r} where {wanted!r} was expected")

    def tell(self, agency: Agency, text: str) -> None:
        """One line of what an agency did and what came of it."""
        print(f"  {agency.name:<{NAMES}} {text}", flush=True)

    def reported(self, agency: Agency, record: Mapping[str, Any]) -> None:
        """A new record, as its owner reads it."""
        kind = self.labels["incident_kind", record["kind"]]
        self.tell(agency, f"melapor/reports {record['reference']}: {kind}, {record['region_code']}")
        self.tell(agency, f"  {marking(record)}; status {self.status(record)}")

    def status(self, record: Mapping[str, Any]) -> str:
        """The status with its labels."""
        return f"{record['status']} ({self.labels['incident_status', record['status']]})"

    def refusal(self, agency: Agency, problem: Mapping[str, Any]) -> None:
        """What the API refused, in its own words."""
        first = (problem.get("errors") or [problem])[0]
        told = ": ".join(first[name] for name in ("pointer", "parameter", "detail") if first.get(name))
        self.tell(agency, f"ditolak/refused {problem['status']}: {problem['title']}")
        self.tell(agency, f"  {told}")


def marking(record: Mapping[str, Any]) -> str:
    """Who may know of a record, in one line."""
    shared = f" → {', '.join(record['audience'])}" if record["audience"] else ""
    return f"TLP:{record['tlp']} {record['classification']}{shared}"


def at(time: str) -> str:
    """A moment of the day, such as 05:30, as a duty officer in Banten writes it."""
    hours, _, minutes = time.partition(":")
    return (DAY + timedelta(hours=int(hours), minutes=int(minutes))).isoformat()


def clock(moment: str) -> str:
    """The time of day of a moment, as it is written in Indonesia."""
    return datetime.fromisoformat(moment).astimezone(WIB).strftime("%H.%M")
