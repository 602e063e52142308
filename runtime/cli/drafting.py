"""What commands do with a draft of the design: show its plan, put it into a change set, or publish it at once."""

from __future__ import annotations

import sys
from typing import Any

import click

from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.publisher import Unconfirmed
from sartor.platform.text import gettext as _
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.plans import show_plan

in_set = click.option("--set", "name", help="Put it into this change set instead of publishing it.")
confirmed = click.option("--confirm", metavar="PLAN", help="Fingerprint of the plan that was seen, and no other one.")


def require_yes(plan: Plan, json: bool) -> None:
    """Show a plan and ask whether it is to be done; Ctrl+C and no end the command.

    :raises Unconfirmed: where nobody can be asked.
    """
    if json or not _somebody_is_there():
        said = _(
            "Nothing was done. --dry-run shows the plan, --yes does it, --confirm %(plan)s exactly what it is now."
        )
        raise Unconfirmed(said % {"plan": plan.fingerprint})
    show_plan(plan, json)
    click.confirm(_("Do it?"), abort=True)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty()


def put_or_publish(workspace: Workspace, draft: Draft, json: bool, **how: Any) -> dict[str, Any] | None:
    """What was done; None where only the plan was shown. how: note, name (of a change set), dry_run, confirm,
    samples (demo data, too)."""
    drafts = Drafts(workspace)
    if how["dry_run"]:
        show_plan(drafts.plan(draft), json)
        return None
    if how["name"]:
        return {"set": how["name"], "changed": drafts.put(draft, into=how["name"])}
    samples = how.get("samples", False)
    done: dict[str, Any] = {"revision": drafts.carry_out(draft, how["note"], how.get("confirm"), samples=samples)}
    done |= {"samples": drafts.fill(draft)} if samples else {}
    return {**done, "unknown people": sorted(drafts.strangers)} if drafts.strangers else done
