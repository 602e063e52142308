"""The words of a filter made by clicking: each operator knows its name, what it needs, and its expression.

A filter says what a person means: *is not* and *none of* are true of blanks too, though in the expression language a
comparison with a blank is false.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sartor.platform.errors import Invalid, Problem
from sartor.platform.model import Field
from sartor.platform.text import gettext as _
from sartor.platform.text import near, pick


class Needs(StrEnum):
    """What has to be given: nothing, one, two or many values of the field, a number of days, or the key of a period."""

    NOTHING = "nothing"
    ONE = "one"
    TWO = "two"
    MANY = "many"
    DAYS = "days"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days by name, such as this month."""

    key: str
    label: Mapping[str, str]
    range: str


@dataclass(frozen=True, slots=True)
class Operator:
    """label: as offered. sentence: as said of a filter that is set, `{0}` being what was given.

    pattern: the expression; `{path}` is the field, `{0}` and `{1}` are literals, `{all}` all of them in brackets.
    """

    key: str
    label: Mapping[str, str]
    sentence: Mapping[str, str]
    pattern: str
    needs: Needs = Needs.ONE

    def expression(self, path: str, literals: Sequence[str]) -> str:
        """The condition in the expression language.

        :raises Invalid: when too few or too many values are given.
        """
        least, most = COUNTS[self.needs]
        if not least <= len(literals) <= most:
            text = _("“%(operator)s” needs another number of values than %(count)s.",
                     operator=pick(self.label), count=len(literals))  # fmt: skip
            raise Invalid(text, [Problem("filter", "count", text)])
        return self.pattern.format(*literals, path=path, all=f"[{', '.join(literals)}]")

    def said(self, texts: Sequence[str], language: str) -> str:
        """The sentence, with the values as people read them."""
        joined = ("、" if language == "zh" else ", ").join(texts)
        return pick(self.sentence, language).format(*texts, all=joined)


MOST = 200
COUNTS = {
    Needs.NOTHING: (0, 0),
    Needs.ONE: (1, 1),
    Needs.TWO: (2, 2),
    Needs.MANY: (1, MOST),
    Needs.DAYS: (1, 1),
    Needs.PERIOD: (1, 1),
}


def _operator(key: str, english: str, chinese: str, pattern: str, needs: Needs = Needs.ONE) -> Operator:
    """An operator whose label is its sentence without the values."""
    sentence = {"en": english, "zh": chinese}
    label = {language: _bare(text, needs) for language, text in sentence.items()}
    return Operator(key, label, sentence, pattern, needs)


def _bare(sentence: str, needs: Needs) -> str:
    """`is at least`, `is in the last … days`, `is between`."""
    if needs is Needs.TWO:
        return sentence.partition("{")[0].strip()
    return sentence.replace("{0}", "…").replace("{all}", "…").removesuffix("…").strip()


