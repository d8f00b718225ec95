"""Sentences about rules of words: what one would bring, narrower ones, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.texts import Message
from knowledge.rules.reading import Trouble

EXAMPLE = Message(
    "订阅 半导体 AND（补贴 OR 投资）-手机", "follow semiconductor AND (subsidy OR investment) -phone"
)
ALSO_RULES = Message(
    "几个条件可以合成一条规则，例如：**{example}**",
    "Or combine words into a rule, for example: **{example}**",
)

WOULD_SEND = Message(
    "在最近一期会推送 **{count}** 篇。要保存吗？",
    "The newest issue has **{count}** such {count:article|articles}. Save it?",
)
WOULD_SEND_NONE = Message(
    "在最近一期一篇也没有；以后有了就推送。要保存吗？",
    "The newest issue has no such article; later ones will come. Save it?",
)
IS_BROAD = Message(
    "这个词很宽：最近一期 {all} 篇里有 **{count}** 篇。照样保存，还是收紧？",
    "This word is broad: **{count}** of the {all} articles of the newest issue. Save it all the same?",
)
RULE = Message("**{topic}**", "**{topic}**")
SAVE_AS_IT_IS = Message("照样保存", "Save as it is")
SAVE = Message("保存", "Save")
TIGHTEN = Message("收紧", "Tighten")
CANCEL = Message("取消", "Cancel")
CANCELLED = Message("没有保存，订阅没有变化。", "Nothing was saved; what you follow is as before.")
EDIT = Message("改规则", "Edit the rule")
EDIT_LINE = Message("订阅 {rule} 代替 {rule}", "follow {rule} instead of {rule}")
NARROW = Message("收紧范围", "Narrow it")
REPLACED = Message("已改为 **{topic}**", "Changed to **{topic}**")

NARROWER = Message(
    "**{topic}**　最近一期 {count} 篇，可以收紧为：",
    "**{topic}**　{count} {count:article|articles} in the newest issue. Narrow it to:",
)
NO_NARROWER = Message(
    "**{topic}**　最近一期 {count} 篇，没有更窄又不落空的规则。",
    "**{topic}**　{count} {count:article|articles} in the newest issue. Nothing narrower would bring any.",
)
WITH_TOPIC = Message("同时写 {words}", "also about {words}")
WITHOUT_TOPIC = Message("不写 {words}", "not about {words}")
TITLE_ONLY = Message("标题里就有 {words}", "{words} in the title")
IN_SECTION = Message("只要栏目 {words}", "only in the section {words}")
COUNT = Message("{count} 篇", "{count} {count:article|articles}")

ANY_OR_ALL = Message("“{text}”是要其中任一个，还是都要？", "Any of “{text}”, or all of them at once?")
ANY = Message("任一：{rule}", "Any: {rule}")
ALL = Message("都要：{rule}", "All: {rule}")
AS_TYPED = Message("就找这几个字", "Just these words")
LESS_OF_FIGURE = Message(
    "**{topic}**　只在有新数字时推送；可以静音或退订。",
    "**{topic}**　comes only with a new figure; mute it or drop it.",
)
MUTE = Message("静音 7 天", "Mute 7 days")
DROP = Message("退订", "Unfollow")
LESS_OF_WHAT = Message("少推哪一个？", "Less of what?")

TROUBLES: Mapping[Trouble, Message] = {
    Trouble.TOO_LONG: Message(
        "规则有 {detail} 个字，最多 4096 个。", "The rule has {detail} characters, the limit is 4096."
    ),
    Trouble.TOO_MANY: Message(
        "规则里有 {detail} 个词，最多 32 个。", "The rule has {detail} words, the limit is 32."
    ),
    Trouble.TOO_DEEP: Message(
        "括号套得太深，最多 8 层。", "The brackets are nested too deep, the limit is 8."
    ),
    Trouble.WORDS_TOO_LONG: Message(
        "“{detail}”太长，一个词最多 40 个字。", "“{detail}” is too long, a word has 40 characters at most."
    ),
    Trouble.NOT_CLOSED: Message("有一个左括号没有配上右括号。", "A bracket is opened and never closed."),
    Trouble.NOT_OPENED: Message("有一个右括号没有配上左括号。", "A bracket is closed that was never opened."),
    Trouble.QUOTE: Message("有一个引号“{detail}”没有配对。", "The quote {detail} has no other half."),
    Trouble.NO_WORDS: Message(
        "“{detail}”这里缺一个要找的词。", "There should be a word to look for beside “{detail}”."
    ),
    Trouble.NOTHING_WANTED: Message(
        "只说了不要什么；请至少写一个要找的词，OR 的每一边也是。",
        "It only says what to leave out; add a word to look for, on each side of an OR too.",
    ),
    Trouble.NO_FIELD: Message(
        "没有“{detail}:”这一项，可以用 栏目: 标题: 地区: ；要找这几个字就加上引号。",
        "There is no “{detail}:”; use section: title: region: or put the words in quotes.",
    ),
    Trouble.NO_REGION: Message("没有“{detail}”这个地区。", "There is no region “{detail}”."),
    Trouble.COMMA: Message(
        "“{detail}”有两种意思：都要请写 AND，任一即可请写 OR。",
        "“{detail}” can mean two things: write AND for all of them, OR for any.",
    ),
    Trouble.DASH: Message(
        "单独的“{detail}”看不懂：不要哪个词，就把 - 紧贴在它前面。",
        "“{detail}” alone is not understood: to leave a word out, put - right before it.",
    ),
}
