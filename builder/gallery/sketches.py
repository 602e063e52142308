"""What a blueprint looks like, drawn from its own definitions and samples: a list, a board and a dashboard.

Only what the samples say is drawn; a chart whose groups no sample tells is an empty frame with its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sartor.platform.definitions.documents import Document, Documents, in_order, of_kind
from sartor.platform.model import Outcome, Pipeline
from sartor.platform.packaging.samples.rows import Row, SampleRows
from sartor.platform.text import pick

COLUMNS, ROWS, LANES, CARDS, BARS, TALL = 4, 6, 4, 3, 6, 10
CHARTS = ("bar", "funnel", "pie", "line")
ENDED = {Outcome.WON: "good", Outcome.LOST: "quiet", Outcome.INVALID: "quiet"}


WIDE, NARROW = 1.0, 0.56
"""How much of its size a letter takes in width: Chinese, and the rest on average."""


class Drawn:
    """Something that is drawn with texts in it."""

    @staticmethod
    def fit(text: str, width: float, size: float = 9) -> str:
        """As much of a text as has room, with an ellipsis where it is cut."""
        room = width / size
        taken = 0.0
        for place, char in enumerate(text):
            taken += WIDE if char > "\u2e7f" else NARROW
            if taken > room:
                return text[: max(place - 1, 0)].rstrip() + "…"
        return text


@dataclass(frozen=True, slots=True)
class ListSketch(Drawn):
    """ends: whether a column is of numbers, which stand at its end."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ends: tuple[bool, ...]
    kind: str = "list"


@dataclass(frozen=True, slots=True)
class Lane:
    """tone: stage-1 … stage-4, good or quiet. cards: name, and what stands below it."""

    title: str
    tone: str
    count: int
    cards: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BoardSketch(Drawn):
    title: str
    lanes: tuple[Lane, ...]
    kind: str = "board"


@dataclass(frozen=True, slots=True)
class Box:
    """A card of a dashboard on the 12-wide grid. bars: how high each is, of 1."""

    x: int
    y: int
    width: int
    height: int
    title: str
    chart: str
    bars: tuple[float, ...]

    @property
    def is_shown(self) -> bool:
        """Whether it stands high enough on the page to be in the picture."""
        return self.y + self.height <= TALL


@dataclass(frozen=True, slots=True)
class DashboardSketch(Drawn):
    title: str
    boxes: tuple[Box, ...]
    kind: str = "dashboard"


Sketch = ListSketch | BoardSketch | DashboardSketch


def sketches(documents: Documents, samples: SampleRows, origin: str) -> list[Sketch]:
    """At most one of each, of what a blueprint itself brings: the board first, which says most."""
    mine = {key: each for key, each in documents.items() if each.get("origin") == origin}
    found = (_board(samples, mine), _list(samples, mine), _dashboard(samples, mine, documents))
    return [each for each in found if each is not None]


def _views(documents: Mapping[str, Document], kind: str) -> list[Document]:
    """Views of a type, those in a navigation first."""
    targets = {item["target"] for _name, app in of_kind(documents, "app") for item in app["items"].values()}
    views = [(name, each) for name, each in of_kind(documents, "view") if each["type"] == kind]
    views.sort(key=lambda pair: (f"view/{pair[0]}" not in targets, float(pair[1].get("order", 1000))))
    return [each for _name, each in views]


# ---- a list


def _list(samples: SampleRows, documents: Mapping[str, Document]) -> ListSketch | None:
    """The list of which the samples say most."""
    views = _views(documents, "list")
    best = max(views, key=lambda view: min(len(samples.of(view["entity"])), ROWS), default=None)
    if best is None:
        return None
    entity, rows = best["entity"], samples.of(best["entity"])[:ROWS]
    names = [part.get("path", name) for name, part in in_order(best["columns"])]
    told = [name for name in names if not rows or sum(bool(samples.text(entity, name, row)) for row in rows) * 2 > ROWS]
    told = told[:COLUMNS] or names[:COLUMNS]
    cells = tuple(tuple(samples.text(entity, name, row) for name in told) for row in rows)
    heads = tuple(_head(samples, entity, name) for name in told)
    return ListSketch(pick(best["label"]), heads, cells, tuple(_stands_at_end(samples, entity, name) for name in told))


