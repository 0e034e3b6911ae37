"""What a mirror does with a snapshot that breaks off, and with a second process."""

import json
import sqlite3
import sys

import httpx
import pytest
from siaga_client.cli import Progress
from siaga_client.clients import Client
from siaga_client.flows import Session
from siaga_client.mirror import CutOffError, Mirror, TwoMirrorsError


def line(number):
    return {"record_type": "incident", "id": str(number), "version": 1, "record": {"id": str(number)}}


def snapshot(*numbers, end=True):
    last = [{"end": True, "count": len(numbers), "next": f"s{numbers}"}] if end else []
    said = [{"format": "siaga-snapshot/v1"}, *map(line, numbers), *last]
    return "".join(json.dumps(each) + "\n" for each in said)


def page(after, *numbers, more=False):
    items = [{"change": "changed", **line(each)} for each in numbers]
    return {"items": items, "next": f"{after}+{len(numbers)}", "more": more}


class Told:
    """Answers in turn; None is a cursor that fits no more."""

    def __init__(self, *answers):
        self.answers = iter(answers)

    def __call__(self, _):
        answer = next(self.answers)
        if isinstance(answer, str):
            return httpx.Response(200, text=answer)
        return httpx.Response(410 if answer is None else 200, json=answer or {})


def mirror_of(directory, *answers):
    http = httpx.Client(transport=httpx.MockTransport(Told(*answers)))
    return Mirror(Client(Session("http://siaga.test", {}, "x", float("inf")), http), directory)


def ids(directory):
    with sqlite3.connect(directory / "mirror.sqlite") as opened:
        found = [row[0] for row in opened.execute("SELECT id FROM record ORDER BY id")]
    opened.close()
    return found


def test_a_snapshot_that_was_cut_off_leaves_the_former_mirror_as_it_was(tmp_path):
    mirror = mirror_of(
        tmp_path, snapshot(1, 2), page("a"), None, snapshot(3, end=False), None, snapshot(3), page("b")
    )
    next(mirror.follow(lambda *_: None))
    with pytest.raises(CutOffError):
        next(mirror.follow(lambda *_: None))
    assert ids(tmp_path) == ["1", "2"]
    next(mirror.follow(lambda *_: None))
    assert ids(tmp_path) == ["3"]
    mirror.close()


def test_of_two_processes_one_is_refused_and_writes_nothing(tmp_path):
    first = mirror_of(tmp_path, snapshot(1), page("a"), page("b", 2), page("c", 4))
    follows = first.follow(lambda *_: None)
    next(follows)
    second = mirror_of(tmp_path, page("b", 3))
    next(second.follow(lambda *_: None))
    with pytest.raises(TwoMirrorsError):
        next(follows)
    assert ids(tmp_path) == ["1", "3"]
    first.close()
    second.close()


def test_lines_are_written_anew_where_records_differ_and_only_then(tmp_path):
    mirror = mirror_of(tmp_path, snapshot(1), page("a"), page("b"), page("c", 2), page("d"))
    follows, lines = mirror.follow(lambda *_: None), tmp_path / "records.ndjson"

    def written():
        mirror.export()
        return lines.stat().st_ino, [json.loads(each)["id"] for each in lines.read_text("utf-8").splitlines()]

    next(follows)
    first = written()
    next(follows)
    assert written() == first
    next(follows)
    second = written()
    assert (second[0] != first[0], second[1]) == (True, ["1", "2"])
    lines.unlink()
    next(follows)
    assert written()[1] == ["1", "2"]
    mirror.close()


def test_a_terminal_is_shown_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    moments = iter(range(1, 9))
    monkeypatch.setattr("siaga_client.cli.time.monotonic", lambda: next(moments))
    progress = Progress()
    progress(10, 40)
    progress(20, 40)
    progress(5, None)
    progress.end()
    shown = capsys.readouterr().err.split("\r")[1:]
    assert shown[0] == f"10 of 40 [{'#' * 7}{'.' * 23}] records"
    assert shown[1] == f"30 of 40 [{'#' * 22}{'.' * 8}] records"
    assert shown[2:] == ["35 records", f"{'35 records; up to date':<60}\n"]
