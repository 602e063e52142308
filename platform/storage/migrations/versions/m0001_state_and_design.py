"""The state of the workspace, its published and unpublished design, installed blueprints.

A frozen copy: it imports nothing of the product, so it means the same in every release.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.DateTime().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sys_state",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("revision", BIGINT, nullable=False),
        sa.Column("authz", BIGINT, nullable=False),
        sa.Column("stamp", BIGINT, nullable=False),
        sa.Column("workspace", TEXT, nullable=False),
    )
    op.create_table(
        "sys_node",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("until_ms", BIGINT, nullable=False),
        sa.Column("last_ms", BIGINT, nullable=False),
    )
    op.create_table(
        "sys_notice",
        sa.Column("name", TEXT, primary_key=True, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("body", TEXT),
    )
    op.create_table(
        "sys_document",
        sa.Column("hash", TEXT, primary_key=True, autoincrement=False),
        sa.Column("body", TEXT, nullable=False),
    )
    op.create_table(
        "sys_revision",
        sa.Column("number", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("by", BIGINT),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
    )
    op.create_table(
        "sys_change_set",
        sa.Column("name", TEXT, primary_key=True, autoincrement=False),
        sa.Column("base", BIGINT, nullable=False),
        sa.Column("by", BIGINT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
    )
    op.create_table(
        "sys_change",
        sa.Column("set", TEXT, primary_key=True, autoincrement=False),
        sa.Column("document", TEXT, primary_key=True, autoincrement=False),
        sa.Column("body", TEXT),
        sa.Column("base_hash", TEXT),
        sa.Column("by", BIGINT),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "sys_retired",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("field", TEXT),
        sa.Column("table_name", TEXT, nullable=False),
        sa.Column("column_name", TEXT),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("revision", BIGINT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
    )
    op.create_index("ix_sys_retired_entity_field", "sys_retired", ["entity", "field"])
    op.create_table(
        "sys_background_step",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("revision", BIGINT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("cursor", BIGINT, nullable=False),
        sa.Column("done", BIGINT, nullable=False),
        sa.Column("total", BIGINT, nullable=False),
        sa.Column("error", TEXT),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_sys_background_step_state", "sys_background_step", ["state"])
    op.create_table(
        "sys_blueprint",
        sa.Column("name", TEXT, primary_key=True, autoincrement=False),
        sa.Column("version", TEXT, nullable=False),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("by", BIGINT),
        sa.Column("installed_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
    )
    op.create_table(
        "sys_shipped_document",
        sa.Column("blueprint", TEXT, primary_key=True, autoincrement=False),
        sa.Column("version", TEXT, primary_key=True, autoincrement=False),
        sa.Column("document", TEXT, primary_key=True, autoincrement=False),
        sa.Column("hash", TEXT, nullable=False),
    )
    op.create_table(
        "sys_shipped_record",
        sa.Column("blueprint", TEXT, primary_key=True, autoincrement=False),
        sa.Column("entity", TEXT, primary_key=True, autoincrement=False),
        sa.Column("key", TEXT, primary_key=True, autoincrement=False),
        sa.Column("record", BIGINT, nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("hash", TEXT),
    )
    op.create_index("ix_sys_shipped_record_entity_record", "sys_shipped_record", ["entity", "record"])
    workspace = secrets.token_hex(16)
    op.execute(sa.text("INSERT INTO sys_state VALUES (1, 0, 0, 0, :workspace)").bindparams(workspace=workspace))
