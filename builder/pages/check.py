"""What the linter finds in the change set: by definition, each with its fix, which goes into the change set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, ClassVar

from flask import Response, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.lists.definitions import calling
from sartor.builder.lists.designers import Named, designer, named
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.platform.linting.faults import FAULT
from sartor.platform.linting.finding import Finding, Severity
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick
from sartor.platform.ui.pages.parts import Choice, Pill, Switch

AT_ONCE = 200
"""Findings on one page."""
TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A button that asks the API: `body` is sent to `url`. text: what it does."""

    text: str
    url: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One finding. part: what people call the place, which leads there; url: where it is designed; fixes: one that is
    meant, or several to choose from."""

    code: str
    pill: Pill
    message: str
    part: str
    url: str
    fixes: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one definition."""

    of: Named
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule that found something. all: mends every place that can be mended, where there are several."""

    code: str
    text: str
    icon: str
    count: int
    all: Act | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    template: ClassVar[str] = "build/check.html"

    frame: Frame
    said: str
    more: str
    switch: Switch
    rules: tuple[RuleLine, ...]
    groups: tuple[Group, ...]


@route("/check")
def check() -> Response:
    here = bench()
    found = here.workspace.findings(here.documents)
    wanted = request.args.get("severity", "")
    shown = [each for each in found if wanted in ("", str(each.severity))]
    count = len(found)
    said = ngettext("One finding", "%(n)s findings", count) if count else _("Nothing to mend")
    return html(
        CheckPage(
            frame=frame(_("Check"), "check"),
            said=said,
            more=_more(len(shown)),
            switch=_switch(found, wanted),
            rules=tuple(_rules(here, shown)),
            groups=tuple(_groups(here, shown[:AT_ONCE])),
        )
    )


def _more(count: int) -> str:
    if count <= AT_ONCE:
        return ""
    return _("The first %(n)s are shown, the gravest first; the others follow once these are mended.", n=AT_ONCE)


def _switch(found: Sequence[Finding], wanted: str) -> Switch:
    counts = Counter(str(each.severity) for each in found)
    words = {"": _("All"), "error": _("Errors"), "warning": _("Warnings"), "hint": _("Hints")}
    choices = (
        Choice(
            f"{text} {counts[key] if key else len(found)}",
            url_for("builder.check", severity=key or None),
            key == wanted,
        )
        for key, text in words.items()
    )
    return Switch(_("How grave"), tuple(choices))


def _rules(here: Bench, found: Sequence[Finding]) -> Iterator[RuleLine]:
    rules = {rule.key: rule for rule in here.workspace.linter.rules}
    counts = Counter(each.code for each in found)
    mendable = Counter(each.code for each in found if each.fix)
    for code in sorted(counts):
        many = mendable[code]
        act = None
        if many > 1:
            text = ngettext("Mend it", "Mend all %(n)s", many)
            act = Act(text=text, url=_fix_url(here), body={"code": code})
        rule = rules.get(code)
        label = pick(rule.label) if rule else _("What does not hold together")
        icon = rule.icon if rule else "alert-circle"
        yield RuleLine(code=code, text=label, icon=icon, count=counts[code], all=act)


def _groups(here: Bench, found: Sequence[Finding]) -> Iterator[Group]:
    """Definitions in the order of their gravest finding."""
    first = {each.key: place for place, each in reversed(list(enumerate(found)))}
    names = calling(here)
    by_key = sorted(found, key=lambda each: first[each.key])
    for key, group in groupby(by_key, key=lambda each: each.key):
        yield Group(named(here.documents, key), tuple(_line(here, names, each) for each in group))


def _line(here: Bench, names: Calling, finding: Finding) -> Line:
    words = {Severity.ERROR: _("Error"), Severity.WARNING: _("Warning"), Severity.HINT: _("Hint")}
    meant = {"code": finding.code, "key": finding.key, "path": finding.pointer}
    fixes = [Act(text=finding.fix.text, url=_fix_url(here), body=meant)] if finding.fix else []
    fixes += [Act(text=each.text, url=_fix_url(here), body={**meant, "choice": each.name}) for each in finding.offers]
    icon = "ban" if finding.code == FAULT else None
    return Line(
        code=finding.code,
        pill=Pill(words[finding.severity], TONES[finding.severity], icon),
        message=finding.message,
        part=names.spot(finding.key, finding.pointer).inside or _("Open the definition"),
        url=designer(finding.key, finding.pointer),
        fixes=tuple(fixes),
    )


def _fix_url(here: Bench) -> str:
    return f"/api/v1/change-sets/{here.set}/check/fix"
