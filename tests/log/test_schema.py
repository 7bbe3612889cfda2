"""db/schema.sql says what the migrations make; every older schema comes up to date."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from quotetrack.log import Log
from quotetrack.log.migrations import APPLICATION_ID, migrations
from quotetrack.log.schema import schema

SCHEMA = Path(__file__).parents[2] / "db" / "schema.sql"


def test_the_schema_file_is_up_to_date() -> None:
    assert SCHEMA.read_text("utf-8") == schema(), "run: python -m quotetrack.log.schema > db/schema.sql"


@pytest.mark.parametrize("stop", [m.name for m in migrations._migrations])
def test_every_older_schema_is_brought_up_to_date(tmp_path: Path, stop: str) -> None:
    path = tmp_path / "old.db"
    old = Database(path)
    migrations.apply(old, stop_before=stop)
    old.execute(f"pragma application_id = {APPLICATION_ID}")
    old.close()
    with Log(path) as log:
        assert not migrations.pending(log.db)
        assert set(log.db.view_names()) == {"claim_history", "claim_log", "due_claims", "speaker_scorecard"}


def test_every_table_and_view_is_documented() -> None:
    told = (Path(__file__).parents[2] / "docs" / "data-model.md").read_text("utf-8")
    with closing(Database(memory=True)) as db:
        migrations.apply(db)
        tables = [t for t in (*db.table_names(), *db.view_names()) if "_fts" not in t and not t.startswith("_")]
        columns = {table: [column.name for column in db[table].columns] for table in tables}
    for table in tables:
        assert f"## {table}" in told, table
        section = told.split(f"## {table}\n", 1)[1].split("\n## ")[0]
        assert not [name for name in columns[table] if f"`{name}`" not in section], table
