"""A process that writes by chance into the small CRM until it is killed, and says which writes it was told are kept.

It acknowledges a write in its journal after the writer returned, as an API answers after the commit.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa
from bringing import Bringing
from killing import Journal, die_at
from worlds import World

from sartor.platform.errors import SartorError
from sartor.platform.model.ids import encode_id
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader
from sartor.platform.records.bulk import write_many
from sartor.platform.records.importing import ledger
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.wish import Ask, Wish
from sartor.platform.records.writer import Writer
from sartor.platform.storage.engine import Database
from sartor.platform.storage.tables import Tables

STAGES = ("qualify", "proposal", "won", "lost")
BATCH = 8


@dataclass(frozen=True)
class Run:
    """One process. number: part of every name that it gives; dies_at: the statement at which it ends itself, if any."""

    number: int
    journal: Path
    imported: tuple[Path, int] | None = None
    dies_at: int = 0


def reopened(world: World, url: str) -> World:
    """The same world through a connection of its own."""
    database = Database.open(url)
    tables = Tables(world.model, database.dialect)
    reader = Reader(database, tables, Cursors(b"secret"))
    return World(database, world.model, tables, reader, Writer(Tools(database, tables)))


class Writing:
    """Writes of all sorts."""

    def __init__(self, world: World, run: Run) -> None:
        self.world = world
        self.run = run
        self.chance = Random(run.number)
        self.journal = Journal(run.journal)
        self.count = 0
        self.known: dict[str, list[int]] = {name: self._ids(name) for name in ("account", "contact", "product", "deal")}
        self.binned: list[int] = []

    def for_ever(self) -> None:
        if self.run.dies_at:
            die_at(self.world.database, self.run.dies_at)
        self.journal.say(ready=os.getpid())
        if self.run.imported:
            self._import(*self.run.imported)
        while True:
            self.count += 1
            try:
                self.chance.choice(DEEDS)(self)
            except SartorError as error:
                self.journal.say(refused=str(error))

    # ---- pieces

    def name(self) -> str:
        return f"华 {self.run.number}-{self.count}"

    def one(self, entity: str) -> int:
        return self.chance.choice(self.known[entity])

    def key(self, entity: str) -> str:
        return encode_id(self.one(entity))

    def _ids(self, entity: str) -> list[int]:
        table = self.world.tables.of(entity)
        with self.world.database.read() as connection:
            return list(connection.execute(sa.select(table.c.id).where(table.c.deleted_at.is_(None))).scalars())

    def lines(self, most: int) -> list[dict[str, Any]]:
        return [
            {"product": self.key("product"), "quantity": str(self.chance.randint(1, 9))}
            for _number in range(self.chance.randint(0, most))
        ]

    def made(self, entity: str, **values: Any) -> None:
        written = self.world.writer.create(self.world.system, entity, values)
        self.journal.say(entity=entity, id=written.id, version=written.version, action="create", sent=values)
        self.known[entity].append(written.id)

    # ---- deeds

    def make_account(self) -> None:
        self.made("account", name=self.name(), tax_id=self.name(), tags=["a", "b"])

    def make_contact(self) -> None:
        self.made("contact", name=self.name(), account=self.key("account"), mobile="13800000000", is_primary=True)

    def make_deal(self) -> None:
        amount, stage = str(self.chance.randint(1, 99)), self.chance.choice(STAGES[:2])
        contacts = [self.key("contact") for _number in range(self.chance.randint(0, 2))]
        values = {"name": self.name(), "account": self.key("account"), "amount": amount, "stage": stage}
        self.made("deal", **values, contacts=contacts, lines=self.lines(4))

    def change_deal(self) -> None:
        """New lines, changed ones, removed ones, another account and another discount, which the lines read."""
        deal = self.one("deal")
        old = self._lines(deal)
        self.chance.shuffle(old)
        lines = {
            "add": self.lines(2),
            "update": {encode_id(each): {"quantity": str(self.chance.randint(1, 9))} for each in old[:1]},
            "remove": [encode_id(each) for each in old[1:2]],
        }
        values = {"name": self.name(), "amount": str(self.chance.randint(1, 99)), "account": self.key("account")}
        self._change(deal, lines=lines, discount=self.chance.choice(("0", "0.1", "0.5")), **values)

    def _lines(self, deal: int) -> list[int]:
        table = self.world.tables.of("deal_line")
        chosen = sa.select(table.c.id).where(table.c.deal == deal, table.c.deleted_at.is_(None))
        with self.world.database.read() as connection:
            return list(connection.execute(chosen).scalars())

    def move_deal(self) -> None:
        self._change(self.one("deal"), stage=self.chance.choice(STAGES), loss_reason="Price")

    def _change(self, deal: int, **values: Any) -> None:
        written = self.world.writer.update(self.world.system, "deal", deal, Wish(values, notes={"stage": "because"}))
        told = {name: value for name, value in values.items() if name in written.changed}
        self.journal.say(entity="deal", id=deal, version=written.version, action="update", sent=told)

    def delete_deal(self) -> None:
        if len(self.known["deal"]) < 4:
            return
        deal = self.one("deal")
        written = self.world.writer.delete(self.world.system, "deal", deal)
        self.journal.say(entity="deal", id=deal, version=written.version, action="delete", sent={})
        self.known["deal"].remove(deal)
        self.binned.append(deal)

    def restore_deal(self) -> None:
        if not self.binned:
            return
        deal = self.binned.pop()
        written = self.world.writer.restore(self.world.system, "deal", deal)
        self.journal.say(entity="deal", id=deal, version=written.version, action="restore", sent={})
        self.known["deal"].append(deal)

    def batch(self) -> None:
        """All of them in one transaction; their tax numbers say which belong together."""
        asks = [Ask({"name": f"batch {place}", "tax_id": f"batch/{self.name()}/{place}"}) for place in range(BATCH)]
        writer, context = self.world.writer, self.world.system
        found = self.world.database.run(lambda work: write_many(writer, context, "account", asks, work))
        self.journal.say(batch=[each.written.id for each in found if each.written])

    def _import(self, path: Path, number: int) -> None:
        """Go on with an import until it is done."""
        bring = Bringing(self.world, path.parent, lambda: self.world.system)
        importer = bring.importer(ledger.get(self.world.database, number), path)
        importer.run(lambda done, total: self.journal.say(imported=done))


DEEDS = (
    Writing.make_account, Writing.make_contact, Writing.make_deal, Writing.make_deal, Writing.change_deal,
    Writing.change_deal, Writing.move_deal, Writing.delete_deal, Writing.restore_deal, Writing.batch,
)  # fmt: skip
