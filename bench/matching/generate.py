"""A made-up register, a department's dirty extract of it, and the truth: the same for the same seed.

    generate.py <folder> <persons> <rows> [<seed>]

writes persons.parquet, extract.parquet and truth.parquet (row, person_id). Half of the rows are of other people, drawn as the
register is: they share its surnames, given names, villages and birth dates. Of the numbers 11 % are written in another form,
3.7 % have wrong digits, 2.2 % are missing, 1.3 % covered, 0.1 % borrowed within the family. All are of regions that do not exist.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

from anmin.ground.verification.matching.characters import table

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱"
    "侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤缪储单仲吉卞景桑窦章鲁葛伍申尤毕聂丛焦柳邢骆岳齐沿梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘"
)
MEN = (
    "明华国建文军平志伟林海永金德春成强龙荣生东刚辉小俊杰峰斌勇宏新正光祥福根宝庆兴云才学贵树玉红亮清波涛超飞浩鹏宇晨轩泽天子家嘉子瑞豪博凯毅彬磊鑫健康"
    "安全友余有良长仁义礼智信忠孝廉洪江河汉湘川山石泉如松柏梓桐楠森森茂业兆景银铁钢铭钧锋锐镇"
)
WOMEN = (
    "英秀兰华玉珍芳丽红梅桂凤霞萍燕娟琴云美静敏淑莲艳春小香慧晓玲芬荣雪洁月爱琳佳怡欣雨婷倩颖薇璐瑶蕾菲晴琪妍悦子涵梓萱诗语思嘉文佩巧翠银彩素惠贞素菊金粉"
    "如存扣网宝跃来根女妹弟囡娣姑珠环钗钏纹绢绣锦绮缨络莉蓉茜荷菱芝芸苹若芙"
)
RARE = "㛃堃喆垚犇淼焱翀赟珺旻昉炘烜煊燊祎禛祺稷甯頔彧昶晞暐曈曦朤槿橦璟璠瓅甪畾砼"
FOREIGN = (
    "阿卜杜热合曼",
    "买买提",
    "古丽娜尔",
    "努尔古丽",
    "艾合买提",
    "热依汗",
    "帕提曼",
    "吐尔逊",
    "木合塔尔",
    "阿依古丽",
    "卡德尔",
    "萨迪克",
)
_VILLAGE = "刘孙邹顾崔丁仲李凌韩蒋洋双中南北东西新联合爱民胜利红星桥庄坝楼舍港湾墩园岸河塘田场渡口堡营"
TOWNS = ("海安", "曲塘", "白甸", "南莫", "墩头", "李堡", "大公", "角斜", "城东", "雅周", "胡集", "孙庄", "滨海", "老坝")
PLACES = np.array([320699, 320698, 320697, 320696, 320695, 329901, 329902, 419903, 519904, 339905, 349906, 429907])
"""Regions that are assigned to no place; the first is the county's own."""

KINDS = {
    "vehicles": ("village", "telephone"),
    "estate": ("village",),
    "companies": ("telephone",),
    "insurance": ("birth_date", "sex"),
    "pensions": ("birth_date", "sex", "village"),
    "deposits": ("telephone",),
    "deaths": ("birth_date", "sex", "village"),
    "disability": ("birth_date", "sex", "village", "telephone"),
    "school": ("birth_date", "sex"),
    "machinery": ("village", "telephone"),
}
"""What each kind of extract holds besides name and number."""

FORMAT, WRONG, NONE, COVERED, BORROWED = 0.11, 0.037, 0.022, 0.013, 0.001
CLASSES = ("clean", "format", "wrong", "none", "covered", "borrowed")
"""What was done to a row's number."""

People = dict[str, np.ndarray]


