"""A column as a lookup: what its values name, and what becomes of those that name nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sartor.platform.packaging.sheets.linking import Link, near_to
from sartor.platform.packaging.sheets.names import Label, field_name
from sartor.platform.packaging.sheets.names import label as label_of
from sartor.platform.packaging.sheets.proposal import LOOKUP, Column, Misfit, Reason, Sheet
from sartor.platform.packaging.sheets.standing import Match
from sartor.platform.text import fold, listed

ENDS = (" id", " name", " code", " number", " no")
CHINESE_ENDS = ("编号", "编码", "代码", "名称", "id", "号")
"""What a heading says behind the record that its values are the keys of."""
NAMED = 3
"""Values that a reason gives as examples."""
Settled = tuple[tuple[Misfit, ...], dict[str, str]]
"""Values that name nothing, and what some of them are read as."""


def as_lookup(column: Column, link: Link, target: Sheet, *, blank: bool) -> Column:
    """A column that names rows of a table. blank: whether some cells are."""
    told, means = [], dict[str, str]()
    for text, rows, near, sure in near_to(link):
        told.append(Misfit(text, rows, near))
        if sure:
            means[text] = near[0]
    words = {"share": link.share, "values": column.filled, "target": dict(target.plural), "key": link.target.seen.name}
    place = f"{target.id}#{link.target.seen.name}"
    made = _made(column, place, dict(link.missed), (tuple(told), means), Reason("lookup", words))
    return replace(made, required=not blank and not made.misfit_rows and target.id != link.source.sheet)


def as_standing(column: Column, match: Match, settled: Settled, *, blank: bool) -> Column:
    """A column that names records that are here already."""
    entity, several = match.entity, match.several
    label = entity.plural or entity.label
    called = label if isinstance(label, str) else dict(label)
    words = {"count": len(match.found), "values": len(match.texts), "target": called}
    made = _made(column, entity.name, match.missed, settled, Reason("standing", words))
    if several:
        more = {"count": len(several), "examples": listed(each[:40] for each in several[:NAMED])}
        made = replace(made, reasons=(made.reasons[0], Reason("several", more), *made.reasons[1:]))
    return replace(made, required=not blank and not made.misfit_rows)


def _made(column: Column, target: str, missed: Mapping[str, int], settled: Settled, why: Reason) -> Column:
    misfits, means = settled
    label = _pointing_label(column.label)
    blanks: dict[str, Any] = {text: meant for text, meant in column.means.items() if not meant}
    return replace(
        column,
        field=_pointing_name(column, label),
        label=label,
        type=LOOKUP,
        options={},
        unique=False,
        target=target,
        dates="",
        numbers="",
        means={**blanks, **means},
        misfits=misfits,
        misfit_rows=sum(rows for text, rows in missed.items() if text not in means),
        reasons=(why, *((Reason("near", {"count": len(means)}),) if means else ())),
    )


def _pointing_name(column: Column, label: Label) -> str:
    """`support_rep_id` points to a record: as a field it is the `support_rep`, and `client_name` the `client`."""
    name, ends = column.field, (end.replace(" ", "_") for end in ENDS)
    if label == column.label:
        return name
    if "en" not in column.label:
        return field_name(label["zh"], ())
    return next((name.removesuffix(end) for end in ends if name.endswith(end) and name != end), name)


def _pointing_label(said: Label) -> Label:
    """`Customer id`, `Customer name` and 客户编号 point to a customer; what that is in the other language is known."""
    language, ends, least = ("en", ENDS, 1) if "en" in said else ("zh", CHINESE_ENDS, 2)
    text = said[language]
    end = next((each for each in ends if fold(text).endswith(each)), "")
    return label_of(text[: -len(end)]) if end and len(text) >= len(end) + least else said
