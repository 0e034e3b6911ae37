"""Checkpoints, proofs, receipts and disclosures: what is true verifies, and nothing that was changed."""

import copy
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sample_log import AT, ORIGIN, SampleLog, Signer, b64, b64url, commit, disclosed, h, numbered
from siaga_verify.checkpoints import Trust, open_checkpoint
from siaga_verify.disclosures import check_disclosure
from siaga_verify.encoding import decimal, from_base64, from_base64url, read_json
from siaga_verify.notes import LOG, WITNESS, read_key
from siaga_verify.proofs import check_proof
from siaga_verify.receipts import check_receipt
from siaga_verify.refusals import Malformed, Misconduct, Refusal, Unproven

LEAVES = [commit({"/title": f"{each} (fiktif)"})[0] for each in range(11)]
SAMPLE = SampleLog(LEAVES)
SAKSI = [Signer(f"saksi-{each}.test", 4) for each in range(3)]


def trust(log: SampleLog = SAMPLE, *witnesses: Signer, quorum: int = 0) -> Trust:
    return Trust(
        [read_key(log.signer.vkey, LOG)], [read_key(each.vkey, WITNESS) for each in witnesses], quorum
    )


def changed(content: bytes, data: some.DataObject) -> bytes:
    """The same with one thing changed somewhere."""
    at = data.draw(some.integers(0, len(content) - 1))
    match data.draw(some.sampled_from(["flip", "drop", "insert", "cut"])):
        case "flip":
            return (
                content[:at]
                + bytes([content[at] ^ (1 << data.draw(some.integers(0, 7)))])
                + content[at + 1 :]
            )
        case "drop":
            return content[:at] + content[at + 1 :]
        case "insert":
            return content[:at] + data.draw(some.binary(min_size=1, max_size=3)) + content[at:]
    return content[:at]


def test_what_the_log_says_verifies():
    assert open_checkpoint(SAMPLE.checkpoint(), trust()).size == 11
    check_proof(SAMPLE.text_proof(3), trust(), h(b"\0" + LEAVES[3]))
    check_proof(json.dumps(SAMPLE.json_proof(10)).encode(), trust(), None)
    check_receipt(SAMPLE.receipt(4), trust(), None, 0)
    check_receipt(b64(SAMPLE.receipt(4)).encode(), trust(), None, 0)
    check_receipt(json.dumps({"receipt": SAMPLE.receipt(4).decode()}).encode(), trust(), None, 0)
    log, file = disclosed()
    verdict = check_disclosure(json.dumps(file).encode(), trust(log))
    assert (verdict.values["count"], verdict.values["last"]) == (3, 8)
    assert len(verdict.details) == 18


@settings(max_examples=400, deadline=None)
@given(some.data())
def test_a_changed_checkpoint_is_never_accepted(data):
    content = SAMPLE.checkpoint(11, SAKSI[0])
    other = changed(content, data)
    if other != content:
        with pytest.raises(Refusal):
            open_checkpoint(other, trust(SAMPLE, SAKSI[0], quorum=1))


@settings(max_examples=400, deadline=None)
@given(some.data())
def test_a_changed_proof_is_never_accepted(data):
    index = data.draw(some.integers(0, 10))
    content = SAMPLE.text_proof(index)
    other = changed(content, data)
    if other != content:
        with pytest.raises(Refusal):
            check_proof(other, trust(), h(b"\0" + LEAVES[index]))


@settings(max_examples=400, deadline=None)
@given(some.data())
def test_a_changed_receipt_is_never_accepted(data):
    content = SAMPLE.receipt(4)
    other = changed(content, data)
    if other != content:
        with pytest.raises(Refusal):
            check_receipt(other, trust(), None, 0)


