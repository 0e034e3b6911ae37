"""The commands of `python -m app`."""

import argparse
import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from pydantic import ValidationError

from app import keeping, log_commands, migrations, openapi, operating, server
from app.change import Change
from app.database import Database, claim
from app.formats import need_to_know
from app.lane import Lane
from app.main import create_app
from app.services import attachments, identities, issuers, keys, relay_settings, seed, witness_settings
from app.settings import Settings
from app.storage import Store

SWEPT_AT_ONCE = 500
NEED_TO_KNOW_FILE = Path(__file__).parent.parent / "docs" / "need-to-know.md"
OPENAPI_FILE = Path(__file__).parent.parent / "openapi.yaml"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    asked = _parser().parse_args(arguments)
    command: Callable[[Settings, argparse.Namespace], int] = asked.run
    try:
        return command(Settings(), asked)
    except ValidationError as error:
        for each in error.errors():
            print(f"siaga: SIAGA_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}", file=sys.stderr)
    except (RuntimeError, OSError) as error:
        print(f"siaga: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description="SIAGA")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run, text in (
        (
            "serve",
            serve,
            "serve the API; outside production, first migrate and load reference data and demo accounts",
        ),
        ("migrate", migrate, "bring the database to the newest revision, and make missing keys"),
        ("seed", load, "load the reference data where it is new"),
        ("demo-accounts", demo_accounts, "make the demo accounts; refused in production"),
        ("retention", retain, "say what has come to the end of its retention, and with --apply take it"),
        ("sweep", sweep, "remove attached files older than a day that no entry names"),
        ("issuers", show_issuers, "read the file of identity providers and their keys; say what was found"),
        ("link", link, "have a subject of an identity provider act as an account"),
        ("unlink", unlink, "have a subject of an identity provider act as nobody"),
        ("account", operate, "make, list, suspend or reset accounts of the host, and first administrators"),
        ("agency", operate, "have agencies join, leave or come back, and list them"),
        (
            "ledger",
            log_commands.run,
            "verify the ledger, disclose a record, accept a restored one, change its keys",
        ),
        ("openapi", write_openapi, "write openapi.yaml"),
        ("need-to-know", write_need_to_know, "write docs/need-to-know.md"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        _add_options(command, name)
    return parser


def _add_options(command: argparse.ArgumentParser, name: str) -> None:
    """What some commands take besides."""
    if name == "seed":
        command.add_argument("--all-villages", action="store_true", help="all of Indonesia, not only Banten")
    if name in {"link", "unlink"}:
        command.add_argument("issuer", help="as the tokens have it in `iss`")
        command.add_argument("subject", help="as the tokens have it in `sub`, or where `subject` leads")
    if name == "link":
        command.add_argument("account", help="such as operator.polda-banten")
    if name in operating.ACTIONS:
        operating.add_arguments(command, name)
    if name == "retention":
        command.add_argument("--apply", action="store_true", help="purge and destroy; there is no way back")
    if name == "ledger":
        log_commands.add_arguments(command)
    if name == "sweep":
        command.add_argument("--dry-run", action="store_true", help="only say which")


def serve(settings: Settings, _asked: argparse.Namespace) -> int:
    """Serve until told to stop."""
    server.check(settings)
    issuers.load(settings.issuers, settings.public_url, settings.data_dir)
    if settings.witnesses:
        witness_settings.read_file(settings.witnesses)
    if settings.nats:
        relay_settings.read_file(settings.nats)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    claimed = claim(settings.database)
    if not settings.production:
        keys.make_keys(settings.data_dir)
        asyncio.run(migrations.upgrade(settings.database))
        asyncio.run(_prepare(settings))
    elif not asyncio.run(_is_migrated(settings)):
        raise RuntimeError("The database is not at the newest revision; run `python -m app migrate` first.")
    print(f"SIAGA answers at http://{settings.host}:{settings.port}; try /docs", flush=True)
    try:
        return server.serve(settings)
    finally:
        if claimed:
            claimed.close()


def migrate(settings: Settings, _asked: argparse.Namespace) -> int:
    """Migrate, and make keys where there are none."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    keys.make_keys(settings.data_dir)
    asyncio.run(migrations.upgrade(settings.database))
    if settings.app_role:
        asyncio.run(migrations.grant(settings.database, settings.app_role))
    return load(settings, argparse.Namespace(all_villages=False))


def load(settings: Settings, asked: argparse.Namespace) -> int:
    """Load reference data."""
    asyncio.run(
        _with_lane(settings, lambda database, lane: _load(database, lane, all_villages=asked.all_villages))
    )
    return 0


def demo_accounts(settings: Settings, _asked: argparse.Namespace) -> int:
    """Make the demo accounts."""
    if settings.production:
        raise RuntimeError("Demo accounts are not made in production.")
    asyncio.run(_with_lane(settings, lambda database, lane: _make_demo_accounts(settings, database, lane)))
    return 0


def sweep(settings: Settings, asked: argparse.Namespace) -> int:
    """Remove files that a crash left without an entry."""
    asyncio.run(_sweep(settings, is_dry=asked.dry_run))
    return 0


def retain(settings: Settings, asked: argparse.Namespace) -> int:
    """Purge and destroy what is kept no longer, or only say what."""
    asyncio.run(_with_lane(settings, lambda database, lane: keeping.retain(settings, database, lane, asked)))
    return 0


def operate(settings: Settings, asked: argparse.Namespace) -> int:
    """Do what an operator asks of accounts or agencies."""
    asyncio.run(_with_lane(settings, lambda database, lane: operating.run(database, lane, asked)))
    return 0


def write_openapi(settings: Settings, _asked: argparse.Namespace) -> int:
    """Write the committed document anew."""
    OPENAPI_FILE.write_text(openapi.as_yaml(create_app(settings)))
    print(f"wrote {OPENAPI_FILE.name}")
    return 0


def show_issuers(settings: Settings, _asked: argparse.Namespace) -> int:
    """Say what the identity providers answer; 1 where one of them has no keys."""
    if settings.issuers is None:
        raise RuntimeError("SIAGA_ISSUERS names no file.")
    providers = issuers.load(settings.issuers, settings.public_url, settings.data_dir)
    asyncio.run(_renew(providers))
    for each in providers:
        print(f"{each.told.name}: {each.told.issuer}: {each.keys.told()}")
    return int(any(each.keys.state != "ok" for each in providers))


async def _renew(providers: list[issuers.IdentityProvider]) -> None:
    await asyncio.gather(*(each.keys.renew() for each in providers))


def link(settings: Settings, asked: argparse.Namespace) -> int:
    """Link a subject to an account."""
    asyncio.run(_identify(settings, identities.link, asked.issuer, asked.subject, asked.account))
    return 0


def unlink(settings: Settings, asked: argparse.Namespace) -> int:
    """Take the link away."""
    asyncio.run(_identify(settings, identities.unlink, asked.issuer, asked.subject))
    return 0


async def _identify(settings: Settings, decide: Callable[..., Awaitable[Change | None]], *named: str) -> None:
    async def act(database: Database, lane: Lane) -> None:
        async with database.session() as session:
            change = await decide(session, *named)
        if change:
            await lane.write(change)
        print("done" if change else "nothing to do: it is so already")

    await _with_lane(settings, act)


def write_need_to_know(_settings: Settings, _asked: argparse.Namespace) -> int:
    """Write the open account of the rules anew."""
    NEED_TO_KNOW_FILE.write_text(need_to_know.document())
    print(f"wrote {NEED_TO_KNOW_FILE.name}")
    return 0


async def _with_lane(settings: Settings, act: Callable[[Database, Lane], Awaitable[None]]) -> None:
    database = Database(settings.database)
    lane = Lane(database)
    lane.start()
    try:
        await act(database, lane)
    finally:
        await lane.stop()
        await database.close()


async def _prepare(settings: Settings) -> None:
    async def act(database: Database, lane: Lane) -> None:
        await _load(database, lane, all_villages=False)
        await _make_demo_accounts(settings, database, lane)

    await _with_lane(settings, act)


async def _load(database: Database, lane: Lane, *, all_villages: bool) -> None:
    for name, count in (await seed.load_reference(database, lane, all_villages=all_villages)).items():
        print(f"loaded {count:,} of {name}", flush=True)


async def _make_demo_accounts(settings: Settings, database: Database, lane: Lane) -> None:
    given = settings.demo_password
    password = given.get_secret_value() if given else secrets.token_urlsafe(12)
    made = await seed.make_demo_accounts(database, lane, password)
    if made:
        told = "the password in SIAGA_DEMO_PASSWORD" if given else f"the password: {password}"
        print(f"made {made} demo accounts, such as operator.polda-banten; all have {told}", flush=True)


async def _sweep(settings: Settings, *, is_dry: bool) -> None:
    store = Store(settings.attachments, settings.max_attachment_bytes)
    found = dict(store.abandoned())
    database = Database(settings.database)
    try:
        async with database.session() as session:
            ids = list(found)
            for start in range(0, len(ids), SWEPT_AT_ONCE):
                for named in await attachments.known(session, ids[start : start + SWEPT_AT_ONCE]):
                    del found[named]
    finally:
        await database.close()
    for path in found.values():
        print(path)
        if not is_dry:
            path.unlink()
    drafts = 0 if is_dry else store.sweep_drafts()
    print(f"{'found' if is_dry else 'removed'} {len(found)} files without an entry, and {drafts} drafts")


async def _is_migrated(settings: Settings) -> bool:
    database = Database(settings.database)
    try:
        return await migrations.is_current(database.engine)
    finally:
        await database.close()