def people(random: np.random.Generator, count: int, villages: int) -> People:
    """Households with their people: numbers of one's own, names and places as they are spread in a county."""
    sizes = random.choice([1, 2, 3, 4, 5], size=count, p=[0.22, 0.28, 0.26, 0.14, 0.10])
    home = np.repeat(np.arange(count), sizes)[:count]
    place = np.arange(count) - np.searchsorted(home, home)
    chance = 1 / (np.arange(len(SURNAMES)) + 3.0) ** 1.05
    surname = random.choice(len(SURNAMES), size=count, p=chance / chance.sum())
    of_head = surname[np.searchsorted(home, home)]
    surname = np.where((place >= 2) | ((place == 1) & (random.random(count) < 0.3)), of_head, surname)
    sex = random.integers(1, 3, size=count)
    year = 1932 + np.minimum((random.beta(1.9, 1.6, size=count) * 90).astype(int), 89)
    month, day = random.integers(1, 13, size=count), random.integers(1, 29, size=count)
    start = random.random(count) < 0.01
    month, day = np.where(start, 1, month), np.where(start, 1, day)
    sequence = (random.beta(1.1, 2.5, size=count) * 480).astype(int) * 2 + (sex == 1)
    region = PLACES[random.choice(len(PLACES), size=count, p=[0.62, 0.08, 0.06, 0.05, 0.04, *[0.15 / 7] * 7])]
    men = 1 / (np.arange(len(MEN)) + 3.0) ** 1.1
    women = 1 / (np.arange(len(WOMEN)) + 3.0) ** 1.1
    given = [
        np.where(
            sex == 1,
            random.choice(len(MEN), size=count, p=men / men.sum()),
            len(MEN) + random.choice(len(WOMEN), size=count, p=women / women.sum()),
        )
        for _ in range(2)
    ]
    # Most parents take one of the names of their time.
    pool = np.stack(
        [
            np.concatenate([random.choice(len(each), size=600, p=w / w.sum()) + start])
            for each, w, start in ((MEN, men, 0), (WOMEN, women, len(MEN)))
            for _ in range(2)
        ]
    )
    usual = random.random(count) < 0.6
    chance = 1 / (np.arange(600) + 5.0) ** 0.9
    drawn = random.choice(600, size=count, p=chance / chance.sum())
    for place in range(2):
        given[place] = np.where(usual, np.where(sex == 1, pool[place][drawn], pool[2 + place][drawn]), given[place])
    single = random.random(count) < 0.14
    rare = random.random(count) < 0.006
    given[0] = np.where(rare, len(MEN) + len(WOMEN) + random.integers(0, len(RARE), size=count), given[0])
    given[1] = np.where(single, -1, given[1])
    home_telephone = random.random(count) < 0.2
    own = 13000000000 + random.integers(0, 9, size=count) * 100000000 + random.integers(20000000, 99999999, size=count)
    made = {
        "surname": surname, "first": given[0], "second": given[1], "sex": sex, "region": region, "sequence": sequence,
        "birth": year * 10000 + month * 100 + day, "home": home,
        "village": random.integers(0, villages, size=count)[np.searchsorted(home, home)],
        "telephone": np.where(home_telephone, own[np.searchsorted(home, home)], own) * (random.random(count) < 0.75),
        "foreign": np.where(random.random(count) < 0.003, random.integers(0, len(FOREIGN) ** 2, size=count), -1),
    }  # fmt: skip
    _twins(random, made)
    _namesakes(random, made)
    _own_numbers(random, made)
    return made


def _twins(random: np.random.Generator, made: People) -> None:
    """One child in two hundred has a twin: one birth date, one surname, the next number, a like name."""
    count = len(made["home"])
    second = np.flatnonzero((np.diff(made["home"], prepend=-1) == 0) & (random.random(count) < 0.005))
    for column in ("surname", "birth", "region", "first", "sex"):
        made[column][second] = made[column][second - 1]
    made["sequence"][second] = (made["sequence"][second - 1] + 2) % 1000


def _namesakes(random: np.random.Generator, made: People) -> None:
    """One in five hundred bears the name of somebody else born on the same day."""
    count = len(made["home"])
    same = np.flatnonzero(random.random(count) < 0.002)
    of = random.integers(0, count, size=len(same))
    for column in ("surname", "first", "second", "birth", "sex", "foreign"):
        made[column][same] = made[column][of]


