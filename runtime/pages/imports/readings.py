"""The ways in which a file of text could be read, for somebody to choose from."""

from __future__ import annotations

from sartor.platform.records.files.encoding import Candidate, UnsureEncoding, known
from sartor.platform.records.files.scripts import LABELS
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Cell, Head, Table
from sartor.platform.ui.pages.widget import Option

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "windows-1252", "shift_jis")


def encoding_options(unsure: UnsureEncoding | None = None) -> tuple[Option, ...]:
    """All that is offered; what a file could be in comes first, the most likely on top."""
    if unsure is None:
        return (Option("", _("Find out by itself")), *(Option(name, LABELS[known(name)]) for name in ENCODINGS))
    likely = tuple(Option(one.encoding, one.label, group=_("Possible")) for one in unsure.detection.candidates)
    offered = {one.encoding for one in unsure.detection.candidates}
    others = {name: known(name) for name in ENCODINGS}
    return (
        *likely,
        *(Option(name, LABELS[wide], group=_("Other")) for name, wide in others.items() if wide not in offered),
    )


def readings(unsure: UnsureEncoding) -> Table:
    """What the file says in each of them."""
    rows = tuple((Cell(text=one.label), Cell(kind="long", text=_telling(one))) for one in unsure.detection.candidates)
    return Table(_("How it would read"), (Head(_("Encoding")), Head(_("Text"))), rows)


def _telling(one: Candidate) -> str:
    """The lines that differ between encodings."""
    lines = one.preview.splitlines()
    return " · ".join([line for line in lines if not line.isascii()] or lines)
