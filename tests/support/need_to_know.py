"""Need-to-know stated a second time, as data and without the application: what the service is measured by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EVERY_PARTNER, NAMED_AGENCIES, NAMED_ACCOUNTS = "every partner", "named agencies", "named accounts"
REACH = {
    "CLEAR": EVERY_PARTNER,
    "GREEN": EVERY_PARTNER,
    "AMBER": NAMED_AGENCIES,
    "AMBER+STRICT": NAMED_AGENCIES,
    "RED": NAMED_ACCOUNTS,
}
READABLE = {
    "biasa": {"biasa"},
    "terbatas": {"biasa", "terbatas"},
    "rahasia": {"biasa", "terbatas", "rahasia"},
}
CLEARANCE = {
    "admin": "biasa",
    "admin2": "biasa",
    "auditor": "rahasia",
    "commander": "rahasia",
    "commander2": "rahasia",
    "integration": "biasa",
    "liaison": "terbatas",
    "operator": "terbatas",
}
WITH_PARTIES = {"commander", "commander2", "operator"}
READ_ONLY = {"auditor"}
HOST = "siaga"


@dataclass(frozen=True)
class Reader:
    """An account as far as need-to-know goes by it."""

    account: str
    agency: str
    clearance: str
    partner: bool = True
    exercise: str = "live"
    vouched: tuple[str, ...] | None = None  # by whom, since its credentials were reset


def post(account: str) -> Reader:
    """The reader behind a demo account, such as `liaison.kpu-banten`."""
    name, _, agency = account.partition(".")
    return Reader(account, agency, CLEARANCE[name], partner=agency != HOST)


def entitled(reader: Reader, record: Mapping[str, Any]) -> bool:
    """Whether the reader may know of a record, by the table of TLP labels and the table of clearances."""
    if not reader.partner or record["exercise"] != reader.exercise:
        return False
    if record["classification"] not in READABLE[reader.clearance]:
        return False
    reach = REACH[record["tlp"]]
    if reach == NAMED_ACCOUNTS:
        is_awake = reader.vouched is None or any(each in record["recipients"] for each in reader.vouched)
        return reader.account in record["recipients"] and is_awake
    if reach == NAMED_AGENCIES:
        return reader.agency in {record["owner_agency"], *record["audience"]}
    return True