def _own_numbers(random: np.random.Generator, made: People) -> None:
    """Nobody has the number of somebody else, but for the few to whom one was issued twice."""
    while True:
        numbers = (made["region"] * 10**8 + made["birth"]) * 1000 + made["sequence"]
        again = _repeated(numbers)
        if not len(again):
            break
        made["sequence"][again] = random.integers(0, 500, size=len(again)) * 2 + (made["sex"][again] == 1)
        late = random.random(len(again)) < 0.2
        made["birth"][again[late]] = made["birth"][again[late]] // 100 * 100 + random.integers(1, 29, size=int(late.sum()))
    made["n17"] = numbers
    twice = np.flatnonzero(random.random(len(numbers)) < 0.0001)
    of = random.integers(0, len(numbers), size=len(twice))
    for column in ("n17", "birth", "sex", "region"):
        made[column][twice] = made[column][of]


def _repeated(numbers: np.ndarray) -> np.ndarray:
    """The places of those that stand before already."""
    ordered = np.sort(numbers)
    several = np.append(ordered[1:][np.diff(ordered) == 0], -1)
    of_several = np.flatnonzero(several[np.searchsorted(several[:-1], numbers)] == numbers)
    order = of_several[np.argsort(numbers[of_several], kind="stable")]
    return np.sort(order[1:][np.diff(numbers[order]) == 0])


def chosen(values: Sequence[str | None], places: np.ndarray) -> pa.Array:
    """For every row the value of its place."""
    return pa.array(values, pa.string()).take(pa.array(places))


def joined(*parts: pa.Array) -> pa.Array:
    """The texts one after the other."""
    return pc.binary_join_element_wise(*parts, "")


def without(texts: pa.Array, missing: np.ndarray) -> pa.Array:
    """The texts but for the missing ones."""
    return pc.if_else(pa.array(missing), pa.scalar(None, pa.string()), texts)


def changed(texts: pa.Array, places: np.ndarray, values: Iterable[str | None]) -> pa.Array:
    """The texts with others in those places, which are in their order."""
    mask = np.zeros(len(texts), dtype=bool)
    mask[places] = True
    return pc.replace_with_mask(texts, mask, pa.array(values, pa.string()))