def _stands_at_end(samples: SampleRows, entity: str, name: str) -> bool:
    field = samples.model.entities[entity].fields.get(name)
    return field is not None and field.type.align == "end"


def _head(samples: SampleRows, entity: str, name: str) -> str:
    field = samples.model.entities[entity].fields.get(name.partition(".")[0])
    return pick(field.label) if field else name


# ---- a board


def _board(samples: SampleRows, documents: Mapping[str, Document]) -> BoardSketch | None:
    for view in _views(documents, "board"):
        pipeline = _pipeline(samples, view)
        if pipeline:
            return BoardSketch(pick(view["label"]), tuple(_lanes(samples, view, pipeline)))
    return None


def _pipeline(samples: SampleRows, view: Document) -> Pipeline | None:
    named = view.get("options", {}).get("pipeline")
    found = [each for each in samples.model.pipelines.values() if each.entity == view["entity"]]
    return next((each for each in found if named in (None, each.name)), None)


def _lanes(samples: SampleRows, view: Document, pipeline: Pipeline) -> Iterator[Lane]:
    rows = samples.of(view["entity"])
    for number, stage in enumerate(list(pipeline.stages.values())[:LANES], start=1):
        here = [row for row in rows if row.get(pipeline.field) == stage.name]
        tone = ENDED.get(stage.outcome, f"stage-{min(number, 4)}")
        cards = tuple(_card(samples, view, row) for row in here[:CARDS])
        yield Lane(pick(stage.label), tone, len(here), cards)


def _card(samples: SampleRows, view: Document, row: Row) -> tuple[str, str]:
    entity = view["entity"]
    title = samples.model.entities[entity].title
    said = samples.text(entity, title, row)
    names = [name for name, _part in in_order(view["columns"]) if name != title]
    # A title mostly says whose it is already.
    names.sort(key=lambda name: samples.is_pointing(entity, name))
    texts = [text for name in names if (text := samples.text(entity, name, row))]
    return said, texts[0] if texts else ""


# ---- a dashboard


def _dashboard(samples: SampleRows, mine: Documents, documents: Documents) -> DashboardSketch | None:
    """The dashboard of which the samples say most."""
    drawn = [
        DashboardSketch(pick(each["label"]), tuple(_boxes(samples, documents, each)))
        for _name, each in of_kind(mine, "dashboard")
    ]
    return max(drawn, key=lambda each: sum(bool(box.bars) for box in each.boxes if box.is_shown), default=None)


def _boxes(samples: SampleRows, documents: Documents, board: Document) -> Iterator[Box]:
    return (_box(samples, part, documents.get(part["target"], {})) for _key, part in in_order(board["cards"]))


def _box(samples: SampleRows, part: Mapping[str, Any], target: Document) -> Box:
    label = pick(part.get("label") or target.get("label"))
    chart = target.get("chart", "list")
    return Box(part["x"], part["y"], part["width"], part["height"], label, chart, _bars(samples, target))


def _bars(samples: SampleRows, report: Document) -> tuple[float, ...]:
    """How often each group occurs among the samples, the most frequent being 1."""
    entity, dimensions = report.get("entity"), in_order(report.get("dimensions", {}))
    if not entity or not dimensions or report["chart"] not in CHARTS:
        return ()
    path = dimensions[0][1].get("path", dimensions[0][0])
    counts = Counter(row[path] for row in samples.of(entity) if row.get(path))
    often = [count for _group, count in counts.most_common(BARS)]
    return tuple(count / often[0] for count in often)
