"""Where one scenario is played: a scratch workspace, the people in it, and the records that have names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sartor.platform.access.assign import Assignment
from sartor.platform.access.context import Context
from sartor.platform.errors import NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.packaging.scenarios.scratch import moment_of, set_clock
from sartor.platform.records.saving.past import write_past_stays
from sartor.platform.records.wish import Wish
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _
from sartor.platform.work import Work
from sartor.platform.workspace import Workspace

Values = Mapping[str, Any]


@dataclass(slots=True)
class Stage:
    """names: entity and record of each name that a scenario gave. until: when its time is over."""

    workspace: Workspace
    until: float = float("inf")
    names: dict[str, tuple[str, int]] = field(default_factory=dict)

    # ---- who and what

    def context(self, person: str | None) -> Context:
        """A person of the scenario, or the system."""
        if person is None:
            return self.workspace.system("scenario")
        return self.workspace.person(self.workspace.stamp(), self.named(person)[1])

    def named(self, name: str) -> tuple[str, int]:
        """:raises NotFound: for a name that nothing was given before."""
        if name not in self.names:
            said = _("Nothing is called %(name)s here.", name=name)
            raise NotFound(said + did_you_mean(near(name, self.names)))
        return self.names[name]

    def meant(self, value: Any) -> Any:
        """A value with ids in the place of names."""
        if isinstance(value, str) and value.startswith("@"):
            return encode_id(self.named(value[1:])[1])
        if isinstance(value, list):
            return [self.meant(each) for each in value]
        if isinstance(value, Mapping):
            return {key: self.meant(each) for key, each in value.items()}
        return value

    # ---- what is there

    def hire(self, name: str, person: Values) -> None:
        """Somebody with roles."""
        serving, context = self.workspace.serving(), self.workspace.system("scenario")
        values = {"name": name, "email": f"{name}@example.com", **self.meant(person.get("values", {}))}

        def job(work: Work) -> int:
            made = serving.writer.create(context, "user", values, work=work).id
            for role in person.get("roles", ()):
                Assignment(self.workspace.database, serving.tables).assign(work, context, made, role)
            return made

        self.names[name] = ("user", self.workspace.database.run(job))

    def give(self, given: Values) -> None:
        """A record that is there before anything happens, with its past.

        :raises NotFound: for stages of what has none.
        """
        context = self.workspace.system("scenario", purpose="migrate")
        self.create(context, given)
        if steps := given.get("stages"):
            entity, record = given["create"], self.names[given.get("name", "")][1]
            serving, zone = self.workspace.serving(), self.workspace.settings.timezone
            fields = serving.model.entity(entity).fields.values()
            item = next((each for each in fields if each.type.pipelines(each)), None)
            if item is None:
                raise NotFound(_("%(entity)s has no stages.", entity=entity))
            dated = [(stage, moment_of(at, zone)) for stage, at in steps]
            self.workspace.database.run(
                lambda work: write_past_stays(serving.writer.tools, work, context, item, record, dated)
            )

    # ---- what is done

    def act(self, step: Values) -> None:
        """One step of what happens, by whoever does it. A step may only move the clock.

        :raises SartorError: where it is refused.
        """
        if at := step.get("at"):
            set_clock(self.workspace, at)
        context = self.context(step.get("as"))
        writer = self.workspace.serving().writer
        if "create" in step:
            self.create(context, step)
        if "update" in step:
            wish = Wish(self.meant(step.get("values", {})), notes=step.get("notes", {}))
            writer.update(context, *self.named(step["update"]), wish)
        if "delete" in step:
            writer.delete(context, *self.named(step["delete"]))
        if "restore" in step:
            writer.restore(context, *self.named(step["restore"]))

    def create(self, context: Context, step: Values) -> None:
        """A new record; the last one without a name is called by the empty one."""
        writer = self.workspace.serving().writer
        made = writer.create(context, step["create"], self.meant(step.get("values", {})))
        self.names[step.get("name", "")] = (step["create"], made.id)
