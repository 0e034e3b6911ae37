"""Hashes and proofs: the constants of RFC 6962, every index, every pair of sizes, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sample_log import consistency, h, inclusion, numbered, tree
from siaga_verify.refusals import Malformed, Refusal, Unproven
from siaga_verify.tiles import HEIGHT, WIDTH, edge_root, tile_path
from siaga_verify.tree import EMPTY_ROOT, check_consistency, check_inclusion, leaf_hash

VECTORS = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
           "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
LEAVES = numbered(200)
TREES = {size: tree(LEAVES[:size]) for size in range(201)}


def root_by_tiles(leaves: list[bytes]) -> bytes:
    level, edge, at = list(map(leaf_hash, leaves)), {}, 0
    while level:
        if len(level) % WIDTH:
            edge[at] = level[len(level) - len(level) % WIDTH :]
        level = [tree_over(level[i : i + WIDTH]) for i in range(0, len(level) - WIDTH + 1, WIDTH)]
        at += 1
    return edge_root(edge)


def tree_over(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [h(b"\1" + hashes[i] + hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


@pytest.mark.parametrize("size", ROOTS)
def test_the_roots_of_the_known_vectors(size):
    assert tree(VECTORS[:size]).hex() == ROOTS[size]
    assert root_by_tiles(VECTORS[:size]).hex() == ROOTS[size]


def test_the_empty_tree():
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert edge_root({}) == EMPTY_ROOT


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 511, 512, 700])
def test_the_right_edge_gives_the_root(size):
    leaves = numbered(size)
    assert root_by_tiles(leaves) == tree(leaves)
    assert HEIGHT == 8


def test_every_index_in_every_size_to_200():
    for size in range(1, 201):
        for index in range(0, size, 1 if size < 40 else 7):
            proof = inclusion(index, LEAVES[:size])
            check_inclusion(index, size, leaf_hash(LEAVES[index]), proof, TREES[size])


def test_every_pair_of_sizes_to_200():
    for new in range(1, 201):
        for old in range(1, new + 1):
            if new < 48 or (old + new) % 5 == 0:
                check_consistency(old, new, TREES[old], TREES[new], consistency(old, LEAVES[:new]))


HASH = some.binary(min_size=32, max_size=32)


@settings(max_examples=400, deadline=None)
@given(some.data())
def test_a_changed_inclusion_proof_is_never_accepted(data):
    size = data.draw(some.integers(1, 200))
    index = data.draw(some.integers(0, size - 1))
    leaf, proof, root = leaf_hash(LEAVES[index]), inclusion(index, LEAVES[:size]), TREES[size]
    match data.draw(some.sampled_from(["leaf", "root", "index", "drop", "add", "swap", "change", "short"])):
        case "leaf":
            leaf = data.draw(HASH.filter(lambda each: each != leaf))
        case "root":
            root = data.draw(HASH.filter(lambda each: each != root))
        case "index":
            index = data.draw(some.integers(-2, 300).filter(lambda each: each != index))
        case "drop" if proof:
            del proof[data.draw(some.integers(0, len(proof) - 1))]
        case "swap" if len(proof) > 1:
            at = data.draw(some.integers(0, len(proof) - 2))
            proof[at], proof[at + 1] = proof[at + 1], proof[at]
        case "change" if proof:
            at = data.draw(some.integers(0, len(proof) - 1))
            proof[at] = data.draw(HASH.filter(lambda each: each != proof[at]))
        case "short":
            leaf = data.draw(some.binary(max_size=40).filter(lambda each: len(each) != 32))
        case _:
            proof.insert(data.draw(some.integers(0, len(proof))), data.draw(HASH))
    with pytest.raises(Refusal):
        check_inclusion(index, size, leaf, proof, root)


@settings(max_examples=400, deadline=None)
@given(some.data())
def test_a_changed_consistency_proof_is_never_accepted(data):
    new = data.draw(some.integers(1, 200))
    old = data.draw(some.integers(1, new))
    proof, old_root, new_root = consistency(old, LEAVES[:new]), TREES[old], TREES[new]
    match data.draw(some.sampled_from(["old", "new", "sizes", "drop", "add", "change", "short"])):
        case "old":
            old_root = data.draw(HASH.filter(lambda each: each != old_root))
        case "new":
            new_root = data.draw(HASH.filter(lambda each: each != new_root))
        case "sizes":
            old += data.draw(some.sampled_from([-old, new - old + 1, -old - 1]))
        case "drop" if proof:
            del proof[data.draw(some.integers(0, len(proof) - 1))]
        case "change" if proof:
            at = data.draw(some.integers(0, len(proof) - 1))
            proof[at] = data.draw(HASH.filter(lambda each: each != proof[at]))
        case "short":
            proof.append(data.draw(some.binary(max_size=40).filter(lambda each: len(each) != 32)))
        case _:
            proof.insert(data.draw(some.integers(0, len(proof))), data.draw(HASH))
    with pytest.raises(Refusal):
        check_consistency(old, new, old_root, new_root, proof)


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_hash_of_another_length_is_refused(length):
    other = b"x" * length
    with pytest.raises(Malformed):
        check_inclusion(0, 1, other, [], other)
    with pytest.raises(Malformed):
        check_consistency(1, 1, other, other, [])


def test_a_size_beyond_all_bounds_is_refused():
    with pytest.raises(Unproven):
        check_inclusion(0, 2**64, h(b""), [h(b"")] * 64, h(b""))
    with pytest.raises(Unproven):
        check_consistency(1, 2**200, h(b""), h(b""), [h(b"")])


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, 256, "tile/0/000"),
        (7, 5, "tile/0/007.p/5"),
        (999, 256, "tile/0/999"),
        (1000, 256, "tile/0/x001/000"),
        (1234067, 12, "tile/0/x001/x234/067.p/12"),
    ],
)
def test_where_a_tile_lies(number, width, path):
    assert tile_path(0, number, width) == path
