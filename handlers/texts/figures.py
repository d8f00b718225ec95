"""Sentences of comparisons, rankings and series."""

from __future__ import annotations

from handlers.texts import Message

REGION = Message("地区", "Region")
NAME = Message("名称", "Name")
VALUE = Message("数值", "Value")
YEAR_ON_YEAR = Message("同比", "Year on year")
GROWTH = Message("增长", "Growth")
SHARE = Message("占比", "Share")
SHARE_OF = Message("占{whole}", "Share of {whole}")
TIME = Message("时间", "Time")
SOURCE = Message("来源", "Source")
NO_TIME = Message("未注明", "not given")
FORECAST_TIME = Message("{period}{outlook}", "{period}, {outlook}")
OTHERWISE_MARK = Message("{figure}※", "{figure}※")

TIMES = Message(
    "{largest}约为{smallest}的 **{ratio}** 倍。", "{largest} is about **{ratio}** times {smallest}."
)
TIMES_LATER = Message(
    "{last}约为{first}的 **{ratio}** 倍。", "{first} → {last}: about **{ratio}** times as much."
)
TIMES_OF_ALL = Message(
    "{largest}最多，{smallest}最少，前者约为后者的 **{ratio}** 倍。",
    "{largest} has the most, {smallest} the least: about **{ratio}** times as much.",
)
POINTS = Message(
    "{largest}比{smallest}高 **{points}** 个百分点。",
    "{largest} is **{points}** percentage points above {smallest}.",
)
OTHER_TIMES = Message(
    "时间不同：各取最新的一个数字，见“时间”一栏。",
    "The times differ: each figure is the newest of its own, see the column of times.",
)
UNEVEN = Message(
    "各期的时间长短不同，不宜直接相减。", "The periods are of different lengths; take care when comparing."
)
OTHERWISE = Message("※ 另有说法：{list}", "※ Other statements: {list}")
OTHERWISE_ENTRY = Message("{whose} **{figure}**（{source}）", "{whose} **{figure}** ({source})")
ENTRY = Message("{whose} **{figure}**", "{whose} **{figure}**")
BARE_ENTRY = Message("**{figure}**", "**{figure}**")
BARE_DATED_ENTRY = Message("**{figure}**（{source}）", "**{figure}** ({source})")
AND_MORE = Message("还有 {count} 个", "{count} more")
CAGR = Message("年均增长", "Yearly growth")
RANK = Message("排名", "Rank")
MISSING = Message("没有找到可以相比的数字：{names}", "No comparable figure: {names}")
NEAR = Message("口径不同，没有列入：{list}", "Of another measure, not listed: {list}")
NEAR_ENTRY = Message("{whose} {indicator} **{figure}**", "{whose} {indicator} **{figure}**")
WHICH_INDICATOR = Message("对比哪一个数字？", "Which figure shall be compared?")
NO_RANKED = Message(
    "没有两个以上可以排行的“**{query}**”。", "There are not two figures of “**{query}**” to rank."
)
NO_SERIES = Message(
    "没有两个时间以上的“**{query}**”，画不出走势。",
    "“**{query}**” is not told of two times, so there is no series.",
)
NO_COMPARISON = Message(
    "没有可以相比的数字：**{query}**。要有同一个指标、同一种单位才能相比。",
    "No figures of **{query}** can be compared: they need one indicator and one unit.",
)
THERE_IS = Message("有的是：", "What there is:")
TOO_FEW = Message(
    "请写上要对比的两个到八个地区、公司或年份，再写指标，例如：**{usage}**",
    "Name two to eight regions, companies or years and an indicator, for example: **{usage}**",
)
TOO_MANY = Message(
    "一次最多对比 {limit} 个，这里有 {count} 个。", "At most {limit} can be compared at once, not {count}."
)

BAR_CHART = Message("柱状图", "Bar chart")
LINE_CHART = Message("走势图", "Line chart")
BACK_TO_TABLE = Message("看表格", "Table")
ALL_REGIONS = Message("各地排行", "All regions")
COMPARE_REGIONS = Message("各地对比", "Compare regions")
ADD = Message("加上{name}", "Add {name}")
FULL_TEXT_OF = Message("{name} 全文", "{name}: full text")

ALSO_IN = Message("另见：{list}", "Also in: {list}")
WHICH_ONE = Message("哪一个的{what}？", "The {what} of which?")
MORE = Message("更多", "More")
