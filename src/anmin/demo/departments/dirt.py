"""How numbers and names look in the files of others: full width, old numbers, stars, slips of a finger, other characters."""

from random import Random

_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_TRADITIONAL = str.maketrans(
    "国华兰凤宝贵长锦东卫爱荣龙张陈刘杨孙钱许吴韩蒋贲", "國華蘭鳳寶貴長錦東衛愛榮龍張陳劉楊孫錢許吳韓蔣賁"
)
_SOUNDS_ALIKE = str.maketrans("芳英珍琴莲余美志建明洪", "方瑛真勤连俞镁治健鸣红")
_FIRST_YEAR_OF_LONG_NUMBERS = 2000


def number(identity_number: str, rng: Random) -> str:
    """The number as somebody else wrote it down."""
    kind = rng.choice(("wide", "small", "spaced", "old", "masked", "wrong", "swapped", "missing"))
    if kind == "wide":
        return identity_number.translate(_WIDE)
    if kind == "small":
        return identity_number.lower()
    if kind == "spaced":
        return f"{identity_number[:6]} {identity_number[6:14]} {identity_number[14:]}"
    if kind == "old" and int(identity_number[6:10]) < _FIRST_YEAR_OF_LONG_NUMBERS:
        return identity_number[:6] + identity_number[8:17]
    if kind == "masked":
        return f"{identity_number[:6]}********{identity_number[14:]}"
    place = rng.randint(6, 15)
    if kind == "wrong":
        other = str((int(identity_number[place]) + rng.randint(1, 9)) % 10)
        return identity_number[:place] + other + identity_number[place + 1 :]
    if kind == "swapped":
        return identity_number[:place] + identity_number[place + 1] + identity_number[place] + identity_number[place + 2 :]
    return "" if kind == "missing" else identity_number


def name(given: str, rng: Random) -> str:
    """The name as somebody else wrote it down."""
    kind = rng.choice(("traditional", "alike", "spaced", "noted"))
    if kind == "traditional":
        return given.translate(_TRADITIONAL)
    if kind == "alike":
        return given[0] + given[1:].translate(_SOUNDS_ALIKE)
    return " ".join(given) if kind == "spaced" else f"{given}（本人）"
