"""A filled-in template as plain text: the body of a mail."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.ui.pages.sheet import Part, Run, Sheet, Table

LINE = "—" * 12
COLON = {"zh": "："}


def plain_text(sheet: Sheet) -> str:
    """Blocks with an empty line between them."""
    colon = COLON.get(sheet.language, ": ")
    return "\n\n".join(filter(None, ("\n".join(_lines(part, colon)) for part in sheet.parts)))


def _lines(part: Part, colon: str) -> Iterator[str]:
    for number, passage in enumerate(part.passages):
        if number:
            yield ""
        yield from (("- " if passage.points else "") + _said(line) for line in passage.lines)
    yield from (f"{pair.label}{colon}{pair.text}" for pair in part.pairs)
    if part.table:
        yield from _rows(part.table)
    if part.kind == "divider":
        yield LINE


def _rows(table: Table) -> Iterator[str]:
    """A line for each row: columns do not line up in the letters of most mail programs."""
    if not table.rows:
        yield from filter(None, [table.empty])
        return
    yield " | ".join(column.label for column in table.columns)
    yield from (" | ".join(row) for row in table.rows)
    if table.foot:
        yield " | ".join(filter(None, table.foot))
    if table.rest:
        yield table.rest


def _said(line: tuple[Run, ...]) -> str:
    return "".join(run.text for run in line)
