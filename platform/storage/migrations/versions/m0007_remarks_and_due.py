"""What is said about change sets, publications at a time, and values that the workspace keeps.

A frozen copy: it imports nothing of the product, so it means the same in every release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIGINT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.DateTime().with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sys_remark",
        sa.Column("id", BIGINT, primary_key=True, autoincrement=False),
        sa.Column("set", TEXT),
        sa.Column("revision", BIGINT),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("document", TEXT),
        sa.Column("place", TEXT),
        sa.Column("about", TEXT, nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("of", BIGINT),
        sa.Column("content", TEXT),
        sa.Column("by", BIGINT),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_sys_remark_set_id", "sys_remark", ["set", "id"])
    op.create_index("ix_sys_remark_revision_id", "sys_remark", ["revision", "id"])
    op.create_table(
        "sys_due",
        sa.Column("set", TEXT, primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("zone", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("content", TEXT, nullable=False),
        sa.Column("losses", TEXT, nullable=False),
        sa.Column("by", BIGINT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
    )
    op.create_table(
        "sys_setting",
        sa.Column("name", TEXT, primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("by", BIGINT),
        sa.Column("at", INSTANT, nullable=False),
    )
