from __future__ import annotations

from knowledge.ingest.document import Line
from knowledge.ingest.split import Digest, split_digest

CONTENTS = """行业观察
目录
政策 1
- 海水淡化补贴标准公布..... 1
- 渔港升级改造提速..... 2
市场 3
- 对虾价格创三年新高..... 3
- 远洋船队规模首超三千艘..... 4
"""
BODY = """政策
海水淡化补贴标准公布
每吨补贴一元五角。
渔港升级改造提速
六十六座渔港今年开工。
市场
对虾价格创三年新高
塘头价连涨五周。
远洋船队规模首超三千艘
船队平均船龄为十一年。
"""


def split(text: str) -> Digest:
    digest = split_digest([Line(line.strip()) for line in text.splitlines() if line.strip()])
    assert digest is not None
    return digest


def texts(digest: Digest) -> dict[str, tuple[str, str]]:
    return {part.title: (part.section, "".join(line.text for line in part.lines)) for part in digest.parts}


def test_each_text_goes_to_its_title_and_section() -> None:
    assert texts(split(CONTENTS + BODY)) == {
        "海水淡化补贴标准公布": ("政策", "每吨补贴一元五角。"),
        "渔港升级改造提速": ("政策", "六十六座渔港今年开工。"),
        "对虾价格创三年新高": ("市场", "塘头价连涨五周。"),
        "远洋船队规模首超三千艘": ("市场", "船队平均船龄为十一年。"),
    }


def test_a_missing_first_article_keeps_its_text_and_is_reported() -> None:
    digest = split(CONTENTS + BODY.replace("对虾价格创三年新高", "养殖户为何惜售"))
    assert digest.missing == ("对虾价格创三年新高",)
    assert texts(digest)["对虾价格创三年新高"] == ("市场", "养殖户为何惜售塘头价连涨五周。")
    assert texts(digest)["渔港升级改造提速"] == ("政策", "六十六座渔港今年开工。")


def test_a_missing_article_without_text_takes_none_from_its_neighbours() -> None:
    digest = split(CONTENTS + BODY.replace("渔港升级改造提速\n六十六座渔港今年开工。\n", ""))
    assert digest.missing == ("渔港升级改造提速",)
    assert texts(digest)["海水淡化补贴标准公布"] == ("政策", "每吨补贴一元五角。")
    assert texts(digest)["对虾价格创三年新高"][0] == "市场"


def test_a_title_named_early_in_a_text_does_not_push_the_others_aside() -> None:
    early = BODY.replace("每吨补贴一元五角。", "每吨补贴一元五角。\n远洋船队规模首超三千艘\n另文介绍。")
    digest = split(CONTENTS + early)
    assert digest.missing == ()
    assert texts(digest)["海水淡化补贴标准公布"][1].endswith("另文介绍。")
    assert texts(digest)["远洋船队规模首超三千艘"][1] == "船队平均船龄为十一年。"


def test_a_title_with_slips_is_found() -> None:
    digest = split(CONTENTS + BODY.replace("渔港升级改造提速", "渔港升级改造再提速"))
    assert digest.missing == ()
    assert texts(digest)["渔港升级改造提速"] == ("政策", "六十六座渔港今年开工。")


def test_sections_come_from_the_contents_where_the_body_does_not_print_them() -> None:
    body = BODY.replace("政策\n", "").replace("市场\n", "")
    assert texts(split(CONTENTS + body)) == texts(split(CONTENTS + BODY))


def test_a_section_with_words_of_its_own_keeps_them_as_an_article() -> None:
    digest = split(
        CONTENTS.replace("市场 3", "市场") + BODY.replace("市场\n", "市场\n编者按：两篇均来自产区。\n")
    )
    assert texts(digest)["市场"] == ("市场", "编者按：两篇均来自产区。")
    assert texts(digest)["对虾价格创三年新高"] == ("市场", "塘头价连涨五周。")


def test_a_list_without_pages_is_a_contents_list_under_its_heading() -> None:
    bare = "\n".join(
        line.partition(".....")[0].removesuffix(" 1").removesuffix(" 3") for line in CONTENTS.splitlines()
    )
    assert texts(split(f"{bare}\n{BODY}")) == texts(split(CONTENTS + BODY))


def test_titles_broken_over_lines_are_joined_in_contents_and_body() -> None:
    contents = CONTENTS.replace("- 渔港升级改造提速", "- 渔港升级改造提速\n沿海十一省一齐开工")
    body = BODY.replace("渔港升级改造提速", "渔港升级改造提速\n沿海十一省一齐开工")
    assert texts(split(contents + body))["渔港升级改造提速沿海十一省一齐开工"][1] == "六十六座渔港今年开工。"


def test_page_numbers_running_headers_and_links_back_are_dropped() -> None:
    lines = []
    for number, line in enumerate(BODY.splitlines(), 1):
        lines += [line] if number % 2 else [line, "返回目录", f"第 {number} 页", "行业观察"]
    assert texts(split(CONTENTS + "\n".join(lines))) == texts(split(CONTENTS + BODY))


def test_the_numbers_of_a_table_stay() -> None:
    digest = split(
        CONTENTS + BODY.replace("塘头价连涨五周。", "塘头价连涨五周。\n规格\n30\n40\n50\n价格\n62\n")
    )
    assert texts(digest)["对虾价格创三年新高"][1] == "塘头价连涨五周。规格304050价格62"


def test_a_name_printed_twice_is_no_running_header() -> None:
    digest = split(CONTENTS + BODY.replace("塘头价连涨五周。", "行业观察\n塘头价连涨五周。"))
    assert texts(digest)["对虾价格创三年新高"][1] == "行业观察塘头价连涨五周。"


def test_pages_of_the_file_become_the_pages_that_are_printed() -> None:
    lines = [Line(line.strip(), page=1) for line in CONTENTS.splitlines()]
    lines += [Line(line, page=7 + i // 3) for i, line in enumerate(BODY.splitlines())]
    digest = split_digest(lines)
    assert digest is not None
    assert [(part.page, [line.page for line in part.lines]) for part in digest.parts] == [
        (1, [1]),
        (2, [2]),
        (3, [3]),
        (4, [5]),
    ]


def test_a_table_of_numbers_is_no_contents_list() -> None:
    text = "各省产量\n福建 12\n广东 18\n山东 25\n海南 9\n以上单位均为万吨。"
    assert split_digest([Line(line) for line in text.splitlines()]) is None
