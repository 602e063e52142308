"""`sartor`: the group of all commands."""

from __future__ import annotations

import click

from sartor.runtime.cli.blueprints import blueprint
from sartor.runtime.cli.design import change, check, plan, publish, revisions, rollback
from sartor.runtime.cli.people import token, user
from sartor.runtime.cli.rates import rate
from sartor.runtime.cli.records import query
from sartor.runtime.cli.serve import init, run, scheduler, upgrade, web, worker
from sartor.runtime.cli.transfer import export, import_, import_undo

COMMANDS = (
    init, upgrade, run, web, worker, scheduler, blueprint, check, change, plan, publish, revisions, rollback, query,
    user, token, rate, import_, import_undo, export,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="sartor")
def main() -> None:
    """Sartor, a no-code CRM builder: design a CRM that fits the business."""


for each in COMMANDS:
    main.add_command(each)
