"""`python -m app ledger disclose`: a record's entries in a file, on a lawful order, beside the endpoint.

The host may run it, but it opens no more than the owner's auditor may, and the entry is the host's own: no
ledger says of somebody what another did.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO
from uuid import UUID

from pydantic import ValidationError

from app.change import Change
from app.database import Database, Session
from app.domain.actors import Actor
from app.domain.disclosures import HOST_RULE
from app.domain.errors import Problem
from app.domain.permissions import Permission
from app.lane import Lane, Stale
from app.operating import told
from app.schemas.disclosures import Disclosure, DisclosureCreate
from app.schemas.legal_holds import RECORD_TYPES
from app.services import accounts, disclosures, keys
from app.settings import Settings
from app.tree.memory import Memory
from app.tree.signer import Signer

DECISIONS = 3
SIGNED_SECONDS = 30.0
OURS_ALONE = 0o600  # it holds what the marking of the record protects


def add_arguments(action: argparse.ArgumentParser) -> None:
    """What the command takes."""
    action.add_argument("record_type", choices=RECORD_TYPES, metavar="RECORD_TYPE")
    action.add_argument("record_id", type=UUID, metavar="RECORD_ID")
    action.add_argument("--account", required=True, help="an auditor of the owner, auditor.polda-banten")
    action.add_argument("--legal-basis", required=True, help="the lawful order; stands in the ledger")
    action.add_argument("--reason", help="why, where there is more to say than the order")
    action.add_argument("--persons", action="store_true", help="the order covers the persons too")
    action.add_argument("--output", type=Path, metavar="FILE", help="a new file; the terminal, if left out")


async def disclose(settings: Settings, database: Database, asked: argparse.Namespace) -> int:
    """Open the entries of a record on a lawful order, in a file that partners check offline."""
    database.access.start()  # reads of protected records are noted here as in the service
    with _output(asked.output) as file:
        try:
            print(await _disclosed(settings, database, asked), file=file)
        except (Problem, ValidationError) as problem:
            raise RuntimeError(told(problem)) from None
    return 0


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """The new file, made before anything is written of it in the ledger; gone again where that fails."""
    if path is None:
        yield sys.stdout
        return
    try:
        draft = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE)
    except FileExistsError:
        raise RuntimeError(f"{path} exists already; nothing was disclosed.") from None
    except OSError as error:
        raise RuntimeError(f"{path} cannot be written: {error.strerror}; nothing was disclosed.") from None
    try:
        with os.fdopen(draft, "w", encoding="utf-8") as file:
            yield file
    except BaseException:
        path.unlink()
        raise


async def _disclosed(settings: Settings, database: Database, asked: argparse.Namespace) -> str:
    new = DisclosureCreate(
        record_type=asked.record_type,
        record_id=asked.record_id,
        order_number=asked.legal_basis,
        reason=f"{asked.reason} {HOST_RULE}" if asked.reason else HOST_RULE,
        persons=asked.persons,
    )
    log_keys = keys.log_keys(settings.data_dir, settings.ledger_origin)
    signer = await Signer(database, log_keys, Memory(settings.signer_memory)).begun()
    if signer.refusal:
        raise RuntimeError(f"The ledger is not signed, nothing was disclosed: {signer.refusal}")
    ordered, position = await _ordered(settings, database, asked.account, new)
    print(f"the ledger tells of disclosure {ordered.id} at position {position}", file=sys.stderr)
    if not await _signed(signer, position + 1):
        raise RuntimeError(f"The tree over it is not signed yet; read the file later: {_place(ordered.id)}")
    async with database.session() as session:
        actor = await _auditor(session, asked.account, settings)
        file = await disclosures.file(session, actor, ordered.id, settings.ledger_origin)
    return file.model_dump_json()


def _place(disclosure_id: UUID) -> str:
    return f"/api/v1/ledger/disclosures/{disclosure_id}/file"


async def _auditor(session: Session, name: str, settings: Settings) -> Actor:
    """The account as it stands, with all that it may do."""
    account = await accounts.find(session, name)
    standing = await accounts.standing_of(session, account.id) if account else None
    if standing is None:
        raise RuntimeError(f"No account {name} may be used.")
    actor = accounts.actor(standing, frozenset(Permission), settings.oversight_agencies)
    if Permission.LEDGER_DISCLOSE not in actor.permissions:
        raise RuntimeError(f"{name} may not open entries: this needs {Permission.LEDGER_DISCLOSE}.")
    return actor


async def _ordered(
    settings: Settings, database: Database, name: str, new: DisclosureCreate
) -> tuple[Disclosure, int]:
    """The order as it stands in the ledger, and where; decided again where others were faster."""
    lane = Lane(database)
    lane.start()
    try:
        for _ in range(DECISIONS):
            async with database.session() as session:
                actor = await _auditor(session, name, settings)
                change = await disclosures.order(session, actor, new, by=accounts.SYSTEM)
            with suppress(Stale):
                return _answer(change), await lane.write(change)
    finally:
        await lane.stop()
    raise RuntimeError("Others change this record at the same moment; try again.")


def _answer(change: Change) -> Disclosure:
    if not isinstance(change.answer, Disclosure):
        raise TypeError(change.answer)
    return change.answer


async def _signed(signer: Signer, size: int) -> bool:
    """Sign it, or wait until the service that runs has done so."""
    signing = asyncio.create_task(signer.run())
    try:
        return await signer.wait_for(size, SIGNED_SECONDS)
    finally:
        signing.cancel()
        await asyncio.gather(signing, return_exceptions=True)
