"""A process that goes on with an import of the small CRM until it is done, or killed.

Arguments: database URL, file, number of the import.
"""

from __future__ import annotations

import sys
from pathlib import Path

import crm
from bringing import Bringing
from worlds import COMPILER, World

from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader
from sartor.platform.records.importing import ledger
from sartor.platform.records.memory.tools import Tools
from sartor.platform.records.writer import Writer
from sartor.platform.storage.engine import Database
from sartor.platform.storage.tables import Tables


def world_at(url: str) -> World:
    """A world that is there already."""
    database = Database.open(url)
    model = COMPILER.compile(crm.documents(), 1)
    tables = Tables(model, database.dialect)
    reader = Reader(database, tables, Cursors(b"secret"))
    return World(database, model, tables, reader, Writer(Tools(database, tables)))


def main() -> None:
    url, path, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    world = world_at(url)
    bring = Bringing(world, path.parent, lambda: world.system)
    bring.importer(ledger.get(world.database, number), path).run()


if __name__ == "__main__":
    main()
