from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.request import Language
from handlers.schedule import Quiet, Schedule
from handlers.transfer import Carried, TransferError, read_file, write_file

MUTED = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
WHOLE = Carried(
    (("半导体", None), ("指标 5G基站 > 200万", MUTED)),
    Schedule((time(9), time(18, 30)), None, Quiet(time(22), time(8))),
    "Asia/Shanghai",
    Language.ZH,
)


def file(**changes: object) -> str:
    return json.dumps({"format": "hangxun-subscriptions", "version": 1, **changes})


@pytest.mark.parametrize("indent", [2, None])
def test_a_file_reads_back(indent):
    assert read_file(write_file(WHOLE, indent=indent)) == WHOLE


def test_a_file_may_name_topics_alone():
    assert read_file(file(subscriptions=["半导体", {"topic": " 5G \n 基站 "}, "半导体"])) == Carried(
        (("半导体", None), ("5G 基站", None))
    )
    assert read_file(file()) == Carried(())


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{", "半导体", "[" * 60_000, '{"a":' * 10_000, "1" * 60_000, "x" * 100_000,
        "\ud800",
        json.dumps({"format": "other", "version": 1}),
        json.dumps({"format": "hangxun-subscriptions", "version": 2}),
        file(subscriptions={}), file(subscriptions=[1]), file(subscriptions=[[]]), file(subscriptions=[None]),
        file(subscriptions=[{"topic": ""}]), file(subscriptions=["长" * 201]),
        file(subscriptions=[str(n) for n in range(201)]),
        file(subscriptions=[{"topic": "5G", "muted_until": "tomorrow"}]),
        file(subscriptions=[{"topic": "5G", "muted_until": "2026-12-01"}]),
        file(settings=[]), file(settings={"schedule": "daily 9 o'clock"}), file(settings={"schedule": []}),
        file(settings={"schedule": "daily 09:00+08:00"}), file(settings={"schedule": "daily 18:00 09:00"}),
        file(settings={"timezone": "Mars/Olympus"}), file(settings={"timezone": {}}),
        file(settings={"language": "fr"}), file(settings={"language": []}),
    ],
    ids=range(30),
)  # fmt: skip
def test_anything_else_is_refused_with_one_line(text):
    with pytest.raises(TransferError) as raised:
        read_file(text)
    assert raised.value.reason.zh.endswith(("。", "订阅。"))


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["format", "version", "settings", "subscriptions", "topic", "schedule"]),
                inner,
            )
        ),
    )
)
def test_no_json_breaks_the_reader(value):
    whole = {**(value if isinstance(value, dict) else {}), "format": "hangxun-subscriptions", "version": 1}
    for text in (json.dumps(value), json.dumps(whole), json.dumps({**whole, "settings": value})):
        with suppress(TransferError):
            assert isinstance(read_file(text), Carried)
