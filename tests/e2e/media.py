"""A reply with a chart, a file and a text to copy, as the tests of the platforms send it."""

from __future__ import annotations

from decimal import Decimal

from bot.raster import SCALE
from handlers.charts import Chart, Point, chart_picture
from handlers.charts.canvas import WIDTH
from handlers.reply import Block, Buttons, Copy, File, Heading, Picture, Reply, Text
from tests.unit.bot.png import png_size

CHART = Chart(
    "bar",
    "5G 基站 <各地>",
    "万个",
    "《5G 建设》第3页",
    (Point("河北", Decimal("6.5"), "6.5 万个"), Point("青海", Decimal("0.8"), "0.8 万个")),
)
ALT = "5G 基站 <各地>：河北 6.5 万个；青海 0.8 万个"
PICTURE = chart_picture(CHART, "5G/基站")
ROWS = "\ufeff地区,万个\r\n河北,6.5\r\n".encode()
FILE = File(ROWS, "5G 基站.csv", Text("全部 1 行"))
CITATION = Copy("引用", "据《5G 建设》第3页，河北5G基站6.5万个")
WORDS = Heading(Text("对比"))


def full_reply(*more: Block) -> Reply:
    return Reply((WORDS, PICTURE, FILE, Buttons((CITATION,)), *more))


def only(block: Picture | File) -> Reply:
    return Reply((block,))


def assert_is_the_chart(content: bytes) -> None:
    """Raise AssertionError for anything but a PNG of the chart's size."""
    width, height = png_size(content)
    assert width == WIDTH * SCALE
    assert 300 < height < 700