def full(n17: np.ndarray) -> pa.Array:
    """The 18 places of numbers."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(n17 // 10 ** (16 - place) % 10 * weight for place, weight in enumerate(weights))
    return joined(pa.array(n17).cast(pa.string()), chosen("10X98765432", total % 11))


def names(made: People) -> pa.Array:
    """Names as they are on the card."""
    given = ("", *MEN, *WOMEN, *RARE)
    plain = joined(chosen(SURNAMES, made["surname"]), chosen(given, made["first"] + 1), chosen(given, made["second"] + 1))
    foreign = np.flatnonzero(made["foreign"] >= 0)
    both = [f"{one}·{two}" for one in FOREIGN for two in FOREIGN]
    return changed(plain, foreign, chosen(both, made["foreign"][foreign]))


def villages_of(random: np.random.Generator, count: int) -> list[tuple[str, str]]:
    """Villages with their towns; some share a name."""
    drawn = random.choice(list(_VILLAGE), size=(count, 2))
    ends = random.choice(["村", "社区"], size=count, p=[0.8, 0.2])
    return [(TOWNS[place % len(TOWNS)], "".join(pair) + end) for place, (pair, end) in enumerate(zip(drawn, ends, strict=True))]


def register(random: np.random.Generator, made: People, villages: list[tuple[str, str]]) -> tuple[pa.Table, np.ndarray]:
    """Our persons, and whose record each is: one in five hundred is there twice, a few without a number or with a wrong one."""
    count = len(made["home"])
    whose = np.concatenate([np.arange(count), np.flatnonzero(random.random(count) < 0.002)])
    number = full(made["n17"][whose])
    wrong = np.flatnonzero(random.random(len(whose)) < 0.002)
    number = changed(number, wrong, [wrong_digits(random, each) for each in number.take(wrong).to_pylist()])
    number = without(number, random.random(len(whose)) < 0.003)
    birth = without(days(made["birth"][whose], "iso"), random.random(len(whose)) < 0.02)
    telephone = without(telephones(made["telephone"][whose]), random.random(len(whose)) < 0.15)
    table_ = pa.table(
        {
            "person_id": pa.array(np.arange(len(whose)) + 1),
            "name": names(made).take(whose),
            "identity_number": number,
            "sex": chosen((None, "男", "女"), made["sex"][whose]),
            "birth_date": birth,
            "household_id": pa.array(made["home"][whose] + 1),
            "village": chosen([name for _, name in villages], made["village"][whose]),
            "telephone": telephone,
        }
    )
    return table_, whose


FORMS = {
    "iso": "{}-{:02}-{:02}",
    "slash": "{}/{}/{}",
    "han": "{}年{}月{}日",
    "plain": "{}{:02}{:02}",
    "dot": "{}.{:02}.{:02}",
}
"""The ways in which days are written."""
_YEARS = range(1900, 2031)


def days(births: np.ndarray, form: str) -> pa.Array:
    """Days in one of the ways they are written."""
    written = [FORMS[form].format(year, month, day) for year in _YEARS for month in range(1, 13) for day in range(1, 32)]
    return chosen(written, (births // 10000 - _YEARS[0]) * 372 + (births // 100 % 100 - 1) * 31 + births % 100 - 1)


def telephones(numbers: np.ndarray) -> pa.Array:
    """Numbers as text, None where there is none."""
    return without(pa.array(numbers).cast(pa.string()), numbers == 0)


def wrong_digits(random: np.random.Generator, number: str) -> str:
    """One digit wrong, two exchanged, one missing or too many, two wrong."""
    kind, place = random.random(), int(random.integers(0, 17))
    other = str((int(number[place]) + int(random.integers(1, 10))) % 10)
    if kind < 0.45:
        return number[:place] + other + number[place + 1 :]
    if kind < 0.7:
        unlike = [p for p in range(17) if number[p] != number[p + 1]]
        place = unlike[int(random.integers(0, len(unlike)))]
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if kind < 0.8:
        return number[:place] + number[place + 1 :]
    if kind < 0.87:
        return number[:place] + other + number[place:]
    second = int(random.integers(0, 17))
    once = number[:place] + other + number[place + 1 :]
    return once[:second] + str((int(once[second]) + int(random.integers(1, 10))) % 10) + once[second + 1 :]


def other_form(random: np.random.Generator, number: str) -> str:
    """The same number, written otherwise."""
    kind = int(random.integers(0, 8))
    if kind == 0 and "1900" <= number[6:10] <= "1999":
        return number[:6] + number[8:17]
    if kind == 1:
        return number.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789X"})
    return [
        f"'{number}", f" {number} ", number.lower() + " ", f"{number[:6]} {number[6:14]} {number[14:]}",
        f"{number}\t", f"\u00a0{number}", f"{number[:6]}-{number[6:14]}-{number[14:]}", number.lower() + "\u200b",
    ][kind]  # fmt: skip


def covered(random: np.random.Generator, number: str) -> str:
    """Some places covered, as departments do it."""
    kind = int(random.integers(0, 5))
    return [
        number[:6] + "********" + number[14:], number[:14] + "****", number[:10] + "****" + number[14:],
        number[:3] + "***********" + number[14:], number[:6] + "xxxxxxxx" + number[14:],
    ][kind]  # fmt: skip


class Names:
    """What is done to names on their way into an extract."""

    def __init__(self) -> None:
        given, folded, readings = table()
        usual = set(MEN + WOMEN + SURNAMES)
        sounds: dict[str, list[str]] = defaultdict(list)
        for character, reading in zip(given, readings, strict=True):
            if character in usual:
                sounds[reading].append(character)
        reading_of = dict(zip(given, readings, strict=True))
        self.alike = {
            each: [other for other in sounds[reading_of[each]] if other != each] for each in usual if each in reading_of
        }
        self.traditional = {
            common: character
            for character, common in zip(given, folded, strict=True)
            if common != character and common in usual and "\u4e00" <= character <= "\u9fff"
        }

    def spoilt(self, random: np.random.Generator, name: str) -> str:
        """One thing of many that happens to a name."""
        kind, place = random.random(), int(random.integers(0, len(name)))
        if kind < 0.14:
            alike = self.alike.get(name[place])
            return name[:place] + alike[int(random.integers(0, len(alike)))] + name[place + 1 :] if alike else name
        if kind < 0.36:
            return "".join(self.traditional.get(each, each) for each in name)
        if kind < 0.50:
            return name[0] + "*" + name[2:] if random.random() < 0.6 or len(name) > 4 else name[0] + "*" * (len(name) - 1)
        if kind < 0.70:
            notes = ("（已故）", "(残)", "【低保】", "（户主）", "(曾用名小明)", "1")
            return name + notes[int(random.integers(0, len(notes)))]
        if kind < 0.92:
            return (" " if random.random() < 0.7 else "\u3000").join(name)
        if kind < 0.96 and len(name) > 2:
            return name[:1] + name[2:] if random.random() < 0.5 else name[:-1]
        usual = MEN + WOMEN
        return name[:-1] + usual[int(random.integers(0, len(usual)))]


def extract(
    random: np.random.Generator, here: People, others: People, rows: int, villages: list[tuple[str, str]]
) -> tuple[pa.Table, np.ndarray, np.ndarray]:
    """The rows; of each, whose it is (-1 for others); what was done to its number."""
    of_here = random.integers(0, len(here["home"]), size=rows // 2)
    of_others = random.integers(0, len(others["home"]), size=rows - len(of_here))
    order = random.permutation(rows)
    whose = np.concatenate([of_here, np.full(len(of_others), -1)])[order]
    made = {name: np.concatenate([here[name][of_here], others[name][of_others]])[order] for name in here}
    kind = random.integers(0, len(KINDS), size=rows)
    number, name = full(made["n17"]), names(made)
    chance = random.random(rows)
    limits = np.cumsum([BORROWED, COVERED, NONE, WRONG, FORMAT])
    done = np.searchsorted(limits, chance)
    done = np.array([5, 4, 3, 2, 1, 0])[done]
    number = _borrow(here, whose, done, number)
    for how, spoil in ((1, other_form), (2, wrong_digits), (4, covered)):
        places = np.flatnonzero(done == how)
        number = changed(number, places, [spoil(random, each) for each in number.take(places).to_pylist()])
    none = np.flatnonzero(done == 3)
    number = changed(number, none, random.choice(np.array([None, "无", "-", "0", "不详", ""], dtype=object), size=len(none)))
    # The card of a disabled person begins with the number; most of that kind give only the card.
    card = np.flatnonzero((kind == list(KINDS).index("disability")) & (done == 0) & (random.random(rows) < 0.5))
    cards = [f"{each}{random.integers(1, 8)}{random.integers(1, 5)}" for each in number.take(card).to_pylist()]
    other_number = changed(pa.nulls(rows, pa.string()), card, cards)
    number = changed(number, card, [None] * len(card))
    spoiler = Names()
    spoilt = np.flatnonzero(random.random(rows) < 0.13)
    name = changed(name, spoilt, [spoiler.spoilt(random, each) for each in name.take(spoilt).to_pylist()])
    rare = np.flatnonzero(made["first"] >= len(MEN) + len(WOMEN))
    rare = rare[[random.random() < 0.5 for _ in rare]]
    lost = str.maketrans(dict.fromkeys(RARE, "?"))
    name = changed(name, rare, [each.translate(lost) for each in name.take(rare).to_pylist()])
    columns = _other_columns(random, made, kind, villages)
    return (
        pa.table(
            {
                "row": pa.array(np.arange(rows) + 1),
                "name": name,
                "identity_number": number,
                "other_number": other_number,
                **columns,
            }
        ),
        whose,
        done,
    )


def _borrow(here: People, whose: np.ndarray, done: np.ndarray, number: pa.Array) -> pa.Array:
    """A borrowed number is of somebody else of the same household; who lives alone borrows none."""
    places = np.flatnonzero(done == 5)
    person = whose[places]
    first = np.searchsorted(here["home"], here["home"][person])
    last = np.searchsorted(here["home"], here["home"][person], side="right")
    can = (person >= 0) & (last - first >= 2)
    done[places[~can]] = 0
    lender = np.where(person > first, person - 1, person + 1)[can]
    return changed(number, places[can], full(here["n17"][lender]))


def _other_columns(
    random: np.random.Generator, made: People, kind: np.ndarray, villages: list[tuple[str, str]]
) -> dict[str, pa.Array]:
    rows = len(kind)
    births = made["birth"].copy()
    wrong = np.flatnonzero(random.random(rows) < 0.015)
    how = random.integers(0, 4, size=len(wrong))
    day, month, year = births[wrong] % 100, births[wrong] // 100 % 100, births[wrong] // 10000
    births[wrong] = np.select(
        [how == 0, (how == 1) & (day <= 12), how == 2],
        [(year + 1) * 10000 + month * 100 + day, year * 10000 + day * 100 + month, year * 10000 + (month % 12 + 1) * 100 + day],
        year * 10000 + month * 100 + (day % 28 + 1),
    )
    form = kind % len(FORMS)
    birth = pc.choose(pa.array(form), *(days(births, each) for each in FORMS))
    sex = chosen((None, "男", "女"), np.where(random.random(rows) < 0.004, 3 - made["sex"], made["sex"]))
    moved = np.where(random.random(rows) < 0.18, random.integers(0, len(villages), size=rows), made["village"])
    plain = [name for _, name in villages]
    whole = [f"江苏省海安市{town}镇{name}" for town, name in villages]
    office = [name.replace("村", "村民委员会").replace("社区", "社区居民委员会") for name in plain]
    village = chosen([*plain, *whole, *office], kind % 3 * len(villages) + moved)
    other = 13000000000 + random.integers(0, 9, size=rows) * 100000000 + random.integers(20000000, 99999999, size=rows)
    telephone = telephones(np.where(random.random(rows) < 0.3, other, made["telephone"]))
    given = {"birth_date": birth, "sex": sex, "village": village, "telephone": telephone}
    for column, values in given.items():
        held = np.array([column in fields for fields in KINDS.values()])[kind]
        given[column] = without(values, ~held | (random.random(rows) < 0.05))
    return given


def made_up(persons: int, rows: int, seed: int = 1) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Persons, extract, truth; of the truth also what was done to the number of each row (`done`, rows of others left out)."""
    random = np.random.default_rng(seed)
    villages = villages_of(random, max(20, persons // 450))
    here, others = people(random, persons, len(villages)), people(random, max(rows // 2, 1), len(villages))
    # Somebody else is somebody else: who happens to have a number of ours is taken out by giving him another sequence.
    taken, ours = np.sort(here["n17"]), np.arange(len(others["n17"]))
    while True:
        ours = ours[taken[np.searchsorted(taken[:-1], others["n17"][ours])] == others["n17"][ours]]
        if not len(ours):
            break
        others["n17"][ours] = (
            others["n17"][ours] // 1000 * 1000 + random.integers(0, 500, size=len(ours)) * 2 + (others["sex"][ours] == 1)
        )
    persons_table, records = register(random, here, villages)
    extract_table, whose, done = extract(random, here, others, rows, villages)
    mine = np.flatnonzero(whose >= 0)
    first = pa.table({"row": mine + 1, "person_id": whose[mine] + 1, "done": done[mine].astype(np.int8)})
    # Who stands in the register twice is found as either record.
    twice = records[persons:]
    place = np.searchsorted(twice, whose[mine])
    again = np.append(twice, -1)[place] == whose[mine]
    mine = mine[again]
    second = pa.table({"row": mine + 1, "person_id": persons + 1 + place[again], "done": done[mine].astype(np.int8)})
    return persons_table, extract_table, pa.concat_tables([first, second])


def write(folder: Path, persons: int, rows: int, seed: int) -> None:
    """The three files stand."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in zip(("persons", "extract", "truth"), made_up(persons, rows, seed), strict=True):
        parquet.write_table(made, folder / f"{name}.parquet")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 1)
