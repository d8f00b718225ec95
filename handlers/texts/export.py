"""Words of exported files: what their columns are called, and the buttons that ask for them."""

from __future__ import annotations

from handlers.texts import Message

SUMMARY = Message("把数字导出成文件", "Export figures as a file")
USAGE = Message("导出 csv 数字经济", "export xlsx digital economy")
BUTTON = Message("导出 {format}", "Export {format}")
CAPTION = Message("“{name}”的 {count} 个数字，附出处", "{count} figures for “{name}”, with sources")
NO_FORMAT = Message(
    "可以导出成 {formats}，例如：**{usage}**",
    "Figures can be exported as {formats}, for example: **{usage}**",
)

SUBJECT = Message("主体", "subject")
INDICATOR = Message("指标", "indicator")
KIND = Message("类别", "kind")
VALUE = Message("数值", "value")
UNIT = Message("单位", "unit")
BASE_VALUE = Message("换算数值", "base value")
BASE_UNIT = Message("换算单位", "base unit")
PERIOD = Message("时期", "period")
START = Message("起", "start")
END = Message("止", "end")
APPROX = Message("约数", "approx")
FORECAST = Message("预测", "forecast")
STATED_BY = Message("数据来源", "stated by")
SENTENCE = Message("原句", "sentence")
ARTICLE = Message("文章", "article")
SECTION = Message("栏目", "section")
PAGE = Message("页", "page")
ISSUE = Message("期", "issue")
PUBLISHED = Message("发布日期", "published")

YES = Message("是", "yes")
NO = Message("否", "no")

LEVEL = Message("数值", "level")
GROWTH = Message("增长", "growth")
SHARE = Message("占比", "share")
CAGR = Message("年均复合增长", "compound annual growth")
RANK = Message("排名", "rank")
OTHER = Message("其他", "other")

CITE = Message("引用", "Cite")
CITATION = Message("据《{title}》{place}，{statement}", "“{title}” ({place}): {statement}")
CITATION_WITHOUT_PLACE = Message("据《{title}》，{statement}", "“{title}”: {statement}")
