"""Signed notes, checkpoints and keys as C2SP has them; whatever differs in a letter is refused."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.formats import notes
from app.formats.notes import Checkpoint, SigningKey, VerifierKey, WrongNote

# The example of the signed-note specification of the Go team's library.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = (
    TEXT + "\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = SigningKey("siaga.invalid/ledger", Ed25519PrivateKey.from_private_bytes(bytes(32)))
POINT = Checkpoint("siaga.invalid/ledger", 109_482, hashlib.sha256(b"x").digest())


def test_a_note_that_others_signed_is_read():
    assert notes.open_note(SIGNED, VerifierKey.read(PETER)) == TEXT
    assert str(VerifierKey.read(PETER)) == PETER


def test_a_checkpoint_goes_there_and_back():
    note = notes.sign(POINT.text(), KEY)
    assert Checkpoint.read(notes.open_note(note, KEY.verifier)) == POINT
    assert VerifierKey.read(str(KEY.verifier)) == KEY.verifier
    assert note.startswith("siaga.invalid/ledger\n109482\n")


def test_a_note_by_two_keys_holds_for_who_knows_either():
    other = SigningKey(KEY.name, Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)))
    note = notes.sign(POINT.text(), KEY, other)
    for known in ([KEY.verifier], [other.verifier], [KEY.verifier, other.verifier]):
        assert notes.open_note(note, *known) == POINT.text()
    stranger = VerifierKey("siaga.invalid/ledger", bytes([7] * 32))
    with pytest.raises(WrongNote, match="No known key"):
        notes.open_note(note, stranger)


def test_whatever_is_changed_in_a_note_ends_it():
    note = notes.sign(POINT.text(), KEY)
    for place in range(len(note)):
        for put in ("", "A", "\n", " "):
            changed = note[:place] + put + note[place + 1 :]
            if changed == note:
                continue
            with pytest.raises(WrongNote):
                notes.open_note(changed, KEY.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "", "a\n", "a\n1\n", "a\n01\n{root}\n", "a\n-1\n{root}\n", "a\n+1\n{root}\n", "a\n1\n{root}\nmore\n",
        "a\n1\n{root}", "a b\n1\n{root}\n", "\n1\n{root}\n", "a\n1\nAAAA\n", "a\n1\n{root}=\n",
        "a\n1e3\n{root}\n",
        "a\n99999999999999999999\n{root}\n", "a\n1\n {root}\n",
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str):
    with pytest.raises(WrongNote):
        Checkpoint.read(text.format(root=base64.b64encode(bytes(32)).decode()))


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        PETER.replace("c7", "c8"),
        PETER[:-2],
        PETER.replace("ARp", "BRp"),
        PETER.replace("Peter", "Pe ter"),
    ],
)
def test_what_is_no_verifier_key_is_refused(key: str):
    with pytest.raises(WrongNote):
        VerifierKey.read(key)


def test_a_cosignature_says_when():
    private = Ed25519PrivateKey.from_private_bytes(bytes([2] * 32))
    witness = VerifierKey("kpu.example", private.public_key().public_bytes_raw(), notes.COSIGNATURE)
    signature = private.sign(f"cosignature/v1\ntime 1732665600\n{POINT.text()}".encode())
    octets = witness.id + (1_732_665_600).to_bytes(8, "big") + signature
    line = notes.read_line(f"— kpu.example {notes.encode(octets)}")
    assert notes.cosigned_at(line, POINT.text(), witness) == 1_732_665_600
    for text, key in ((POINT.text() + "x", witness), (POINT.text(), KEY.verifier)):
        with pytest.raises(WrongNote):
            notes.cosigned_at(line, text, key)


def test_a_receipt_names_place_leaf_and_time():
    note = notes.receipt(KEY, 17, bytes(32), "2024-11-27T00:00:00.000001Z")
    assert notes.open_note(note, KEY.verifier).split("\n") == [
        "siaga-receipt/v1", "siaga.invalid/ledger", "17", "A" * 43 + "=", "2024-11-27T00:00:00.000001Z", "",
    ]  # fmt: skip


def test_a_proof_is_written_as_the_format_has_it():
    note = notes.sign(POINT.text(), KEY)
    text = notes.proof(3, ["A" * 43 + "="] * 2, note)
    head, _, rest = text.partition("\n\n")
    assert head.split("\n") == ["c2sp.org/tlog-proof@v1", "index 3", "A" * 43 + "=", "A" * 43 + "="]
    assert rest == note
