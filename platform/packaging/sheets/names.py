"""Names and labels for what a spreadsheet calls otherwise: `SupportRepId` is `support_rep_id`, "Support rep id"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import PurePath
from unicodedata import normalize

from sartor.platform.definitions.naming import entity_name_problem, field_name_problem
from sartor.platform.packaging.sheets.headings import BEGINNINGS, ENDS, HEADINGS, SUBJECTS
from sartor.platform.records.files.mapping import HUMPS, SEPARATORS, spelled
from sartor.platform.records.files.synonyms import GROUPS
from sartor.platform.text import has_chinese, sort_key

LONGEST = 40
LONGEST_LABEL = 100
TAIL = 4
"""Kept free for a number behind a name."""
Label = dict[str, str]


def words(text: str) -> str:
    """A name of programs as people write it, in one case but for abbreviations."""
    parts = SEPARATORS.sub(" ", HUMPS.sub(" ", text)).split() if not has_chinese(text) else [text.strip()]
    said = [part if part.isupper() and len(part) > 1 else part.lower() for part in parts]
    joined = " ".join(said)[:LONGEST_LABEL].strip()
    return joined[:1].upper() + joined[1:]


def label(text: str, meant: str = "") -> Label:
    """In the language of the text, and in the other one where it is a usual word. meant: the other one, where it means
    something else here."""
    said = words(text) or text.strip()[:LONGEST_LABEL] or "?"
    english, chinese = _translations(text)
    if has_chinese(said):
        english = meant or english
        return {"zh": said, **({"en": words(english)} if english else {})}
    chinese = meant or chinese
    return {"en": said, **({"zh": chinese} if chinese else {})}


def subject(text: str) -> Label:
    """What the rows of a table are called, one of them."""
    said = words(text) or text.strip()[:LONGEST_LABEL] or "?"
    if has_chinese(said):
        english = next((word for word, chinese in SUBJECTS.items() if chinese == said.strip()), "")
        return {"zh": said, **({"en": words(english)} if english else {})}
    one = singular(said)
    chinese = SUBJECTS.get(one.lower(), "")
    return {"en": one, **({"zh": chinese} if chinese else {})}


def _translations(text: str) -> tuple[str, str]:
    """English and Chinese of a usual word, or of one with a usual end; what only resembles one is left to people."""
    said = spelled(text)
    return _usual().get(said) or _put_together(said)


def _put_together(said: str) -> tuple[str, str]:
    """`invoice id` of `invoice`, `billing city` of `city`; empty where a part is not usual."""
    first, _space, rest = said.partition(" ")
    start, _space, last = said.rpartition(" ")
    if last in ENDS and start in _usual():
        return said, _usual()[start][1] + ENDS[last]
    if first in BEGINNINGS and rest in _usual():
        return said, BEGINNINGS[first] + _usual()[rest][1]
    return "", ""


@cache
def _usual() -> dict[str, tuple[str, str]]:
    """Headings, subjects and words of columns as both languages spell them; what comes first says what a word means."""
    found: dict[str, tuple[str, str]] = {}
    for english, *chinese in (*HEADINGS, *SUBJECTS.items(), *_first_words()):
        for word in (english, *chinese):
            found.setdefault(spelled(word), (english, chinese[0]))
    return found


def _first_words() -> Iterator[tuple[str, str]]:
    """The first English and the first Chinese word of each meaning."""
    for group in GROUPS:
        english = next(word for word in group if not has_chinese(word))
        yield english, next((word for word in group if has_chinese(word)), english)


UNCOUNTED = frozenset({"equipment", "feedback", "inventory", "news", "people", "personnel", "series", "staff", "stock"})
"""Words that name many as they are."""


def singular(text: str) -> str:
    """One of what an English plural names."""
    head, space, last = text.rpartition(" ")
    low = last.lower()
    if low in UNCOUNTED:
        return text
    if low.endswith("ies") and len(low) > 4:
        last = last[:-3] + ("Y" if last.isupper() else "y")
    elif low.endswith(("sses", "shes", "ches", "xes", "zes")):
        last = last[:-2]
    elif low.endswith("s") and not low.endswith(("ss", "us", "is")):
        last = last[:-1]
    return head + space + last


def plural(text: str) -> str:
    """Many of what an English word names."""
    low = text.lower()
    if low.rpartition(" ")[2] in UNCOUNTED:
        return text
    if low.endswith("y") and low[-2:-1] not in "aeiou":
        return text[:-1] + "ies"
    if low.endswith(("s", "x", "z", "sh", "ch")):
        return text + "es"
    return text + "s"


def low(text: str, language: str) -> str:
    """As it stands within a sentence; abbreviations keep their case."""
    return text[:1].lower() + text[1:] if language == "en" and not text[:2].isupper() else text


def of_many(one: Label) -> Label:
    return {language: text if language == "zh" else plural(text) for language, text in one.items()}


def stem(file: str, sheet: str | None, *, several: bool) -> str:
    """What the rows of a table are called: like the sheet, where a workbook has several of them, else like the file."""
    name = PurePath(file.replace("\\", "/")).stem
    return sheet if sheet and several else name


def slug(text: str) -> str:
    """A text as the name of a definition or a key; empty where nothing of it can stand in one."""
    text = normalize("NFKC", text)
    ascii_text = sort_key(text) if has_chinese(text) else HUMPS.sub(" ", text)
    name = re.sub(r"[^a-z0-9]+", "_", ascii_text.lower()).strip("_")
    return re.sub(r"_+", "_", f"c_{name}" if name[:1].isdigit() else name)[:LONGEST].strip("_")


def free(wanted: str, fallback: str, taken: Collection[str], problem: Callable[[str], str | None]) -> str:
    """A name that is allowed and not taken yet."""
    name = wanted if wanted and problem(wanted) is None else f"{wanted or fallback}"
    if problem(name) is not None:
        name = f"{fallback}_{name}"[:LONGEST].strip("_")
    count, found = 1, name
    while found in taken:
        count += 1
        found = f"{name[: LONGEST - TAIL].rstrip('_')}_{count}"
    return found


def entity_name(text: str, taken: Collection[str]) -> str:
    english, _chinese = _translations(text)
    return free(slug(english if has_chinese(text) and english else text), "sheet", taken, entity_name_problem)


def field_name(text: str, taken: Collection[str], meant: str = "") -> str:
    """meant: as for `label`."""
    english = meant or _translations(text)[0]
    return free(slug(english if has_chinese(text) and english else text), "field", taken, field_name_problem)
