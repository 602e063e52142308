"""A record on paper, and a mail about it: templates filled in for whoever asks."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, request

from sartor.platform.access.policy import signed_in
from sartor.platform.expressions.python import NO_VALUES
from sartor.platform.model import Feed, Template
from sartor.platform.model.ids import decode_id
from sartor.platform.model.model import find
from sartor.platform.templating.filling import Templating
from sartor.platform.templating.plain import plain_text
from sartor.platform.text import LANGUAGES, pick, within
from sartor.platform.text import gettext as _
from sartor.platform.ui.pages.parts import Action, Link, Note
from sartor.platform.ui.pages.sheet import MailPage, PrintPage, Sheet
from sartor.platform.ui.pages.shell import TitleBar
from sartor.runtime.gate import route
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.desk import Desk, desk
from sartor.runtime.pages.forms.coming_back import BACK
from sartor.runtime.pages.forms.layout import PARAMETER, QUICK
from sartor.runtime.pages.records.contributing import feeding
from sartor.runtime.pages.records.opening import Opened, opened
from sartor.runtime.pages.records.papers import language_choices, template_choices
from sartor.runtime.pages.records.related import pointing
from sartor.runtime.pages.rendering import html
from sartor.runtime.pages.shell import shell, workspace_name
from sartor.runtime.pages.titles import title_text

ONE = "/app/<app>/<entity>/r/<record>"
LONGEST_LINK = 1900
"""Mail programs and systems cut longer addresses, some at 2,000 characters."""
LONGEST_NOTE = 500


@route(pages, f"{ONE}/print/<name>", signed_in, methods=["GET"])
def print_record(app: str, entity: str, record: str, name: str) -> Response:
    """language: of the paper; the reader's unless said otherwise."""
    here = desk(app)
    found = opened(here, entity, record)
    template = _template(here, entity, name, "print")
    sheet = _filled(here, found, template)
    return html(
        PrintPage(
            title=sheet.subject,
            workspace=workspace_name(),
            csrf=here.csrf,
            look=here.look,
            sheet=sheet,
            back=_back(here, found),
            templates=template_choices(here, found, template, sheet.language),
            languages=language_choices(here, found, template, sheet.language),
        )
    )


@route(pages, f"{ONE}/mail/<name>", signed_in, methods=["GET"])
def write_mail(app: str, entity: str, record: str, name: str) -> Response:
    """The same for a mail, which one's own program sends."""
    here = desk(app)
    found = opened(here, entity, record)
    template = _template(here, entity, name, "mail")
    sheet = _filled(here, found, template)
    body = plain_text(sheet)
    whole = mailto(sheet, body)
    back = _back(here, found)
    title = pick(template.label)
    too_long = Note(_("The text is too long for a link: copy it and paste it into the mail."))
    return html(
        MailPage(
            shell=shell(here, title, f"entity/{entity}"),
            bar=TitleBar(title=title, back=back, trail=(back,)),
            sheet=sheet,
            body=body,
            mailto=whole if len(whole) <= LONGEST_LINK else mailto(sheet, ""),
            log=_log(here, found, sheet),
            templates=template_choices(here, found, template, sheet.language),
            languages=language_choices(here, found, template, sheet.language),
            notes=() if len(whole) <= LONGEST_LINK else (too_long,),
        )
    )


def _template(here: Desk, entity: str, name: str, purpose: str) -> Template:
    """:raises NotFound: where there is none of that name for such records."""
    fitting = {each.name: each for each in here.model.templates_of(entity) if each.purpose == purpose}
    template: Template = find(fitting, name, "template")
    return template


def _filled(here: Desk, found: Opened, template: Template) -> Sheet:
    asked = request.args.get("language")
    language = asked if asked in LANGUAGES else here.language
    return Templating(here.reader, here.names, here.context, language).fill(template, decode_id(found.key))


def _back(here: Desk, found: Opened) -> Link:
    return Link(
        title_text(here, found.entity, found.row), addresses.record(here.app.name, found.entity.name, found.key)
    )


def mailto(sheet: Sheet, body: str) -> str:
    """The address (RFC 6068) that opens a mail program; a line ends with CR LF there."""
    parts = [f"subject={quote(sheet.subject, safe='')}"]
    if body:
        parts.append("body=" + quote(body.replace("\n", "\r\n"), safe=""))
    return f"mailto:{quote(sheet.to, safe='@')}?{'&'.join(parts)}"


def _log(here: Desk, found: Opened, sheet: Sheet) -> Action | None:
    """Noting it down as whatever is logged about such records, where something is that holds a text."""
    for other, feed in feeding(here, found.entity):
        if feed.text:
            text = "\n".join(filter(None, [sheet.subject, sheet.to]))[:LONGEST_NOTE]
            where = pointing(other.fields[feed.lookup], found.entity.name, found.key)
            back = addresses.record(here.app.name, found.entity.name, found.key)
            state = {**where, **_of_a_mail(here, feed), feed.text: text, PARAMETER: QUICK, BACK: back}
            url = addresses.of_entity(here.app.name, other.name, "new", **state)
            return Action(text=_("Log it as %(what)s", what=within(pick(feed.label))), url=url, icon=feed.icon)
    return None


def _of_a_mail(here: Desk, feed: Feed) -> dict[str, str]:
    """What the fields of the record begin with, as a form sends it."""
    env = here.context.env()
    found = {name: value.program(NO_VALUES, env) for name, value in feed.mail.items()}
    return {name: _sent(value) for name, value in found.items() if value is not None}


def _sent(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
