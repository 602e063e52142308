"""What belongs to records: history, stays, comments, events, numbers, files, rates.

A frozen copy: it imports nothing of the product, so it means the same in every release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.DateTime().with_variant(sa.Text(), "sqlite")

APPEND_ONLY = {
    "sqlite": [
        f"CREATE TRIGGER sys_history_no_{verb} BEFORE {verb} ON sys_history "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
        for verb in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION sys_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$",
        "CREATE TRIGGER sys_history_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sys_history "
        "FOR EACH STATEMENT EXECUTE FUNCTION sys_append_only()",
    ],
}


def upgrade() -> None:
    op.create_table(
        "sys_history",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("record", BIGINT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", BIGINT),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text()),
    )
    op.create_index("ix_sys_history_actor_id", "sys_history", ["actor", "id"])
    op.create_index("ix_sys_history_entity_record_id", "sys_history", ["entity", "record", "id"])
    op.create_table(
        "sys_stay",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("record", BIGINT, nullable=False),
        sa.Column("field", TEXT, nullable=False),
        sa.Column("pipeline", TEXT, nullable=False),
        sa.Column("source", TEXT),
        sa.Column("stage", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", BIGINT),
        sa.Column("left_at", INSTANT),
        sa.Column("dwell", BIGINT),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("note", TEXT),
    )
    op.create_index("ix_sys_stay_entity_record_field_at", "sys_stay", ["entity", "record", "field", "at"])
    op.create_index("ix_sys_stay_pipeline_stage_at", "sys_stay", ["pipeline", "stage", "at"])
    op.create_table(
        "sys_comment",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("record", BIGINT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("mentions", sa.Text(), nullable=False),
        sa.Column("by", BIGINT),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("edited_at", INSTANT),
        sa.Column("deleted_at", INSTANT),
    )
    op.create_index("ix_sys_comment_entity_record_id", "sys_comment", ["entity", "record", "id"])
    op.create_table(
        "sys_event",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("record", BIGINT),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("actor", BIGINT),
        sa.Column("cause", sa.Text()),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
    )
    op.create_index("ix_sys_event_entity_record_id", "sys_event", ["entity", "record", "id"])
    op.create_index(
        "ix_sys_event_pending",
        "sys_event",
        ["id"],
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "sys_counter",
        sa.Column("entity", TEXT, primary_key=True, autoincrement=False),
        sa.Column("field", TEXT, primary_key=True, autoincrement=False),
        sa.Column("period", TEXT, primary_key=True, autoincrement=False),
        sa.Column("value", BIGINT, nullable=False),
    )
    op.create_table(
        "sys_file",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("size", BIGINT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("entity", TEXT),
        sa.Column("record", BIGINT),
        sa.Column("field", TEXT),
        sa.Column("by", BIGINT),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_sys_file_entity_record", "sys_file", ["entity", "record"])
    op.create_index("ix_sys_file_hash", "sys_file", ["hash"])
    op.create_table(
        "sys_currency",
        sa.Column("code", TEXT, primary_key=True, autoincrement=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "sys_rate",
        sa.Column("currency", TEXT, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date().with_variant(sa.Text(), "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("rate", sa.Numeric(18, 8).with_variant(sa.Integer(), "sqlite"), nullable=False),
    )
    for statement in APPEND_ONLY[op.get_context().dialect.name]:
        op.execute(statement)