def leaves_of(value, path=()):
    """Every place in a JSON value that holds a value."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from leaves_of(each, (*path, name))
    elif isinstance(value, list):
        yield path
        for at, each in enumerate(value):
            yield from leaves_of(each, (*path, at))
    else:
        yield path


def replaced(told, path, new):
    made = copy.deepcopy(told)
    place = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = new
    return made


DISCLOSED_LOG, DISCLOSED = disclosed()
PLACES = list(leaves_of(DISCLOSED))
JSON_VALUES = some.one_of(
    some.none(), some.booleans(), some.integers(-5, 2**70), some.floats(), some.text(max_size=8),
    some.lists(some.integers(), max_size=2),
    some.dictionaries(some.text(max_size=2), some.none(), max_size=1),
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(some.data())
def test_a_changed_disclosure_is_never_accepted(data):
    path = data.draw(some.sampled_from(PLACES))
    old = DISCLOSED
    for step in path:
        old = old[step]
    if isinstance(old, str) and old and data.draw(some.booleans()):
        at = data.draw(some.integers(0, len(old) - 1))
        new = old[:at] + data.draw(some.characters()) + old[at + 1 :]
    else:
        new = data.draw(JSON_VALUES)
    # A value may be left out, as when only some are shown: that changes nothing of the rest.
    if new == old or path[-1] == "erased" or (path[-1] == "disclosures" and new == []):
        return
    with pytest.raises(Refusal):
        check_disclosure(json.dumps(replaced(DISCLOSED, path, new)).encode(), trust(DISCLOSED_LOG))


@settings(max_examples=300, deadline=None)
@given(some.data())
def test_a_changed_json_proof_is_never_accepted(data):
    told = SAMPLE.json_proof(6)
    path = data.draw(some.sampled_from(list(leaves_of(told))))
    old = told
    for step in path:
        old = old[step]
    new = data.draw(JSON_VALUES)
    if type(new) is not type(old) or new != old:
        with pytest.raises(Refusal):
            check_proof(json.dumps(replaced(told, path, new)).encode(), trust(), None)


@pytest.mark.parametrize("missing", [0, 1])
def test_a_missing_entry_of_a_record_is_found(missing):
    file = copy.deepcopy(DISCLOSED)
    del file["entries"][missing]
    with pytest.raises(Unproven, match="missing"):
        check_disclosure(json.dumps(file).encode(), trust(DISCLOSED_LOG))


def test_the_last_entry_can_be_left_out_and_the_verdict_says_how_far_it_goes():
    file = copy.deepcopy(DISCLOSED)
    del file["entries"][2]
    verdict = check_disclosure(json.dumps(file).encode(), trust(DISCLOSED_LOG))
    assert "none missing between the first and entry {last}" in verdict.text
    assert verdict.values["last"] == 4


def test_an_entry_of_another_record_is_found():
    file = copy.deepcopy(DISCLOSED)
    file["record_id"] = "0198-another"
    with pytest.raises(Unproven, match="not of the record"):
        check_disclosure(json.dumps(file).encode(), trust(DISCLOSED_LOG))


def test_a_value_cannot_be_shown_as_another():
    file = copy.deepcopy(DISCLOSED)
    shown = file["entries"][0]["disclosures"]
    salt, name, _ = json.loads(from_base64url(shown[4]))
    shown[4] = b64url(json.dumps([salt, name, "Lain"]).encode())
    with pytest.raises(Unproven, match="not what was committed to"):
        check_disclosure(json.dumps(file).encode(), trust(DISCLOSED_LOG))


def test_what_is_shown_cannot_also_be_erased():
    file = copy.deepcopy(DISCLOSED)
    file["entries"][0]["erased"] = ["/title"]
    with pytest.raises(Malformed):
        check_disclosure(json.dumps(file).encode(), trust(DISCLOSED_LOG))


def test_only_keys_that_are_trusted_count():
    other = SampleLog(LEAVES)  # the same origin, another key
    with pytest.raises(Unproven):
        open_checkpoint(other.checkpoint(), trust())
    elsewhere = SampleLog(LEAVES, Signer("other.test/log"))
    with pytest.raises(Unproven):
        open_checkpoint(elsewhere.checkpoint(), trust())


def test_after_a_change_of_keys_both_count():
    old, new = SampleLog(LEAVES[:5]), SampleLog(LEAVES)
    both = Trust([read_key(each.signer.vkey, LOG) for each in (new, old)])
    assert open_checkpoint(old.checkpoint(), both).size == 5
    assert open_checkpoint(new.checkpoint(), both).size == 11


def test_a_quorum_counts_witnesses_once():
    content = SAMPLE.checkpoint(11, SAKSI[0], SAKSI[1])
    assert len(open_checkpoint(content, trust(SAMPLE, *SAKSI, quorum=2)).cosigned) == 2
    with pytest.raises(Unproven, match="2 of the witnesses"):
        open_checkpoint(content, trust(SAMPLE, *SAKSI, quorum=3))
    with pytest.raises(Malformed):
        trust(SAMPLE, SAKSI[0], SAKSI[0], quorum=2)


def test_the_log_is_not_its_own_witness():
    own = Signer("saksi.test", 4)
    own.key = SAMPLE.signer.key
    own.public = b"\x04" + own.key.public_key().public_bytes_raw()
    own.id = h(own.name.encode() + b"\n" + own.public)[:4]
    with pytest.raises(Malformed):
        trust(SAMPLE, own, quorum=1)


def test_a_receipt_is_no_checkpoint_and_a_checkpoint_is_no_receipt():
    with pytest.raises(Malformed):
        open_checkpoint(SAMPLE.receipt(4), trust())
    with pytest.raises(Refusal):
        check_receipt(SAMPLE.checkpoint(), trust(), None, 0)


def test_a_receipt_of_a_dropped_entry_proves_it(tmp_path):
    where = str(SAMPLE.write(tmp_path))
    check_receipt(SAMPLE.receipt(4), trust(), where, 0)
    with pytest.raises(Misconduct, match="dropped"):
        check_receipt(SAMPLE.receipt(4, b"another"), trust(), where, 0)


def test_a_copy_that_is_too_short_proves_it_only_where_a_witness_tells_the_time(tmp_path):
    late = SampleLog(LEAVES, SAMPLE.signer)
    receipt = SampleLog(numbered(30), SAMPLE.signer).receipt(20, at=AT)
    with pytest.raises(Unproven, match="up to date"):
        check_receipt(receipt, trust(), str(late.write(tmp_path)), 60)
    seconds = 1_795_572_184 + 3600
    late.write(tmp_path, checkpoint=late.checkpoint(11, SAKSI[0], at=seconds))
    with pytest.raises(Misconduct, match="dropped"):
        check_receipt(receipt, trust(SAMPLE, SAKSI[0], quorum=1), str(tmp_path), 60)


@pytest.mark.parametrize("text", ["01", "-1", "+1", " 1", "1\n", "1_0", "\u0661", str(2**63), "9" * 5000, ""])
def test_a_number_is_written_in_one_way(text):
    with pytest.raises(Malformed):
        decimal(text)


@pytest.mark.parametrize("text", ["YQ", "YQ=", "YR==", "YQ==\n", "Y Q==", "YQ==YQ==", "YQ-_", "é", "===="])
def test_base64_is_written_in_one_way(text):
    with pytest.raises(Malformed):
        from_base64(text)


@pytest.mark.parametrize("text", ["YQ==", "YR", "+/8", "Y", "YQ\n", "é"])
def test_base64url_is_written_in_one_way(text):
    with pytest.raises(Malformed):
        from_base64url(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 5000,
        '{"a":1,"a":2}',
        "NaN",
        "[1e999999999, Infinity]",
        '"\ud800',
        "9" * 9000,
        "",
        '"' + '\\"' * 500_000,
        '"' * 500_001,
        '"\\',
        '["' + "\\" * 300_001,
    ],
)
def test_hostile_json_is_refused_at_once(text):
    began = time.monotonic()
    with pytest.raises(Malformed):
        read_json(text)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("member", ["leaf", "checkpoint", "leaf_hash"])
def test_half_a_character_is_refused(member):
    told = json.dumps({**SAMPLE.json_proof(1), member: "\ud800"}).encode()
    with pytest.raises(Refusal):
        check_proof(told, trust(), None)
    for other in ({"receipt": "\ud800"}, {"receipt": None}):
        with pytest.raises(Malformed):
            check_receipt(json.dumps(other).encode(), trust(), None, 0)
    for name in ("checkpoint", "origin", "record_id"):
        with pytest.raises(Refusal):
            check_disclosure(json.dumps({**DISCLOSED, name: "\ud800"}).encode(), trust(DISCLOSED_LOG))


@pytest.mark.parametrize(
    "vkey", ["", "a+b", "a b+00000000+AA==", f"{ORIGIN}+00000000+{b64(SAMPLE.signer.public)}",
             f"{ORIGIN}+{SAMPLE.signer.id.hex()}+{b64(SAMPLE.signer.public[:-1])}", SAKSI[0].vkey],
    ids=["nothing", "two parts", "a space", "another key's id", "a short key", "of another kind"],
)  # fmt: skip
def test_a_key_that_is_none_is_refused(vkey):
    with pytest.raises(Malformed):
        read_key(vkey, LOG)
