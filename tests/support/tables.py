"""Small files of records made in memory, for the tests of reading and writing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from sartor.platform.records.files.reading import Table, open_table
from sartor.platform.records.files.writing import CsvWriter, Writer, XlsxWriter

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook {MAIN} xmlns:r="{REL}"><workbookPr/>'
        '<sheets><sheet name="Deals" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{REL}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="00000"/></numFmts>'
        "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        '<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/>'
        "</cellXfs></styleSheet>"
    ),
}
GENERAL, PERCENT, DAY, MOMENT, ZEROS = range(5)


def read(content: str | bytes | io.BytesIO, **choices: Any) -> Table:
    """A table from text (UTF-8), bytes or a stream."""
    if isinstance(content, str):
        content = content.encode()
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return open_table(stream, name="deals", **choices)


def values(table: Table) -> list[tuple[Any, ...]]:
    return [row.values for row in table.rows()]


def codes(table: Table) -> list[str]:
    """Codes of the warnings after all rows were read."""
    for _row in table.rows():
        pass
    return [warning.code for warning in table.warnings]


def problems(table: Table) -> list[tuple[int, str]]:
    """(row number, code) of everything that is wrong with a row."""
    return [(row.number, problem.code) for row in table.rows() for problem in row.problems]


def workbook(rows: str, *, dimension: str = "", parts: dict[str, str] | None = None) -> io.BytesIO:
    """A workbook around the XML of its rows; `parts` replaces or adds entries of the archive."""
    stated = f'<dimension ref="{dimension}"/>' if dimension else ""
    sheet = f"<worksheet {MAIN}>{stated}<sheetData>{rows}</sheetData></worksheet>"
    entries = PARTS | {"xl/worksheets/sheet1.xml": sheet} | (parts or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    stream.seek(0)
    return stream


def text_cells(number: int, *texts: str) -> str:
    """The XML of a row of texts."""
    cells = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def written(kind: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], purpose: Any) -> io.BytesIO:
    """A file as an export writes it; kind: csv or xlsx."""
    stream = io.BytesIO()
    writer: Writer = (XlsxWriter if kind == "xlsx" else CsvWriter)(stream, columns, purpose=purpose)
    with writer:
        for row in rows:
            writer.write(row)
    stream.seek(0)
    return stream
