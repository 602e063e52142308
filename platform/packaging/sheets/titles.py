"""What a record of a table is called by: the column that names it, a first and a last name together, or its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sartor.platform.packaging.sheets.linking import KEYED
from sartor.platform.packaging.sheets.names import singular
from sartor.platform.packaging.sheets.proposal import Column, Reason, Sheet
from sartor.platform.packaging.sheets.senses import JOB, SALUTATION
from sartor.platform.records.files.mapping import meanings, spelled

TEXTS = ("text", "email", "phone", "long_text")
NAMING = ("name", "title", "subject", "label", "full name", "名称", "姓名", "标题", "名字", "主题")
GIVEN, FAMILY = ("first name", "given name", "forename"), ("last name", "family name", "surname")
COMPOSED = "full_name"
CALLED = meanings("company") | meanings("contact") | meanings("product") | meanings("opportunity")
"""What a list is of: where its values differ, they tell more than a number that counts its rows."""
SHORT = ("text", "email", "phone")
REACHING = ("email", "phone")
"""By these one reaches somebody: nothing is called so where another text will do."""


def titled(sheet: Sheet) -> Sheet:
    """The sheet with its title, and the reason at the column."""
    columns = sheet.taken
    if composed := _composed(columns):
        return replace(sheet, title=COMPOSED, composed=composed)
    found = _title(sheet, columns)
    if found is None:
        return sheet
    told = replace(found, required=True, reasons=(*found.reasons, Reason("title")))
    return replace(sheet, title=found.field, columns=tuple(told if each is found else each for each in sheet.columns))


def _composed(columns: Sequence[Column]) -> tuple[str, ...]:
    named = {spelled(each.column): each.field for each in columns if each.type in SHORT}
    given = next((named[name] for name in GIVEN if name in named), None)
    family = next((named[name] for name in FAMILY if name in named), None)
    return (given, family) if given and family else ()


def _title(sheet: Sheet, columns: Sequence[Column]) -> Column | None:
    """The best column; every record has to have it, so one with blanks comes after all others."""
    ranked = sorted(
        ((_likely(sheet, each), each.type not in REACHING, -place, each) for place, each in enumerate(columns)),
        key=lambda one: one[:3],
        reverse=True,
    )
    return ranked[0][3] if ranked and ranked[0][0] > 0 else None


def _likely(sheet: Sheet, column: Column) -> int:
    name, own = spelled(column.column), spelled(singular(sheet.label.get("en") or sheet.label["zh"]))
    blank = column.filled < sheet.looked
    if column.type not in TEXTS:
        return 2 if column.unique and not blank else 0
    score = 1
    if name in NAMING and column.label.get("zh") not in (JOB, SALUTATION):
        score += 6
    elif name in (own, f"{own} name") or meanings(name) & (meanings(own) | meanings("name")):
        score += 5
    elif name.endswith((" name", "名称", "姓名")):
        score += 4
    elif column.unique:
        score += 2 if KEYED.search(name) else 3
    elif meanings(name) & CALLED and _differs(column):
        score += 2
    score -= 6 if blank else 0
    return max(score - (3 if column.type not in SHORT else 0), 1 if not blank else 0)


def _differs(column: Column) -> bool:
    """Whether no text of it stands in two rows."""
    return any(each.code == "text" and each.words["count"] == each.words["values"] for each in column.reasons)
