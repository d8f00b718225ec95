"""The tables, made and taken away step by step."""

from __future__ import annotations

from sqlalchemy import inspect

from bot.store import Store, migrate
from bot.store.claiming import scope_of
from bot.store.rows import Pause
from bot.store.schema import metadata
from tests.contract.store.cast import ALICE, CHIPS, MINUTE, NOW, follow, pause


def test_the_migrations_make_the_tables_that_the_queries_use(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.database.read() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_the_tables_can_be_taken_away_step_by_step_and_made_again(store: Store) -> None:
    follow(store, ALICE)
    for step in ("0004", "0003", "base"):
        migrate.downgrade(store.database, step)
    migrate.upgrade(store.database)
    assert store.chats.subscriptions(ALICE) == ()
    follow(store, ALICE)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_a_pause_outlives_the_steps_down_and_up(store: Store) -> None:
    whole = Pause("", NOW + MINUTE, "401")
    pause(store, "telegram", whole)
    pause(store, "telegram", Pause(scope_of(ALICE), NOW + MINUTE, "flood"))
    migrate.downgrade(store.database, "0003")
    migrate.upgrade(store.database)
    assert pause(store, "telegram", whole) == ()
    assert len(pause(store, "telegram", Pause(scope_of(ALICE), NOW + MINUTE, "flood"))) == 1
