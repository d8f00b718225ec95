from __future__ import annotations

from bot.buttons import to_action
from bot.telegram.keyboard import Key
from bot.telegram.render import Message, TelegramMedia, TelegramMessage, render
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
    marked,
    styled,
)
from tests.fakes.telegram.entities import parse_html, utf16_units


def shorten(action: str) -> str:
    return "token"


def messages_of(*blocks: Block) -> tuple[Message, ...]:
    return render(Reply(blocks), shorten)


def shown(*blocks: Block) -> tuple[TelegramMessage, ...]:
    messages = messages_of(*blocks)
    assert all(isinstance(message, TelegramMessage) for message in messages)
    return messages  # type: ignore[return-value]


def html_of(*blocks: Block) -> str:
    (message,) = shown(*blocks)
    return message.html


def test_an_empty_reply_gives_no_message() -> None:
    assert shown() == ()
    assert shown(Paragraph(Text(" \n "))) == ()


def test_a_heading_is_bold_and_stands_right_above_what_follows() -> None:
    assert html_of(Heading(Text("5G")), Paragraph(Text("129.1 万个"))) == "<b>5G</b>\n129.1 万个"


def test_paragraphs_stand_apart_by_an_empty_line() -> None:
    assert html_of(Paragraph(Text("一")), Paragraph(Text("二"))) == "一\n\n二"


def test_a_block_without_text_leaves_no_gap() -> None:
    blocks = (
        Heading(Text("")),
        Paragraph(Text("一")),
        Quote(Text("")),
        Paragraph(Text(" \n")),
        Paragraph(Text("二")),
    )
    assert html_of(*blocks) == "一\n\n二"


def test_a_quote_keeps_its_marked_words() -> None:
    quote = Quote(marked("累计建成129.1万个", ((4, 10),)))
    assert html_of(quote) == "<blockquote>累计建成<b>129.1万</b>个</blockquote>"


def test_a_quote_needs_no_empty_lines_around_it() -> None:
    blocks = (Paragraph(Text("前")), Quote(Text("引")), Paragraph(Text("后")), Notice(Text("注")))
    assert html_of(*blocks) == "前\n<blockquote>引</blockquote>\n后\n\n<i>注</i>"


def test_only_the_three_characters_of_html_are_escaped() -> None:
    assert html_of(Paragraph(Text("""<b>&amp; "*_[`'"""))) == """&lt;b&gt;&amp;amp; "*_[`'"""


def test_a_notice_is_italic_and_dim_text_stays_upright() -> None:
    assert html_of(Notice(Text("提示")), Paragraph(styled("第3页", Style.DIM))) == "<i>提示</i>\n\n第3页"


def test_a_bold_span_in_a_heading_is_not_marked_twice() -> None:
    assert html_of(Heading(styled("5G", Style.BOLD))) == "<b>5G</b>"


def test_a_web_link_is_written_with_its_quotes_escaped() -> None:
    link = Text("原文", (Span(0, 2, Style.LINK, 'https://example.org/?a=1&b="2"'),))
    assert html_of(Paragraph(link)) == '<a href="https://example.org/?a=1&amp;b=&quot;2&quot;">原文</a>'


def test_a_link_to_anything_but_the_web_is_plain_text() -> None:
    for address in ("javascript:alert(1)", "tg://user?id=1", "https://", "http://[", "https://a b", "", None):
        assert html_of(Paragraph(Text("x", (Span(0, 1, Style.LINK, address),)))) == "x"


def test_items_are_numbered_with_source_and_words_below() -> None:
    items = Items(
        (Item(Text("日本半导体"), Text("第78页"), Text("产业谋振兴")), Item(Text("集成电路"))), first=4
    )
    assert html_of(items) == "<b>4　日本半导体</b>　第78页\n产业谋振兴\n\n<b>5　集成电路</b>"


def test_items_without_numbers_have_bullets_and_no_empty_lines() -> None:
    items = Items((Item(Text("一")), Item(Text("二"))), first=None)
    assert html_of(items) == "・<b>一</b>\n・<b>二</b>"


def test_a_narrow_table_is_aligned_with_chinese_two_columns_wide() -> None:
    table = Table(("地区", "规模"), (("河北", "1.21"), ("内蒙古", "7")))
    assert html_of(table) == "<pre>地区    规模\n河北    1.21\n内蒙古  7</pre>"


