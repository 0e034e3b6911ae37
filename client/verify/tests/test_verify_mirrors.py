"""Copies of a log: every tile proven, broken off and resumed, and never another log than before."""

import os
import random
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sample_log import SampleLog, Signer, numbered
from siaga_verify.checkpoints import Trust
from siaga_verify.mirror import check_log, mirror
from siaga_verify.notes import LOG, WITNESS, read_key
from siaga_verify.refusals import Malformed, Misconduct, Refusal, Unproven, Unreachable
from siaga_verify.sources import Address, first_of

SIGNER = Signer()
SAMPLE = SampleLog(numbered(700), SIGNER)
TRUST = Trust([read_key(SIGNER.vkey, LOG)])


def quiet(count, size):
    assert 0 < count <= size


class Asked(SimpleHTTPRequestHandler):
    """Serves a directory and remembers what was asked; can be busy, or send elsewhere."""

    seen: list[str]
    busy = 0
    elsewhere = ""

    def do_GET(self):
        self.seen.append(self.path)
        if Asked.busy:
            Asked.busy -= 1
            self.send_response(503)
            self.send_header("Retry-After", "0")
            self.end_headers()
        elif Asked.elsewhere:
            self.send_response(302)
            self.send_header("Location", Asked.elsewhere)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *args):
        pass


@pytest.fixture
def served(tmp_path):
    """An address that serves a directory, which the test fills."""
    root = tmp_path / "served"
    root.mkdir()
    Asked.seen, Asked.busy, Asked.elsewhere = [], 0, ""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Asked, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield root, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 700])
def test_a_whole_log_is_whole(tmp_path, size):
    SAMPLE.write(tmp_path, size)
    assert check_log(str(tmp_path), TRUST, quiet).values["size"] == size


def test_any_changed_file_is_found(tmp_path):
    """Each file of the log: a bit, a byte more, a byte less, gone."""
    whole = SAMPLE.write(tmp_path / "whole")
    chance = random.Random(7)  # noqa: S311 - to be the same each time
    files = [each.relative_to(whole) for each in sorted(whole.rglob("*")) if each.is_file()]
    assert len(files) == 8
    for file in files:
        for how in ("bit", "more", "less", "gone"):
            copy = tmp_path / "copy"
            shutil.copytree(whole, copy)
            content = bytearray((copy / file).read_bytes())
            match how:
                case "bit":
                    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
                case "more":
                    content += b"x"
                case "less":
                    del content[-1]
            (copy / file).write_bytes(content)
            if how == "gone":
                (copy / file).unlink()
            with pytest.raises(Refusal):
                check_log(str(copy), TRUST, quiet)
            shutil.rmtree(copy)


def test_two_entries_cannot_change_places(tmp_path):
    SAMPLE.write(tmp_path)
    leaves = numbered(700)
    leaves[3], leaves[200] = leaves[200], leaves[3]
    other = SampleLog(leaves, SIGNER).write(tmp_path / "other")
    (other / "tile" / "entries" / "000").rename(tmp_path / "tile" / "entries" / "000")
    with pytest.raises(Unproven, match="tile/entries/000 is not"):
        check_log(str(tmp_path), TRUST, quiet)


def test_a_mirror_grows_and_fetches_only_what_is_new(tmp_path, served):
    root, url = served
    copy = tmp_path / "copy"
    SAMPLE.write(root, 300)
    mirror(url, copy, TRUST, quiet)
    assert check_log(str(copy), TRUST, quiet).values["size"] == 300
    SAMPLE.write(root)
    Asked.seen.clear()
    mirror(url, copy, TRUST, quiet)
    assert check_log(str(copy), TRUST, quiet).values["size"] == 700
    assert "/tile/0/000" not in Asked.seen
    assert "/tile/entries/000" not in Asked.seen
    assert "/tile/0/001" in Asked.seen


def test_a_broken_off_mirror_goes_on_where_it_was(tmp_path, served):
    root, url = served
    SAMPLE.write(root)
    (root / "tile" / "entries" / "001").rename(root / "away")
    with pytest.raises(Unreachable):
        mirror(url, tmp_path / "copy", TRUST, quiet)
    (root / "away").rename(root / "tile" / "entries" / "001")
    Asked.seen.clear()
    mirror(url, tmp_path / "copy", TRUST, quiet)
    assert "/tile/entries/000" not in Asked.seen
    assert "/tile/entries/001" in Asked.seen
    assert check_log(str(tmp_path / "copy"), TRUST, quiet).values["size"] == 700


def test_a_copy_that_was_damaged_is_mended_from_the_address(tmp_path, served):
    root, url = served
    SAMPLE.write(root)
    copy = tmp_path / "copy"
    mirror(url, copy, TRUST, quiet)
    (copy / "tile" / "0" / "001").write_bytes(b"x" * 8192)
    (copy / "tile" / "entries" / "000").write_bytes(b"x")
    (copy / "tile" / "0" / "002.p" / "188").write_bytes(b"")
    mirror(url, copy, TRUST, quiet)
    assert check_log(str(copy), TRUST, quiet).values["size"] == 700


