"""Filling in a template: what it reads is read through the reader, what it computes by the expression language.

Nothing of a record is interpreted: a value becomes a text, and a text stays one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from zoneinfo import ZoneInfo

from sartor.platform.access.context import Context
from sartor.platform.expressions import evaluate
from sartor.platform.fields.base import quoted
from sartor.platform.fields.drawing import Drawing
from sartor.platform.model import Block, Labelled, Lines, Merge, Merged, Model, Paper, Party, Template
from sartor.platform.model.formula import Formula
from sartor.platform.model.ids import encode_id
from sartor.platform.query.asking import Names
from sartor.platform.query.columns import label_of
from sartor.platform.query.question import LARGEST_PAGE, Path, Question, Term
from sartor.platform.query.reader import Reader
from sartor.platform.templating.held import Held, Manner
from sartor.platform.templating.marks import one_line, passages
from sartor.platform.templating.needs import USER, is_senders, line_paths, paths, require
from sartor.platform.templating.tables import table
from sartor.platform.text import gettext as _
from sartor.platform.text import language as readers_language
from sartor.platform.text import pick, use_language
from sartor.platform.ui.pages import sheet as paged
from sartor.platform.ui.pages.sheet import Pair, Part, Run, Sheet, Signature, Table

BLANK = "—"
"""Stands for a value that is missing and has no other instead: a hole in a paper is taken for a mistake."""
MOST_LINES = 1000


class Templating:
    """Fills in templates for one reader, in one language (the reader's own unless said otherwise)."""

    def __init__(self, reader: Reader, names: Names, context: Context, language: str | None = None) -> None:
        self.reader = reader
        self.names = names
        self.context = context.but(language=language or context.language)
        self.model: Model = context.model
        self.manner = Manner(self.context.language, ZoneInfo(context.zone), context.currency)

    def fill(self, template: Template, record: int) -> Sheet:
        """The template with the values of a record.

        :raises Forbidden: where it shows what is closed to the reader. :raises NotFound: for no such record.
        """
        require(self.context, self.model, template)
        with speaking(self.manner.language):
            return Page(self, template, record).sheet()

    def suits(self, template: Template, record: int) -> bool:
        """Whether it is offered for a record."""
        return Page(self, template, record).suits()

    def _held(self, entity: str, record: int, wanted: list[Path]) -> Held:
        found = self.model.entity(entity)
        row = self.reader.record(self.context, entity, record, tuple(wanted) or (("id",),))
        return Held(self.model, found, row, self.manner)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything is said in this language for a while."""
    before = readers_language()
    use_language(language)
    try:
        yield
    finally:
        use_language(before)


class Values:
    """The record, and behind `sender` whoever sends; feeds `evaluate`."""

    def __init__(self, record: Held, sender: Held | None) -> None:
        self.record = record
        self.sender = sender

    def get(self, path: Path) -> object:
        if is_senders(path):
            return self.sender.get(path[1:]) if self.sender else None
        return self.record.get(path)

    def shown(self, path: Path) -> str:
        if is_senders(path):
            return self.sender.shown(path[1:]) if self.sender else ""
        return self.record.shown(path)

    def drawing(self, path: Path) -> Drawing | None:
        return None if is_senders(path) else self.record.drawing(path)


class Page:
    """One template on its way to a sheet."""

    def __init__(self, made: Templating, template: Template, record: int) -> None:
        self.made = made
        self.template = template
        self.record = record
        self.language = made.manner.language
        self.env = made.context.env()
        self.values = self._read()

    def _read(self) -> Values:
        wanted = [*paths(self.template), *self._address_paths()]
        own = [path for path in wanted if not is_senders(path)]
        sent = [path[1:] for path in wanted if is_senders(path)]
        held = self.made._held(self.template.entity, self.record, own)
        me = self.made.context.actor.id
        return Values(held, self.made._held(USER, me, sent) if sent and me is not None else None)

    def _address_paths(self) -> list[Path]:
        to = self.template.to
        return sorted(to.paths) if to and self._is_open(to) else []

    def _is_open(self, formula: Formula) -> bool:
        access = self.made.context.access
        return all(
            access.path_is_readable(USER, path[1:])
            if is_senders(path)
            else access.path_is_readable(self.template.entity, path)
            for path in formula.paths
        )

    def sheet(self) -> Sheet:
        template = self.template
        subject = one_line(self._runs(template.subject)) if template.subject else pick(template.label, self.language)
        to = template.to if template.to and self._is_open(template.to) else None
        return Sheet(
            subject=subject,
            parts=tuple(self._part(each) for each in template.blocks if self._shows(each)),
            language=self.language,
            paper=self._paper(template.paper),
            letterhead=template.letterhead,
            to=self._written(to) if to else "",
        )

    def _paper(self, paper: Paper) -> paged.Paper:
        return paged.Paper(
            size=paper.size,
            landscape=paper.landscape,
            margins=paper.margins,
            header=one_line(self._runs(paper.header)) if paper.header else "",
            footer=one_line(self._runs(paper.footer)) if paper.footer else "",
            numbers=_page_numbers() if paper.numbers else (),
        )

    def suits(self) -> bool:
        return self._holds(self.template.offered_if)

    def _shows(self, block: Block) -> bool:
        return self._holds(block.visible_if)

    def _holds(self, condition: Formula | None) -> bool:
        return condition is None or bool(evaluate(condition, self.values, self.env))

    def _part(self, block: Block) -> Part:
        return Part(
            name=block.name,
            kind=block.kind,
            passages=passages(self._runs(block.content)) if block.content else (),
            picture=block.picture,
            alt=pick(block.label, self.language),
            size=block.size,
            align=block.align,
            across=block.across,
            pairs=tuple(self._pair(each) for each in block.pairs),
            table=self._table(block.lines) if block.lines else None,
            signatures=tuple(self._signature(each) for each in block.parties),
        )

    # ---- texts

    def _runs(self, text: Merged) -> Iterator[Run]:
        for part in text.said(self.language):
            yield Run(self._value(part), value=True) if isinstance(part, Merge) else Run(part)

    def _value(self, merge: Merge) -> str:
        found = next(filter(None, map(self._written, merge.choices)), None)
        meant_blank = len(merge.choices) > 1 and merge.choices[-1].term.op == "const"
        return found or ("" if meant_blank else BLANK)

    def _written(self, formula: Formula) -> str:
        if formula.term.op == "field":
            return self.values.shown(formula.term.value)
        return self.values.record.written(formula.type, evaluate(formula, self.values, self.env))

    def _pair(self, pair: Labelled) -> Pair:
        if pair.path is None:
            label = pick(pair.label, self.language)
            return Pair(label, one_line(self._runs(pair.value)) if pair.value else BLANK)
        entity = self.made.model.entity(self.template.entity)
        label = pick(pair.label, self.language) or label_of(self.made.model, entity, pair.path)
        return Pair(label, self.values.shown(pair.path) or BLANK, self.values.drawing(pair.path))

    def _signature(self, party: Party) -> Signature:
        signer = one_line(self._runs(party.signer)) if party.signer else ""
        return Signature(pick(party.label, self.language), signer, party.seal, _("Signature, date"))

    # ---- lines

    def _table(self, lines: Lines) -> Table:
        rows, left_out = self._rows(lines)
        rest = _("… and %(n)s more", n=left_out) if left_out else ""
        return replace(table(self.made.model, lines, rows, self.made.manner), rest=rest)

    def _rows(self, lines: Lines) -> tuple[list[Held], int]:
        """The lines that the reader may see, and how many more there are than one page takes."""
        question = self._question(lines)
        entity = self.made.model.entity(lines.entity)
        rows: list[dict] = []
        reader, context = self.made.reader, self.made.context
        following: str | None = None
        while len(rows) < MOST_LINES:
            page = reader.page(context, replace(question, cursor=following))
            rows += page.rows
            following = page.next
            if following is None:
                break
        more = reader.count(context, question, exact=True)[0] - len(rows) if following else 0
        return [Held(self.made.model, entity, row, self.made.manner) for row in rows], more

    def _question(self, lines: Lines) -> Question:
        """As in a related list: a lookup is compared, one of many is searched for the record."""
        lookup = self.made.model.field(lines.entity, lines.lookup)
        where = (lines.filter,) if lines.filter else ()
        sort = tuple(Term.parse(each) for each in lines.sort) or (Term("id"),)
        wanted = tuple(line_paths(lines)) or (("id",),)
        if lookup.type.members(lookup):
            mine = self.made.names.conditions(lines.entity, [f"{quoted(encode_id(self.record))} in {lines.lookup}"])
            return Question(lines.entity, wanted, where=(*where, *mine), sort=sort, limit=LARGEST_PAGE)
        given = {lines.lookup: self.record}
        return Question(
            lines.entity, wanted, where=where, equal=(lines.lookup,), given=given, sort=sort, limit=LARGEST_PAGE
        )


def _page_numbers() -> tuple[str, ...]:
    """What is said around the two numbers, which only the printer knows."""
    before, _page, rest = _("Page %(page)s of %(pages)s", page="\0", pages="\1").partition("\0")
    between, _pages, behind = rest.partition("\1")
    return before, between, behind
