"""Records from before their pipeline: the writer gives them the first stage, as it gives it to new ones.

Nobody changed anything, so neither `version` nor `updated_at` moves, and no rule is judged: nobody is there who could
put right what breaks one. History, stays, formulas and roll-ups follow as after any write.
"""

from __future__ import annotations

from collections.abc import Sequence

from sartor.platform.access.context import Context
from sartor.platform.errors import Invalid
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.writing import Writing
from sartor.platform.work import Work


def adopt(tools: Tools, work: Work, context: Context, entity: str, ids: Sequence[int]) -> None:
    """Give records their first stage; one whose effects do not work out stays as it is and leaves the others."""
    try:
        _together(Writing(tools, work, context), entity, ids)
    except Invalid:
        if len(ids) > 1:
            for number in ids:
                adopt(tools, work, context, entity, [number])


def why_not(tools: Tools, work: Work, context: Context, entity: str, number: int) -> str:
    """Why a record cannot have its first stage; empty where it can. What was tried is to be rolled back."""
    try:
        _together(Writing(tools, work, context), entity, [number])
    except Invalid as refused:
        return " ".join(each.message for each in refused.problems) or refused.message
    return ""


def _together(writing: Writing, entity: str, ids: Sequence[int]) -> None:
    with writing.work.connection.begin_nested():
        writing.loader.load(entity, ids, lock=True)
        for number in ids:
            state = writing.loader.state(entity, number)
            if state is not None and state.get("deleted_at") is None:
                writing.filling.fill(writing.follow(state))
        writing.spread()
        writing.finish()
