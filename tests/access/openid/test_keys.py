"""Which published keys are never used, whatever a token says?"""

import pytest
from joserfc.jwk import OctKey

from access.openid.keys import keys_in
from tests.access.openid.hostile import EC_KEY, KEY

PUBLISHED = KEY.as_dict(private=False)


def test_keys_that_sign_are_known_by_name() -> None:
    found = keys_in({"keys": [PUBLISHED, EC_KEY.as_dict(private=False)]})
    assert set(found) == {"one", "curve"}
    assert not any(key.is_private for key in found.values())


def test_a_private_part_that_somebody_published_is_not_read() -> None:
    assert not keys_in({"keys": [KEY.as_dict(private=True)]})["one"].is_private


@pytest.mark.parametrize(
    "key",
    [
        {**PUBLISHED, "use": "enc"},
        {**PUBLISHED, "kid": None},
        {**PUBLISHED, "kid": 1},
        {**PUBLISHED, "kty": "EC"},
        {**PUBLISHED, "n": str(PUBLISHED["n"])[:171]},
        {**PUBLISHED, "n": "§" * 342},
        {"kty": "EC", "kid": "odd", "crv": "P-1", "x": "AA", "y": "AA"},
        {**OctKey.generate_key(256, {"kid": "shared"}).as_dict(private=True)},
        {"kty": ["RSA"]},
        {},
        "a word",
        None,
    ],
)
def test_what_is_no_signing_key_is_passed_over(key: object) -> None:
    assert set(keys_in({"keys": [key, EC_KEY.as_dict(private=False)]})) == {"curve"}


@pytest.mark.parametrize(
    "published", [{}, {"keys": None}, {"keys": "words"}, {"keys": []}, {"keys": {"kid": 1}}]
)
def test_no_keys_are_no_keys(published: dict[str, object]) -> None:
    assert keys_in(published) == {}
