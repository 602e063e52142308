"""What is timed without a server: planning and publishing one new field, and compiling a big design."""

from __future__ import annotations

import statistics
from time import perf_counter

from documents import DOCUMENTS, field
from filled import Filled
from results import Result
from wide_design import wide_design

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.documents import Documents
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.system import system_documents
from sartor.platform.publishing.publisher import Publication
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace

TIMES = 5
COMPILES = 3
PUBLISH_MS = 250
COMPILE_MS = 1000


def publish_a_field(filled: Filled) -> Result:
    """A text field on the biggest table, planned and published; the median of several, each another field."""
    workspace = Workspace.open(Settings.from_environment(filled.environment))
    workspace.serving()
    documents: Documents = system_documents() | DOCUMENTS
    times = []
    for number in range(TIMES):
        entity = dict(documents["entity/deal"])
        entity["fields"] = entity["fields"] | {f"extra_{number}": field("text", f"Extra {number}", 100 + number)}
        documents = {**documents, "entity/deal": entity}
        start = perf_counter()
        plan = workspace.publisher.plan_documents(documents)
        workspace.publisher.apply(plan, Publication("benchmark", confirm=plan.fingerprint))
        times.append(perf_counter() - start)
    workspace.close()
    return Result("publish", "postgresql", statistics.median(times) * 1000, " ms", asked=PUBLISH_MS, at_most=True)


def compile_a_big_design() -> list[Result]:
    """Three hundred entities of forty fields: compiled as a process does that starts (what was published is known to
    be valid), and checked and compiled by a compiler that has seen none of them."""
    kinds, documents = Kinds(Extensions.stock().seal()), system_documents() | wide_design()
    Compiler(kinds).compile(system_documents(), 1)
    first: list[float] = []
    again: list[float] = []
    for _time in range(COMPILES):
        compiler = Compiler(kinds)
        for times in (first, again):
            start = perf_counter()
            compiler.compile(documents, 1)
            times.append(perf_counter() - start)
    compiled, checked = (statistics.median(each) * 1000 for each in (again, first))
    return [
        Result("compile", "", compiled, " ms", asked=COMPILE_MS, at_most=True),
        Result("check", "", checked, " ms"),
    ]
