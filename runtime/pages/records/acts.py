"""What is done with a whole record from its page: delete, restore, comment."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response as AnyResponse

from sartor.platform.access.policy import signed_in
from sartor.platform.model.ids import decode_id
from sartor.platform.records.history.comments import Comments
from sartor.platform.records.writer import require_version
from sartor.platform.text import gettext as _
from sartor.runtime.gate import route, with_current_design, workspace
from sartor.runtime.pages import addresses, pages
from sartor.runtime.pages.acting.asked import ONE, sent_version
from sartor.runtime.pages.desk import desk
from sartor.runtime.pages.rendering import see
from sartor.runtime.pages.shell import say


@route(pages, f"{ONE}/delete", signed_in, methods=["POST"])
def delete_record(app: str, entity: str, record: str) -> AnyResponse:
    here = desk(app)
    here.entity(entity)
    version = sent_version()
    require_version(version)
    number = decode_id(record)
    with_current_design(lambda serving, asker: serving.writer.delete(asker, entity, number, version=version))
    say(_("It is in the recycle bin now."))
    return see(addresses.entity(app, entity))


@route(pages, f"{ONE}/restore", signed_in, methods=["POST"])
def restore_record(app: str, entity: str, record: str) -> AnyResponse:
    here = desk(app)
    here.entity(entity)
    with_current_design(lambda serving, asker: serving.writer.restore(asker, entity, decode_id(record)))
    say(_("It is back."))
    return see(addresses.record(app, entity, record))


@route(pages, f"{ONE}/comments", signed_in, methods=["POST"])
def add_comment(app: str, entity: str, record: str) -> AnyResponse:
    here = desk(app)
    comments = Comments(workspace().database, here.reader)
    comments.write(here.context, here.entity(entity).name, decode_id(record), request.form.get("text", ""))
    return see(addresses.record(app, entity, record))


@route(pages, f"{ONE}/comments/<comment>/remove", signed_in, methods=["POST"])
def remove_comment(app: str, entity: str, record: str, comment: str) -> AnyResponse:
    here = desk(app)
    comments = Comments(workspace().database, here.reader)
    comments.remove(here.context, here.entity(entity).name, decode_id(record), decode_id(comment))
    return see(addresses.record(app, entity, record))
