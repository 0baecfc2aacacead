"""The draw follows from seed and roll alone, and by the recipe that anybody can follow by hand."""

import hashlib

import pytest

from anmin.base.errors import BadValue
from anmin.lines.assistance.homechecks.drawing import Line, draw, read_roll, roll_hash, roll_text

pytestmark = pytest.mark.capability("SA-14")

LINES = [Line(f"101{village:02d}", f"HA{village}{place:02d}") for village in range(1, 8) for place in range(1, 6)]


def test_the_recipe_done_by_hand_gives_the_same_draw() -> None:
    roll = "".join(sorted(f"{village},{household}\n" for village, household in LINES))
    known = f"蓝球16|{hashlib.sha256(roll.encode()).hexdigest()}"

    def place(word: str) -> str:
        return hashlib.sha256(f"{known}|{word}".encode()).hexdigest()

    villages = sorted({line.village for line in LINES}, key=place)[:3]
    by_hand = [
        (village, household)
        for village in villages
        for household in sorted(
            (line.household for line in LINES if line.village == village), key=lambda number: place(f"{village}|{number}")
        )[:2]
    ]
    assert [tuple(line) for line in draw(LINES, seed="蓝球16", villages=3, households=2)] == by_hand


def test_order_and_repetition_of_the_lines_do_not_matter() -> None:
    twice = [*reversed(LINES), *LINES[:4]]
    assert draw(twice, seed="a", villages=3, households=2) == draw(LINES, seed="a", villages=3, households=2)
    assert roll_hash(twice) == roll_hash(LINES)


def test_another_seed_or_another_roll_is_another_draw() -> None:
    first = draw(LINES, seed="a", villages=3, households=2)
    assert first != draw(LINES, seed="b", villages=3, households=2)
    assert first != draw([*LINES, Line("10199", "HA999")], seed="a", villages=3, households=2)


def test_without_a_number_every_household_of_a_drawn_village_is_visited() -> None:
    drawn = draw(LINES, seed="a", villages=2, households=None)
    assert sorted(drawn) == sorted(line for line in LINES if line.village in {each.village for each in drawn})
    assert len(drawn) == 10


def test_the_plain_file_comes_back_as_it_was_written() -> None:
    assert read_roll(roll_text(LINES)) == sorted(LINES)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"seed": " "}, "请填写抽取种子。"),
        ({"villages": 0}, "名册中有在册家庭的村（社区）共 7 个，抽取个数应在 1 和 7 之间。"),
        ({"villages": 8}, "名册中有在册家庭的村（社区）共 7 个，抽取个数应在 1 和 7 之间。"),
        ({"households": 0}, "每村抽取户数至少为 1；不填即全部核查。"),
    ],
)
def test_what_cannot_be_drawn_is_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(BadValue) as refused:
        draw(LINES, **{"seed": "a", "villages": 1, "households": 1, **given})  # type: ignore[arg-type]  # one helper for all
    assert refused.value.message == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10101,HA1\n10101\n", "名册第 2 行应为“村居代码,户编号”，现在是“10101”。"),
        ("", "名册是空的，没有可以抽取的家庭。"),
    ],
)
def test_a_file_that_is_no_roll_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_roll(text)
    assert refused.value.message == said
