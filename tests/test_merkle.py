"""The tree by RFC 6962 and 9162: known values, every index, every pair of sizes, no false proof."""

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import merkle
from app.domain.commitments import leaf_hash
from app.domain.merkle import WrongProof

MOST = 200
# The data and the roots that come with the implementation of RFC 6962 (Certificate Transparency).
DATA = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(str(number).encode()) for number in range(70_000)]


def by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:split]) + by_the_book(leaves[split:])).digest()


def grow(leaves: list[bytes], *steps: int) -> dict[merkle.Place, bytes]:
    """The tiles of a tree that grew in steps."""
    tiles: dict[merkle.Place, bytes] = {}
    size = 0
    for end in (*steps, len(leaves)):
        asked = set(merkle.edge(size))
        changed = merkle.grown(size, leaves[size:end], merkle.reader({at: tiles[at] for at in asked}))
        for at, hashes in changed.items():
            assert hashes.startswith(tiles.get(at, b""))
        tiles |= changed
        size = end
    return tiles


SMALL = merkle.reader(grow(LEAVES[:MOST]))
SMALL_ROOTS = [by_the_book(LEAVES[:size]) for size in range(MOST + 1)]


def test_the_constants_of_the_standard():
    assert merkle.EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"L123456").hex() == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    joined = merkle.node_hash(b"N123", b"N456")
    assert joined.hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"


def test_the_known_roots_of_the_standards_implementation():
    leaves = [leaf_hash(each) for each in DATA]
    for size in range(1, len(leaves) + 1):
        assert merkle.root(size, merkle.reader(grow(leaves[:size]))).hex() == ROOTS[size - 1]


def test_the_known_proofs_of_the_standards_implementation():
    read = merkle.reader(grow([leaf_hash(each) for each in DATA]))
    assert [each.hex()[:8] for each in merkle.inclusion_proof(0, 8, read)] == [
        "96a296d2",
        "5f083f0a",
        "6b47aaf2",
    ]
    assert [each.hex()[:8] for each in merkle.inclusion_proof(5, 8, read)] == [
        "bc1a0643",
        "ca854ea1",
        "d37ee418",
    ]
    assert [each.hex()[:8] for each in merkle.inclusion_proof(2, 3, read)] == ["fac54203"]
    assert [each.hex()[:8] for each in merkle.consistency_proof(1, 8, read)] == [
        "96a296d2",
        "5f083f0a",
        "6b47aaf2",
    ]
    assert [each.hex()[:8] for each in merkle.consistency_proof(6, 8, read)] == [
        "0ebc5d34",
        "ca854ea1",
        "d37ee418",
    ]


def test_every_index_of_every_size_is_proved():
    for size in range(1, MOST + 1):
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, SMALL)
            merkle.check_inclusion(index, size, LEAVES[index], proof, SMALL_ROOTS[size])


def test_every_pair_of_sizes_is_proved():
    for new in range(MOST + 1):
        assert merkle.root(new, SMALL) == SMALL_ROOTS[new]
        for old in range(new + 1):
            proof = merkle.consistency_proof(old, new, SMALL)
            merkle.check_consistency(old, new, SMALL_ROOTS[old], SMALL_ROOTS[new], proof)


