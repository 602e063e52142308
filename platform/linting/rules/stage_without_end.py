"""A pipeline in which nothing is ever won, or nothing is ever lost: its numbers then say nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import Edit, Finding, Fix, Severity
from sartor.platform.linting.placing import at_the_end
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Outcome, Pipeline
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

ENDS: dict[Outcome, dict[str, Any]] = {
    Outcome.WON: {"label": {"en": "Done", "zh": "完成"}, "outcome": "won", "colour": "green"},
    Outcome.LOST: {"label": {"en": "Lost", "zh": "失败"}, "outcome": "lost", "colour": "grey"},
}


class StageWithoutEnd(Rule):
    key = "L202"
    label = {"en": "A pipeline without a won or lost stage", "zh": "缺少成功或失败阶段的流程"}
    icon = "flag-off"
    severity = Severity.HINT
    unmended = {
        "en": "Where a stage of that name is there already, which of the two ends is a choice.",
        "zh": "已有同名阶段时，哪一个是终点需要人来决定。",
    }
    example = {
        "entity/machine": {
            "label": {"en": "Machine", "zh": "机器"},
            "title": "name",
            "fields": {
                "name": {"type": "text", "label": {"en": "Name", "zh": "名称"}},
                "state": {
                    "type": "stage",
                    "label": {"en": "State", "zh": "状态"},
                    "options": {"pipelines": ["machine"]},
                },
            },
        },
        "pipeline/machine": {
            "label": {"en": "Machines", "zh": "机器"},
            "entity": "machine",
            "field": "state",
            "stages": {
                "new": {"label": {"en": "New", "zh": "新"}, "order": 1},
                "sold": {"label": {"en": "Sold", "zh": "已售"}, "order": 3, "outcome": "won"},
            },
            "transitions": {"sell": {"from": ["new"], "to": ["sold"]}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for pipeline in subject.model.pipelines.values():
            there = {each.outcome for each in pipeline.stages.values()}
            for outcome in ENDS:
                # What is invalid has been given up too.
                if outcome not in there and not (outcome is Outcome.LOST and Outcome.INVALID in there):
                    mend = _mend(subject, pipeline, outcome)
                    place = f"pipeline/{pipeline.name}"
                    yield self.finding(place, "/stages", partial(_sentence, pipeline, outcome), mend)


def _sentence(pipeline: Pipeline, outcome: Outcome) -> str:
    label = pick(pipeline.label)
    if outcome is Outcome.WON:
        return _("%(label)s has no stage that counts as won: a success is never counted.", label=label)
    return _("%(label)s has no stage that counts as lost: what fails stays open for ever.", label=label)


def _mend(subject: Subject, pipeline: Pipeline, outcome: Outcome) -> Fix | None:
    key, name, stage = f"pipeline/{pipeline.name}", str(outcome), ENDS[outcome]
    document = subject.documents[key]
    if name in document["stages"]:
        return None
    edits = [Edit(key, f"/stages/{name}", {**stage, "order": at_the_end(document["stages"])})]
    moves = document.get("transitions", {})
    if moves and f"to_{name}" not in moves:
        opened = [each.name for each in pipeline.stages.values() if each.outcome is Outcome.OPEN]
        made = {"from": opened, "to": [name], "order": at_the_end(moves)}
        edits.append(Edit(key, f"/transitions/to_{name}", made))
    return fix(lambda: _("Add the stage %(stage)s", stage=pick(stage["label"])), *edits)
