"""The command `siaga-verify`: one line of verdict, and an exit code that says its kind."""

import argparse
import contextlib
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from siaga_verify.checkpoints import Trust, open_checkpoint
from siaga_verify.disclosures import check_disclosure
from siaga_verify.encoding import as_utf8
from siaga_verify.mirror import check_log, mirror, told
from siaga_verify.notes import LARGEST_NOTE, LOG, WITNESS, VerifierKey, read_key
from siaga_verify.proofs import check_growth, check_proof, hash_in
from siaga_verify.receipts import check_receipt
from siaga_verify.refusals import Malformed, Refusal, Unreachable
from siaga_verify.server import Server
from siaga_verify.sources import read_file
from siaga_verify.texts import HEADS, LANGUAGES, said
from siaga_verify.tree import leaf_hash
from siaga_verify.verdicts import Verdict
from siaga_verify.witness import Memory, Witness, make_identity, read_identity

LARGEST_FILE = 268_435_456
PROGRESS_SECONDS = 2.0

CODES = """exit codes:
  0  verified
  1  not proven: it is whole, and does not verify
  2  the command was not understood
  3  unreadable: not what it should be
  4  unreachable: a file or an address gave no answer
  5  misconduct proven: the log's own signatures contradict each other; keep the files"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code says what came of it."""
    asked = parser().parse_args(arguments)
    try:
        verdict: Verdict = asked.run(asked)
    except Refusal as refusal:
        print(said(HEADS[refusal.code], asked.lang) + said(refusal.text, asked.lang, refusal.values))
        return refusal.code
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130
    print(said(HEADS[0], asked.lang) + said(verdict.text, asked.lang, verdict.values))
    if getattr(asked, "show", False):
        for line in verdict.details:
            print(line)
    return 0


def content_of(path: str, most: int = LARGEST_FILE) -> bytes:
    """A file, or what comes in where it is `-`."""
    if path != "-":
        try:
            return read_file(Path(path), most)
        except OSError:
            raise Unreachable("{path} is missing.", path=path) from None
    content = sys.stdin.buffer.read(most + 1)
    if len(content) > most:
        raise Malformed("{path} is larger than {most} bytes.", path=path, most=most)
    return content


def trust_of(asked: argparse.Namespace) -> Trust:
    """Whose word counts."""
    keys: list[VerifierKey] = [read_key(each, LOG) for each in asked.key]
    if asked.keys:
        lines = as_utf8(content_of(asked.keys, LARGEST_NOTE)).splitlines()
        keys += [read_key(each, LOG) for each in lines if each.strip()]
    witnesses = [read_key(each, WITNESS) for each in asked.witness]
    return Trust(list(dict.fromkeys(keys)), witnesses, asked.quorum)


class Progress:
    """How far it is, on a terminal, every other second."""

    def __init__(self) -> None:
        self._at = time.monotonic()

    def __call__(self, count: int, size: int) -> None:
        if sys.stderr.isatty() and time.monotonic() - self._at > PROGRESS_SECONDS:
            self._at = time.monotonic()
            print(f"{count} / {size}", file=sys.stderr)


def run_checkpoint(asked: argparse.Namespace) -> Verdict:
    """A checkpoint's signatures."""
    opened = open_checkpoint(content_of(asked.file, LARGEST_NOTE), trust_of(asked))
    return told("A checkpoint of {origin}: {size} entries, root {root}.", opened)


def run_mirror(asked: argparse.Namespace) -> Verdict:
    """A copy of a log."""
    return mirror(asked.source, Path(asked.directory), trust_of(asked), Progress())


def run_log(asked: argparse.Namespace) -> Verdict:
    """A whole log."""
    return check_log(asked.source, trust_of(asked), Progress())


def run_proof(asked: argparse.Namespace) -> Verdict:
    """A proof of inclusion."""
    leaf = hash_in(asked.leaf_hash) if asked.leaf_hash else None
    if asked.leaf:
        leaf = leaf_hash(content_of(asked.leaf))
    return check_proof(content_of(asked.file), trust_of(asked), leaf)


def run_receipt(asked: argparse.Namespace) -> Verdict:
    """A receipt."""
    return check_receipt(content_of(asked.file, LARGEST_NOTE), trust_of(asked), asked.log, asked.grace)


def run_disclosure(asked: argparse.Namespace) -> Verdict:
    """A disclosure file."""
    return check_disclosure(content_of(asked.file), trust_of(asked))


def run_consistency(asked: argparse.Namespace) -> Verdict:
    """Two checkpoints."""
    notes = [content_of(each, LARGEST_NOTE) for each in (asked.older, asked.newer)]
    proof = content_of(asked.proof, LARGEST_NOTE) if asked.proof else None
    return check_growth(notes[0], notes[1], trust_of(asked), proof, asked.log)


