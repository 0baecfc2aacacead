"""Invented people get names that sound of their generation; nobody real is meant.

The lists are our own. Surnames are weighted as they are heard on the north bank of the lower Yangtze, given names by the
decade of birth.
"""

from datetime import date
from random import Random

_SURNAMES: dict[str, int] = {
    "王": 66, "张": 62, "陈": 60, "李": 52, "徐": 44, "周": 40, "吴": 38, "刘": 36, "朱": 32, "杨": 30,
    "孙": 28, "丁": 26, "顾": 26, "许": 24, "沈": 22, "曹": 20, "钱": 20, "葛": 18, "储": 18, "韩": 18,
    "吉": 16, "卢": 16, "仲": 14, "崔": 14, "田": 14, "于": 14, "景": 12, "申": 12, "蒋": 12, "唐": 12,
    "凌": 10, "印": 10, "缪": 10, "谢": 10, "夏": 10, "桑": 8, "贲": 8, "练": 6, "郁": 6, "万": 6,
    "戴": 10, "季": 10, "章": 8, "邵": 8, "洪": 6, "毛": 6, "司马": 1, "欧阳": 1,
}  # fmt: skip

_MEN: tuple[tuple[int, str, str], ...] = (
    (1955, "国德长永兆广如宝金锦洪志", "兴福祥山林根才贵余明如生"),
    (1975, "建国志永卫爱文学小宏新正", "华军平明东林荣忠兵民祥春"),
    (1995, "海晓志剑亚小伟俊锋鹏春国", "峰波涛伟健勇斌辉飞兵云松"),
    (2100, "子浩宇嘉俊一铭梓思承亦泽", "轩涵宇辰睿阳皓然杰翔恒霖"),
)
_WOMEN: tuple[tuple[int, str, str], ...] = (
    (1955, "秀桂玉兰凤素长月美宝惠如", "英兰珍芳女余琴莲凤华香云"),
    (1975, "建秀小爱玉红美晓桂卫春金", "芳华萍琴红霞梅兰英琳云美"),
    (1995, "晓海丽小燕亚春雪红秋婷娟", "燕娟丽琴梅霞敏艳云红娟玲"),
    (2100, "梓欣雨思可子诗一佳语若嘉", "涵怡妍萱彤瑶琪玥欣悦颖宁"),
)

_FAMILIES, _WEIGHTS = tuple(_SURNAMES), tuple(_SURNAMES.values())


def surname(rng: Random) -> str:
    """A surname, the common ones more often."""
    return rng.choices(_FAMILIES, _WEIGHTS)[0]


def given_name(rng: Random, *, female: bool, birth_on: date) -> str:
    """One or two characters in the taste of the decade of birth."""
    first, second = next((a, b) for until, a, b in (_WOMEN if female else _MEN) if birth_on.year < until)
    alone = rng.random() < 0.14
    return rng.choice(second) if alone else rng.choice(first) + rng.choice(second)
