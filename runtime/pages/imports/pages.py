"""The pages of an import: choose a file, match its columns, see what would happen."""

from __future__ import annotations

from typing import Any

from sartor.platform.errors import Invalid
from sartor.platform.model import Entity
from sartor.platform.model.ids import encode_id
from sartor.platform.records.files.encoding import UnsureEncoding
from sartor.platform.records.files.table import Row
from sartor.platform.records.importing.plan import ImportPlan
from sartor.platform.records.importing.preview import FilePreview
from sartor.platform.records.importing.targets import fillable
from sartor.platform.storage.files import StoredFile
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, ngettext, pick
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.form import Form, FormProblem, FormSection
from sartor.platform.ui.pages.import_ import ImportPage, ValueMatch
from sartor.platform.ui.pages.parts import Action, Cell, Head, Link, Note, Table
from sartor.platform.ui.pages.shell import TitleBar
from sartor.platform.ui.pages.widget import Option, Widget
from sartor.runtime.pages import addresses
from sartor.runtime.pages.desk import Desk
from sartor.runtime.pages.forms.layout import WHOLE
from sartor.runtime.pages.imports.columns import column_matches, field_options, reading_widgets
from sartor.runtime.pages.imports.form import CLEAR, LEAVE
from sartor.runtime.pages.imports.job_progress import counts_of
from sartor.runtime.pages.imports.readings import encoding_options, readings
from sartor.runtime.pages.imports.refused import refused_table
from sartor.runtime.pages.imports.steps import COLUMNS, FILE, TRIAL, steps
from sartor.runtime.pages.imports.trials import Trial
from sartor.runtime.pages.shell import shell

SHOWN = 6


def entity_link(desk: Desk, entity: Entity) -> Link:
    """Back to the list."""
    return Link(pick(entity.plural), addresses.entity(desk.app.name, entity.name))


def _page(
    desk: Desk, entity: Entity, now: int, file: StoredFile | None, trial: str | None = None, **more: Any
) -> ImportPage:
    title = _("Import: %(label)s", label=pick(entity.plural))
    key = encode_id(file.id) if file else None
    return ImportPage(
        shell=shell(desk, title, f"entity/{entity.name}"),
        bar=TitleBar(title=title, back=entity_link(desk, entity), beside=file.name if file else None),
        steps=steps(desk.app.name, entity.name, now, key, trial),
        **more,
    )


def file_page(desk: Desk, entity: Entity, problem: str | None = None) -> ImportPage:
    widgets = (
        Widget(
            name="file",
            label=_("File"),
            kind="file",
            required=True,
            span=WHOLE,
            error=problem,
            settings={"accept": ".csv,.tsv,.txt,.xlsx", "max_text": _("CSV or Excel (.xlsx), up to 256 MB")},
        ),
        Widget(name="encoding", label=_("Encoding"), kind="select", options=encoding_options()),
    )
    form = Form(
        label=_("Read the file"),
        url=addresses.of_entity(desk.app.name, entity.name, "import"),
        csrf=desk.csrf,
        save=Action(text=_("Read the file"), url="", look="primary"),
        sections=(FormSection("all", None, widgets),),
        multipart=True,
        lead=_("The file could not be read.") if problem else None,
        problems=(FormProblem(problem, widgets[0].id),) if problem else (),
        saves=False,
    )
    text = _("The first row that looks like names of columns is taken for them. Nothing is written before you say so.")
    return _page(desk, entity, FILE, None, title=_("Which file?"), text=text, form=form)


def reading_page(desk: Desk, entity: Entity, file: StoredFile, plan: ImportPlan, refused: Invalid) -> ImportPage:
    """The file is here and cannot be read (yet): perhaps in another encoding."""
    unsure = refused if isinstance(refused, UnsureEncoding) else None
    chosen = unsure.detection.encoding if unsure else plan.encoding or ""
    encoding = Widget(
        name="encoding", label=_("Encoding"), kind="select", value=chosen, options=encoding_options(unsure)
    )
    told = [] if unsure else [refused.message, *(problem.message for problem in refused.problems)]
    form = Form(
        label=_("Read the file"),
        url=addresses.of_entity(desk.app.name, entity.name, f"import/{encode_id(file.id)}/reading"),
        csrf=desk.csrf,
        save=Action(text=_("Read it again"), url="", look="primary"),
        sections=(FormSection("all", None, (encoding,)),),
        lead=_("It is not certain in which encoding the file was saved.")
        if unsure
        else _("The file could not be read."),
        problems=tuple(FormProblem(text) for text in dict.fromkeys(told)),
        saves=False,
    )
    text = _("Choose the encoding in which it was saved, or bring another file.")
    preview = readings(unsure) if unsure else None
    return _page(desk, entity, FILE, file, title=_("How is it to be read?"), text=text, form=form, preview=preview)


Looked = tuple[StoredFile, ImportPlan, FilePreview]