def run_witness_init(asked: argparse.Namespace) -> Verdict:
    """A new witness."""
    identity = make_identity(Path(asked.key_file), Path(asked.state), asked.name)
    return Verdict("The key of the witness is {key}", key=identity.public)


def run_witness_serve(asked: argparse.Namespace) -> Verdict:
    """Cosigns until it is told to stop."""
    identity = read_identity(Path(asked.key_file), asked.name)
    keys = [read_key(each, LOG) for each in asked.log]
    memory = Memory(Path(asked.state), identity)
    host, _, port = asked.listen.rpartition(":")
    try:
        server = Server(host.strip("[]"), int(port), Witness(identity, memory, keys))
    except (OSError, ValueError, OverflowError) as error:
        raise Unreachable(
            "{path} cannot be listened on: {reason}.", path=asked.listen, reason=error
        ) from None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    address = f"http://{host}:{server.server_address[1]}"
    print(
        said("The witness {name} listens on {address}", asked.lang, {"name": asked.name, "address": address})
    )
    sys.stdout.flush()
    with contextlib.closing(memory), server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    return Verdict("The witness has stopped.")


def parser() -> argparse.ArgumentParser:
    """What can be asked for."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the verdict")
    trust = argparse.ArgumentParser(add_help=False, parents=[common])
    trust.add_argument(
        "--key", action="append", default=[], metavar="VKEY", help="a key of the log you trust"
    )
    trust.add_argument("--keys", metavar="FILE", help="a file with such keys, one a line")
    trust.add_argument("--witness", action="append", default=[], metavar="VKEY", help="a witness you trust")
    trust.add_argument(
        "--quorum", type=int, default=0, metavar="K", help="so many witnesses must have cosigned"
    )
    whole = argparse.ArgumentParser(
        prog="siaga-verify",
        description="Checks what a SIAGA ledger says of itself, without trusting who runs it.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: object, told: str, *places: tuple[str, str]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[trust], help=told, description=told)
        made.set_defaults(run=run)
        for place, words in places:
            made.add_argument(place, help=words)
        return made

    file = ("file", "a file, or - for what comes in")
    add("checkpoint", run_checkpoint, "check the signatures of a checkpoint", file)
    add(
        "mirror",
        run_mirror,
        "copy a log, or bring a copy up to date; proves every tile",
        ("source", "address of the log, such as https://siaga.example/ledger"),
        ("directory", "where the copy lies"),
    )
    add("log", run_log, "check a whole log", ("source", "directory or address"))
    proof = add("proof", run_proof, "check that an entry is in the log", file)
    proof.add_argument("--leaf", metavar="FILE", help="the entry as it is in the log")
    proof.add_argument("--leaf-hash", metavar="HASH", help="its hash, 64 hex digits or base64")
    receipt = add("receipt", run_receipt, "check a receipt; with --log, that the entry is still there", file)
    receipt.add_argument("--log", metavar="WHERE", help="a copy of the log, or its address")
    receipt.add_argument(
        "--grace", type=int, default=3600, metavar="SECONDS", help="how long the log may take"
    )
    disclosure = add("disclosure", run_disclosure, "check a file of `ledger disclose`", file)
    disclosure.add_argument(
        "--show", action="store_true", help="print what was disclosed, a JSON line a value"
    )
    growth = add(
        "consistency",
        run_consistency,
        "check that one checkpoint only adds to another",
        ("older", "a checkpoint"),
        ("newer", "a later checkpoint"),
    )
    growth.add_argument(
        "--proof", metavar="FILE", help="the proof: base64 hashes, one a line, or a JSON list"
    )
    growth.add_argument(
        "--log", metavar="WHERE", help="instead of a proof: a copy of the log, or its address"
    )
    add_witness(commands, common)
    return whole


def add_witness(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """`witness init` and `witness serve`."""
    told = "cosign the checkpoints of a log as an independent witness"
    witness = commands.add_parser("witness", help=told, description=told).add_subparsers(
        required=True, metavar="COMMAND"
    )
    init = witness.add_parser("init", parents=[common], help="make its key and its memory")
    serve = witness.add_parser("serve", parents=[common], help="cosign until stopped")
    for each in (init, serve):
        each.add_argument("--name", required=True, help="such as saksi.bawaslu-banten.example/siaga")
        each.add_argument("--key-file", required=True, help="where its secret key lies")
        each.add_argument("--state", required=True, help="where it remembers what it cosigned")
    init.set_defaults(run=run_witness_init)
    serve.add_argument(
        "--log", action="append", required=True, metavar="VKEY", help="a key of a log it knows"
    )
    serve.add_argument("--listen", default="127.0.0.1:7380", metavar="HOST:PORT")
    serve.set_defaults(run=run_witness_serve)
