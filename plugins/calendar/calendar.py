"""Records on their days: a month or a week at once, and below one another on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from sartor.platform.plugin import (
    ColumnKind,
    Field,
    Model,
    Part,
    Problem,
    Seen,
    Shape,
    Sight,
    View,
    ViewType,
    Window,
    closed,
)
from sartor.platform.plugin import gettext as _
from sartor.plugins.calendar.days import DAY, MONTH, WEEK, Span, span
from sartor.plugins.calendar.sheet import About, Sheet, room, sheet

TIMES = (ColumnKind.DATE, ColumnKind.INSTANT)


def kind_of(field: Field) -> ColumnKind | None:
    """What the field's own column holds."""
    columns = field.face.type.columns(field.face)
    return columns[0].kind if columns else None


def start_of(view: View, model: Model) -> Field | None:
    """The field that says on which day a record stands: the one that is chosen, else the first that could."""
    fields = model.entities[view.entity].fields
    if name := view.options.get("start"):
        return fields.get(name)
    return next((each for each in fields.values() if not each.system and kind_of(each) in TIMES), None)


class Calendar(ViewType):
    key = "calendar"
    label = {"en": "Calendar", "zh": "日历"}
    icon = "calendar"
    template = "calendar.html"
    canvas = "calendar_canvas.html"
    styles = ("calendar/calendar.css",)
    marks = ("colours",)
    places = ("scale", "day")
    example = {"start": "due", "scale": "week"}
    options_schema = closed(
        {
            "start": {
                "type": "string",
                "title": "Day of a record",
                "description": "The date, or date and time, that tells on which day a record is; else the first one.",
                "x-widget": "field",
                "x-holds": [*TIMES],
            },
            "end": {
                "type": "string",
                "title": "Last day",
                "description": "Where records last longer than a day: the field that says until when.",
                "x-widget": "field",
                "x-holds": [*TIMES],
            },
            "colour": {
                "type": "string",
                "title": "Colour",
                "description": "The choice or stage whose colour the records have.",
                "x-widget": "field",
                "x-coloured": True,
            },
            "scale": {
                "enum": [MONTH, WEEK, DAY],
                "default": MONTH,
                "title": "At first",
                "description": "What is shown until the reader chooses otherwise.",
                "x-texts": {MONTH: "A month", WEEK: "A week", DAY: "A day"},
            },
        }
    )

    def check(self, view: View, model: Model) -> Sequence[Problem]:
        fields = model.entities[view.entity].fields
        found = []
        for option in ("start", "end", "colour"):
            name = view.options.get(option)
            if name is not None and name not in fields:
                said = _("There is no field %(name)s here.", name=name)
                found.append(Problem(f"/options/{option}", "unknown", said))
            elif name is not None and option != "colour" and kind_of(fields[name]) not in TIMES:
                said = _("%(name)s is neither a date nor a date and time.", name=name)
                found.append(Problem(f"/options/{option}", "no_time", said))
        return found or self._unlike(view, model)

    def _unlike(self, view: View, model: Model) -> list[Problem]:
        """A record cannot begin on a day and end at an hour."""
        start, end = start_of(view, model), view.options.get("end")
        if start is None:
            return [Problem("/type", "no_time", _("A calendar needs a date in its entity, and there is none."))]
        if end is None or kind_of(start) == kind_of(model.entities[view.entity].fields[end]):
            return []
        return [Problem("/options/end", "unlike", _("Both must be dates, or both dates with a time."))]

    def subject(self, view: View, model: Model) -> About:
        start = start_of(view, model)
        assert start is not None  # or `check` would have refused the view
        return About(start.name, view.options.get("end"), view.options.get("colour"), kind_of(start) is TIMES[1])

    def shapes(self, view: View, model: Model) -> list[Shape]:
        if start_of(view, model) is None:
            return []
        about = self.subject(view, model)
        return [Shape(view.entity, (), (name,)) for name in (about.start, about.end) if name]

    def span(self, view: View, sight: Sight) -> Span:
        return span(sight.place.get("scale") or view.options.get("scale"), sight.place.get("day"), sight.today)

    def window(self, view: View, model: Model, sight: Sight) -> Window:
        shown, about = self.span(view, sight), self.subject(view, model)
        fields = tuple(name for name in (about.start, about.end, about.colour) if name)
        parts = {f"{day}": Part((about.begun_on(day),), room(shown.scale)) for day in shown.days}
        lasting = about.lasting(shown.first, shown.last)
        return Window((about.within(shown.first, shown.last),), fields, (about.start,), parts, lasting)

    def arranged(self, view: View, model: Model, sight: Sight, seen: Sequence[Seen]) -> Sheet:
        return sheet(self.span(view, sight), self.subject(view, model), sight, seen)
