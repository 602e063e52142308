"""Bars: one for each group, side by side or stacked."""

from typing import Any
from unicodedata import east_asian_width

from sartor.platform.charts.axes import layout, numbers_axis, places_axis, scale_key, scales_of, stacked_heights
from sartor.platform.charts.base import ChartType
from sartor.platform.charts.series import colours, places_of, series_of, with_others

WRITTEN_ON, WRITTEN_BESIDE = 14, 40
"""Up to so many bars carry their number: on top of standing ones, beside lying ones."""
NARROW, LETTER, GAP = 220, 6.2, 8
"""On a phone, in pixels: what is left of a picture beside the names; a letter of a number; the space before it."""


def beside(heights, texts):
    """The range of an axis that leaves room for the numbers behind the ends of its bars."""
    widest = GAP + LETTER * max((display_width(each) for each in texts), default=0)
    part = widest / max(NARROW - widest, widest)
    low, high = min([0.0, *(each or 0.0 for each in heights)]), max([0.0, *(each or 0.0 for each in heights)])
    room = (high - low) * part or 1.0
    return [low - room if low < 0 else 0.0, high + room if high > 0 or low == 0 else 0.0]


def written_beside(one):
    """The numbers at the ends of the bars of a series; none at a bar that is not there."""
    return [(point.short or point.text) if point.value else "" for point in one.points]


def display_width(text):
    """In letters; Chinese ones are twice as wide."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


HATCHES = ("/", ".", "x")
"""Of the second measure and those behind it, where colours say what the bars are split by."""


def tallest(on):
    """How high the stacks of each measure reach."""
    measures = dict.fromkeys(each.measure for each in on)
    return [height for at in measures for height in stacked_heights([each for each in on if each.measure == at])]


def own_scale(each, scales):
    return next(heading for heading in scales if scale_key(heading) == scale_key(each.heading))


FEW = 2
"""Up to so many bars stay slim instead of filling the picture."""


class Bar(ChartType):
    key = "bar"
    label = {"en": "Bars", "zh": "柱状图"}
    icon = "chart-bar"
    example = {"stacked": True, "horizontal": False}
    dimensions = (1, 2)
    measures = (1, 4)
    series = True
    options_schema = {
        "type": "object",
        "properties": {
            "stacked": {
                "type": "boolean",
                "default": False,
                "title": "Stacked",
                "description": "Series on top of one another rather than side by side.",
            },
            "horizontal": {
                "type": "boolean",
                "default": False,
                "title": "Lying",
                "description": "Bars from left to right, which suits long names.",
            },
            "others": {
                "type": "boolean",
                "default": False,
                "title": "Others as one",
                "description": "What is beyond the limit stands together as a last bar.",
            },
        },
        "additionalProperties": False,
    }

    def figure(self, table, options):
        lying, stacked = options.get("horizontal", False), options.get("stacked", False)
        table = with_others(table) if options.get("others", False) else table
        found = series_of(table)
        scales = scales_of(found)
        places, numbers = ("y", "x") if lying else ("x", "y")
        axes: dict[str, Any] = {f"{places}axis": places_axis(table, **({"autorange": "reversed"} if lying else {}))}
        for number, heading in enumerate(scales[:2]):
            on = [each for each in found if scale_key(each.heading) == scale_key(heading)]
            heights = tallest(on) if stacked else [height for each in on for height in each.heights]
            written = [text for each in on for text in written_beside(each)]
            # Each bar says its number: marks below would only say it again, and lean over where they are long.
            bare = {"range": beside(heights, written), "showticklabels": False, "showgrid": False}
            room = bare if lying and self._is_written(found, lying) else {}
            second = {"overlaying": numbers, "side": "top" if lying else "right", "showgrid": False} if number else {}
            axes[f"{numbers}axis{'2' if number else ''}"] = numbers_axis(heading, heights, **room, **second)
        if len(places_of(table)) <= FEW:
            axes["bargap"] = 0.7
        if not lying and len(scales) == 1 and not any(row[0].short for row in table.rows):
            # Names, not days: where there is no room for them below the bars, the page lays these down.
            axes["meta"] = {"may_lie": True}
        data = [self._trace(each, found, scales, lying, stacked) for each in found]
        return {"data": data, "layout": layout(len(found), barmode="stack" if stacked else "group", **axes)}

    def _is_written(self, found, lying):
        """Whether the bars carry their numbers."""
        return len(found) == 1 and len(found[0].places) <= (WRITTEN_BESIDE if lying else WRITTEN_ON)

    def _beside(self, each, found, scales, stacked):
        """Which bars stand beside this one rather than on it: stacks of another measure, bars of another scale."""
        if stacked:
            return {"offsetgroup": f"{each.measure}/{scales.index(own_scale(each, scales))}"}
        return {"offsetgroup": str(found.index(each))} if len(scales) > 1 else {}

    def _trace(self, each, found, scales, lying, stacked):
        along, across = ("y", "x") if lying else ("x", "y")
        trace = {
            "type": "bar",
            "name": each.name,
            "orientation": "h" if lying else "v",
            along: each.places,
            across: each.heights,
            "customdata": each.links,
            "hovertext": each.hover(len(found) > 1),
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        if self._is_written(found, lying):
            small = {"size": 11, "color": "--ink"}
            trace |= {"text": written_beside(each), "textposition": "outside", "cliponaxis": False, "textangle": 0}
            trace |= {"textfont": small, "constraintext": "none"}
        if len(found) == 1 and any(each.colours):
            trace["marker"] = {"color": [colour or "--plot-2" for colour in each.colours]}
        elif len(found) > 1:
            own = each.colours[0] if len(set(each.colours)) == 1 else None
            # A line of paper between them: neighbours of one hue are told apart. Hatched: another measure.
            trace["marker"] = {"color": own or colours(each.shade + 1)[-1], "line": {"color": "--paper", "width": 1}}
            trace |= self._beside(each, found, scales, stacked)
            if each.measure:
                shape = HATCHES[(each.measure - 1) % len(HATCHES)]
                trace["marker"]["pattern"] = {"shape": shape, "fillmode": "overlay", "fgcolor": "--paper"}
        if scale_key(each.heading) != scale_key(scales[0]):
            trace[f"{across}axis"] = f"{across}2"
        return trace
