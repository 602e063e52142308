"""The pages with all their routes: importing a module puts its routes on the blueprint."""

from sartor.runtime.pages import finding, health, home, messages, pages, static
from sartor.runtime.pages.account import inviting, preferences, profile, setting_up, signing_in
from sartor.runtime.pages.boards import moving
from sartor.runtime.pages.dashboards import cohorts, dashboards
from sartor.runtime.pages.dashboards import filters as dashboard_filters
from sartor.runtime.pages.forms import editing, options, previews, trying
from sartor.runtime.pages.imports import importing, jobs
from sartor.runtime.pages.lists import bulk_writes, exporting, filter_editor, recycling, row_acting, views
from sartor.runtime.pages.records import acts, peeking, pressing, printing, record

MODULES = (
    acts,
    bulk_writes,
    cohorts,
    dashboard_filters,
    dashboards,
    editing,
    filter_editor,
    jobs,
    importing,
    inviting,
    exporting,
    finding,
    health,
    home,
    messages,
    moving,
    options,
    peeking,
    preferences,
    pressing,
    previews,
    printing,
    profile,
    record,
    recycling,
    row_acting,
    setting_up,
    signing_in,
    static,
    trying,
    views,
)

__all__ = ["MODULES", "pages"]