def test_a_log_that_was_changed_is_convicted_and_the_copy_stays(tmp_path, served):
    root, url = served
    copy = tmp_path / "copy"
    SAMPLE.write(root, 300)
    mirror(url, copy, TRUST, quiet)
    leaves = numbered(400)
    leaves[17] = b"another"
    shutil.rmtree(root)
    SampleLog(leaves, SIGNER).write(root)
    with pytest.raises(Misconduct, match="changed"):
        mirror(url, copy, TRUST, quiet)
    assert check_log(str(copy), TRUST, quiet).values["size"] == 300
    assert (copy / "conflict-400").read_bytes() == (root / "checkpoint").read_bytes()


def test_a_log_that_became_shorter_is_not_taken(tmp_path, served):
    root, url = served
    SAMPLE.write(root, 300)
    mirror(url, tmp_path / "copy", TRUST, quiet)
    SAMPLE.write(root, 200)
    with pytest.raises(Unproven, match="was cut"):
        mirror(url, tmp_path / "copy", TRUST, quiet)


def test_a_narrow_tile_is_found_in_the_whole_one(tmp_path):
    SAMPLE.write(tmp_path)
    (tmp_path / "checkpoint").write_bytes(SAMPLE.checkpoint(300))
    (tmp_path / "tile" / "1").rename(tmp_path / "gone")
    SAMPLE.write(tmp_path / "other", 300)
    (tmp_path / "other" / "tile" / "1").rename(tmp_path / "tile" / "1")
    assert check_log(str(tmp_path), TRUST, quiet).values["size"] == 300


def test_an_address_that_is_busy_is_asked_again(tmp_path, served):
    root, url = served
    SAMPLE.write(root, 5)
    Asked.busy = 3
    assert check_log(url, TRUST, quiet).values["size"] == 5


def test_an_address_that_stays_busy_is_given_up(served):
    Asked.busy = 99
    with pytest.raises(Unreachable):
        Address(served[1], sleep=lambda _: None).checkpoint()


def test_nobody_is_sent_elsewhere(served):
    Asked.elsewhere = "http://127.0.0.1:1/"
    with pytest.raises(Unreachable):
        Address(served[1]).checkpoint()


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://", "http://a:b@host/", "http://host:99999/", "ftp://host/", "https:///x"],
)
def test_only_addresses_of_the_web_are_asked(url):
    with pytest.raises(Malformed):
        Address(url)


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path):
    SAMPLE.write(tmp_path, 5)
    with (tmp_path / "checkpoint").open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(Malformed, match="larger"):
        check_log(str(tmp_path), TRUST, quiet)


def test_a_copy_leads_nowhere_else(tmp_path):
    """A copy that somebody handed over may hold links and pipes; none is followed, none hangs."""
    SAMPLE.write(tmp_path / "copy", 5)
    secret = tmp_path / "secret"
    (tmp_path / "copy" / "tile" / "0" / "000.p" / "5").rename(secret)
    (tmp_path / "copy" / "tile" / "0" / "000.p" / "5").symlink_to(secret)
    with pytest.raises(Malformed, match="link"):
        check_log(str(tmp_path / "copy"), TRUST, quiet)
    (tmp_path / "copy" / "tile" / "0" / "000.p" / "5").unlink()
    os.mkfifo(tmp_path / "copy" / "tile" / "0" / "000.p" / "5")
    with pytest.raises(Malformed, match="regular"):
        check_log(str(tmp_path / "copy"), TRUST, quiet)


def test_a_mirror_writes_nowhere_else(tmp_path, served):
    root, url = served
    SAMPLE.write(root, 5)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "tile").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Malformed, match="link"):
        mirror(url, tmp_path / "copy", TRUST, quiet)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_where_a_quorum_is_asked_for_the_newest_that_has_one_is_taken(tmp_path, served):
    """The newest checkpoint may be moments old: SIAGA keeps the newest cosigned one beside it."""
    root, url = served
    witness = Signer("saksi.test", 4)
    strict = Trust(TRUST.keys, [read_key(witness.vkey, WITNESS)], 1)
    SAMPLE.write(root)
    with pytest.raises(Unproven):
        mirror(url, tmp_path / "copy", strict, quiet)
    (root / "cosigned").write_bytes(SAMPLE.checkpoint(650, witness))
    (root / "tile" / "0" / "002.p" / "138").write_bytes(
        (root / "tile" / "0" / "002.p" / "188").read_bytes()[: 138 * 32]
    )
    bundle = (root / "tile" / "entries" / "002.p" / "188").read_bytes()
    (root / "tile" / "entries" / "002.p" / "138").write_bytes(first_of("entries", bundle, 138))
    assert mirror(url, tmp_path / "copy", strict, quiet).values["size"] == 650
    assert check_log(str(tmp_path / "copy"), strict, quiet).values["size"] == 650


def test_a_size_beyond_all_bounds_is_refused(tmp_path):
    (tmp_path / "checkpoint").write_bytes(SIGNER.note(f"{SIGNER.name}\n{2**63 - 1}\n{'A' * 43}=\n"))
    with pytest.raises(Refusal):
        check_log(str(tmp_path), TRUST, quiet)
