"""The encodings that are known: what people call them, and how text in each of them is recognised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sartor.platform.records.files import characters

Judge = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Script:
    """A way to read bytes: `share` is how much of the text looks right, `typical` what real text reaches."""

    encoding: str
    label: str
    share: Judge
    typical: float
    decides: bool = False


def _common(chars: frozenset[str]) -> Judge:
    return partial(characters.common_share, common=chars)


def _alphabet(chars: frozenset[str]) -> Judge:
    return partial(characters.alphabet_share, common=chars)


def _script(first: str, last: str) -> Judge:
    return partial(characters.script_share, first=first, last=last)


SCRIPTS = (
    Script("gb18030", "简体中文 GB18030 / GBK", _common(characters.SIMPLIFIED), 0.5, True),
    Script("cp950", "繁體中文 Big5", _common(characters.TRADITIONAL), 0.5, True),
    Script("big5hkscs", "繁體中文 Big5-HKSCS", _common(characters.TRADITIONAL), 0.51),
    Script("cp932", "日本語 Shift-JIS", characters.japanese_share, 0.7, True),
    Script("euc_jp", "日本語 EUC-JP", characters.japanese_share, 0.7),
    Script("cp949", "한국어 EUC-KR", _common(characters.HANGUL), 0.6, True),
    Script("cp1252", "Western European (Windows-1252)", _alphabet(characters.LATIN), 0.9),
    Script("cp1250", "Central European (Windows-1250)", _alphabet(characters.CENTRAL), 0.92),
    Script("cp1254", "Türkçe (Windows-1254)", _alphabet(characters.TURKISH), 0.93),
    Script("mac_roman", "Western European (Macintosh)", _alphabet(characters.LATIN), 0.95),
    Script("cp1251", "Кириллица (Windows-1251)", _script("Ё", "ё"), 0.9),
    Script("koi8_r", "Кириллица (KOI8-R)", _script("Ё", "ё"), 0.92),
    Script("cp1253", "Ελληνικά (Windows-1253)", _script("Ά", "ώ"), 0.9),
    Script("iso8859_7", "Ελληνικά (ISO 8859-7)", _script("Ά", "ώ"), 0.91),
    Script("cp1255", "עברית (Windows-1255)", _script("א", "ת"), 0.9),
    Script("cp1256", "العربية (Windows-1256)", _script("ء", "ۿ"), 0.9),
    Script("cp874", "ไทย (Windows-874)", _script("ก", "๛"), 0.9),
)
UNICODE = {"utf-8": "Unicode UTF-8", "utf-8-sig": "Unicode UTF-8", "utf-16": "Unicode UTF-16",
           "utf-16-le": "Unicode UTF-16 LE", "utf-16-be": "Unicode UTF-16 BE", "utf-32": "Unicode UTF-32"}  # fmt: skip
OTHERS = {"iso8859_1": "Western European (ISO 8859-1)", "iso8859_2": "Central European (ISO 8859-2)",
          "iso8859_5": "Кириллица (ISO 8859-5)", "iso8859_9": "Türkçe (ISO 8859-9)",
          "iso8859_15": "Western European (ISO 8859-15)", "cp437": "IBM PC (437)", "cp850": "IBM PC (850)",
          "cp866": "Кириллица (IBM 866)", "cp1257": "Baltic (Windows-1257)", "cp1258": "Tiếng Việt (Windows-1258)",
          "iso2022_jp": "日本語 ISO-2022-JP", "hz": "简体中文 HZ"}  # fmt: skip
LABELS = UNICODE | {script.encoding: script.label for script in SCRIPTS} | OTHERS
WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "cp950", "shift_jis": "cp932", "euc_kr": "cp949",
         "ascii": "utf-8", "iso8859-1": "cp1252", "iso8859-7": "iso8859_7", "cp936": "gb18030"}  # fmt: skip
