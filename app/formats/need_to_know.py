"""The open account of the rules: docs/need-to-know.md, written from the tables that the service goes by."""

from collections.abc import Iterable, Iterator, Sequence

from app.domain import break_glass, field_mask
from app.domain.access_log import ACCESS_KINDS, NOTED, READABLE
from app.domain.conditions import (
    Condition,
    Either,
    Every,
    Is,
    Names,
    Not,
    OneOf,
    ReaderHolds,
    ReaderIs,
    Shares,
    UpTo,
)
from app.domain.permissions import GRANTS, PERMISSION_TEXTS, Permission, Role
from app.domain.relations import FIELD_ACTS, RIGHTS, UNBOUND_ACTS, Act, Relation
from app.domain.sharing import CLEARED, REACH, RULE, Classification, Marking, Tlp, misfit

HEAD = """# Need-to-know

Who may know of a record, who may do what with it, what an emergency opens, and who can see afterwards who
looked. Written from the tables in `app/domain` by `python -m app need-to-know`; a test fails where the two
differ, so this page is what the service does. Auditors may hold it against any answer they get.
"""


def document() -> str:
    """The whole page."""
    sections = (HEAD, _rule(), _cells(), _permissions(), _relations(), _mask(), _break_glass(), _access_log())
    return "\n".join(sections)


def words(condition: Condition) -> str:  # noqa: C901, PLR0911 - one for each kind
    """A condition in words; `reader` is whoever asks."""
    match condition:
        case Every(()):
            return "always"
        case Every(conditions):
            return " and ".join(_within(each) for each in conditions if each != Every())
        case Either(conditions):
            return " or ".join(map(_within, conditions))
        case Not(negated):
            return f"not {_within(negated)}"
        case ReaderIs(name):
            return f"the reader's `{name}` is true"
        case ReaderHolds(permission):
            return f"the reader holds `{permission}`"
        case Is(member, name):
            return f"`{member}` is the reader's `{name}`"
        case Names(member, name):
            return f"`{member}` names the reader's `{name}`"
        case Shares(member, name):
            return f"`{member}` names one of the reader's `{name}`"
        case OneOf(member, codes):
            return f"`{member}` is {' or '.join(f'`{code}`' for code in codes)}"
        case UpTo(member, name, order):
            ranks = " < ".join(f"`{code}`" for code in order)
            return f"`{member}` is no higher than the reader's `{name}` ({ranks})"
    raise TypeError(f"{condition} has no words")


def _within(condition: Condition) -> str:
    several = isinstance(condition, Every | Either) and len(condition.conditions) > 1
    said = words(condition)
    return f"({said})" if several and (" and " in said or " or " in said) else said


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in sorted(codes))


def _rule() -> str:
    conditions = "\n".join(f"{n}. {words(each)};" for n, each in enumerate(RULE.conditions, 1))
    return f"""## The rule

A reader may know of a record where all of this holds. What one may not know of is answered like what does not
exist. The same conditions are asked of one record, and said in SQL for lists, counts, sums, histories and the
inbox.

{conditions.removesuffix(";")}.

{_table(("`tlp`", "reaches"), ((f"`{tlp}`", words(reach)) for tlp, reach in REACH.items()))}"""


READERS = ("owner", "audience", "another partner")
ME = {"owner": "a", "audience": "b", "another partner": "c"}


class _Reader:
    """Somebody of an agency who is named where accounts are, or is not."""

    partner = True
    exercise = "live"

    def __init__(self, agency: str, clearance: str) -> None:
        self.agency = self.account = agency
        self.red_through = (agency,)
        self.clearance = clearance


def _cells() -> str:
    return f"""## By label, classification and relation

The clearance that a person needs, by how their agency stands to the record; "-" where no clearance
helps. Under RED an account is named or not, whatever its agency; `red_through` is the account itself, and
after a reset of its credentials those who have confirmed it since. A marking whose parts do not go together
is refused.

{_table(("`tlp`", "`classification`", *READERS, "named account", "other account"), _cell_rows())}"""


