"""Long work and repeated requests.

A frozen copy: it imports nothing of the product, so it means the same in every release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.DateTime().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sys_job",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("input", sa.Text(), nullable=False),
        sa.Column("progress", BIGINT, nullable=False),
        sa.Column("total", BIGINT),
        sa.Column("message", TEXT),
        sa.Column("result", sa.Text()),
        sa.Column("owner", BIGINT),
        sa.Column("cancel", sa.Boolean(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("leased_by", TEXT),
        sa.Column("lease_until", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT),
        sa.Column("ended_at", INSTANT),
    )
    op.create_index("ix_sys_job_owner_id", "sys_job", ["owner", "id"])
    op.create_index("ix_sys_job_state_lease_until", "sys_job", ["state", "lease_until"])
    op.create_table(
        "sys_import",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("by", BIGINT),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT),
    )
    op.create_table(
        "sys_import_row",
        sa.Column("import_id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("row_no", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("entity", TEXT, nullable=False),
        sa.Column("record", BIGINT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("version", BIGINT, nullable=False),
        sa.Column("before", sa.Text()),
    )
    op.create_index("ix_sys_import_row_entity_record", "sys_import_row", ["entity", "record"])
    op.create_table(
        "sys_idempotency",
        sa.Column("actor", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("key", TEXT, primary_key=True, autoincrement=False),
        sa.Column("body_hash", TEXT, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", TEXT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
    )
    op.create_index("ix_sys_idempotency_expires_at", "sys_idempotency", ["expires_at"])
