"""Who may sign in and with what.

A frozen copy: it imports nothing of the product, so it means the same in every release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.DateTime().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sys_credential",
        sa.Column("user_id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("password_hash", TEXT),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("changed_at", INSTANT),
    )
    op.create_table(
        "sys_session",
        sa.Column("key_hash", TEXT, primary_key=True, autoincrement=False),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("csrf", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("address", TEXT),
        sa.Column("agent", TEXT),
    )
    op.create_index("ix_sys_session_expires_at", "sys_session", ["expires_at"])
    op.create_index("ix_sys_session_user_id", "sys_session", ["user_id"])
    op.create_table(
        "sys_token",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("key_hash", TEXT, nullable=False),
        sa.UniqueConstraint("key_hash", name="uq_sys_token_key_hash"),
        sa.Column("user_id", BIGINT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("last_used_at", INSTANT),
    )
    op.create_index("ix_sys_token_user_id", "sys_token", ["user_id"])
    op.create_table(
        "sys_user_role",
        sa.Column("user_id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("role", TEXT, primary_key=True, autoincrement=False),
    )
    op.create_index("ix_sys_user_role_role", "sys_user_role", ["role"])
    op.create_table(
        "sys_setup_token",
        sa.Column("key_hash", TEXT, primary_key=True, autoincrement=False),
        sa.Column("purpose", TEXT, nullable=False),
        sa.Column("user_id", BIGINT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
    )
    op.create_table(
        "sys_attempt",
        sa.Column("bucket", TEXT, primary_key=True, autoincrement=False),
        sa.Column("level", sa.Float(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_table(
        "sys_preference",
        sa.Column("user_id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("name", TEXT, primary_key=True, autoincrement=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
