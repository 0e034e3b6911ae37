"""Threat levels as a table: what one's own agency holds, out of the service and into it again."""

import csv
from pathlib import Path
from typing import Any

import httpx

from siaga_client.clients import Client
from siaga_client.problems import said_by
from siaga_client.records import ThreatLevel

LEVELS = "/api/v1/threat-levels"
COLUMNS = (
    "region_code", "category", "level", "rationale", "source.reliability", "source.credibility", "tlp",
    "classification", "audience", "recipients", "external_source", "external_id",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # the service takes the sign before these off again
PATIENCE = httpx.Timeout(10.0, read=300.0)  # a bulk answers when its last item is done


def pull(client: Client, path: Path) -> int:
    """Writes the levels in force of one's own agency; how many."""
    agency = said_by(client.request("GET", "/api/v1/me"), "agency")["agency"]
    asked = {"agency": agency, "status": "in_force", "limit": 200}
    rows = [[cell(level, name) for name in COLUMNS] for level in client.threat_levels(**asked)]
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8-sig", newline="") as file:  # as Excel knows UTF-8
        csv.writer(file).writerows([COLUMNS, *sorted(rows)])
    part.replace(path)
    return len(rows)


def push(client: Client, path: Path, *, dry_run: bool) -> dict[str, Any]:
    """Sends a table; sending one twice changes nothing the second time. What became of its lines."""
    answer = client.request(
        "POST", f"{LEVELS}/bulk", params={"dry_run": dry_run}, content=path.read_bytes(),
        headers={"Content-Type": "text/csv"}, timeout=PATIENCE,
    )  # fmt: skip
    return said_by(answer, "items", "created", "updated", "unchanged", "waiting", "refused")


def refusals(told: dict[str, Any]) -> list[str]:
    """A sentence for each thing that is wrong with a table."""
    said = []
    for item in told["items"]:
        if problem := item["problem"]:
            for error in problem.get("errors") or [{}]:
                column = f", column {error['column']}" if error.get("column") else ""
                words = error.get("detail") or problem.get("detail") or problem["title"]
                said.append(f"line {item['line']}{column}: {words}")
    return said


def cell(level: ThreatLevel, name: str) -> str:
    """A value as the service reads it, and no spreadsheet runs it."""
    value: Any = level
    for step in name.split("."):
        value = value.get(step) if value else None
    text = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
