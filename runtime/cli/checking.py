"""`sartor check`: what is wrong with the design, or could be better, and mending it in a change set."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from sartor.platform.errors import NotFound
from sartor.platform.linting.faults import FAULT
from sartor.platform.linting.finding import Finding, Severity, fixed_by
from sartor.platform.publishing.change_sets.changes import MAIN
from sartor.platform.text import did_you_mean, near, ngettext
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.common import as_json, command, write_json
from sartor.runtime.cli.opening import opened

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}


@click.command()
@click.option("--set", "name", help="With the edits of this change set; otherwise what is published.")
@click.option(
    "--fix", "codes", multiple=True, metavar="CODE",
    help="Put the fixes of this code into the change set (main, unless --set names another); CODE:CHOICE where there "
    "is a choice. May be repeated.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Exit 1 for warnings and hints too.")
@as_json
@command
def check(name: str | None, codes: tuple[str, ...], strict: bool, json: bool) -> None:
    """Check the workspace's definitions. Exit 1 where something must be mended."""
    with opened() as workspace:
        sets = workspace.publisher.sets
        documents = sets.documents(name or MAIN) if name or codes else workspace.serving().design.documents
        findings = workspace.findings(documents)
        fixed: list[str] = []
        if codes:
            fixed = _mend(workspace, findings, codes, name or MAIN)
            findings = workspace.findings(sets.documents(name or MAIN))
    if json:
        write_json({"findings": [each.as_dict() for each in findings], "changed": fixed})
    else:
        _show(findings, fixed)
    sys.exit(1 if any(strict or each.severity is Severity.ERROR for each in findings) else 0)


def _mend(workspace: Workspace, findings: Sequence[Finding], codes: Sequence[str], name: str) -> list[str]:
    known = [FAULT, *workspace.linter.rules.keys()]
    chosen: list[Finding] = []
    for meant in codes:
        code, _colon, choice = meant.partition(":")
        if code not in known:
            hint = did_you_mean(near(code, known))
            raise NotFound(_("There is no code %(code)s.", code=code) + hint)
        chosen += fixed_by((each for each in findings if each.code == code), choice)
    changed = workspace.linter.mended(workspace.publisher.sets.documents(name), chosen)
    workspace.publisher.sets.put_all(changed, name=name)
    return sorted(changed)


def _show(findings: Sequence[Finding], fixed: Sequence[str]) -> None:
    for each in findings:
        mark = click.style(f"{each.code} {each.severity:<7}", fg=COLOURS[each.severity])
        place = each.key + ("#" + each.pointer if each.pointer else "")
        click.echo(f"{mark} {place}: {each.message}")
        if each.fix:
            click.echo(f"             --fix {each.code}: {each.fix.text}")
        for offer in each.offers:
            click.echo(f"             --fix {each.code}:{offer.name}: {offer.text}")
    if fixed:
        said = ngettext(
            "One definition was mended: %(keys)s.",
            "%(n)s definitions were mended: %(keys)s.",
            len(fixed),
            keys=", ".join(fixed),
        )
        click.echo(said)
    count = len(findings)
    click.echo(ngettext("One finding.", "%(n)s findings.", count) if count else _("No problem found."))