OPERATORS: Mapping[str, Operator] = {
    each.key: each
    for each in (
        _operator("is", "is {0}", "等于 {0}", "{path} = {0}"),
        _operator("is_not", "is not {0}", "不等于 {0}", "not ({path} = {0})"),
        _operator("contains", "contains {0}", "包含 {0}", "contains({path}, {0})"),
        _operator("not_contains", "does not contain {0}", "不包含 {0}", "not contains({path}, {0})"),
        _operator("starts_with", "starts with {0}", "开头是 {0}", "startswith({path}, {0})"),
        _operator("ends_with", "ends with {0}", "结尾是 {0}", "endswith({path}, {0})"),
        _operator("is_blank", "is blank", "为空", "{path} is blank", Needs.NOTHING),
        _operator("is_not_blank", "is not blank", "不为空", "{path} is not blank", Needs.NOTHING),
        _operator("more_than", "is more than {0}", "大于 {0}", "{path} > {0}"),
        _operator("at_least", "is at least {0}", "不小于 {0}", "{path} >= {0}"),
        _operator("less_than", "is less than {0}", "小于 {0}", "{path} < {0}"),
        _operator("at_most", "is at most {0}", "不大于 {0}", "{path} <= {0}"),
        _operator("between", "is between {0} and {1}", "介于 {0} 与 {1} 之间", "{path} between {0} and {1}", Needs.TWO),
        _operator(
            "not_between",
            "is not between {0} and {1}",
            "不介于 {0} 与 {1} 之间",
            "not ({path} between {0} and {1})",
            Needs.TWO,
        ),
        _operator("one_of", "is one of {all}", "是其中一个 {all}", "{path} in {all}", Needs.MANY),
        _operator("none_of", "is none of {all}", "不是任何一个 {all}", "not ({path} in {all})", Needs.MANY),
        _operator("has_any", "has any of {all}", "包含任意一个 {all}", "any_of({path}, {all})", Needs.MANY),
        _operator("has_all", "has all of {all}", "同时包含 {all}", "all_of({path}, {all})", Needs.MANY),
        _operator("has_none", "has none of {all}", "不包含任何一个 {all}", "not any_of({path}, {all})", Needs.MANY),
        _operator("is_true", "is yes", "为是", "{path} = true", Needs.NOTHING),
        _operator("is_not_true", "is not yes", "不为是", "not ({path} = true)", Needs.NOTHING),
        _operator("is_false", "is no", "为否", "{path} = false", Needs.NOTHING),
        _operator("on", "is on {0}", "是 {0}", "{path} = {0}"),
        _operator("not_on", "is not on {0}", "不是 {0}", "not ({path} = {0})"),
        _operator("before", "is before {0}", "早于 {0}", "{path} < {0}"),
        _operator("after", "is after {0}", "晚于 {0}", "{path} > {0}"),
        _operator("not_before", "is on or after {0}", "不早于 {0}", "{path} >= {0}"),
        _operator("not_after", "is on or before {0}", "不晚于 {0}", "{path} <= {0}"),
        _operator("in_period", "is in {0}", "属于 {0}", "{path} in {0}", Needs.PERIOD),
        _operator("not_in_period", "is not in {0}", "不属于 {0}", "not ({path} in {0})", Needs.PERIOD),
        _operator("in_last_days", "is in the last {0} days", "最近 {0} 天内", "{path} in last({0})", Needs.DAYS),
        _operator("in_next_days", "is in the next {0} days", "未来 {0} 天内", "{path} in next({0})", Needs.DAYS),
        _operator("over_days_ago", "is more than {0} days ago", "早于 {0} 天前", "{path} < today() - {0}", Needs.DAYS),
        _operator("in_over_days", "is in more than {0} days", "晚于 {0} 天后", "{path} > today() + {0}", Needs.DAYS),
        _operator("is_yesterday", "is yesterday", "是昨天", "{path} = today() - 1", Needs.NOTHING),
        _operator("is_tomorrow", "is tomorrow", "是明天", "{path} = today() + 1", Needs.NOTHING),
        _operator("is_past", "is in the past", "已过去", "{path} < today()", Needs.NOTHING),
        _operator("is_future", "is in the future", "在未来", "{path} > today()", Needs.NOTHING),
        _operator("is_me", "is me", "是我", "{path} = me()", Needs.NOTHING),
        _operator("is_not_me", "is not me", "不是我", "not ({path} = me())", Needs.NOTHING),
        _operator(
            "is_me_or_reports",
            "is me or my reports",
            "是我或我的下属",
            "({path} = me() or {path} in reports())",
            Needs.NOTHING,
        ),
        _operator("is_my_report", "is one of my reports", "是我的下属", "{path} in reports()", Needs.NOTHING),
        _operator("is_my_department", "is my department", "是我的部门", "{path} = my_department()", Needs.NOTHING),
        _operator(
            "is_not_my_department",
            "is not my department",
            "不是我的部门",
            "not ({path} = my_department())",
            Needs.NOTHING,
        ),
        _operator(
            "is_my_department_or_below",
            "is my department or below",
            "是我的部门或下级部门",
            "{path} in departments_below()",
            Needs.NOTHING,
        ),
    )
}


def _period(key: str, english: str, chinese: str, written: str | None = None) -> Period:
    return Period(key, {"en": english, "zh": chinese}, written or f"{key}()")


