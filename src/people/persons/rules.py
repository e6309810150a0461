"""How is a national identifier made, read and checked?"""

# Digits and letters that nobody mistakes for one another on paper or over the radio: no I, L, O or U.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011", " -")
_BODY = 8
_BITS = 5 * _BODY
_SPACE = 1 << _BITS
# An odd number: multiplying by it visits every place once, far from its neighbours' places.
_SCATTER = 0x9E3779B97F | 1
# ISO/IEC 7064 gives each sign this value, and the 37th, 36, to a sign that we never issue.
_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*")}
_SIGNS = {value: sign for sign, value in _VALUES.items()}
_MODULUS = 37
_RADIX = 2


def check_character(body: str) -> str:
    """Return the check character of a body by ISO/IEC 7064 MOD 37-2.

    It detects every single wrong character and every two that changed places. It may be one that we do not issue.
    """
    remainder = 0
    for sign in body:
        remainder = (remainder + _VALUES[sign]) * _RADIX % _MODULUS
    return _SIGNS[(1 - remainder) % _MODULUS]


def national_id(number: int) -> str | None:
    """Return the identifier made from a number of the sequence, or None where that number is not issued.

    A number is skipped where its check character is not one of `LETTERS`. Identifiers of neighbouring numbers look
    nothing alike, so that an identifier tells neither when nor where its holder joined.
    """
    body = _in_letters(_scattered(number))
    check = check_character(body)
    return f"{body[:4]}-{body[4:]}-{check}" if check in LETTERS else None


def read_national_id(text: str) -> str | None:
    """Return the identifier that a person typed or read out, in its one written form; None if it cannot be one."""
    signs = text.upper().translate(_READ_AS)
    if len(signs) != _BODY + 1 or set(signs) - set(LETTERS) or check_character(signs[:-1]) != signs[-1]:
        return None
    return f"{signs[:4]}-{signs[4:8]}-{signs[8]}"


def _scattered(number: int) -> int:
    """Carry a number to a place of its own, far from its neighbours: each step can be undone, so none collide."""
    if not 0 <= number < _SPACE:
        raise ValueError(f"{number} is outside the space of identifiers")
    place = number
    for _ in range(3):
        place = place * _SCATTER % _SPACE
        place ^= place >> (_BITS // 2)
    return place


def _in_letters(place: int) -> str:
    return "".join(LETTERS[place >> shift & 31] for shift in range(_BITS - 5, -1, -5))
