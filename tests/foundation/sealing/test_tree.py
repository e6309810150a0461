"""Is the tree RFC 6962's, and does only a line that is in it have a path to its root?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.sealing.tree import leaf_hash, path_of, root_by, root_of, split

# The vectors of the Certificate Transparency reference implementation: the roots of its first 1, 2, ... 8 entries.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70, unique=True)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert root_of([leaf_hash(entry) for entry in ENTRIES[:size]]).hex() == ROOTS[size - 1]


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(LEAVES, st.data())
def test_every_leaf_has_a_path_to_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    path = path_of(leaves, place)
    assert root_by(leaves[place], path, place=place, size=len(leaves)) == root_of(leaves)


@given(LEAVES, st.data())
def test_no_other_leaf_place_or_path_leads_there(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.integers(-1, len(leaves)).filter(lambda number: number != place))
    path, root = path_of(leaves, place), root_of(leaves)
    assert root_by(bytes(32), path, place=place, size=len(leaves)) != root
    assert root_by(leaves[place], path, place=other, size=len(leaves)) != root
    assert root_by(leaves[place], (*path, bytes(32)), place=place, size=len(leaves)) is None
    if path:
        assert root_by(leaves[place], path[:-1], place=place, size=len(leaves)) is None


@given(LEAVES)
def test_changing_the_order_changes_the_root(leaves: list[bytes]) -> None:
    if len(leaves) > 1:
        assert root_of(leaves[::-1]) != root_of(leaves)


def test_a_place_that_does_not_exist_has_no_path() -> None:
    with pytest.raises(IndexError):
        path_of([bytes(32)], 1)


@given(LEAVES)
def test_hashes_kept_as_one_string_come_apart_again(leaves: list[bytes]) -> None:
    assert split(b"".join(leaves)) == leaves
