"""`python -m app ledger …`: verify it, disclose a record, accept a restored database, change keys."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from app import disclosing
from app.database import Database
from app.domain import merkle
from app.domain.log import Refusal
from app.lane import Lane
from app.services import keys, log, witness_settings
from app.services.verification import verify as verify_all
from app.settings import Settings
from app.tree import tiles
from app.tree.keys import LogKeys, retire
from app.tree.memory import Memory, Signed
from app.tree.signer import Signer

TAMPERED = 3


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The actions of the command."""
    actions = command.add_subparsers(required=True, metavar="action")
    for name, (act, needs_reason) in ACTIONS.items():
        action = actions.add_parser(name, help=act.__doc__, description=act.__doc__)
        action.set_defaults(act=act)
        if needs_reason:
            action.add_argument("--reason", required=True, help="stands in the ledger")
        if act is disclosing.disclose:
            disclosing.add_arguments(action)


def run(settings: Settings, asked: argparse.Namespace) -> int:
    """Do what was asked; the exit status."""
    return asyncio.run(_with_database(settings, asked))


async def _with_database(settings: Settings, asked: argparse.Namespace) -> int:
    database = Database(settings.database)
    try:
        status: int = await asked.act(settings, database, asked)
    finally:
        await database.close()
    return status


def _log_keys(settings: Settings) -> LogKeys:
    return keys.log_keys(settings.data_dir, settings.ledger_origin)


async def verify(settings: Settings, database: Database, _asked: argparse.Namespace) -> int:
    """Verify the whole ledger, also while the service runs; exit status 3 where it was tampered with."""

    def tell(text: str) -> None:
        print(f"\r{text:<60}", end="", file=sys.stderr, flush=True)

    remembered = Memory(settings.signer_memory).read()
    configured = witness_settings.read_file(settings.witnesses).witness if settings.witnesses else ()
    witnesses = [each.verifier for each in configured]
    verdict = await verify_all(database, _log_keys(settings).published, remembered, tell, witnesses)
    print(file=sys.stderr)
    for finding in verdict.findings:
        print(finding)
    if verdict.unchecked:
        print(f"not checked: {verdict.unchecked:,} cosignatures by keys that SIAGA_WITNESSES does not name")
    seen = f"{verdict.entries:,} entries, {verdict.checkpoints:,} checkpoints, {verdict.rows:,} rows"
    if verdict.findings.count:
        print(f"TAMPERED WITH: {verdict.findings.count:,} findings in {seen}")
        return TAMPERED
    print(f"good: {seen}")
    return 0


async def accept_restore(settings: Settings, database: Database, asked: argparse.Namespace) -> int:
    """Sign again from the tree that the database holds now, though something else was signed before."""
    memory = Memory(settings.signer_memory)
    signer = await Signer(database, _log_keys(settings), memory).begun()
    refused = signer.refusal
    if refused is None:
        print("nothing to accept: the tree in the database is the one that was signed, grown on")
        return 0
    if refused.why is Refusal.FAILED:
        raise RuntimeError(f"The ledger cannot be read: {refused}")
    before = memory.read()
    async with database.reading.connect() as connection:
        size = await tiles.tiled_size(connection)
        root = await tiles.compute(connection, lambda read: merkle.root(size, read))
    values = {
        "signed_origin": before.origin if before else None,
        "signed_size": before.size if before else None,
        "signed_root": before.root.hex() if before else None,
        "size": size,
        "root": root.hex(),
        "why": str(refused.why),
    }
    await _tell(database, "log.restore_accepted", values, asked.reason)
    memory.write(Signed(settings.ledger_origin, size, root), anew=True)
    print(f"accepted: signing goes on from a tree of {size}; partners must be told (docs/ledger.md)")
    return 0


async def rotate_key(settings: Settings, database: Database, asked: argparse.Namespace) -> int:
    """Make a new log key; the old ones sign along until they are retired."""
    path = keys.add_log_key(settings.data_dir)
    made = _log_keys(settings)
    values = {
        "key": str(made.present.verifier),
        "signs_along": [str(each.verifier) for each in made.signing[1:]],
    }
    await _tell(database, "log.key_added", values, asked.reason)
    print(f"{path.name} signs from now on: {made.present.verifier}")
    return 0


async def retire_key(settings: Settings, database: Database, asked: argparse.Namespace) -> int:
    """End the overlap: only the newest key signs; of the others the public halves stay published."""
    ending = [str(each.verifier) for each in _log_keys(settings).signing[1:]]
    if not ending:
        print("nothing to retire: there is one log key")
        return 0
    await _tell(database, "log.key_retired", {"keys": ending}, asked.reason)
    for each in retire(keys.directory(settings.data_dir), settings.ledger_origin):
        print(f"signs no more: {each}")
    return 0


async def _tell(database: Database, action: str, values: Mapping[str, Any], reason: str) -> None:
    """Write the entry that tells of it."""
    lane = Lane(database)
    lane.start()
    try:
        async with database.session() as session:
            change = await log.told(session, action, values, reason)
        await lane.write(change)
    finally:
        await lane.stop()


Act = Callable[[Settings, Database, argparse.Namespace], Awaitable[int]]
ACTIONS: dict[str, tuple[Act, bool]] = {
    "accept-restore": (accept_restore, True),
    "disclose": (disclosing.disclose, False),
    "retire-key": (retire_key, True),
    "rotate-key": (rotate_key, True),
    "verify": (verify, False),
}
