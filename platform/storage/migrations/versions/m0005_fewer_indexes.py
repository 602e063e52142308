"""Two indexes that no question ever asked for; each new record paid for both.

A frozen copy: it imports nothing of the product, so it means the same in every release.
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.drop_index("ix_sys_history_actor_id", "sys_history")
    op.drop_index("ix_sys_event_entity_record_id", "sys_event")
