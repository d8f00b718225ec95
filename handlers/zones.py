"""Time zones by the names people use for them."""

from __future__ import annotations

from zoneinfo import available_timezones

from handlers.request import Language

_CITIES = {
    "Asia/Shanghai": ("北京时间", "北京", "上海", "中国", "深圳", "广州", "beijing", "shanghai", "china"),
    "Asia/Hong_Kong": ("香港时间", "香港", "hong kong", "hongkong"),
    "Asia/Taipei": ("台北时间", "台北", "taipei"),
    "Asia/Tokyo": ("东京时间", "东京", "日本", "tokyo"),
    "Asia/Seoul": ("首尔时间", "首尔", "韩国", "seoul"),
    "Asia/Singapore": ("新加坡时间", "新加坡", "singapore"),
    "Asia/Dubai": ("迪拜时间", "迪拜", "dubai"),
    "Europe/London": ("伦敦时间", "伦敦", "英国", "london"),
    "Europe/Berlin": ("柏林时间", "柏林", "德国", "berlin"),
    "Europe/Paris": ("巴黎时间", "巴黎", "法国", "paris"),
    "Europe/Moscow": ("莫斯科时间", "莫斯科", "moscow"),
    "America/New_York": ("纽约时间", "纽约", "new york", "newyork"),
    "America/Chicago": ("芝加哥时间", "芝加哥", "chicago"),
    "America/Los_Angeles": ("洛杉矶时间", "洛杉矶", "旧金山", "硅谷", "los angeles", "san francisco"),
    "Australia/Sydney": ("悉尼时间", "悉尼", "sydney"),
    "UTC": ("世界时", "格林尼治", "gmt", "utc"),
}
_ZONE_OF = {city: zone for zone, cities in _CITIES.items() for city in cities}


def find_zone(name: str) -> str | None:
    """Return the time zone that goes by a city, a country or its own name in any case, else None."""
    wanted = name.strip().casefold()
    if wanted in _ZONE_OF:
        return _ZONE_OF[wanted]
    wanted = wanted.replace(" ", "_")
    return next((zone for zone in sorted(available_timezones()) if zone.casefold() == wanted), None)


def zone_name(zone: str, language: Language) -> str:
    """Return 北京时间 for Asia/Shanghai; a zone outside of the table, and English, goes by its own name."""
    return _CITIES[zone][0] if language is Language.ZH and zone in _CITIES else zone
