"""What people call a change set.

A frozen copy: it imports nothing of the product, so it means the same in every release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("sys_change_set", sa.Column("title", TEXT))
