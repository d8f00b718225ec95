from __future__ import annotations

import pytest

from knowledge.segment import make_segmenter, segmenter_version

pytestmark = pytest.mark.filterwarnings(
    "ignore:pkg_resources is deprecated", "ignore:.*invalid escape sequence"
)


@pytest.mark.parametrize("name", ["rjieba", "jieba"])
def test_each_segmenter_cuts_tags_and_learns_words(name: str) -> None:
    segmenter = make_segmenter(name, ["瀚澜控股"])
    assert segmenter.version == segmenter_version(name)
    assert "".join(segmenter.cut("瀚澜控股发布公告")) == "瀚澜控股发布公告"
    assert segmenter.cut("瀚澜控股发布公告")[0] == "瀚澜控股"
    assert {"半导体", "产业"} <= set(segmenter.cut_for_search("半导体产业"))
    assert ("的", "u") in [(word, tag[:1]) for word, tag in segmenter.tag("公司的产业")]
    assert segmenter.knows("产业")
    assert not segmenter.knows("产业曱甴")


def test_segmenters_do_not_share_what_they_learned() -> None:
    make_segmenter(words=["曱甴公司"])
    assert "曱甴公司" not in make_segmenter().cut("曱甴公司")


def test_who_teaches_the_same_words_shares_one_engine() -> None:
    one, other = make_segmenter(words=["曱甴集团"]), make_segmenter(words=["曱甴集团"])
    assert one.cut("曱甴集团公告") == other.cut("曱甴集团公告") == ["曱甴集团", "公告"]
    assert getattr(one.cut, "__self__", None) is getattr(other.cut, "__self__", None)


def test_an_unknown_segmenter_has_no_version() -> None:
    assert segmenter_version("unheard-of") is None
    assert segmenter_version("pytest") is None
    with pytest.raises(KeyError):
        make_segmenter("unheard-of")
