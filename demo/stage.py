"""What the stories share: all agencies, the labels of the codes, and one way of telling what happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Self

from demo.agency import Agency
from demo.server import Server

WIB = timezone(timedelta(hours=7))
PROMPTER = "polda-banten"  # any partner can ask who the others are


@dataclass(frozen=True)
class Stage:
    """Every partner agency by its code, and the labels by vocabulary and code."""

    agencies: Mapping[str, Agency]
    labels: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, server: Server) -> Self:
        """All partner agencies that the API knows, signed in."""
        first = Agency.sign_in(server.url, PROMPTER, server.password)
        partners = [each["code"] for each in first.get("/api/v1/agencies")["items"] if each["partner"]]
        agencies = {
            code: first if code == PROMPTER else Agency.sign_in(server.url, code, server.password)
            for code in partners
        }
        vocabularies = first.get("/api/v1/vocabularies")["vocabularies"]
        labels = {
            (name, term["code"]): f"{term['label_id']} / {term['label_en']}"
            for name, terms in vocabularies.items()
            for term in terms
        }
        return cls(agencies, labels)

    def __getitem__(self, code: str) -> Agency:
        """One agency."""
        return self.agencies[code]

    def title(self, text: str) -> None:
        """A story begins."""
        print(f"\n{text}\n{'─' * len(text)}", flush=True)

    def tell(self, agency: Agency, text: str) -> None:
        """One line of what an agency did and what came of it."""
        print(f"  {agency.code:<18} {text}", flush=True)

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
        told = (problem.get("errors") or [problem])[0].get("detail", "")
        self.tell(agency, f"ditolak/refused {problem['status']}: {problem['title']}")
        self.tell(agency, f"  {told}")


def marking(record: Mapping[str, Any]) -> str:
    """Who may know of a record, in one line."""
    shared = f" → {', '.join(record['audience'])}" if record["audience"] else ""
    return f"TLP:{record['tlp']} {record['classification']}{shared}"


def ago(minutes: int) -> str:
    """A moment of today, as a duty officer in Banten writes it."""
    return (datetime.now(WIB) - timedelta(minutes=minutes)).isoformat(timespec="seconds")