PERIODS: Mapping[str, Period] = {
    each.key: each
    for each in (
        _period("today", "today", "今天", "last(1)"),
        _period("this_week", "this week", "本周"),
        _period("last_week", "last week", "上周"),
        _period("next_week", "next week", "下周"),
        _period("this_month", "this month", "本月"),
        _period("last_month", "last month", "上月"),
        _period("next_month", "next month", "下月"),
        _period("this_quarter", "this quarter", "本季度"),
        _period("last_quarter", "last quarter", "上季度"),
        _period("next_quarter", "next quarter", "下季度"),
        _period("this_year", "this year", "今年"),
        _period("last_year", "last year", "去年"),
        _period("next_year", "next year", "明年"),
    )
}
MOST_DAYS = 36_600
SOME = "one_of"
"""The operator that takes several values of a field that has one."""


def operator_of(field: Field, key: str) -> Operator:
    """The operator, if filters on this field offer it. :raises Invalid: otherwise, with those that they offer."""
    offered = field.face.type.operators
    if key not in offered:
        text = _("%(field)s has no filter “%(key)s”. Known: %(known)s.",
                 field=pick(field.label), key=key, known=", ".join(offered))  # fmt: skip
        raise Invalid(text, [Problem("filter", "unknown", text, near(key, offered))])
    return OPERATORS[key]


def chosen_from(field: Field, language: str) -> list[tuple[str, str]]:
    """What may be chosen of a field to narrow whole pages by, with its words; nothing where its values are no list."""
    face = field.face
    if face.type.choosing:
        return [(key, face.type.show(face, json.loads(key), language)) for key in face.type.choosing]
    if _several(field) is None:
        return []
    return [(each["value"], each["text"]) for each in face.type.widget_options(face, language)["options"]]


def sought_in(field: Field) -> str | None:
    """The entity among whose records one is chosen to narrow whole pages by; None where a field points to no record,
    or to records of several entities."""
    face = field.face
    targets = face.type.targets(face)
    return targets[0] if len(targets) == 1 and SOME in face.type.operators else None


def may_narrow(field: Field) -> bool:
    """Whether whole pages can be narrowed by what is chosen of a field."""
    return sought_in(field) is not None or bool(chosen_from(field, "en"))


def chosen_condition(field: Field, path: str, keys: Sequence[str]) -> str:
    """That a field has one of the values that were chosen.

    :raises Invalid: for a value that there is not.
    """
    operators = field.face.type.choosing
    if not operators:
        return condition(field, path, _several(field) or SOME, keys)
    for key in keys:
        if key not in operators:
            text = _("%(value)s is neither true nor false.", value=key)
            raise Invalid(text, [Problem("filter", "value", text, near(key, operators))])
    return "(" + " or ".join(condition(field, path, operators[key], ()) for key in keys) + ")"


def _several(field: Field) -> str | None:
    """How several choices of a field are asked for; None where its values are not a list that is known."""
    face = field.face
    if not face.type.widget_options(face, "en").get("options"):
        return None
    return next((each for each in (SOME, "has_any") if each in face.type.operators), None)


def condition(field: Field, path: str, key: str, values: Sequence[Any]) -> str:
    """What a person clicked together, as an expression. values: JSON of the field, days, or the key of a period.

    :raises Invalid: when the field has no such operator or takes no such value.
    """
    operator = operator_of(field, key)
    try:
        literals = [_literal(field, operator.needs, value) for value in values]
    except ValueError as error:
        raise Invalid(str(error), [Problem("filter", "value", str(error))]) from None
    return operator.expression(path, literals)


def _literal(field: Field, needs: Needs, value: Any) -> str:
    if needs is Needs.PERIOD:
        if value not in PERIODS:
            raise ValueError(_("%(value)s is not a period. Known: %(known)s.", value=value, known=", ".join(PERIODS)))
        return PERIODS[value].range
    if needs is Needs.DAYS:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_DAYS:
            raise ValueError(_("%(value)s is not a number of days from 1 to %(most)s.", value=value, most=MOST_DAYS))
        return str(value)
    return field.face.type.literal(field.face, value)
