"""Commands of an operator over accounts and agencies: how production gets its first ones, and what follows.

They can do no more than the host's own administrator, and make the host's first: accounts of other agencies
wait for their agency's word, and nobody here reads or resets what belongs to them.
"""

import argparse
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from pydantic import ValidationError
from sqlmodel import col, select

from app.change import Change
from app.database import Database, Session
from app.domain.administration import OPERATOR_RULE
from app.domain.errors import Problem
from app.domain.permissions import Role
from app.lane import Lane
from app.models.agencies import AccountRow, AgencyRow
from app.schemas.administration import AccountCreate, AccountStep
from app.schemas.agencies import AdministratorAppointment, AgencyDeparture, AgencyJoin, AgencyReturn
from app.services import administration, agencies, enrolment
from app.services.accounts import OPERATOR

Act = Callable[[Session, argparse.Namespace], Awaitable[Change | None]]


async def create_account(session: Session, asked: argparse.Namespace) -> Change:
    """An account of the host, or an administrator whom another agency must confirm."""
    post, _, agency = asked.name.partition(".")
    if agency == OPERATOR.agency:
        new = AccountCreate(post=post, roles=[Role(asked.role)], reason=asked.reason)
        return await administration.create(session, OPERATOR, new)
    if asked.role != Role.ADMIN:
        raise RuntimeError(f"Other accounts of {agency} are made by its own administrator, over the API.")
    appointment = AdministratorAppointment(post=post, reason=asked.reason)
    return await agencies.appoint(session, OPERATOR, agency, appointment)


async def _own(session: Session, name: str) -> AccountRow:
    query = select(AccountRow).where(col(AccountRow.name) == name, col(AccountRow.agency) == OPERATOR.agency)
    row = (await session.exec(query)).first()
    if row is None:
        raise RuntimeError(f"The host has no account {name}.")
    return row


async def suspend_account(session: Session, asked: argparse.Namespace) -> Change:
    """An account of the host."""
    row = await _own(session, asked.name)
    return await administration.suspend(session, OPERATOR, row.id, AccountStep(reason=asked.reason), None)


async def reactivate_account(session: Session, asked: argparse.Namespace) -> Change:
    """An account of the host."""
    row = await _own(session, asked.name)
    return await administration.reactivate(session, OPERATOR, row.id, AccountStep(reason=asked.reason), None)


async def reset_account(session: Session, asked: argparse.Namespace) -> Change:
    """An account of the host; a second administrator approves it over the API."""
    row = await _own(session, asked.name)
    return await enrolment.request_reset(session, OPERATOR, row.id, AccountStep(reason=asked.reason), None)


async def list_accounts(session: Session, _asked: argparse.Namespace) -> None:
    """The accounts of the host."""
    query = select(AccountRow).where(col(AccountRow.agency) == OPERATOR.agency).order_by(col(AccountRow.name))
    for row in (await session.exec(query)).all():
        print(f"{row.name}  {'+'.join(row.roles)}  {'in use' if row.active else 'suspended'}")


async def join_agency(session: Session, asked: argparse.Namespace) -> Change:
    """A new partner."""
    fields = {name: getattr(asked, name) for name in AgencyJoin.model_fields}
    return await agencies.join(session, OPERATOR, AgencyJoin.model_validate(fields))


async def leave_agency(session: Session, asked: argparse.Namespace) -> Change:
    """A partner leaves."""
    return await agencies.leave(session, OPERATOR, asked.code, AgencyDeparture(reason=asked.reason), None)


async def return_agency(session: Session, asked: argparse.Namespace) -> Change:
    """A partner comes back."""
    fields = {name: getattr(asked, name) for name in AgencyReturn.model_fields}
    return await agencies.come_back(session, OPERATOR, asked.code, AgencyReturn.model_validate(fields), None)


async def list_agencies(session: Session, _asked: argparse.Namespace) -> None:
    """Every agency, those too that have left."""
    for row in (await session.exec(select(AgencyRow).order_by(col(AgencyRow.code)))).all():
        agreed = f"  agreed on {row.sharing_agreement_on}" if row.sharing_agreement_on else ""
        print(f"{row.code}  {row.kind}  {'partner' if row.partner else 'host'}"
              f"{'' if row.active else ', has left'}{agreed}")  # fmt: skip


ACTIONS: dict[str, dict[str, Act]] = {
    "account": {
        "create": create_account, "list": list_accounts, "reactivate": reactivate_account,
        "reset": reset_account, "suspend": suspend_account,
    },
    "agency": {
        "join": join_agency, "leave": leave_agency, "list": list_agencies, "return": return_agency,
    },
}  # fmt: skip


def add_arguments(command: argparse.ArgumentParser, subject: str) -> None:
    """The actions of a command, each with what it needs."""
    actions = command.add_subparsers(required=True, metavar="action")
    for name, act in ACTIONS[subject].items():
        action = actions.add_parser(name, help=act.__doc__, description=act.__doc__)
        action.set_defaults(act=act)
        if name == "list":
            continue
        action.add_argument("name" if subject == "account" else "code")
        action.add_argument("--reason", default=OPERATOR_RULE)
        if name == "create":
            action.add_argument("--role", default=Role.ADMIN, choices=sorted(Role))
        if name in {"join", "return"}:
            action.add_argument("--sharing-agreement", required=True)
            action.add_argument("--sharing-agreement-on", required=True, type=date.fromisoformat)
        if name == "join":
            for option in ("--name", "--name-en", "--kind"):
                action.add_argument(option, required=True)
            action.add_argument("--parent")


async def run(database: Database, lane: Lane, asked: argparse.Namespace) -> None:
    """Decide, write, and tell what came of it."""
    act: Act = asked.act
    try:
        async with database.session() as session:
            change = await act(session, asked)
    except (Problem, ValidationError) as problem:
        raise RuntimeError(told(problem)) from None
    if change is None:
        return
    if change.entries:
        await lane.write(change)
    answer: Any = change.answer
    print(f"done: {getattr(answer, 'name', asked)}")
    if code := getattr(answer, "code_expires_at", None) and getattr(answer, "code", None):
        print(f"one-time code, until {answer.code_expires_at:%Y-%m-%d %H:%M} UTC: {code}")
        print("The person sets the password with it at POST /enrolment.")


def told(problem: Problem | ValidationError) -> str:
    """All that a problem says, in one line."""
    if isinstance(problem, ValidationError):
        return ", ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problem.errors())
    said = [
        problem.detail.format(**problem.values),
        *(each.detail.format(**each.values) for each in problem.errors),
    ]
    return " ".join(each for each in said if each) or problem.title