def columns_page(desk: Desk, entity: Entity, looked: Looked, refused: Invalid | None = None) -> ImportPage:
    file, plan, preview = looked
    url = addresses.of_entity(desk.app.name, entity.name, f"import/{encode_id(file.id)}")
    fields = {"encoding": plan.encoding or "", "sheet": plan.sheet or ""}
    form = Form(
        label=_("Match columns"),
        url=url,
        csrf=desk.csrf,
        save=Action(text=_("Try it out"), url="", look="primary"),
        sections=(FormSection("reading", None, reading_widgets(desk, entity, plan, preview)),),
        fields={name: text for name, text in fields.items() if text},
        lead=_("It cannot be tried like this.") if refused else None,
        problems=tuple(FormProblem(problem.message) for problem in refused.problems) if refused else (),
        saves=False,
    )
    rows = preview.table.row_count_hint
    counted = _("About %(n)s rows", n=number(rows)) if rows else _("Some rows")
    text = _("%(rows)s, %(n)s columns. What is not sure wants a look.", rows=counted, n=len(preview.columns))
    return _page(
        desk, entity, COLUMNS, file,
        title=_("What do the columns become?"),
        text=text,
        form=form,
        notes=tuple(_warnings(preview)),
        fields=field_options(desk, entity),
        matches=column_matches(desk, entity, preview, refused),
        preview=sample_table(desk, entity, preview),
        preview_url=f"{url}/preview",
    )  # fmt: skip


def _warnings(preview: FilePreview) -> list[Note]:
    notes = [Note(problem.message, "warn") for problem in preview.table.warnings]
    if preview.missing:
        names = listed(preview.missing)
        notes.append(Note(_("No column fills %(names)s, which every record needs.", names=names), "warn"))
    return notes


def sample_table(desk: Desk, entity: Entity, preview: FilePreview) -> Table:
    """The first rows under the fields that they would fill."""
    places = [(at, each.chosen) for at, each in enumerate(preview.columns) if each.chosen]
    labels = {field.name: pick(field.label) for field in fillable(entity, desk.context, migrate=False)}
    names = [str(path).partition(".")[0] for _at, path in places]
    right = [name in entity.fields and entity.fields[name].face.type.align == "end" for name in names]
    heads = tuple(Head(labels.get(name, name), number=number) for name, number in zip(names, right, strict=True))
    shown = [(at, number) for (at, _path), number in zip(places, right, strict=True)]
    rows = tuple(_sample(row, shown) for row in preview.sample[:SHOWN])
    return Table(_("First rows, as they would be read"), heads, rows)


def _sample(row: Row, places: list[tuple[int, bool]]) -> tuple[Cell, ...]:
    return tuple(
        Cell(text="" if row.values[at] is None else str(row.values[at]), number=number) for at, number in places
    )


# ---- the trial


def trial_page(desk: Desk, trial: Trial) -> ImportPage:
    counts = trial.result.get("counts") or {}
    missed = trial.missed()
    good = int(counts.get("create", 0)) + int(counts.get("update", 0))
    return _page(
        desk, trial.entity, TRIAL, trial.file, encode_id(trial.job.id),
        title=_("Nothing is written yet"),
        text=_("This is what would happen."),
        form=_trial_form(desk, trial, good, bool(missed)),
        notes=_trial_notes(trial),
        counts=counts_of(counts),
        values=tuple(_value(desk, trial, at, each, value) for at, (each, value) in enumerate(missed)),
        problems=_refused(trial, int(counts.get("fail", 0))),
    )  # fmt: skip


def _refused(trial: Trial, failed: int) -> Table | None:
    """Rows that are refused for more than values that were not found, which stand above."""
    rows = ((each["row"], each["reasons"]) for each in trial.result.get("refused") or [])
    return refused_table(rows, failed - int(trial.result.get("missed", 0)))


def _trial_notes(trial: Trial) -> tuple[Note, ...]:
    if trial.job.state != "done":
        return (Note(trial.job.message or _("The trial run was stopped."), "bad"),)
    return tuple(Note(text, "warn") for text in trial.result.get("warnings", ()))


def _trial_form(desk: Desk, trial: Trial, good: int, missed: bool) -> Form:
    """Values that were not found are said first and tried again; what is good can be written at once."""
    key, job = encode_id(trial.file.id), encode_id(trial.job.id)
    url = addresses.of_entity(desk.app.name, trial.entity.name, f"import/{key}/trial/{job}")
    text = ngettext("Write one row", "Write %(n)s rows", good, n=number(good))
    writing = Action(text=text, url=url, look="primary", fields={"act": "write"})
    if missed:
        again = Action(text=_("Try again with these"), url="", look="primary")
        more = (Action(text=text, url=url, look="default", fields={"act": "write"}),) if good else ()
        return Form(label=_("Trial run"), url=url, csrf=desk.csrf, save=again, more=more, saves=False)
    fields = {"act": "write"} if good else {}
    save = writing if good else Action(text=_("Try again"), url="", look="primary")
    return Form(label=_("Trial run"), url=url, csrf=desk.csrf, save=save, fields=fields, saves=False)


def _value(desk: Desk, trial: Trial, at: int, each: Any, value: Any) -> ValueMatch:
    """A value that was not found, with what was probably meant."""
    near = [Option(one["value"], one["value"], group=_("Near")) for one in value["near"]]
    others = [
        Option(LEAVE, _("Refuse these rows"), group=_("Other")),
        Option(CLEAR, _("Leave it blank"), group=_("Other")),
    ]
    item = trial.entity.fields.get(each["field"].partition(".")[0])
    offered = item.type.widget_options(item, desk.language).get("options", ()) if item else ()
    close = {option.value for option in near}
    every = [Option(one["text"], one["text"], group=_("All choices")) for one in offered if one["text"] not in close]
    best = value["near"][0] if value["near"] else None
    sure = bool(best and best["score"] >= SURE)
    return ValueMatch(
        number=at,
        field=pick(item.label) if item else each["field"],
        value=value["value"],
        rows=number(value["rows"]),
        options=(*near, *others, *every),
        chosen=best["value"] if best and sure else LEAVE,
        note=_("very near") if sure else None,
    )


SURE = 88
"""From this score on a near match is chosen beforehand; a person still sees it."""
