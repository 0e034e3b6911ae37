"""Tables as spreadsheets write and read them: CSV (RFC 4180) and its local ways; no formula runs."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.bulk import LONGEST_ITEM
from app.domain.errors import TO_CORRECT, FieldError, Invalid
from app.formats.sequences import Raw

DELIMITERS = ",;\t"
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
)  # what a spreadsheet would take for a formula (OWASP, CSV injection)
SHIELD = "'"
SEPARATORS = str.maketrans(",;|\n", "    ")  # between the codes of one cell
UNREADABLE = "Line {line}: the quotes do not match, or a cell has more than {limit} characters."
UNKNOWN = "Line {line}, column {column}: there is no field {name} here."
TWICE = "Line {line}, column {column}: {name} stands twice."
NAMELESS = "Line {line}, column {column}: this column has no heading."
TOO_MANY = "This cell has no heading above it."
NO_NUMBER = "Write a whole number in digits only, without a thousands separator."
LONGEST_NAME = 40  # characters of a heading that a refusal repeats


class Columns:
    """What the columns of a sheet mean: field names, some of them lists or whole numbers."""

    def __init__(self, names: Sequence[str], lists: Sequence[str], numbers: Sequence[str]) -> None:
        self.names = (*names, "longitude", "latitude")
        self.lists = frozenset(lists)
        self.numbers = frozenset(numbers)


def rows(text: str, columns: Columns) -> Iterator[Raw]:
    """Each line of a table as an item; raises Invalid where the table as such cannot be read."""
    text = text.removeprefix("\ufeff")
    skipped = 0
    if text[:4].lower() == "sep=":  # Excel's own line before the headings
        _, _, text = text.partition("\n")
        skipped = 1
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(head), strict=True)
    heading = _names(
        [each.strip() for each in next(_read(reader, skipped), (0, []))[1]], skipped + 1, columns
    )
    for line, cells in _read(reader, skipped):
        if any(each.strip() for each in cells):
            yield _item(line, cells, heading, columns)


def _delimiter(head: str) -> str:
    return max(DELIMITERS, key=head.count)


def _read(reader: Any, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, with the number at which each begins."""
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Invalid.field("", UNREADABLE, "csv_invalid", line=line, limit=LONGEST_ITEM) from None
        yield line, cells


def _names(cells: list[str], line: int, columns: Columns) -> list[str]:
    """The fields that the headings name; all that is wrong with them is told at once."""
    while cells and not cells[-1]:
        cells.pop()
    wrong, seen = [], set()
    for column, name in enumerate(cells, 1):
        told = {"line": line, "column": column, "name": name[:LONGEST_NAME]}
        if not name:
            wrong.append(FieldError("", NAMELESS, "csv_heading", told))
        elif name in seen:
            wrong.append(FieldError("", TWICE, "csv_heading", told))
        elif name not in columns.names:
            wrong.append(FieldError("", UNKNOWN, "csv_heading", told))
        seen.add(name)
    if not cells:
        raise Invalid.field("", "The first line must name the fields.", "csv_heading")
    if wrong:
        raise Invalid(TO_CORRECT, *wrong, count=len(wrong))
    return cells


def _item(line: int, cells: list[str], heading: list[str], columns: Columns) -> Raw:
    places = {_pointer(name): name for name in heading}
    if sum(map(len, cells)) > LONGEST_ITEM:
        text = "An item has at most {limit} characters."
        return Raw(problem=Invalid.field("", text, "too_long", limit=LONGEST_ITEM), line=line)
    if any(each.strip() for each in cells[len(heading) :]):
        return Raw(problem=Invalid.field("", TOO_MANY, "csv_cells"), line=line, columns=places)
    value: dict[str, Any] = {}
    point: dict[str, Any] = {}
    for name, cell in zip(heading, cells, strict=False):
        if not (said := plain(cell.strip())):
            continue
        if name in {"longitude", "latitude"}:
            point[name] = _decimal(said)
            continue
        outer, _, inner = name.partition(".")
        meant: Any = said.translate(SEPARATORS).split() if name in columns.lists else said
        if name in columns.numbers:
            if not (said.isascii() and said.isdigit() and len(said) < 19):  # noqa: PLR2004 - within 64 bits
                wrong = Invalid.field(_pointer(name), NO_NUMBER, "csv_number")
                return Raw(problem=wrong, line=line, columns=places)
            meant = int(said)
        if inner:
            value.setdefault(outer, {})[inner] = meant
        else:
            value[name] = meant
    if point:
        coordinates = [point.get("longitude"), point.get("latitude")]
        value["geometry"] = {"type": "Point", "coordinates": coordinates}
    return Raw(value, line=line, columns=places)


def _pointer(name: str) -> str:
    if name in {"longitude", "latitude"}:
        return f"/geometry/coordinates/{int(name == 'latitude')}"
    return "/" + name.replace(".", "/")


def _decimal(said: str) -> Any:
    """A number with a point or, as Excel writes it in Indonesian, a comma; else as it stands."""
    try:
        return float(said.replace(",", ".")) if said.isascii() and len(said) < LONGEST_NAME else said
    except ValueError:
        return said


def plain(cell: str) -> str:
    """The cell without the sign that keeps a spreadsheet from running it."""
    return cell[1:] if cell[:1] == SHIELD and cell[1:].startswith(FORMULA) else cell


def shielded(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    return SHIELD + cell if cell.startswith(FORMULA) else cell


def table(heading: Sequence[str], lines: Iterator[Sequence[Any]]) -> str:
    """A table that a spreadsheet opens as it stands: marked as UTF-8, every text a text."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows(
        ["" if cell is None else cell if isinstance(cell, int) else shielded(str(cell)) for cell in line]
        for line in lines
    )
    return "\ufeff" + written.getvalue()
