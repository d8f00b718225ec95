"""A reply's messages for Slack, by literal payloads and by fuzz."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import to_action, to_value
from bot.slack.render import Message, SlackMessage, SlackUpload, render
from handlers.reply import (
    Block,
    Button,
    Buttons,
    Copy,
    File,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Reply,
    Span,
    Style,
    Table,
    Text,
    compose,
)
from handlers.request import Language
from knowledge.normalize import strip_controls
from tests.fakes.slack.checks import mistakes, nodes
from tests.fakes.slack.screen import Shown


def rich(*elements: dict[str, object], kind: str = "rich_text_section") -> dict[str, object]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements)}]}


def words(text: str, **style: bool) -> dict[str, object]:
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def plain(text: str) -> dict[str, object]:
    return {"type": "plain_text", "text": text, "emoji": False}


def shorten(action: str) -> str:
    return f"token{len(action)}"


def rendered(*blocks: Block) -> tuple[Message, ...]:
    return render(Reply(blocks), shorten, Language.ZH)


def only(*blocks: Block) -> SlackMessage:
    (message,) = rendered(*blocks)
    assert isinstance(message, SlackMessage)
    return message


def test_an_empty_reply_is_no_message() -> None:
    assert rendered() == ()
    assert rendered(Paragraph(Text(" \n")), Buttons(()), Table((), ()), Items((Item(Text("")),))) == ()


def test_a_plain_heading_is_a_header_with_entities() -> None:
    message = only(Heading(Text("AT&T <5G>")))
    assert message == SlackMessage(
        ({"type": "header", "text": plain("AT&amp;T &lt;5G&gt;")},), "AT&amp;T &lt;5G&gt;"
    )


def test_a_long_heading_is_bold_text() -> None:
    assert only(Heading(Text("长" * 151))).blocks == (rich(words("长" * 151, bold=True)),)


def test_a_heading_with_spans_keeps_them() -> None:
    heading = Heading(compose("**5G基站数　{value}**　截至{day}", value="129.1 万个", day="10月底"))
    assert only(heading).blocks == (rich(words("5G基站数　129.1 万个", bold=True), words("　截至10月底")),)


def test_styles_and_links_are_elements_and_the_fallback_is_plain() -> None:
    text = Text(
        "粗 淡 斜 链接 &",
        (
            Span(0, 1, Style.BOLD),
            Span(2, 3, Style.DIM),
            Span(4, 5, Style.ITALIC),
            Span(6, 8, Style.LINK, "https://example.com/a?b=1&c"),
        ),
    )
    message = only(Paragraph(text))
    assert message.text == "粗 淡 斜 链接 &amp;"
    assert message.blocks == (
        rich(
            words("粗", bold=True),
            words(" "),
            words("淡"),
            words(" "),
            words("斜", italic=True),
            words(" "),
            {"type": "link", "url": "https://example.com/a?b=1&c", "text": "链接"},
            words(" &"),
        ),
    )


@pytest.mark.parametrize(
    "href",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://x",
        "https://",
        "http://[",
        "https://x y",
        "https://x\u202e",
        "https://x/" + "a" * 3_000,
    ],
)
def test_a_link_that_is_no_web_address_is_text(href: str | None) -> None:
    assert only(Paragraph(Text("这里", (Span(0, 2, Style.LINK, href),)))).blocks == (rich(words("这里")),)


def test_a_quote_has_a_bar() -> None:
    assert only(Quote(Text("原文"))).blocks == (rich(words("原文"), kind="rich_text_quote"),)


def test_a_notice_is_a_context_line_and_rich_text_only_with_a_link() -> None:
    assert only(Notice(compose("按“**{word}**”查找", word="R&D"))).blocks == (
        {"type": "context", "elements": [plain("按“R&amp;D”查找")]},
    )
    linked = Notice(Text("见 说明", (Span(2, 4, Style.LINK, "https://example.com"),)))
    assert only(linked).blocks == (
        rich(words("见 "), {"type": "link", "url": "https://example.com", "text": "说明"}),
    )


def test_items_are_one_list_that_begins_at_its_first_number() -> None:
    items = (Item(Text("题一"), Text("第3页"), Text("摘要")), Item(Text("题二")))
    message = only(Items(items, first=11))
    assert message.text == "11. 题一　第3页\n摘要\n12. 题二"
    assert message.blocks == (
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "offset": 10,
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [words("题一", bold=True), words("　第3页\n摘要")],
                        },
                        {"type": "rich_text_section", "elements": [words("题二", bold=True)]},
                    ],
                }
            ],
        },
    )


def test_items_without_numbers_have_bullets() -> None:
    message = only(Items((Item(Text("甲")), Item(Text("乙"))), first=None))
    (entry,) = message.blocks[0]["elements"]
    assert (entry["style"], len(entry["elements"])) == ("bullet", 2)
    assert message.text == "• 甲\n• 乙"


def test_two_lists_stay_two() -> None:
    first = Items((Item(Text("甲")), Item(Text("乙"))))
    assert len(only(first, first).blocks) == 2
    assert len(only(first, Items(first.items, first=None)).blocks) == 2
    assert len(only(Heading(Text("题")), first, Paragraph(Text("完"))).blocks) == 3


def test_a_small_table_is_a_table_block() -> None:
    message = only(Table(("地区", "规模"), (("河北", "1.21 万亿元"), ("青海", ""))))
    assert message.text == "地区 | 规模\n河北 | 1.21 万亿元\n青海 | –"
    assert message.blocks == (
        {
            "type": "table",
            "rows": [
                [rich(words("地区", bold=True)), rich(words("规模", bold=True))],
                [rich(words("河北")), rich(words("1.21 万亿元"))],
                [rich(words("青海")), rich(words("–"))],
            ],
        },
    )


def test_a_wide_table_is_aligned_in_a_monospaced_frame() -> None:
    columns = ("地区", *(f"c{number}" for number in range(20)))
    message = only(Table(columns, (("上海", *"abcdefghijklmnopqrst"), ("a", *"abcdefghijklmnopqrst"))))
    lines = message.blocks[0]["elements"][0]["elements"][0]["text"].split("\n")
    assert message.blocks[0]["elements"][0]["type"] == "rich_text_preformatted"
    assert [line[:9] for line in lines] == ["地区  c0  c", "上海  a   b", "a     a  "]


def test_a_table_with_a_very_long_cell_is_a_frame_too() -> None:
    messages = rendered(Table(("a", "b"), (("x" * 1_001, "长" * 4_000),)))
    kinds = {
        element["type"] for message in messages for block in message.blocks for element in block["elements"]
    }
    assert kinds == {"rich_text_preformatted"}
    assert "".join(message.text for message in messages).count("长") == 4_000


def test_a_long_table_goes_on_in_the_next_message_under_its_column_names() -> None:
    messages = rendered(Table(("编号", "值"), tuple((str(number), "x") for number in range(150))))
    assert [len(message.blocks[0]["rows"]) for message in messages] == [100, 52]
    assert all(message.text.startswith("编号 | 值\n") for message in messages)


def test_a_message_shows_one_table() -> None:
    table = Table(("a",), (("1",),))
    assert [len(message.blocks) for message in rendered(table, Paragraph(Text("和")), table)] == [2, 1]


def test_buttons_carry_their_actions_and_no_two_share_an_id() -> None:
    buttons = tuple(Button(f"步 {number}", f"article {number}") for number in range(27))
    message = only(Paragraph(Text("题")), Buttons(buttons), Buttons((Button("A&B", "x < y"),)))
    rows = [block["elements"] for block in message.blocks[1:]]
    assert [len(row) for row in rows] == [25, 2, 1]
    assert rows[0][0] == {
        "type": "button",
        "action_id": "step-1",
        "text": plain("步 0"),
        "value": "article 0",
    }
    assert (rows[2][0]["action_id"], rows[2][0]["text"]) == ("step-28", plain("A&amp;B"))
    assert rows[2][0]["value"] == "x < y"
    assert message.text == "题"


def test_a_long_label_is_shortened_and_a_button_without_one_still_shows() -> None:
    message = only(Buttons((Button("&" * 80, "a"), Button("\u200b", "b"))))
    labels = [element["text"]["text"] for element in message.blocks[0]["elements"]]
    assert labels == ["&amp;" * 14 + "…", "…"]
    assert message.text == labels[0]


def test_a_long_action_is_a_token_and_a_button_without_one_is_left_out() -> None:
    actions = ("x" * 2_001, "x" * 2_000, "~x", "", "\ud800")
    message = only(Buttons(tuple(Button("步", action) for action in actions)))
    values = [element["value"] for element in message.blocks[0]["elements"]]
    assert values == ["~token2001", "x" * 2_000, "~token2", "?"]
    assert [to_action(value, {"token2": "~x"}.get) for value in values[1:3]] == ["x" * 2_000, "~x"]


def test_invisible_characters_and_bidi_marks_are_gone() -> None:
    assert only(Paragraph(Text("a\u202eb\u200bc\ufeffd\x1b"))).blocks == (rich(words("abcd")),)


def test_a_message_holds_fifty_blocks() -> None:
    messages = rendered(*(Paragraph(Text(str(number))) for number in range(120)))
    assert [len(message.blocks) for message in messages] == [50, 50, 20]


def test_a_long_item_goes_on_below_its_list() -> None:
    long = Items((Item(Text("题"), body=Text("长" * 4_000)), Item(Text("二"))))
    first, second = rendered(long)
    assert [element["type"] for block in first.blocks for element in block["elements"]] == ["rich_text_list"]
    kinds = [element["type"] for block in second.blocks for element in block["elements"]]
    assert kinds == ["rich_text_section", "rich_text_list"]
    assert second.blocks[1]["elements"][0]["offset"] == 1


hostile = st.sampled_from(
    [
        "<!channel>",
        "@here",
        "<@U1>",
        "&lt;!here&gt;",
        "&",
        "*_~`",
        "<https://e|工>",
        "\u202e",
        "\u200b",
        "😀",
        "\n",
    ]
)
raw = st.lists(st.one_of(hostile, st.text(max_size=20), st.just("汉字，句子。" * 40)), max_size=8).map(
    "".join
)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    value = draw(raw)
    edges = sorted(draw(st.lists(st.integers(0, len(value)), max_size=6, unique=True)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    href = st.sampled_from(["https://example.com", "javascript:x", None])
    return Text(value, tuple(Span(a, b, draw(st.sampled_from(Style)), draw(href)) for a, b in pairs))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 25))
    cell = st.text(max_size=8)
    row = st.tuples(*[cell] * width)
    return Table(draw(row), tuple(draw(st.lists(row, max_size=4))))


items = st.lists(st.builds(Item, texts(), texts(), texts()), max_size=4).map(tuple)
buttons = st.lists(st.builds(Button, raw, st.text(min_size=1)), max_size=30).map(tuple)
blocks = st.one_of(
    st.builds(Heading, texts()),
    st.builds(Paragraph, texts()),
    st.builds(Quote, texts()),
    st.builds(Notice, texts()),
    st.builds(Items, items, st.one_of(st.none(), st.integers(1, 90))),
    st.builds(Buttons, buttons),
    tables(),
)
replies = st.lists(blocks, max_size=8).map(lambda made: Reply(tuple(made)))


def expected(block: Block) -> list[str]:
    match block:
        case Items(entries, first):
            joined = [f"{entry.title.value}{entry.meta.value}{entry.body.value}" for entry in entries]
            marks = ["•" if first is None else f"{first + place}." for place in range(len(entries))]
            return [mark + text for mark, text in zip(marks, joined, strict=True) if squeezed(text)]
        case Table(columns, rows):
            separator = " | " if len(columns) <= 20 else ""
            return [separator.join(squeezed(cell) or "–" for cell in row) for row in (columns, *rows)]
        case Buttons():
            return []
        case _:
            return [block.text.value]


def squeezed(text: str) -> str:
    return "".join(strip_controls(text).split())


@given(replies)
def test_every_word_is_shown_once_in_order_and_every_limit_is_kept(reply: Reply) -> None:
    messages = render(reply, shorten, Language.ZH)
    visible = "".join(Shown("", {"blocks": list(message.blocks)}).visible for message in messages)
    assert squeezed(visible) == squeezed("".join(line for block in reply.blocks for line in expected(block)))
    for message in messages:
        sent = {"text": message.text, "blocks": list(message.blocks), "link_names": False, "parse": "none"}
        assert mistakes("chat.update", sent) == []


@given(replies)
def test_the_fallback_says_what_the_blocks_say(reply: Reply) -> None:
    for message in render(reply, shorten, Language.ZH):
        shown = Shown("", {"blocks": list(message.blocks)}).visible
        if shown:
            assert squeezed(unescape(message.text)) == squeezed(shown)


@given(replies)
def test_no_button_is_lost(reply: Reply) -> None:
    made = [button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons]
    shown = [node for message in render(reply, shorten, Language.ZH) for node in nodes(list(message.blocks))]
    values = [node["value"] for node in shown if node.get("type") == "button"]
    assert values == [
        to_value(button.action, shorten, lambda action: len(action) <= 2_000) for button in made
    ]


def test_pictures_and_files_come_after_the_words_which_hold_their_captions() -> None:
    picture, file = (
        Picture("<svg/>", "chart", Text("河北 1")),
        File(b"1", "数.csv", Text("共 2 行")),
    )
    words_first, drawn, kept = rendered(picture, Paragraph(Text("对比")), file)
    assert isinstance(words_first, SlackMessage)
    assert words_first.text == "对比\n共 2 行"
    assert isinstance(drawn, SlackUpload)
    assert isinstance(kept, SlackUpload)
    assert (drawn.block, drawn.alt, drawn.instead.text.splitlines()[0]) == (picture, "河北 1", "河北 1")
    assert (kept.block, kept.alt) == (file, "共 2 行")
    assert kept.instead.text == "“数.csv”发不到这里。在频道里 @ 我，或给我发私信，就能收到。"


def test_a_text_to_copy_stands_in_a_frame_above_the_buttons() -> None:
    message = only(Buttons((Button("订阅", "subscribe"), Copy("引用", "据《5G》第3页"), Copy("空", " "))))
    assert message.blocks[0] == rich(words("据《5G》第3页"), kind="rich_text_preformatted")
    assert [block["type"] for block in message.blocks] == ["rich_text", "actions"]
    assert message.text == "据《5G》第3页"
