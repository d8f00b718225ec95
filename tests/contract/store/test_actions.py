"""Actions behind short buttons."""

from __future__ import annotations

from sqlalchemy import event

from bot.store import Store, open_store


def test_an_action_comes_back_by_its_token_for_ever(store: Store, url: str) -> None:
    action = "/search " + "数字经济 " * 100
    token = store.actions.shorten(action)
    assert token == store.actions.shorten(action)
    assert len(token) == 17
    assert token.startswith("~")
    store.close()
    again = open_store(url)
    assert again.actions.expand(token) == action
    again.close()


def test_an_action_that_is_kept_is_not_looked_up_again_for_the_next_button(store: Store) -> None:
    token = store.actions.shorten("search 半导体")
    statements: list[str] = []
    event.listen(store.database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    assert [store.actions.shorten("search 半导体") for _ in range(3)] == [token] * 3
    assert statements == []
    assert store.actions.shorten("search 数字经济") != token
    assert len(statements) > 0


def test_a_token_nobody_made_has_no_action(store: Store) -> None:
    assert store.actions.expand("~AAAAAAAAAAAAAAAA") is None
    assert store.actions.shorten("a") != store.actions.shorten("b")