@pytest.mark.parametrize(
    "steps", [(), (1,), (255, 256, 257), (65_535, 65_536), tuple(range(1, 70_000, 997)), (256, 65_536 + 256)]
)
def test_a_tree_grows_to_the_same_tiles_in_whatever_steps(steps: tuple[int, ...]):
    tiles = grow(LEAVES, *steps)
    assert tiles == grow(LEAVES)
    assert len(tiles[0, 0]) == 256 * 32
    assert len(tiles[0, len(LEAVES) // 256]) == len(LEAVES) % 256 * 32
    assert len(tiles[2, 0]) == 32
    assert merkle.root(len(LEAVES), merkle.reader(tiles)) == by_the_book(LEAVES)


def test_a_proof_reads_a_handful_of_tiles_and_is_small():
    size = 1_000_000
    for index in (0, 255, 256, 65_535, 65_536, 524_288, 999_424, size - 1):

        def prove(read: merkle.ReadTile, index: int = index) -> None:
            proof = merkle.inclusion_proof(index, size, read)
            assert 44 * len(proof) < 1024

        assert len(merkle.places(prove)) <= 6
    for old in (1, 77_777, 999_999):
        assert len(merkle.places(lambda read, old=old: merkle.consistency_proof(old, size, read))) <= 8


def test_a_proof_over_a_large_tree_holds():
    tiles = grow(LEAVES)
    size = len(LEAVES)
    root = by_the_book(LEAVES)
    for index in (0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, size - 1):
        places = merkle.places(lambda read, index=index: merkle.inclusion_proof(index, size, read))
        read = merkle.reader({at: tiles[at] for at in places})
        merkle.check_inclusion(index, size, LEAVES[index], merkle.inclusion_proof(index, size, read), root)
    for old in (1, 256, 65_536, 69_999):
        places = merkle.places(lambda read, old=old: merkle.consistency_proof(old, size, read))
        read = merkle.reader({at: tiles[at] for at in places})
        proof = merkle.consistency_proof(old, size, read)
        merkle.check_consistency(old, size, by_the_book(LEAVES[:old]), root, proof)


sizes = st.integers(1, MOST)


def mutations(proof: list[bytes], chance: random.Random) -> list[list[bytes]]:
    """Proofs that are like this one and are not it."""
    made = [[*proof, chance.randbytes(32)], [chance.randbytes(32), *proof]]
    if proof:
        place = chance.randrange(len(proof))
        flipped = bytearray(proof[place])
        flipped[chance.randrange(32)] ^= 1 << chance.randrange(8)
        made += [proof[:-1], proof[1:], [*proof[:place], bytes(flipped), *proof[place + 1 :]]]
        made += [[*proof[:place], proof[place], *proof[place:]]]
        if len(set(proof)) > 1:
            made.append(proof[::-1])
    return [each for each in made if each != proof]


@given(size=sizes, chance=st.randoms(use_true_random=False))
def test_a_changed_proof_of_inclusion_is_never_accepted(size: int, chance: random.Random):
    index = chance.randrange(size)
    proof = merkle.inclusion_proof(index, size, SMALL)
    root, leaf = SMALL_ROOTS[size], LEAVES[index]
    wrong = [(index, size, leaf, each, root) for each in mutations(proof, chance)]
    wrong += [
        (index, size, chance.randbytes(32), proof, root),
        (index, size, leaf, proof, chance.randbytes(32)),
    ]
    wrong += [
        (other, size, leaf, proof, root) for other in {index - 1, index + 1, size, -1} if other != index
    ]
    for each in wrong:
        with pytest.raises(WrongProof):
            merkle.check_inclusion(*each)


@given(new=sizes, chance=st.randoms(use_true_random=False))
def test_a_changed_proof_of_consistency_is_never_accepted(new: int, chance: random.Random):
    old = chance.randrange(new + 1)
    proof = merkle.consistency_proof(old, new, SMALL)
    before, after = SMALL_ROOTS[old], SMALL_ROOTS[new]
    wrong = [(old, new, before, after, each) for each in mutations(proof, chance)]
    wrong += [(old, new, chance.randbytes(32), after, proof), (new + 1, new, before, after, proof)]
    if old:
        wrong.append((old, new, before, chance.randbytes(32), proof))
    for each in wrong:
        with pytest.raises(WrongProof):
            merkle.check_consistency(*each)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_hash_that_has_not_32_bytes_is_refused(length: int):
    wrong = bytes(length)
    proof = merkle.inclusion_proof(3, 8, SMALL)
    between = merkle.consistency_proof(3, 8, SMALL)
    for call in (
        lambda: merkle.check_inclusion(3, 8, wrong, proof, SMALL_ROOTS[8]),
        lambda: merkle.check_inclusion(3, 8, LEAVES[3], proof, wrong),
        lambda: merkle.check_inclusion(3, 8, LEAVES[3], [wrong, *proof[1:]], SMALL_ROOTS[8]),
        lambda: merkle.check_consistency(3, 8, wrong, SMALL_ROOTS[8], between),
        lambda: merkle.check_consistency(3, 8, SMALL_ROOTS[3], wrong, between),
        lambda: merkle.check_consistency(3, 8, SMALL_ROOTS[3], SMALL_ROOTS[8], [wrong, *between[1:]]),
        lambda: merkle.check_consistency(0, 8, wrong, SMALL_ROOTS[8], []),
    ):
        with pytest.raises(WrongProof):
            call()


def test_nothing_is_proved_of_what_is_not_in_the_tree():
    for index, size in ((-1, 4), (4, 4), (0, 0)):
        with pytest.raises(WrongProof):
            merkle.inclusion_proof(index, size, SMALL)
    with pytest.raises(WrongProof):
        merkle.consistency_proof(5, 4, SMALL)
    with pytest.raises(WrongProof):
        merkle.root(500, SMALL)
    with pytest.raises(WrongProof):
        merkle.grown(500, LEAVES[:1], SMALL)
