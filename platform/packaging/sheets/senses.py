"""Headings that mean this or that: what stands in the column and beside it says which. A `Title` is what an album is
called, what a person is at work, or how one is addressed; a 单位 is a company, or what things are counted in."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sartor.platform.packaging.sheets.progress import step
from sartor.platform.records.files.mapping import spelled
from sartor.platform.text import fold

PEOPLE = re.compile(
    r"\b(?:employee|staff|user|person|people|personnel|contact|member|candidate|student|teacher|attendee|agent|salesperson"
    r"|sales rep|sales team)$|员工|人员|联系人|成员|会员|学生|教师"
)
NAMED = frozenset({"first name", "given name", "last name", "family name", "surname", "姓", "名", "姓氏"})
ADDRESSED = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "先生", "女士",
                       "小姐", "博士", "教授", "老师"})  # fmt: skip
COUNTED_IN = frozenset("台件个只支把套箱盒包袋瓶桶米吨克升次人天月年份张本条块根辆双对批项片卷组杯罐筐株粒枚座间幅册")
COUNTED_IN |= {"千克", "公斤", "毫升", "小时", "平方米", "立方米", "公里", "千米", "厘米", "毫米", "人天", "人月",
               "pcs", "pc", "kg", "g", "l", "ml", "m", "cm", "mm", "km", "t"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a heading stands. subject: what the rows are called; beside: the headings of the table; values: of the
    column, each once."""

    subject: str
    beside: Collection[str]
    values: Collection[str]

    @property
    def is_about_people(self) -> bool:
        return PEOPLE.search(spelled(self.subject)) is not None or any(spelled(each) in NAMED for each in self.beside)

    @property
    def addresses(self) -> bool:
        """Whether most values are ways to address somebody."""
        return self._mostly(lambda each: fold(each).strip(" .") in ADDRESSED)

    @property
    def tells_progress(self) -> bool:
        return self._mostly(lambda each: step(each).known)

    @property
    def counts_in_it(self) -> bool:
        """Whether most values are what things are counted or measured in."""
        return self._mostly(lambda each: fold(each) in COUNTED_IN)

    def _mostly(self, holds: Callable[[str], bool]) -> bool:
        return bool(self.values) and 2 * sum(map(holds, self.values)) >= len(self.values)


JOB, SALUTATION = "职务", "称谓"
SENSES: dict[str, tuple[tuple[Callable[[Place], bool], str], ...]] = {
    "title": ((lambda place: place.addresses, SALUTATION), (lambda place: place.is_about_people, JOB)),
    "name": ((lambda place: place.is_about_people, "姓名"),),
    "state": ((lambda place: place.tells_progress, "状态"),),
    "单位": ((lambda place: place.counts_in_it, "unit"),),
}


def meant(heading: str, place: Place) -> str:
    """The word of the other language for a heading in this place; empty where it has only its usual one."""
    return next((word for holds, word in SENSES.get(spelled(heading), ()) if holds(place)), "")
