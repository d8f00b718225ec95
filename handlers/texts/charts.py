"""Words inside of charts."""

from __future__ import annotations

from handlers.texts import Message

FORECAST = Message("预测", "forecast")
ACTUAL = Message("实际", "actual")
UNIT = Message("单位：{unit}", "Unit: {unit}")
SOURCE = Message("来源：{source}", "Source: {source}")
LEFT_OUT = Message("另有 {count} 项没有画出", "{count} more not drawn")
DESCRIPTION = Message("{title}：{points}", "{title}: {points}")
GAP = Message("无数据", "no figure")
POINT_SEPARATOR = Message("；", "; ")
FORECAST_POINT = Message("{point}（预测）", "{point} (forecast)")
NOT_FROM_ZERO = Message("纵轴不从 0 开始", "The axis does not begin at 0")
