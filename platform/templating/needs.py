"""What a template reads: fields of the record, of whoever sends it, and of the lines below it."""

from __future__ import annotations

from collections.abc import Iterator

from sartor.platform.access.context import Context
from sartor.platform.definitions.compile.templates import SENDER
from sartor.platform.errors import Forbidden
from sartor.platform.model import FieldLevel, Lines, Model, Operation, Template
from sartor.platform.model.formula import Formula
from sartor.platform.text import gettext as _
from sartor.platform.text import pick

Path = tuple[str, ...]
USER = "user"


def formulas(template: Template) -> Iterator[Formula]:
    """Every expression about the record itself but the address, which may stay blank."""
    for text in template.texts():
        yield from text.formulas()
    yield from (block.visible_if for block in template.blocks if block.visible_if)
    if template.offered_if:
        yield template.offered_if


def paths(template: Template) -> list[Path]:
    """Everything that is read of the record, and behind `sender` of whoever sends it; each once, in order."""
    found = [path for each in formulas(template) for path in sorted(each.paths)]
    found += [pair.path for block in template.blocks for pair in block.pairs if pair.path]
    return list(dict.fromkeys(found))


def lines_of(template: Template) -> Iterator[Lines]:
    return (block.lines for block in template.blocks if block.lines)


def line_paths(lines: Lines) -> list[Path]:
    return list(dict.fromkeys(item.path for item in lines.columns))


def is_senders(path: Path) -> bool:
    """Whether a path is about whoever sends; a lookup of the record that is called so stays out of reach."""
    return path[0] == SENDER and len(path) > 1


def closed(context: Context, model: Model, template: Template) -> tuple[str, str | None] | None:
    """What of it the reader may not read: an entity, or a field of one. Then the template is refused whole."""
    for entity in (template.entity, *(each.entity for each in lines_of(template))):
        if not context.access.may(Operation.READ, entity):
            return entity, None
    for owner, path in _read(template):
        if not context.access.path_is_readable(owner, path):
            return _closed_step(context, model, owner, path)
    return None


def _read(template: Template) -> Iterator[tuple[str, Path]]:
    for path in paths(template):
        yield (USER, path[1:]) if is_senders(path) else (template.entity, path)
    for lines in lines_of(template):
        filtered = lines.filter.paths if lines.filter else ()
        for path in ((lines.lookup,), *line_paths(lines), *sorted(filtered)):
            yield lines.entity, path


def _closed_step(context: Context, model: Model, owner: str, path: Path) -> tuple[str, str | None]:
    """The first step of a path that is closed."""
    here = model.entity(owner)
    for step in path:
        if not context.access.may(Operation.READ, here.name):
            return here.name, None
        if step not in here.fields or context.access.level(here.name, step) < FieldLevel.READ:
            break
        targets = here.fields[step].type.targets(here.fields[step])
        if len(targets) == 1:
            here = model.entity(targets[0])
    return here.name, step if step in here.fields else None


def require(context: Context, model: Model, template: Template) -> None:
    """:raises Forbidden: for a template that shows what is closed to the reader; it says what, and who could open it.

    Left out, it would be missing on a paper that somebody else takes for the whole.
    """
    found = closed(context, model, template)
    if found:
        reason = context.access.explain(Operation.READ, *found).message
        name = pick(template.label)
        raise Forbidden(_("“%(template)s” shows what is closed to you. %(reason)s", template=name, reason=reason))
