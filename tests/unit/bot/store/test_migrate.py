from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.errors import ConfigError
from bot.store import migrate, open_store
from bot.store.arrivals import what_arrived
from handlers.errors import StoreError
from handlers.ports import Settings, Subscription
from handlers.request import Conversation
from handlers.schedule import Schedule, daily

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ALICE = Conversation("telegram", "1001")
CHIPS = Subscription("半导体", NOW)
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", NOW)


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/hangxun.sqlite"
    store = open_store(url)
    store.chats.subscribe(ALICE, CHIPS, Settings(daily(time(9)), "Asia/Shanghai", NOW))
    store.close()
    return url


def test_head_is_the_newest_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]
    assert migrate.steps()[-1] == migrate.HEAD


def test_going_down_takes_every_table_away_and_going_up_makes_them_again(url: str) -> None:
    store = open_store(url)
    migrate.downgrade(store.database, "base")
    with store.database.read() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    migrate.upgrade(store.database)
    assert store.chats.subscriptions(ALICE) == ()
    assert store.chats.subscribe(ALICE, CHIPS, Settings(daily(time(9)), "Asia/Shanghai", NOW))
    store.close()


def test_a_database_of_the_first_version_keeps_what_was_saved(url: str) -> None:
    store = open_store(url)
    migrate.downgrade(store.database, "0001")
    store.close()
    store = open_store(url)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)
    assert store.chats.subscribe(ALICE, Subscription("指标 5G基站", NOW), SETTINGS, ("aa",))
    store.close()


def test_one_time_a_day_becomes_a_schedule_and_back(url: str) -> None:
    store = open_store(url)
    evening = Settings(Schedule((time(18, 30), time(20)), None), "Asia/Shanghai", NOW)
    store.chats.save_settings(ALICE, evening)
    migrate.downgrade(store.database, "0004")
    with store.database.read() as connection:
        assert connection.scalar(text("SELECT at_local_time FROM chat"))[:5] == "18:30"
    migrate.upgrade(store.database)
    assert store.chats.settings(ALICE) == Settings(daily(time(18, 30)), "Asia/Shanghai", NOW)
    store.close()


def test_what_was_sent_before_messages_were_shared_is_still_known(url: str) -> None:
    store = open_store(url)
    migrate.downgrade(store.database, "0006")
    with store.database.write() as connection:
        connection.execute(text("INSERT INTO alerted (chat_id, article_id) VALUES (1, 'a1'), (1, 'a2')"))
    migrate.upgrade(store.database)
    with store.database.read() as connection:
        assert what_arrived(connection, [1]).articles(1) == {"a1", "a2"}
    migrate.downgrade(store.database, "0006")
    with store.database.read() as connection:
        kept = connection.execute(text("SELECT article_id FROM alerted ORDER BY 1")).scalars().all()
        assert kept == ["a1", "a2"]
    store.close()


def test_opening_again_keeps_what_was_saved(url: str) -> None:
    store = open_store(url)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)
    store.close()


def test_a_step_that_fails_changes_nothing(url: str) -> None:
    store = open_store(url)
    with store.database.write() as connection:
        connection.execute(text("DROP TABLE pause"))
    with pytest.raises(StoreError):
        migrate.downgrade(store.database, "base")
    assert store.chats.subscriptions(ALICE) == (CHIPS,)
    store.close()


def test_a_database_of_a_newer_version_is_refused_and_left_alone(url: str) -> None:
    store = open_store(url)
    with store.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigError, match=rf"HANGXUN_DATABASE_URL.*newer version.*downgrade {migrate.HEAD}"):
        open_store(url)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)
    store.close()


def test_a_database_that_is_up_to_date_is_opened_without_alembic(url: str) -> None:
    program = (
        "import sys; from bot.store import open_store; open_store(sys.argv[1]).close(); "
        "print('alembic' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program, url], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"


def test_two_processes_may_make_the_tables_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/fresh.sqlite"
    program = "import sys; from bot.store import open_store; open_store(sys.argv[1]).close()"

    def start(_: int) -> int:
        return subprocess.run([sys.executable, "-c", program, url], check=False).returncode

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(start, range(2))) == [0, 0]
