"""Find people by role and by imported name."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_2125"
down_revision = "20261122_2124"


def upgrade() -> None:
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(
            "ix_account_imported",
            ["display_name", "id"],
            unique=False,
            sqlite_where=sa.text("name_key IS NULL"),
            postgresql_where=sa.text("name_key IS NULL"),
        )
        batch_op.create_index(
            "ix_account_raised",
            ["role", "id"],
            unique=False,
            sqlite_where=sa.text("role != 'reader'"),
            postgresql_where=sa.text("role != 'reader'"),
        )
