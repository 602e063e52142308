"""How far a value says that something has come: words of stages, in both languages, and the order that they go in.

Values of a file stand there as often as they occur; on a board the first steps stand left and the ends right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sartor.platform.records.files.mapping import spelled

OPEN, WON, LOST, INVALID = "open", "won", "lost", "invalid"
NUMBERED = re.compile(r"\s*\(?(\d{1,3})\s*[.):、\-_\s]")
BEGUN, BETWEEN = 10, 35
NOT_YET = re.compile(r"^(?:not|un|non)\b|^(?:未|待|不)")


@dataclass(frozen=True, slots=True)
class Step:
    """What a value says. place: where it stands on the way, the least first; known: whether a word of it says so."""

    place: int
    outcome: str = OPEN
    known: bool = True


def _words(english: str, chinese: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{english})\b|{chinese}")


ENDS = (
    (INVALID, 95, _words("invalid|duplicate|spam|junk|disqualified|void|voided", "无效|重复|作废|垃圾")),
    (LOST, 90, _words("lost|rejected|refused|cancell?ed|failed|declined|churned|dropped|expired|abandoned|withdrawn",
                      "输单|丢单|失败|取消|拒绝|驳回|流失|战败|放弃|失效|过期|已退")),
    (WON, 80, _words("won|done|completed?|closed|resolved|finished|paid|delivered|approved|accepted|converted|success"
                     "|successful|renewed|settled|fulfilled",
                     "赢单|成交|完成|关闭|解决|已付款|已支付|已收款|已送达|已签收|已批准|通过|成功|已签约|已签单|结束|结清|办结|成单")),
)  # fmt: skip
WAY = (
    (BEGUN, _words("new|open|opened|to ?do|backlog|prospects?|prospecting|leads?|unassigned|draft|created|submitted"
                   "|received|requested|pending|enquiry|inquiry|planned|initial|started",
                   "新建|新增|新线索|草稿|线索|初步|意向|已提交|已创建|计划")),
    (20, _words("contact|contacted|assigned|engage|engaged|engaging|qualify|qualified|qualification|qualifying"
                "|discovery|connected|attempted|nurturing|accepted by sales",
                "已联系|已分配|跟进|沟通|验证|需求|接洽")),
    (30, _words("analysis|demo|meeting|presentation|evaluation|evaluating|in progress|in process|doing|processing"
                "|working|ongoing|active|value proposition", "进行中|处理中|方案|演示|评估|分析|执行|办理")),
    (40, _words("proposal|quote|quoted|quotation|offer|pricing", "报价|投标|提案")),
    (50, _words("negotiation|negotiating|review|in review|testing|verbal|decision|trial",
                "谈判|审核|审批|测试|试用|决策")),
    (60, _words("contract|contracting|signing|ready|shipped|in transit|invoiced|billed",
                "合同|签约|签订|已发货|运输|开票")),
    (70, _words("on hold|hold|waiting|blocked|paused|delayed|deferred|postponed", "暂停|等待|搁置|延期|挂起")),
)  # fmt: skip


def step(text: str) -> Step:
    """What a single value says."""
    said = spelled(NUMBERED.sub("", text, count=1) or text)
    if NOT_YET.search(said):
        return Step(BEGUN)
    for outcome, place, words in ENDS:
        if words.search(said):
            return Step(place, outcome)
    places = (place for place, words in WAY if words.search(said))
    return next(map(Step, places), Step(BETWEEN, known=False))


def steps(texts: Sequence[str]) -> dict[str, Step]:
    """Values in the order of their way; where each begins with another number, in that of the numbers.

    A way needs something that is still open: where every value sounds like an end, none is taken for one.
    """
    found = {text: step(text) for text in texts}
    if all(each.outcome != OPEN for each in found.values()):
        found = {text: Step(each.place) for text, each in found.items()}
    numbers = _numbers(texts)
    return dict(sorted(found.items(), key=lambda pair: numbers.get(pair[0], pair[1].place)))


def _numbers(texts: Iterable[str]) -> Mapping[str, int]:
    """The number that each begins with; nothing where one has none, or two have the same."""
    found = {text: int(match[1]) for text in texts if (match := NUMBERED.match(text))}
    whole = len(found) == len(list(texts)) and len(set(found.values())) == len(found)
    return found if whole else {}
