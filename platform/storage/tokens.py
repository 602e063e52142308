"""Search tokens: what a text is found by, the same on both engines because it is made here.

Chinese, Japanese and Korean text gives single characters and pairs; other text gives the beginnings (one and two
characters) and all three-character pieces of its words; Chinese text also gives its pinyin initials. Each token begins
with the code of its field, so that a search can be kept to the fields that the reader may read.

A search may find too much (pieces from different places of a text), never too little: whoever shows hits verifies
them by substring.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from sartor.platform.text import fold, initials

LONGEST_TEXT = 20_000
"""Characters of one value that are searched; what lies behind them is not found."""
LONGEST_QUERY = 100
"""Characters of a query that choose the candidates; the rest is left to the verification."""
CODE = 5

_WIDE = (
    "\u1100-\u11ff\u2e80-\u303f\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"([{_WIDE}]+)|([^{_WIDE}\\s]+)")
_STARTS = re.compile(r"(?:^|(?<=[^\w]))\w")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=4096)
def field_code(stored_as: str) -> str:
    """Five letters and digits that stand for a field of an entity in its tokens."""
    number = int.from_bytes(hashlib.sha256(stored_as.encode()).digest()[:4])
    code = ""
    for _ in range(CODE):
        number, digit = divmod(number, 36)
        code += _DIGITS[digit]
    return code


def tokens_for(code: str, text: str) -> set[str]:
    """All tokens of a value of the field with this code."""
    searched = text[:LONGEST_TEXT]
    folded = fold(searched)
    grams: list[str] = []
    for wide, narrow in [("", run) for run in folded.split()] if folded.isascii() else _RUNS.findall(folded):
        if wide:
            grams += wide
            grams += _pairs(wide)
        else:
            grams += _triples(narrow)
            grams += _beginnings(narrow)
    first_letters = "" if searched.isascii() else initials(searched)
    grams += first_letters
    grams += _pairs(first_letters)
    grams += _triples(first_letters)
    if _is_plain(folded.replace(" ", "")):
        return {code + gram for gram in grams}
    return {code + _plain(gram) for gram in grams}


def query_tokens(text: str) -> list[str]:
    """The pieces, without code, that a text must have to contain `text`; empty for an empty query."""
    wanted: list[str] = []
    runs = list(_RUNS.finditer(fold(text)[:LONGEST_QUERY]))
    for run in runs:
        wide, narrow = run.groups()
        if wide:
            wanted += _pairs(wide) or [wide]
        elif len(narrow) >= 3:
            wanted += _triples(narrow)
        elif run.start() > 0 or len(runs) == 1:
            # At the very beginning a short piece may be the end of a longer word, which has no token of its own.
            wanted += [narrow] if _STARTS.match(narrow) else []
    return [_plain(gram) for gram in dict.fromkeys(wanted)]


def _beginnings(run: str) -> list[str]:
    """One and two characters of each word; a word begins where a letter or digit follows something else."""
    if run.isalnum():
        return [run[0], run[:2]]
    return [run[at.start() : at.start() + size] for at in _STARTS.finditer(run) for size in (1, 2)]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _triples(run: str) -> list[str]:
    return [run[i : i + 3] for i in range(len(run) - 2)]


def _plain(gram: str) -> str:
    """Letters and digits only, so that no engine's own idea of a word comes between: others as their number."""
    if _is_plain(gram):
        return gram
    return "".join(char if char.isascii() and char.isalnum() else f"{ord(char):x}" for char in gram)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isalnum()
