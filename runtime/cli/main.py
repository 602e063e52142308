"""`sartor`: the group of all commands."""

from __future__ import annotations

import click

from sartor.runtime.cli.lazy import LazyGroup

COMMANDS = {
    "init": "founding:init",
    "upgrade": "founding:upgrade",
    "doctor": "doctor:doctor",
    "backup": "keeping:backup",
    "restore": "keeping:restore",
    "run": "serve:run",
    "web": "processes:web",
    "worker": "processes:worker",
    "scheduler": "processes:scheduler",
    "blueprint": "blueprints:blueprint",
    "promote": "promoting:promote",
    "app": "apps:app",
    "check": "checking:check",
    "test": "testing:test",
    "change": "design:change",
    "plan": "design:plan",
    "publish": "design:publish",
    "revisions": "design:revisions",
    "rollback": "design:rollback",
    "query": "records:query",
    "user": "people:user",
    "token": "people:token",
    "rate": "rates:rate",
    "import": "transfer:import_",
    "import-undo": "transfer:import_undo",
    "export": "transfer:export",
}


@click.group(
    cls=LazyGroup,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="sartor")
def main() -> None:
    """Sartor, a no-code CRM builder: design a CRM that fits the business."""
