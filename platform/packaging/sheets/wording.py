"""Why something is proposed, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.packaging.sheets.proposal import Reason
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.format import number


def said(reason: Reason) -> str:
    """A reason as a sentence."""
    words = reason.words
    if reason.code == "share":
        return _share(words)
    if reason.code == "lookup":
        return _(
            "%(share)s%% of %(values)s values stand in %(key)s of %(target)s",
            share=words["share"], values=number(words["values"]), key=words["key"], target=pick(words["target"]),
        )  # fmt: skip
    if reason.code == "standing":
        return _standing(words)
    return _others(words).get(reason.code, reason.code)


def _standing(words: Mapping[str, Any]) -> str:
    """How many of its different values name records that are here."""
    count, values, entity = number(words["count"]), number(words["values"]), pick(words["target"])
    if words["count"] == words["values"]:
        return ngettext("Its value names one of the %(entity)s that are here already",
                        "All %(values)s different values name %(entity)s that are here already",
                        words["values"], values=values, entity=entity)  # fmt: skip
    return _("%(count)s of %(values)s different values name %(entity)s that are here already", count=count,
             values=values, entity=entity)  # fmt: skip


def _share(words: Mapping[str, Any]) -> str:
    """How many of the values are of the type."""
    what, values = values_of_type().get(words["type"], words["type"]), number(words["values"])
    if words["share"] == 100:
        return _("All %(values)s values are %(what)s", values=values, what=what)
    return _("%(share)s%% of %(values)s values are %(what)s", share=words["share"], values=values, what=what)


def _others(words: Mapping[str, Any]) -> dict[str, str]:
    values, count = number(words.get("values", 0)), number(words.get("count", 0))
    return {
        "blank": _("Nothing stands in it"),
        "chosen": _("Chosen by you"),
        "text": _texts(words),
        "few": _("%(count)s values come again and again in %(values)s rows", count=count, values=values),
        "stage": _(
            "Its name and its %(count)s values say how far something has come: they are the lanes of a board",
            count=count,
        ),
        "stage_values": _(
            "Its %(count)s values go from a beginning to an end: they are the lanes of a board", count=count
        ),
        "year": _("All of them are years, so thousands are not set apart"),
        "number_of": _("It names something rather than counts it, so thousands are not set apart"),
        "unique": _("All %(values)s values differ, so it tells rows apart", values=values),
        "repeated": _repeated(words),
        "nearly": _(
            "%(share)s%% are %(what)s, but some are written otherwise (%(examples)s), so it stays a text",
            share=words.get("share", 0),
            what=values_of_type().get(str(words.get("type")), ""),
            examples=words.get("examples", ""),
        ),
        "partly_percent": _(
            "%(count)s of %(values)s values have a percent sign, others (%(examples)s) have none; what these mean is "
            "not clear, so it stays a text",
            count=count,
            values=values,
            examples=words.get("examples", ""),
        ),
        "title": _("Records are called by it"),
        "near": ngettext(
            "%(n)s value is read as the one that differs only in spaces or case",
            "%(n)s values are read as the ones that differ only in spaces or case",
            int(words.get("count", 0)),
        ),
        "several": ngettext(
            "%(n)s value names more than one record, so it is not clear which is meant (%(examples)s)",
            "%(n)s values name more than one record each, so it is not clear which is meant (%(examples)s)",
            int(words.get("count", 0)),
            examples=words.get("examples", ""),
        ),
        "blank_words": _("%(words)s is read as blank", words=words.get("words", "")),
        "currency": _currency(str(words.get("currency", ""))),
        "day_or_month": _("Read as %(chosen)s; it could also be %(other)s", **_ways(words)),
    }


def _texts(words: Mapping[str, Any]) -> str:
    count, rows = int(words.get("count", 0)), int(words.get("values", 0))
    if count == 1:
        return ngettext("One text in one row", "The same text in all %(n)s rows", rows, n=number(rows))
    return _("%(count)s different texts in %(values)s rows", count=number(count), values=number(rows))


def _repeated(words: Mapping[str, Any]) -> str:
    """Why it does not tell rows apart."""
    said = {"value": words.get("value", ""), "times": number(words.get("times", 0))}
    return ngettext(
        "%(n)s row repeats a value of another one (%(value)s stands there %(times)s times), so it cannot be unique",
        "%(n)s rows repeat values of others (%(value)s stands there %(times)s times), so it cannot be unique",
        int(words.get("count", 0)), **said,
    )  # fmt: skip


def _currency(code: str) -> str:
    if not code:
        return _("The values name several currencies")
    return _("Name or signs speak of money; in %(currency)s", currency=code)


def _ways(words: Mapping[str, Any]) -> dict[str, str]:
    return {"chosen": str(words.get("chosen", "")), "other": str(words.get("other", ""))}


def values_of_type() -> dict[str, str]:
    """What values of each type are called, many of them."""
    return {
        "text": _("texts"),
        "long_text": _("long texts"),
        "integer": _("whole numbers"),
        "decimal": _("numbers"),
        "money": _("amounts"),
        "percent": _("percentages"),
        "date": _("dates"),
        "datetime": _("dates with a time"),
        "yes_no": _("yes or no"),
        "email": _("e-mail addresses"),
        "phone": _("phone numbers"),
        "url": _("web addresses"),
        "tags": _("tags"),
    }