def _cell_rows() -> Iterator[Sequence[str]]:
    for tlp in Tlp:
        for classification in Classification:
            audience = ("b",) if _fits(tlp, classification, ("b",), ()) else ()
            recipients = ("n", "o") if tlp is Tlp.RED else ()
            marking = Marking("a", tlp, classification, audience, recipients)
            if misfit(marking):
                continue
            agencies = (_needed(marking, ME[each]) for each in READERS)
            accounts = (_needed(marking, each) for each in ("n", "m"))
            if tlp is Tlp.RED:
                yield f"`{tlp}`", f"`{classification}`", *["by account"] * len(READERS), *accounts
            else:
                yield f"`{tlp}`", f"`{classification}`", *agencies, *["by agency"] * 2


def _fits(
    tlp: Tlp, classification: Classification, audience: tuple[str, ...], named: tuple[str, ...]
) -> bool:
    return misfit(Marking("a", tlp, classification, audience, named)) is None


def _needed(marking: Marking, agency: str) -> str:
    """The lowest clearance with which this reader sees the record."""
    for clearance in CLEARED.order:
        if RULE.holds(_Reader(agency, clearance), marking):
            return f"`{clearance}`"
    return "-"


def _permissions() -> str:
    roles = list(Role)
    rows = [
        (f"`{permission}`", PERMISSION_TEXTS[permission],
         *("yes" if permission in GRANTS[role] else "" for role in roles))
        for permission in Permission
    ]  # fmt: skip
    return f"""## Permissions by role

{_table(("permission", "what it is for", *(f"`{role}`" for role in roles)), rows)}"""


def _relations() -> str:
    acts = list(Act)
    rows = [
        (f"`{relation}`", *("yes" if act in RIGHTS[relation] else "" for act in acts))
        for relation in Relation
    ]
    fields = [
        (f"`{act}`", _codes(name for name, needed in FIELD_ACTS.items() if needed is act))
        for act in acts
        if act in FIELD_ACTS.values()
    ]
    return f"""## Rights by relation to an incident

{_table(("relation", *(f"`{act}`" for act in acts)), rows)}
Not bound by the area, where the agency leads the record or is assigned to it: {_codes(UNBOUND_ACTS)}.

{_table(("right", "members that take it"), fields)}"""


def _mask() -> str:
    rows = [
        *((f"`{member}` of whatever tells who acted", words(needed))
          for member, needed in field_mask.MEMBERS.items()),
        *((f"all of `{subject}`", words(needed)) for subject, needed in field_mask.SEALED.items()),
        *((f"`{member}` of `{subject}`", f"the {kind} that it names shows to the reader")
          for subject, members in field_mask.LINKS.items() for member, kind in members.items()),
    ]  # fmt: skip
    return f"""## The field mask

What of an answer takes more than sight of its record.

{_table(("member", "shown where"), rows)}"""


def _break_glass() -> str:
    kinds = [
        (f"`{letter}-…`", f"`{kind}`", f"`/api/v1{break_glass.WHERE_TO_READ[kind]}`")
        for letter, kind in break_glass.OPENABLE_KINDS.items()
    ]
    hours = int(break_glass.REVIEW_WITHIN.total_seconds()) // 3600
    return f"""## Breaking the glass

Whoever holds `{Permission.BREAK_GLASS_OPEN}` may open one record that is hidden from them, for at most \
{break_glass.MOST_MINUTES} minutes, where
{words(break_glass.OPENABLE)}.

It is read at its address and nowhere else: not in lists, counts, histories, the inbox, and without its
notes, links, persons and files. Everything else is the 404 of what does not exist; after
{break_glass.TRIES_A_DAY} tries of that kind by an account on one day (WIB) every further one is 429,
whatever it names. The grant is an entry of the ledger; it ends by time, by the owner's contest, with the
permission, and where the record becomes one that may not be opened. The owner finds it in the inbox at
once and reviews it within {hours} hours, else it is shown as overdue. The owner learns agency, role and
reason; the account is known to its own agency, whose auditor finds it under the same entry. The audience
of the record learns nothing.

{_table(("reference", "record", "read at"), kinds)}"""


def _access_log() -> str:
    rows = ((f"`{kind}`", english, indonesian) for kind, (indonesian, english) in ACCESS_KINDS.items())
    return f"""## What is noted of reading

A reading is noted as `record_read` where {words(NOTED)}.
The other kinds are noted whatever the marking.

{_table(("kind", "what", "apa"), rows)}
An auditor reads a row where {words(READABLE)}.

Rows are numbered without a gap and chained by SHA-256; once a minute an entry of the ledger commits
their count and the hash of the last. Reading does not wait for its note and does not fail with it: what
the queue cannot hold is counted.
"""
