from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.naming import in_english


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("风电装机容量", "wind power installed capacity"),
        ("5G基站数", "5G base stations"),
        ("充电桩总数", "charging points"),
        ("上市公司数", "listed companies"),
        ("电信业务收入", "telecom revenue"),
        ("清洁能源占用电量比重", "clean energy as a share of electricity consumption"),
        ("占全球比重", "share of the world"),
        ("出货量占比", "share of shipments"),
        ("大数据中心机架数", "big data center racks"),
    ],
)
def test_a_name_is_said_in_english_where_all_of_its_words_are_known(name, english):
    assert in_english(name) == english


@pytest.mark.parametrize("name", ["怀来县粮站数", "鲶鱼产量", "占鲶鱼产量比重", ""])
def test_a_name_with_an_unknown_word_has_no_english(name):
    assert in_english(name) == ""


@given(st.text(st.sampled_from("5G基站数占比重与之电信业务收入 总量"), max_size=60))
def test_any_name_is_said_whole_or_not_at_all(name):
    said = in_english(name)

    assert not any("\u4e00" <= character <= "\u9fff" for character in said)
