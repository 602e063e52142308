"""The marks of a template's texts: `**bold**`, points (`- `) and paragraphs. Only what the template says is looked at.

A value is put in whole, whatever characters it holds: its line breaks break the line, and nothing else in it means
anything.
"""

from __future__ import annotations

from collections.abc import Iterable

from sartor.platform.ui.pages.sheet import Passage, Run

BOLD = "**"
POINT = "- "
Line = list[Run]


def passages(parts: Iterable[Run]) -> tuple[Passage, ...]:
    """Runs of a text, those of the template with marks in them, as paragraphs and lists."""
    found: list[Passage] = []
    for line in _lines(_bold(parts)):
        point = _begins_point(line)
        lines = (tuple(_without_mark(line) if point else line),)
        if not line:
            found.append(Passage(()))
        elif found and found[-1].lines and found[-1].points == point:
            found[-1] = Passage(found[-1].lines + lines, point)
        else:
            found.append(Passage(lines, point))
    return tuple(each for each in found if each.lines)


def one_line(parts: Iterable[Run]) -> str:
    """The same as a line without marks, for a subject or a name."""
    return " ".join("".join(run.text for run in _bold(parts)).split())


def _bold(parts: Iterable[Run]) -> Iterable[Run]:
    bold = False
    for part in parts:
        if part.value:
            yield Run(part.text, bold, value=True)
            continue
        for number, text in enumerate(part.text.split(BOLD)):
            bold = bold != bool(number)
            if text:
                yield Run(text, bold)


def _lines(runs: Iterable[Run]) -> list[Line]:
    """Broken at line breaks. A blank line that a value brings is no end of a paragraph."""
    lines: list[Line] = [[]]
    for run in runs:
        texts = run.text.splitlines() if run.value else run.text.replace("\r\n", "\n").split("\n")
        for number, text in enumerate(each for each in texts if each or not run.value):
            if number:
                lines.append([])
            if text:
                lines[-1].append(Run(text, run.bold, run.value))
    return lines


def _begins_point(line: Line) -> bool:
    return bool(line) and not line[0].value and line[0].text.startswith(POINT)


def _without_mark(line: Line) -> Line:
    first = line[0]
    rest = first.text.removeprefix(POINT)
    return [*([Run(rest, first.bold)] if rest else []), *line[1:]]
