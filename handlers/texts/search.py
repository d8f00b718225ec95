"""Sentences of answers: articles found, figures found, nothing found."""

from __future__ import annotations

from handlers.texts import Message

READ_AS = Message("按“**{query}**”查找", "Searched for “**{query}**”")
FOUND = Message("找到 {total} 篇", "Articles found: {total}")
FOUND_TOPIC = Message("主题“{topic}”{aliases}", "topic “{topic}”{aliases}")
NOTHING = Message(
    "没有找到“**{query}**”。库中有 {issues} 期、{articles} 篇文章、{metrics} 个指标。",
    "Nothing found for “**{query}**” in {issues} {issues:issue|issues} with {articles}"
    " {articles:article|articles} and {metrics} {metrics:figure|figures}.",
)
NEAR = Message("您是不是要找：", "Did you mean:")
LATER = Message("想在以后有消息时知道？", "Want to hear when there is something?")
NO_FIGURE = Message(
    "没有找到这个数字，下面是相关的文章。", "No such figure was found; these articles are related."
)
SUBSCRIBE_TO = Message("订阅“{topic}”", "Follow “{topic}”")
RELATED_METRICS = Message("相关指标", "Related figures")
RELATED_ARTICLES = Message("相关文章 {total}", "Related articles {total}")
MORE_FIGURES = Message("更多数字", "More figures")

NO_ARTICLE = Message(
    "现在的索引里没有编号为“{id}”的文章，可能已经换了新的一期。",
    "The index has no article with the id “{id}”; it may have been replaced by a newer one.",
)
SEARCH_FOR = Message("搜索“{query}”", "Search for “{query}”")
CHARACTERS = Message("约 {count} 字", "about {count} characters")
ARTICLE_METRICS = Message("本文指标 {count}", "Figures here {count}")
RELATED = Message("相关文章：", "Related articles:")
READ_RELATED = Message("《{title}》", "“{title}”")
ORIGINAL = Message("原文链接", "Original")
NO_METRICS = Message("《{title}》里没有可以列出的数字。", "“{title}” prints no figures that could be listed.")
METRICS_OF = Message("《{title}》的 **{count}** 个指标", "**{count}** figures of “{title}”")
METRICS_FOR = Message("“**{query}**”的指标", "Figures for “**{query}**”")
NO_METRICS_FOR = Message("没有找到“**{query}**”的数字。", "No figures found for “**{query}**”.")

FIGURE = Message("**{name}　{figure}**　{period}", "**{name}　{figure}**　{period}")
GROWTH_NAME = Message("{indicator}增速", "{indicator}, growth")
CHANGE_NAME = Message("{indicator}增减", "{indicator}, change")
CAGR_NAME = Message("{indicator}年均复合增速", "{indicator}, compound annual growth")
RANK_NAME = Message("{indicator}排名", "{indicator}, rank")
YEAR_ON_YEAR = Message("同比 **{figure}**", "**{figure}** year on year")
QUARTER_ON_QUARTER = Message("环比 **{figure}**", "**{figure}** on the period before")
GROWTH = Message("增长 **{figure}**", "Growth **{figure}**")
CAGR = Message("年均复合增长 **{figure}**", "**{figure}** a year, compounded")
RANK = Message("排名**{figure}**", "Rank **{figure}**")
SHARE = Message("{indicator} **{figure}**", "{indicator} **{figure}**")
NO_PERIOD = Message("原文未注明时间", "no period is given")
FORECAST = Message("预计", "forecast")
TARGET = Message("规划", "target")

OTHER_STATEMENTS = Message("另有说法：{list}", "Other statements: {list}")
OTHER_PERIODS = Message("其他时间：{list}", "Other periods: {list}")
FORECASTS = Message("预计：{list}", "Forecasts: {list}")
TARGETS = Message("规划：{list}", "Targets: {list}")
REGIONS = Message("各地{aside}：{list}", "By region{aside}: {list}")
SUBJECTS = Message("其他主体{aside}：{list}", "Others{aside}: {list}")
SEE_ALSO = Message("相关{aside}：{list}", "See also{aside}: {list}")
ASIDE = Message("（{aside}）", " ({aside})")
SAME_NEWS = Message("另见{list}", "also {list}")
SAME_NEWS_MORE = Message("{list}等 {count} 篇", "{list} and others, {count} in all")
STATEMENT = Message("**{figure}**（{source}）", "**{figure}** ({source})")

CONTENTS_ISSUES = Message("库里的 {count} 期", "Issues in the library: {count}")
ISSUE_ARTICLES = Message("{count} 篇", "{count} {count:article|articles}")
ISSUE_SECTIONS = Message("{count} 个栏目", "{count} {count:section|sections}")
FROM_PAGE = Message("第{page}页起", "from p. {page}")
NO_ISSUE = Message("没有叫“{name}”的一期或栏目。", "There is no issue or section called “{name}”.")