def test_a_table_too_wide_for_a_phone_becomes_lines_that_name_each_cell() -> None:
    table = Table(("地区", "来源"), (("河北", "数字经济成为河北高质量发展新引擎 第43页"), ("青海", "短")))
    assert html_of(table).splitlines() == [
        "地区 <b>河北</b> · 来源 数字经济成为河北高质量发展新引擎 第43页",
        "地区 <b>青海</b> · 来源 短",
    ]


def test_an_empty_cell_keeps_its_place_in_a_grid_and_is_left_out_of_a_line() -> None:
    grid = Table(("地区", "同比", "来源"), (("河北", "", "第43页"),))
    assert html_of(grid) == "<pre>地区  同比  来源\n河北  –     第43页</pre>"
    lines = Table(("地区", "同比", "来源"), (("河北", "", "数字经济成为河北高质量发展新引擎 第43页"),))
    assert html_of(lines) == "地区 <b>河北</b> · 来源 数字经济成为河北高质量发展新引擎 第43页"


def test_bidi_marks_zero_width_characters_and_lone_surrogates_are_left_out() -> None:
    text = "a\u202eb\u200bc\ufeffd\ud800e\u2066f\x1b"
    assert html_of(Paragraph(Text(text))) == "abcdef"


def test_a_message_of_exactly_the_limit_is_not_split() -> None:
    for length, count in ((4095, 1), (4096, 1), (4097, 2)):
        assert len(shown(Paragraph(Text("汉" * length)))) == count


def test_an_emoji_counts_two_and_is_never_torn() -> None:
    messages = shown(Paragraph(Text("😀" * 2049)))
    assert [utf16_units(message.plain) for message in messages] == [4096, 2]


def test_escaped_characters_count_once() -> None:
    (message,) = shown(Paragraph(Text("<" * 4096)))
    assert parse_html(message.html).text == "<" * 4096


def test_blocks_go_whole_into_the_next_message() -> None:
    first, second = shown(Paragraph(Text("一" * 4000)), Paragraph(Text("二" * 200)))
    assert (first.plain, second.plain) == ("一" * 4000, "二" * 200)


def test_a_heading_goes_over_with_what_it_heads() -> None:
    first, second = shown(Paragraph(Text("一" * 4000)), Heading(Text("标题")), Paragraph(Text("二" * 200)))
    assert first.plain == "一" * 4000
    assert second.plain.startswith("标题\n二")


def test_a_long_paragraph_is_cut_after_a_line_before_a_sentence() -> None:
    line = "汉" * 2999 + "\n"
    first, _ = shown(Paragraph(Text(line + "字。" * 1000)))
    assert first.plain == line


def test_a_long_line_is_cut_after_a_sentence_and_its_closing_quote() -> None:
    sentence = "他说：“" + "汉" * 1000 + "。”"
    first, second = shown(Paragraph(Text(sentence * 5)))
    assert first.plain == sentence * 4
    assert second.plain == sentence


def test_a_number_or_a_word_is_not_cut() -> None:
    for word in ("12,345.67%", "semiconductor", "https://example.org/a?b=c"):
        first, second = shown(Paragraph(Text("汉" * 4090 + word + "汉" * 100)))
        assert first.plain == "汉" * 4090
        assert second.plain.startswith(word)


def test_an_accent_a_skin_tone_and_a_flag_stay_with_their_letter() -> None:
    for cluster in ("e\u0301", "👍🏽", "🇨🇳"):
        first, second = shown(Paragraph(Text("汉" * 4095 + cluster + "汉" * 9)))
        assert first.plain == "汉" * 4095
        assert second.plain.startswith(cluster)


def test_a_word_longer_than_a_message_is_cut_all_the_same() -> None:
    assert [len(message.plain) for message in shown(Paragraph(Text("a" * 9000)))] == [4096, 4096, 808]


def test_a_cut_quote_is_a_quote_in_both_messages() -> None:
    for message in shown(Quote(Text("汉字。" * 2000))):
        (entity,) = parse_html(message.html).entities
        assert entity.type == "blockquote"


