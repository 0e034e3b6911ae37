"""The open account of the rules is what the tables say, and every condition has words."""

from pathlib import Path

from app.domain.access_log import AccessKind
from app.domain.permissions import Permission
from app.domain.relations import Act, Relation
from app.domain.sharing import Classification, Tlp
from app.formats.need_to_know import document

COMMITTED = Path(__file__).parents[2] / "docs" / "need-to-know.md"


def test_the_committed_account_is_what_the_tables_say():
    assert COMMITTED.read_text("utf-8") == document(), "Run `python -m app need-to-know` and commit."


def test_it_names_every_code_of_the_policy():
    text = document()
    for codes in (AccessKind, Act, Classification, Permission, Relation, Tlp):
        assert [code for code in codes if f"`{code}`" not in text] == []


def test_each_marking_that_may_be_has_its_line():
    rows = [line for line in document().splitlines() if "by agency" in line or "by account" in line]
    assert len(rows) == 1 + 3 * 4  # CLEAR goes with biasa only
    assert "| `AMBER` | `rahasia` | `rahasia` | `rahasia` | - | by agency | by agency |" in rows
    assert "| `RED` | `terbatas` | by account | by account | by account | `terbatas` | - |" in rows
