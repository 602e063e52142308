"""A stage to which no transition leads from where a record begins."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sartor.platform.linting.base import Rule, fix
from sartor.platform.linting.finding import Edit, Finding, Fix, Severity
from sartor.platform.linting.placing import at_the_end
from sartor.platform.linting.subject import Subject
from sartor.platform.model import Outcome, Pipeline, Stage
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


class UnreachableStage(Rule):
    key = "L201"
    label = {"en": "A stage that nothing leads to", "zh": "无法到达的阶段"}
    icon = "route-off"
    severity = Severity.WARNING
    unmended = {
        "en": "Where no open stage comes before it, only a person knows what should lead there.",
        "zh": "前面没有进行中的阶段时，只有人知道应从哪里进入。",
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
                "tested": {"label": {"en": "Tested", "zh": "已测试"}, "order": 2},
                "sold": {"label": {"en": "Sold", "zh": "已售"}, "order": 3, "outcome": "won"},
                "scrapped": {"label": {"en": "Scrapped", "zh": "报废"}, "order": 4, "outcome": "lost"},
            },
            "transitions": {"end": {"from": ["new"], "to": ["sold", "scrapped"]}},
        },
    }

    def find(self, subject: Subject) -> Iterator[Finding]:
        for pipeline in subject.model.pipelines.values():
            reached = reached_stages(pipeline)
            for stage in pipeline.stages.values():
                if stage.name not in reached:
                    mend = _mend(subject, pipeline, stage, reached)
                    place = f"/stages/{stage.name}"
                    yield self.finding(f"pipeline/{pipeline.name}", place, partial(_sentence, stage), mend)


def reached_stages(pipeline: Pipeline) -> set[str]:
    """Stages that a record can come to. With no transition at all, every move is permitted."""
    if not pipeline.transitions:
        return set(pipeline.stages)
    reached, waiting = {pipeline.first}, [pipeline.first]
    while waiting:
        for name in pipeline.reachable(waiting.pop()):
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def _sentence(stage: Stage) -> str:
    return _("No transition leads to %(stage)s: no record ever comes there.", stage=pick(stage.label))


def _mend(subject: Subject, pipeline: Pipeline, stage: Stage, reached: set[str]) -> Fix | None:
    """From the stage before it; to an end, from every open stage."""
    opened = [each for each in pipeline.stages.values() if each.outcome is Outcome.OPEN and each.name in reached]
    if stage.outcome is Outcome.OPEN:
        opened = [each for each in opened if each.index < stage.index][-1:]
    if not opened:
        return None
    key, name = f"pipeline/{pipeline.name}", f"to_{stage.name}"[:40]
    moves = subject.documents[key].get("transitions", {})
    if name in moves:
        return None
    made = {"from": [each.name for each in opened], "to": [stage.name], "order": at_the_end(moves)}
    sources = ", ".join
    return fix(
        lambda: _("Add a transition from %(stages)s", stages=sources(pick(each.label) for each in opened)),
        Edit(key, f"/transitions/{name}", made),
    )
