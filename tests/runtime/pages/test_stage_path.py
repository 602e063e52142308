"""How long a record stays in its stage, and when that is too long: on its page as on its card."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from sartor.platform.model import Outcome, Stage
from sartor.runtime.pages.boards.stage_path import dwell_pill, overstayed

NOW = datetime(2026, 5, 30, 12, tzinfo=UTC)
USUALLY = Stage("talk", "Talk", 1, dwell_limit=14)


def stay(since: str, seconds: int | None, stage: str = "talk") -> dict[str, object]:
    return {"field": "stage", "stage": stage, "at": since, "seconds": seconds, "skipped": False}


@pytest.mark.parametrize(
    ("stage", "since", "days"),
    [
        (USUALLY, "2026-05-15T11:00:00Z", 15),
        (USUALLY, "2026-05-15T13:00:00Z", None),
        (USUALLY, None, None),
        (Stage("talk", "Talk", 1), "2026-01-01T00:00:00Z", None),
        (Stage("won", "Won", 2, dwell_limit=14, outcome=Outcome.WON), "2026-01-01T00:00:00Z", None),
    ],
)
def test_a_stay_is_too_long_after_the_usual_days(stage: Stage, since: str | None, days: int | None) -> None:
    assert overstayed(stage, since, NOW) == days


def test_whoever_came_back_to_a_stage_begins_to_count_anew():
    at = SimpleNamespace(stage=USUALLY, field=SimpleNamespace(name="stage"))
    before = [stay("2026-03-01T12:00:00Z", 40 * 86_400), stay("2026-04-10T12:00:00Z", 86_400, "proposal")]
    assert dwell_pill(SimpleNamespace(now=NOW), at, [*before, stay("2026-05-20T12:00:00Z", None)]) is None
    late = dwell_pill(SimpleNamespace(now=NOW), at, [*before, stay("2026-05-14T12:00:00Z", None)])
    assert late.text.startswith("16 days in this stage")