def test_a_message_has_at_most_a_hundred_entities() -> None:
    text = "".join(f"第{number}个" for number in range(250))
    digits = tuple((at, at + 1) for at, character in enumerate(text) if character == "第")
    messages = shown(Paragraph(marked(text, digits)))
    assert "".join(message.plain for message in messages) == text
    assert all(len(parse_html(message.html).entities) <= 100 for message in messages)
    assert len(messages) == 3


def test_buttons_stand_under_the_last_message() -> None:
    first, second = shown(Buttons((Button("全文", "article a1"),)), Paragraph(Text("汉" * 5000)))
    assert first.keyboard == ()
    assert second.keyboard == ((Key("全文", "article a1"),),)


def test_buttons_without_text_get_a_message_to_stand_under() -> None:
    (message,) = shown(Buttons((Button("帮助", "help"),)))
    assert message.plain.strip()


def test_short_labels_share_a_row_and_long_ones_get_their_own() -> None:
    labels = ("1", "2", "3", "下一页", "订阅“半导体和集成电路”", "相关指标 31 个")
    (message,) = shown(Buttons(tuple(Button(label, "x") for label in labels)))
    assert [[key.label for key in row] for row in message.keyboard] == [
        list(labels[:4]),
        [labels[4]],
        [labels[5]],
    ]


def test_a_row_has_at_most_eight_keys_and_a_message_at_most_a_hundred() -> None:
    (message,) = shown(*[Buttons(tuple(Button("1", "x") for _ in range(11)))] * 10)
    assert max(len(row) for row in message.keyboard) == 8
    assert sum(len(row) for row in message.keyboard) == 100


def test_a_label_is_shortened_to_what_a_phone_shows() -> None:
    (message,) = shown(Buttons((Button("半导体" * 30, "x"), Button("\u202e\n", "y"))))
    assert [row[0].label for row in message.keyboard] == ["半导体半导体半导体半导体半导…", "…"]


def test_an_action_that_fits_is_the_data_and_a_longer_one_a_token() -> None:
    fits, long, looks_like_token = "汉" * 21 + "x", "汉" * 22, "~token"
    actions = [fits, long, looks_like_token, ""]
    (message,) = shown(Buttons(tuple(Button("x", action) for action in actions)))
    assert [key.data for key in message.keyboard[0]] == [fits, "~token", "~token"]


def test_data_is_read_back_as_the_action() -> None:
    assert to_action("article a1", {}.get) == "article a1"
    assert to_action("~token", {"token": "search 长"}.get) == "search 长"
    assert to_action("~gone", {}.get) is None


def test_words_come_first_with_the_keyboard_then_pictures_and_files_with_their_captions() -> None:
    picture = Picture("<svg/>", "chart", compose("**5G** <基站>"))
    file = File(b"1", "数字.csv", Text(""))
    blocks = (
        Heading(Text("对比")),
        picture,
        Buttons((Button("表", "table"),)),
        file,
        Notice(Text("共 2 行")),
    )
    assert messages_of(*blocks) == (
        TelegramMessage("<b>对比</b>\n<i>共 2 行</i>", "对比\n共 2 行", ((Key("表", "table"),),)),
        TelegramMedia(picture, "<b>5G</b> &lt;基站&gt;", "5G <基站>"),
        TelegramMedia(file, "", ""),
    )


def test_a_long_caption_ends_with_its_last_whole_sentence() -> None:
    (media,) = messages_of(Picture("<svg/>", "chart", Text("十个汉字的一句话😀。" * 200)))
    assert isinstance(media, TelegramMedia)
    assert 900 < utf16_units(media.plain) <= 1024
    assert media.plain.endswith("。")


def test_a_text_to_copy_is_a_key_of_its_own_kind_and_never_too_long() -> None:
    short, long = Copy("引用", "据《5G》第3页"), Copy("全文", "😀" * 200)
    (message,) = shown(
        Paragraph(Text("一")), Buttons((short, long, Copy("空", " "), Button("订阅", "subscribe")))
    )
    keys = [key for row in message.keyboard for key in row]
    assert keys == [
        Key("引用", copies="据《5G》第3页"),
        Key("全文", copies="😀" * 128),
        Key("订阅", "subscribe"),
    ]
