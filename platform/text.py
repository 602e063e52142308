"""Words: the reader's language, labels, and the two stored forms of a text (folded and sort key).

`fold` decides when two texts are the same and what *contains* means; `sort_key` decides their order. Both are
computed here and stored, so that SQLite, PostgreSQL and Python agree byte for byte.
"""

from __future__ import annotations

import gettext as gnu_gettext
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

_simplify: Callable[[str], str] | None = None
try:
    from opencc import OpenCC
except ImportError:
    pass  # no wheel for every processor: search then works without folding traditional characters
else:
    _simplify = OpenCC("t2s").convert

Label = str | Mapping[str, str]

LANGUAGES = ("en", "zh")
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
"""As their speakers call them."""
CATALOGUES = {"zh": "zh_Hans"}
LOCALE = Path(__file__).parent / "ui" / "locale"

# Readings that differ from the usual one when the character is a family name.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "任": "ren", "查": "zha", "区": "ou", "朴": "piao",
    "盖": "ge", "翟": "zhai", "尉": "yu", "乐": "yue", "员": "yun", "缪": "miao", "种": "chong", "召": "shao",
    "秘": "bi", "折": "she", "冼": "xian", "乜": "nie", "逄": "pang", "覃": "qin", "宓": "mi", "卜": "bu",
    "那": "na", "华": "hua", "尹": "yin", "柏": "bai", "万": "wan", "葛": "ge",
}  # fmt: skip

_language: ContextVar[str] = ContextVar("language", default="en")


def use_language(language: str) -> None:
    """Choose the language of everything said from here on in this context (`en` or `zh`)."""
    _language.set(language if language in LANGUAGES else "en")


def language() -> str:
    return _language.get()


_locales: list[Path] = [LOCALE]
"""Where catalogues are: ours, then those of plugins. Of the process, as the code is whose words they hold."""


def read_words_in(folder: Path) -> None:
    """Take the catalogues of a plugin, too; what ours says stays as it is."""
    if folder not in _locales:
        _locales.append(folder)
        _catalogue.cache_clear()


@lru_cache
def _catalogue(code: str) -> gnu_gettext.NullTranslations:
    first, *others = (
        gnu_gettext.translation("sartor", folder, [CATALOGUES.get(code, code)], fallback=True) for folder in _locales
    )
    for each in others:
        first.add_fallback(each)
    return first


def gettext(message: str, /, **values: object) -> str:
    """The message in the reader's language, with `%(name)s` filled in."""
    said = _catalogue(_language.get()).gettext(message)
    return said % values if values else said


def in_every_language(message: str) -> list[str]:
    """A message without places, in each language of the product."""
    return [_catalogue(code).gettext(message) for code in LANGUAGES]


def plural(one: str, many: str, n: int) -> str:
    """The form of the message that fits the number, its places still to be filled (templates fill them, escaped)."""
    return _catalogue(_language.get()).ngettext(one, many, n)


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """The form of the message that fits the number; `%(n)s` is always available."""
    return plural(one, many, n) % {"n": n, **values}


def pick(label: Label | None, language: str | None = None) -> str:
    """The text of a label in a language (the reader's, unless said otherwise); another one if it has no such."""
    if isinstance(label, str):
        return label
    if not isinstance(label, Mapping):  # none, or a draft that does not fit its schema
        return ""
    return label.get(language or _language.get()) or next(iter(label.values()), "")


def in_all_languages(label: Label | None) -> Iterable[str]:
    """What something is called in each language that it has a name in."""
    if label is None:
        return ()
    return (label,) if isinstance(label, str) else label.values()


def within(label: str) -> str:
    """A label in the middle of a sentence. English begins it small (`New deal`), but for acronyms and names: a capital
    behind the first letter (`VAT number`, `Sales Order`, `Office in Berlin`) says that it is written as it must be."""
    if _language.get() != "en" or label[1:] != label[1:].lower():
        return label
    return label[:1].lower() + label[1:]


def joint() -> str:
    """What stands between names in the reader's language."""
    return "、" if _language.get() == "zh" else ", "


def listed(names: Iterable[str]) -> str:
    """Names one after the other, as the reader's language joins them."""
    return joint().join(names)


def near(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant; capitals and the width of letters are no difference."""
    folded = {fold(each): each for each in candidates}
    found = get_close_matches(fold(word), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(guess: str | None) -> str:
    """What to say of the near match behind a sentence, with the space between them; nothing where there is none."""
    return between() + gettext("Did you mean %(guess)s?", guess=guess) if guess else ""


def between() -> str:
    """What stands between two sentences in the reader's language."""
    return "" if _language.get() == "zh" else " "


_CHINESE = re.compile("[㐀-鿿豈-﫿]")


def has_chinese(text: str) -> bool:
    return not text.isascii() and _CHINESE.search(text) is not None


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, no case, single spaces, simplified characters."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if _simplify and has_chinese(folded):
        folded = _simplify(folded)
    return folded


@lru_cache(maxsize=8192)
def sort_key(text: str) -> str:
    """The form in which texts are ordered, compared bytewise: pinyin for Chinese, folded letters for the rest."""
    folded = fold(text)
    if not has_chinese(folded):
        return folded
    first = SURNAMES.get(folded[0])
    syllables = [first] if first else []
    rest = folded[1:] if first else folded
    syllables += [syllable[0] for syllable in _pinyin(rest)]
    return " ".join(part for part in syllables if part)


def _pinyin(text: str) -> list[list[str]]:
    # Its dictionaries take half a second and 30 MB: nobody waits for them before there is Chinese to be sorted.
    found: Any = import_module("pypinyin")
    return found.pinyin(text, style=found.Style.NORMAL, errors="default")


@lru_cache(maxsize=8192)
def initials(text: str) -> str:
    """Pinyin initials of a Chinese text (`上海华为` gives `shhw`); empty where there is no Chinese."""
    if not has_chinese(text):
        return ""
    return "".join(part[0] for part in sort_key(text).split() if part)
