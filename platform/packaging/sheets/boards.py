"""A board where a column says how far something has come: its values as the stages of a pipeline, in the order of
their way, with how each ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sartor.platform.definitions.documents import Document
from sartor.platform.packaging.sheets.progress import INVALID, LOST, OPEN, WON, Step, step, steps
from sartor.platform.packaging.sheets.proposal import CHOICE, DAYS, LOOKUP, MONEY, Column, Reason, Sheet
from sartor.platform.packaging.sheets.titles import COMPOSED
from sartor.platform.records.files.mapping import spelled
from sartor.platform.text import fold, pick

LEAST, MOST = 2, 12
"""Lanes of a board that are proposed."""
MOST_LANES = 30
"""Lanes that somebody may ask for."""
SHOWN = 5
"""Fields on a card; the others stand on the form."""
STAGE = re.compile(r"(?:\b(?:stage|phase)|阶段|环节)$")
STATUS = re.compile(r"(?:\b(?:status|state|progress)|状态|进度|进展)$")
FLAGS = frozenset(
    {"active", "inactive", "enabled", "disabled", "yes", "no", "true", "false", "on", "off", "current", "former",
     "single", "married", "divorced", "widowed", "启用", "停用", "禁用", "有效", "是", "否", "正常", "在职", "离职",
     "已婚", "未婚"}
)  # fmt: skip
"""Values that say what something is, not how far it has come."""
COLOURS = {WON: "green", LOST: "red", INVALID: "grey"}
OPEN_COLOURS = ("grey", "blue", "purple", "orange", "teal", "indigo", "cyan", "pink", "yellow")
BOARD = {"en": "Board", "zh": "看板"}


def boarded(sheet: Sheet) -> Sheet:
    """The sheet with the column that is proposed for its board, and the reason at the column."""
    ranked = sorted(((_likely(sheet, each), -place) for place, each in enumerate(sheet.columns)), reverse=True)
    if not ranked or ranked[0][0] == 0:
        return sheet
    found = sheet.columns[-ranked[0][1]]
    columns = tuple(replace(each, reasons=(*each.reasons, _why(each))) if each is found else each
                    for each in sheet.columns)  # fmt: skip
    return replace(sheet, board=found.field, columns=columns)


def _likely(sheet: Sheet, column: Column) -> int:
    """How much the name and the values say that a column tells how far something has come. 0: not at all."""
    texts = lanes(column)
    whole = column.filled == sheet.looked and not column.misfit_rows and not column.means
    if not (column.take and whole and LEAST <= len(texts) <= MOST) or column.field == sheet.title:
        return 0
    known = sum(step(text).known for text in texts) * 2 >= len(texts)
    name = spelled(column.column)
    if STAGE.search(name):
        return 3
    if STATUS.search(name) and (known or name in ("status", "状态")):
        return 0 if _are_flags(texts) else 2
    return 1 if known and _begins_and_ends(texts) else 0


def _are_flags(texts: list[str]) -> bool:
    return all(fold(each) in FLAGS for each in texts)


def _begins_and_ends(texts: list[str]) -> bool:
    """Whether, whatever the column is called, some values are known steps and others known ends."""
    found = [step(each) for each in texts]
    return any(each.known and each.outcome == OPEN for each in found) and any(each.outcome != OPEN for each in found)


def _why(column: Column) -> Reason:
    name = spelled(column.column)
    named = STAGE.search(name) or STATUS.search(name)
    return Reason("stage" if named else "stage_values", {"count": len(lanes(column))})


WHY = ("stage", "stage_values")
"""Codes of the reasons why a column is proposed for the board: they are told as long as it is."""


def lanes(column: Column) -> list[str]:
    """The values of a column of choices as they are called."""
    return [pick(each["label"]) for each in column.options.get("choices", {}).values()]


def stage_of(sheet: Sheet) -> Column | None:
    """The column whose values are the lanes of a board; None where there is to be none."""
    chosen = next((each for each in sheet.taken if each.field == sheet.board), None)
    return chosen if chosen in possible(sheet) else None


def possible(sheet: Sheet) -> list[Column]:
    """Columns whose values could be lanes."""
    return [
        each for each in sheet.taken
        if each.type == CHOICE and each.field != sheet.title and LEAST <= len(lanes(each)) <= MOST_LANES
    ]  # fmt: skip


def unstaged(sheet: Sheet, column: Column) -> int:
    """About how many rows say nothing of it: such a record begins in the first stage."""
    return 0 if not sheet.looked else (sheet.looked - column.filled) * sheet.rows // sheet.looked


def way(column: Column) -> dict[str, Step]:
    """The lanes in their order."""
    return steps(lanes(column))


# ---- definitions


def pipeline_name(sheet: Sheet, column: Column) -> str:
    """Below the name of the entity: a pipeline of that name alone may be there already."""
    return f"{sheet.entity}.{column.field}"


def board_name(sheet: Sheet) -> str:
    return f"{sheet.entity}.board"


def board_documents(sheet: Sheet) -> Iterator[tuple[str, Document]]:
    """The pipeline and the board of a sheet that has one."""
    column = stage_of(sheet)
    if column is None:
        return
    yield f"pipeline/{pipeline_name(sheet, column)}", _pipeline(sheet, column)
    yield f"view/{board_name(sheet)}", _board(sheet, column)


def _pipeline(sheet: Sheet, column: Column) -> Document:
    by_text = {pick(each["label"]): (key, each) for key, each in column.options["choices"].items()}
    stages: dict[str, Document] = {}
    colours = iter(OPEN_COLOURS * MOST_LANES)
    for place, (text, said) in enumerate(way(column).items()):
        key, choice = by_text[text]
        colour = COLOURS.get(said.outcome) or next(colours)
        stages[key] = {"label": choice["label"], "order": (place + 1) * 10, "outcome": said.outcome, "colour": colour}
    return {"label": column.label, "entity": sheet.entity, "field": column.field, "stages": stages}


def _board(sheet: Sheet, stage: Column) -> Document:
    names = _on_cards(sheet, stage)
    amounts = [each.field for each in sheet.taken if each.type == MONEY][:2]
    options: dict[str, Any] = {"pipeline": pipeline_name(sheet, stage)}
    if amounts:
        options["totals"] = amounts
    return {
        "label": BOARD,
        "entity": sheet.entity,
        "type": "board",
        "order": 10,
        "columns": {name: {"order": (place + 1) * 10} for place, name in enumerate(names or ["id"])},
        "options": options,
    }


def _on_cards(sheet: Sheet, stage: Column) -> list[str]:
    """What tells cards apart: the title, what they point to, an amount, a day."""

    def some(kinds: tuple[str, ...], most: int) -> list[str]:
        return [each.field for each in sheet.taken if each.type in kinds and each is not stage][:most]

    title = [sheet.title] if sheet.title in ({each.field for each in sheet.taken} | {COMPOSED}) else []
    days = [each.field for each in sheet.taken if each.type in DAYS][-1:]
    names = [*title, *some((LOOKUP,), 2), *some((MONEY,), 1), *days]
    return list(dict.fromkeys(names or [each.field for each in sheet.taken if each is not stage]))[:SHOWN]
