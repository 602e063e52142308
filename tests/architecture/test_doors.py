"""Nothing goes round the doors: the query compiler, the writer, the expression language, the egress client, the file
store, the relay and the route policy.

Each door is a pattern over the syntax tree and the files where it may match, with the reason. What matches elsewhere is
a way round the door: use the door, or (seldom) name the file here and say why.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sources import Source, called, calls, dotted, sources

Pattern = Callable[[Source], Iterator[ast.AST]]

RUNS_SQL = {"execute", "executemany", "scalar", "scalars", "exec_driver_sql", "stream", "stream_results"}
RAW_SQL = {"text", "literal_column", "DDL"}
CHANGES_ROWS = {"insert", "update", "delete"}
SENDS_TASKS = {"delay", "apply_async", "send_task"}
REACHES_OUT = (
    "aiohttp", "ftplib", "http.client", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket", "urllib.request",
    "urllib3",
)  # fmt: skip
ADDS_ROUTES = {"add_url_rule", "route", "get", "post", "put", "patch", "delete", "endpoint"}
STARTS_PROCESSES = ("subprocess", "multiprocessing", "pty", "asyncio.subprocess")
FORKS = {"system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "startfile"}
READS_FILES = {"read_text", "read_bytes"}
WRITES_FILES = {"write_text", "write_bytes"}
RUNS_TEXT = {"eval", "exec", "__import__"}
RUNS_DATA = ("pickle", "marshal", "shelve", "dill", "jsonpickle")


@dataclass(frozen=True)
class Door:
    """finds: what may happen only here. here: file patterns, each with its reason. instead: what to do elsewhere."""

    name: str
    finds: Pattern
    here: dict[str, str]
    instead: str


def calls_of(names: set[str], bare: bool = True) -> Pattern:
    """Calls of a method with one of these names, and (`bare`) of a function imported under it."""

    def find(source: Source) -> Iterator[ast.AST]:
        for call in calls(source):
            if called(call) in names and (bare or isinstance(call.func, ast.Attribute)):
                yield call

    return find


def from_sqlalchemy(names: set[str]) -> Pattern:
    """Calls of these functions of SQLAlchemy, as `sa.text(…)` or imported by name."""

    def find(source: Source) -> Iterator[ast.AST]:
        imported = {
            name for found in source.imports if found.module.startswith("sqlalchemy") for name in found.names
        } & names
        for call in calls(source):
            before, _, last = dotted(call.func).rpartition(".")
            if last in names and (before in ("sa", "sqlalchemy", "sql") or (not before and last in imported)):
                yield call

    return find


def puts_sql_together(source: Source) -> Iterator[ast.AST]:
    """Raw SQL from anything but a text in the source or a number (`str(…)`): an f-string, a variable."""
    for call in from_sqlalchemy(RAW_SQL)(source):
        told = call.args[0] if call.args else None
        if not isinstance(told, ast.Constant) and not (isinstance(told, ast.Call) and dotted(told.func) == "str"):
            yield call


def changes_rows(source: Source) -> Iterator[ast.AST]:
    """`sa.update(…)`, and `table.update()` without arguments, which no list or dict has; not of a `sys_…` table."""
    for call in calls(source):
        method = isinstance(call.func, ast.Attribute) and call.func.attr in CHANGES_ROWS
        if method and not call.args + call.keywords and not is_system(call.func.value):
            yield call
    for call in from_sqlalchemy(CHANGES_ROWS)(source):
        if not call.args or not is_system(call.args[0]):
            yield call


def is_system(table: ast.AST) -> bool:
    """System tables hold no records: each belongs to the room that declares it."""
    return dotted(table).rpartition(".")[2].startswith("sys_")


def imports_of(names: tuple[str, ...]) -> Pattern:
    def find(source: Source) -> Iterator[ast.AST]:
        for node in source.nodes:
            if isinstance(node, ast.Import) and any(_within(alias.name, names) for alias in node.names):
                yield node
            if isinstance(node, ast.ImportFrom):
                whole = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
                if any(_within(name, names) for name in whole):
                    yield node

    return find


def _within(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def writes_files(source: Source) -> Iterator[ast.AST]:
    """`open` for writing (or in a mode that is not written out), `os.open`, `write_text`, `write_bytes`."""
    yield from (call for call in calls_of(WRITES_FILES)(source) if len(call.args) <= 1)
    for call in calls(source):
        if dotted(call.func) in ("os.open", "os.fdopen") or (called(call) == "open" and not opens_to_read(call)):
            yield call


def opens_to_read(call: ast.Call) -> bool:
    """Whether no argument can be a mode that writes; `archive.open(name)` opens a member, not a file."""
    builtin = isinstance(call.func, ast.Name)
    modes = [word.value for word in call.keywords if word.arg == "mode"] + call.args[1 if builtin else 0 :]
    written = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return not any(set(mode) <= set("rwaxbt+") and set(mode) & set("wax+") for mode in written) and (
        not builtin or len(written) == len(modes)
    )


def reads_files(source: Source) -> Iterator[ast.AST]:
    """`open` for reading, `read_text`, `read_bytes`; field types have a `read_text` too, which is given a field."""
    for call in calls(source):
        name = called(call)
        if name in READS_FILES and isinstance(call.func, ast.Attribute) and len(call.args) <= 1:
            yield call
        modes = [each.value for each in call.args if isinstance(each, ast.Constant)]
        named = any(word.arg in ("encoding", "newline") for word in call.keywords)
        if name == "open" and ("rb" in modes or "r" in modes or named or isinstance(call.func, ast.Name)):
            yield call


def touches_records(source: Source) -> Iterator[ast.AST]:
    """`tables.of(entity)` and its side tables: the tables in which records are."""
    for call in calls(source):
        *before, last = dotted(call.func).split(".")
        if last in ("of", "all_members", "members") and before and before[-1].strip("_") == "tables":
            yield call


def starts_processes(source: Source) -> Iterator[ast.AST]:
    yield from imports_of(STARTS_PROCESSES)(source)
    for call in calls(source):
        before, _, last = dotted(call.func).rpartition(".")
        if before == "os" and (last in FORKS or last.startswith(("exec", "spawn"))):
            yield call


def adds_routes(source: Source) -> Iterator[ast.AST]:
    """`app.route(…)`, `blueprint.get(…)`, `add_url_rule`: on anything that is called like an application."""
    for call in calls(source):
        *before, last = dotted(call.func).split(".")
        named = bool(before) and before[-1] in ("app", "api", "blueprint", "bp", "pages")
        if last == "add_url_rule" or (last in ADDS_ROUTES and named) or (last == "route" and before):
            yield call


def runs_text(source: Source) -> Iterator[ast.AST]:
    for call in calls(source):
        if isinstance(call.func, ast.Name) and call.func.id in RUNS_TEXT:
            yield call
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("from_string", "render_template_string"):
            yield call


def marks_up(source: Source) -> Iterator[ast.AST]:
    """`Markup(x)` for anything but a text written out in the source: what it is given is not escaped."""
    for call in calls(source):
        if called(call) == "Markup" and call.args and not isinstance(call.args[0], ast.Constant):
            yield call


DOORS = [
    Door(
        "records are touched",
        touches_records,
        {
            "platform/storage/*": "the tables themselves",
            "platform/query/*": "the reader",
            "platform/records/*": "the writer",
            "platform/publishing/*": "change steps, conversions, purges",
            "platform/access/assign.py": "whether a person is active",
            "platform/access/directory.py": "people and departments, which every scope needs",
        },
        "ask platform/query, which folds the reader's access into every clause",
    ),
    Door(
        "SQL is run",
        calls_of(RUNS_SQL, bare=False),
        {
            "platform/storage/*": "the tables and the connection",
            "platform/access/*": "sessions, tokens and roles, and the people that every scope needs",
            "platform/query/*": "the reader",
            "platform/records/*": "the writer",
            "platform/publishing/*": "change sets, revisions and their steps",
            "platform/founding.py": "the first row of a workspace, before there is a writer",
        },
        "ask platform/query for rows and platform/records for changes",
    ),
    Door(
        "raw SQL is written",
        from_sqlalchemy(RAW_SQL),
        {
            "platform/storage/*": "pragmas, search index and DDL that SQLAlchemy has no words for",
            "platform/publishing/*": "DDL steps",
            "platform/expressions/sql/*": "constants of the language, so that one shape is one statement",
            "platform/expressions/functions/*": "the same",
            "platform/query/sums.py": "positions in GROUP BY",
        },
        "build the statement from SQLAlchemy's expressions; a value is always a bound parameter",
    ),
    Door(
        "raw SQL is put together",
        puts_sql_together,
        {
            "platform/expressions/sql/calls.py": "names of our own SQLite functions",
            "platform/expressions/sql/moments.py": "the first and the last moment, two constants",
            "platform/expressions/functions/moves.py": "the first and the last day, two constants",
            "platform/storage/search.py": "the name of the search table, made by ourselves",
            "platform/storage/catalogue.py": "questions about tables, quoted by the dialect",
            "platform/publishing/steps/entities.py": "counts of what a step touches, quoted by the dialect",
        },
        "write the SQL as one text in the source, with values as bound parameters",
    ),
    Door(
        "rows are changed",
        changes_rows,
        {
            "platform/records/*": "the writer",
            "platform/storage/*": "what steps and search keep beside records",
            "platform/publishing/*": "change sets and revisions; conversions of a published step",
        },
        "go through the writer in platform/records, which checks rights, rules and versions",
    ),
    Door(
        "tasks are sent",
        calls_of(SENDS_TASKS, bare=False),
        {"runtime/relay.py": "the outbox relay, which sends after the commit"},
        "write an outbox row in the transaction; the relay sends it",
    ),
    Door(
        "the network is reached",
        imports_of(REACHES_OUT),
        {
            "platform/egress.py": "the egress client",
            "runtime/egress.py": "the egress client",
            "runtime/cli/listening.py": "whether the server's own address is free; nothing is sent",
            "runtime/tasks.py": "the machine's name in a lease; nothing is sent",
        },
        "use the egress client, which checks and pins the address",
    ),
    Door(
        "files are written",
        writes_files,
        {
            "platform/storage/files.py": "the file store",
            "platform/storage/backup.py": "a workspace as one file, and back",
            "platform/storage/aside.py": "how far a publication is, while nobody else may write to SQLite",
            "platform/settings.py": "the secret key, made on first start",
            "platform/packaging/*": "blueprints are exported as folders",
            "platform/records/files/*": "exports, and the error file of an import",
            "runtime/folders.py": "the broker of files: which work there is, no more",
            "runtime/starting.py": "a lock, which holds nothing",
        },
        "use the file store (or the export's stream)",
    ),
    Door(
        "files are read",
        reads_files,
        {
            "platform/storage/files.py": "the file store",
            "platform/storage/backup.py": "a workspace as one file, and back",
            "platform/storage/aside.py": "how far a publication is, while nobody else may write to SQLite",
            "platform/storage/mounts.py": "what the kernel says about the disk",
            "platform/settings.py": "the secret key",
            "platform/records/files/*": "files of an import, which the file store holds",
            "platform/packaging/*": "blueprints are folders",
            "platform/definitions/*": "schemas and system entities, shipped with the product",
            "platform/ui/assets.py": "what the front end was built into",
            "platform/ui/plugin_files.py": "what plugins ship for browsers",
            "runtime/api/jobs.py": "downloads, whose paths the file store gave",
            "runtime/pages/static.py": "what the front end was built into",
            "runtime/cli/*": "files that the operator names at the command line",
            "runtime/folders.py": "the broker of files: which work there is, no more",
        },
        "use the file store",
    ),
    Door(
        "formulas are parsed",
        imports_of(("lark", "ast", "pyparsing", "simpleeval", "numexpr")),
        {"platform/expressions/*": "the expression language"},
        "use platform/expressions",
    ),
    Door(
        "processes are started",
        starts_processes,
        {
            "runtime/cli/serve.py": "web, worker and scheduler",
            "runtime/cli/processes.py": "the command becomes the web server",
        },
        "write a job, which a worker does",
    ),
    Door(
        "routes are added",
        adds_routes,
        {
            "runtime/gate.py": "the gate, which asks for a policy",
            "builder/routes.py": "the builder's own, which declares the policy for the gate",
        },
        "declare the route with `gate.route` (in the builder `routes.route`), or with `endpoint` in the API",
    ),
    Door("text is run as code", runs_text, {}, "use the expression language; templates are files of ours"),
    Door("data is loaded that can run code", imports_of(RUNS_DATA), {}, "store JSON"),
    Door(
        "text becomes markup unescaped",
        marks_up,
        {},
        "write Markup('<b>{}</b>').format(value), which escapes the value, or use a template",
    ),
]  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_nothing_goes_round_the_door(door):
    outside = [source for source in sources() if not source.matches(*door.here)]
    found = [source.where(node) for source in outside for node in door.finds(source)]
    assert found == [], f"{door.name} outside of its door: {door.instead}. Allowed: {door.here or 'nowhere'}"


EXAMPLES = {
    "records are touched": "sa.select(tables.of('deal'))",
    "files are read": "path.read_bytes()",
    "formulas are parsed": "from lark import Lark",
    "processes are started": "import subprocess",
    "routes are added": "@app.route('/x')\ndef x(): pass",
    "SQL is run": "connection.execute(statement)",
    "raw SQL is written": "import sqlalchemy as sa\nsa.text('select 1')",
    "raw SQL is put together": "import sqlalchemy as sa\nsa.text(f'select {name}')",
    "rows are changed": "connection.run(deal.update().values(name='x'))",
    "tasks are sent": "run_step.delay(1)",
    "the network is reached": "from urllib import request",
    "files are written": "path.open(mode='wb')",
    "text is run as code": "environment.from_string(template)",
    "data is loaded that can run code": "import pickle",
    "text becomes markup unescaped": "Markup(f'<b>{name}</b>')",
}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_the_door_notices_a_way_round(door, written):
    assert list(door.finds(written(EXAMPLES[door.name])))


INNOCENT = [
    "names.insert(0, 'x')",
    "values.update(a=1)",
    "field.type.read_text(field, cell, reading)",
    "values.get('x')",
    "Markup('<b>{}</b>')",
    "text('x')",
]


@pytest.mark.parametrize("code", INNOCENT)
def test_every_door_lets_innocent_code_pass(code, written):
    assert [door.name for door in DOORS if list(door.finds(written(code)))] == []
