"""The provinces of China and a few countries: their short names and their English ones."""

from __future__ import annotations

from handlers.request import Language

PROVINCES = {
    "北京": "Beijing", "天津": "Tianjin", "河北": "Hebei", "山西": "Shanxi", "内蒙古": "Inner Mongolia",
    "辽宁": "Liaoning", "吉林": "Jilin", "黑龙江": "Heilongjiang", "上海": "Shanghai", "江苏": "Jiangsu",
    "浙江": "Zhejiang", "安徽": "Anhui", "福建": "Fujian", "江西": "Jiangxi", "山东": "Shandong",
    "河南": "Henan", "湖北": "Hubei", "湖南": "Hunan", "广东": "Guangdong", "广西": "Guangxi",
    "海南": "Hainan", "重庆": "Chongqing", "四川": "Sichuan", "贵州": "Guizhou", "云南": "Yunnan",
    "西藏": "Tibet", "陕西": "Shaanxi", "甘肃": "Gansu", "青海": "Qinghai", "宁夏": "Ningxia",
    "新疆": "Xinjiang", "香港": "Hong Kong", "澳门": "Macao", "台湾": "Taiwan",
}  # fmt: skip
COUNTRIES = {"中国": "China", "全球": "the world", "美国": "the United States", "日本": "Japan",
             "韩国": "South Korea", "印度": "India", "欧盟": "the European Union"}  # fmt: skip
_REGION_ENDINGS = ("省", "市", "自治区", "区", "县", "州", "盟", "旗")
_LONG_ENDINGS = ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区")
_PROVINCE_OF = {short + ending: short for short in PROVINCES for ending in ("", *_LONG_ENDINGS)}


def is_region(subject: str) -> bool:
    """Tell whether a metric's subject is a region of China rather than a company, a market or half of it."""
    return subject in _PROVINCE_OF or (subject.endswith(_REGION_ENDINGS) and not subject.endswith("地区"))


def subject_name(subject: str, language: Language) -> str:
    """Return a subject's short name (河北 for 河北省), in English where the tables have one."""
    short = _PROVINCE_OF.get(subject, subject)
    if language is Language.EN:
        return PROVINCES.get(short) or COUNTRIES.get(short) or short
    return short
