from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.library import Library

# An invented digest: title, section, text. Texts are long enough for words to meet by accident.
ARTICLES = [
    (
        "半导体产业迎来扩产潮",
        "产业环境",
        "全球多家晶圆厂宣布扩产。业内人士认为，半导体设备的交货期已拉长到一年。国内集成电路企业加快研发。"
        "芯片供应紧张的局面还会持续，汽车厂商首当其冲。分析师建议关注设备与材料环节。",
    ),
    (
        "数据中心节能改造提速",
        "产业环境",
        "多地出台办法，要求新建数据中心的能效不得高于一点三。液冷技术逐渐普及，机架利用率明显上升。"
        "一家西部园区的负责人介绍，自然冷源让电费降了四分之一。",
    ),
    (
        "脑机接口走出实验室",
        "技术情报",
        "研究团队展示了用意念打字的脑机接口系统，志愿者每分钟可以输入九十个字符。植入设备的寿命仍是难题。"
        "专家认为，医疗康复会是最先落地的场景。",
    ),
    (
        "山海省数字经济规模突破两万亿元",
        "运营竞争",
        "山海省去年数字经济规模达到2.1万亿元，同比增长11%。全省累计建成5G基站8.6万个，千兆宽带覆盖所有县城。"
        "省里计划明年再建5G基站两万个。",
    ),
    (
        "内蒙古启动大型算力枢纽",
        "运营竞争",
        "内蒙古的算力枢纽正式开工，首期机架两万个。当地风电充足，绿色电力占比超过六成。"
        "企业可以租用算力训练模型，价格低于东部三成。",
    ),
    (
        "瀚澜控股收购芯源微被问询",
        "企业情报",
        "瀚澜控股拟以三亿元收购一家传感器公司，交易所要求说明估值依据。公司股价当日下跌百分之五。"
        "公告称，双方尚未签署正式协议。",
    ),
    (
        "腾讯发布新一代云服务器",
        "企业情报",
        "腾讯表示，新服务器的推理性能提高一倍，云计算客户可以按小时租用。游戏与视频是主要场景。"
        "公司称下半年会进入海外市场。",
    ),
    (
        "重庆打造区块链应用高地",
        "运营竞争",
        "重庆提出三年内落地一百个区块链项目，重点放在物流与政务。首批项目已在江边的产业园入驻。",
    ),
    (
        "量子计算机求解新纪录",
        "技术情报",
        "一台有一百一十个量子比特的量子计算机在抽样问题上刷新纪录，用时不到三分钟。团队说离实用还有距离。"
        "超级计算机完成同样的任务需要数年。",
    ),
    (
        "东瀛拟补贴晶圆代工",
        "海外借鉴",
        "日本政府准备出资支持晶圆代工厂落户，换取十年稳定供货。当地媒体说，人才不足比资金更棘手。",
    ),
]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("digest")
    rows = (
        {
            "id": f"n{number}",
            "title": title,
            "section": section,
            "text": text,
            "issue": "2023-04",
            "published": "2023-04-15",
        }
        for number, (title, section, text) in enumerate(ARTICLES)
    )
    source = folder / "invented.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build_index([source], folder / "index")
    return folder / "index"


@pytest.fixture(scope="session")
def library(index: Path) -> Iterator[Library]:
    opened = open_library(index)
    yield opened
    opened.close()
