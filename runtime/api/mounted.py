"""Every module of the REST API; importing this puts their routes on the blueprint."""

from sartor.runtime.api import (
    api,
    approvals,
    batch,
    blueprint_files,
    checking,
    documents,
    drafts,
    expressions,
    finding,
    imports,
    jobs,
    keys,
    links,
    naming,
    numbers,
    packages,
    people,
    previews,
    promotions,
    proposing,
    publications,
    records,
    reports,
    retired,
    reviews,
    scenarios,
    schemas,
    stories,
    talks,
    timing,
    upgrades,
)

MODULES = (
    records, batch, numbers, reports, finding, links, previews, stories,
    drafts, documents, checking, proposing, retired, expressions, naming,
    publications, reviews, talks, approvals, timing,
    packages, blueprint_files, upgrades, scenarios, promotions, people, keys, schemas, jobs, imports,
)  # fmt: skip

__all__ = ["MODULES", "api"]
