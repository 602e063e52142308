"""Which encoding a file of text is in, or an honest "not sure" with readable candidates.

A byte order mark or strictly valid UTF-8 settles it. A legacy encoding is taken as certain only where the text reads
like its language beyond doubt and no other decoding comes near; else a person chooses, seeing a preview of the file.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from sartor.platform.errors import Invalid, Problem
from sartor.platform.records.files.characters import letters_of
from sartor.platform.records.files.scripts import LABELS, SCRIPTS, WIDER, Script
from sartor.platform.text import gettext as _
from sartor.platform.text import near

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
NEVER_STORED = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
DECIDED = 60
LEAD = 35
ENOUGH_LETTERS = 12
SHOWN = 8
POSSIBLE = 5
ALWAYS_SHOWN = frozenset(script.encoding for script in SCRIPTS if script.decides) | {"cp1252"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible reading of the file. score: 0 to 100; preview: the header and lines with other than plain letters."""

    encoding: str
    score: int
    preview: str

    @property
    def label(self) -> str:
        return LABELS.get(self.encoding, self.encoding)


@dataclass(frozen=True, slots=True)
class Detection:
    """The most likely encoding, whether it may be used without asking, and what else it could be, best first."""

    encoding: str
    certain: bool
    candidates: tuple[Candidate, ...] = ()


class UnsureEncoding(Invalid):
    """The file could be read in several ways; somebody has to look at `detection.candidates` and choose."""

    def __init__(self, name: str, detection: Detection) -> None:
        options = [
            Problem("", "encoding", f"{one.encoding} ({one.label}): {one.preview!r}", one.encoding)
            for one in detection.candidates
        ]
        message = _("The encoding of %(name)s is not certain. Say which reading is right with --encoding.", name=name)
        super().__init__(message, options, code="encoding")
        self.detection = detection


def detect(head: bytes) -> Detection:
    """Judge the first bytes of a file (64 KiB are plenty; the last character may be cut)."""
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return _marked(head, encoding)
    text = decode_head(head, "utf-8")
    if text is not None and "\x1b$" not in text and "\x00" not in text:
        sure = not NEVER_STORED.search(text)
        return Detection("utf-8", sure, (Candidate("utf-8", 100 if sure else 50, preview(text)),))
    if b"\x00" in head:
        return _rank(_wide_candidates(head), head)
    if text is not None:
        return _rank([Candidate("iso2022_jp", 80, preview(decode_head(head, "iso2022_jp") or ""))], head)
    return _rank([one for script in SCRIPTS if (one := _judge(head, script))], head)


def known(encoding: str) -> str:
    """The name under which an encoding chosen by a person is used; the widest of its family, so that GBK is GB18030.

    :raises Invalid: for an encoding that is not read here, with the near match.
    """
    try:
        name = codecs.lookup(encoding.strip().replace(" ", "")).name
    except (LookupError, ValueError):
        name = ""
    name = WIDER.get(name, name)
    if plain(name) not in {plain(one) for one in LABELS}:
        guess = near(encoding.lower(), LABELS)
        hint = _("Did you mean %(guess)s?", guess=guess) if guess else _("Known: %(all)s.", all=", ".join(LABELS))
        message = _("There is no encoding %(encoding)s.", encoding=repr(encoding))
        raise Invalid(f"{message} {hint}", [Problem("", "encoding", message, guess)])
    return name


def plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def decode_head(head: bytes, encoding: str) -> str | None:
    """The text of a beginning, whose last character may be cut; None where it is not in this encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeError:
        return None


def preview(text: str, lines: int = 4, width: int = 120) -> str:
    """The first line and the next ones that show something other than ASCII."""
    first, *rest = text.splitlines() or [""]
    telling = [line for line in rest if not line.isascii()]
    return "\n".join(line[:width] for line in [first, *telling][:lines])


def _marked(head: bytes, encoding: str) -> Detection:
    text = decode_head(head, encoding)
    if text is None:
        return _rank([one for script in SCRIPTS if (one := _judge(head, script))], head)
    sure = not NEVER_STORED.search(text) and "\x00" not in text
    return Detection(encoding, sure, (Candidate(encoding, 100 if sure else 50, preview(text.lstrip("\ufeff"))),))


def _wide_candidates(head: bytes) -> list[Candidate]:
    """UTF-16 without a mark: half of the bytes of its plain letters are zero, always the same half."""
    found = []
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        text = decode_head(head, encoding)
        if text is not None and not CONTROL.search(text) and zeros:
            found.append(Candidate(encoding, round(99 * zeros.count(0) / len(zeros)), preview(text)))
    return [one for one in found if one.score > 5]


def _judge(head: bytes, script: Script) -> Candidate | None:
    text = decode_head(head, script.encoding)
    if text is None or CONTROL.search(text):
        return None
    score = 100 * script.share(text) / script.typical
    if NEVER_STORED.search(text):
        score /= 4
    return Candidate(script.encoding, min(99, round(score)), preview(text))


def _rank(candidates: list[Candidate], head: bytes) -> Detection:
    """Best first; the same text under two names is offered once."""
    ranked: list[Candidate] = []
    for one in sorted(candidates, key=lambda one: -one.score):
        if one.preview not in [other.preview for other in ranked]:
            ranked.append(one)
    if not ranked:
        return Detection("", False)
    shown = [one for one in ranked[:SHOWN] if one.score >= POSSIBLE]
    shown += [one for one in ranked if one.encoding in ALWAYS_SHOWN and one not in shown]
    return Detection(ranked[0].encoding, _decided(ranked, head), tuple(shown))


def _decided(ranked: list[Candidate], head: bytes) -> bool:
    best, second = ranked[0], ranked[1].score if len(ranked) > 1 else 0
    if best.encoding not in {script.encoding for script in SCRIPTS if script.decides}:
        return False
    text = decode_head(head, best.encoding) or ""
    return (
        len(letters_of(text)) >= ENOUGH_LETTERS
        and best.score >= DECIDED
        and best.score - second >= LEAD
        and not NEVER_STORED.search(text)
    )
