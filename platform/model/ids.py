"""The two faces of an id: a 64-bit integer inside, 13 characters of Crockford base32 outside.

Never a JSON number: most readers lose digits beyond 2^53.
"""

from __future__ import annotations

from sartor.platform.errors import BadRequest
from sartor.platform.text import gettext as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 13
_CHUNKS = [a + b + c for a in ALPHABET for b in ALPHABET for c in ALPHABET]
_VALUES = {char: value for value, char in enumerate(ALPHABET)}
_VALUES |= {char.lower(): value for char, value in _VALUES.items()}
_VALUES |= {"O": 0, "o": 0, "I": 1, "i": 1, "L": 1, "l": 1}
_PYTHONS = "0123456789abcdefghijklmnopqrstuv"
_AS_PYTHON = "".join(_PYTHONS[_VALUES[chr(code)]] if chr(code) in _VALUES else "!" for code in range(128))
"""For `str.translate`: each ASCII character as the digit that `int(text, 32)` reads, `!` where it is none."""
LARGEST = 2**63 - 1


def encode_id(number: int) -> str:
    """`number` as 13 characters; three at a time from a table, which is four times faster than one by one."""
    chunks = _CHUNKS
    return (
        ALPHABET[number >> 60]
        + chunks[(number >> 45) & 32767]
        + chunks[(number >> 30) & 32767]
        + chunks[(number >> 15) & 32767]
        + chunks[number & 32767]
    )


def decode_id(text: object) -> int:
    """The number behind 13 characters.

    :raises BadRequest: for anything else.
    """
    if not isinstance(text, str) or len(text) != LENGTH:
        raise BadRequest(_("“%(text)s” is not an id: 13 letters and digits were expected.", text=text))
    said = text.translate(_AS_PYTHON)
    if "!" in said or not said.isascii():
        char = next(char for char in text if char not in _VALUES)
        raise BadRequest(_("“%(text)s” is not an id: “%(char)s” does not occur in one.", text=text, char=char))
    number = int(said, 32)
    if number > LARGEST:
        raise BadRequest(_("“%(text)s” is not an id: it is too large.", text=text))
    return number
