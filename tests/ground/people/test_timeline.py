"""What was recorded gives way to what is new without being overwritten."""

from datetime import date

import pytest

from anmin.ground.people.timeline import Change, Overlap, Spell, correct, difference, end, record


def day(month: int, number: int = 1) -> date:
    return date(2024, month, number)


OPEN = Spell(day(1), None, 1500, id=1)
CLOSED = Spell(day(1), day(6, 30), 1500, id=1)


def test_record_writes_what_touches_nothing() -> None:
    new = Spell(day(7), None, 2000)

    assert record([CLOSED], new) == Change((), (new,))


def test_record_ends_what_held_until_further_notice() -> None:
    new = Spell(day(4), None, 2000)

    assert record([OPEN], new) == Change((OPEN,), (Spell(day(1), day(3, 31), 1500, id=1), new))


def test_record_lets_the_old_value_return_after_the_new() -> None:
    new = Spell(day(4), day(5, 31), 2000)

    assert record([OPEN], new) == Change((OPEN,), (Spell(day(1), day(3, 31), 1500, id=1), Spell(day(6), None, 1500, id=1), new))


def test_record_of_the_same_again_changes_nothing() -> None:
    assert record([OPEN], Spell(day(3), day(4, 30), 1500)) == Change()


def test_record_gives_an_end_to_what_had_none() -> None:
    new = Spell(day(1), day(5, 31), 1500)

    assert record([OPEN], new) == Change((OPEN,), (new,))


def test_record_joins_equal_values_that_overlap() -> None:
    assert record([CLOSED], Spell(day(6), None, 1500)) == Change((CLOSED,), (Spell(day(1), None, 1500),))


@pytest.mark.parametrize(
    ("kept", "new"),
    [
        (CLOSED, Spell(day(6), None, 2000)),
        (OPEN, Spell(day(1), None, 2000)),
        (OPEN, Spell(date(2023, 12, 1), day(2), 2000)),
    ],
)
def test_record_refuses_to_contradict(kept: Spell, new: Spell) -> None:
    with pytest.raises(Overlap) as caught:
        record([kept], new)

    assert caught.value.kept == kept


def test_record_refuses_what_reaches_over_two() -> None:
    with pytest.raises(Overlap):
        record([CLOSED, Spell(day(7), None, 1600, id=2)], Spell(day(6), None, 1500))


def test_correct_keeps_what_lies_outside() -> None:
    new = Spell(day(3), day(4, 30), 0)

    assert correct([CLOSED], new) == Change(
        (CLOSED,), (Spell(day(1), day(2, 29), 1500, id=1), Spell(day(5), day(6, 30), 1500, id=1), new)
    )


def test_correct_replaces_several() -> None:
    later = Spell(day(7), None, 1600, id=2)
    new = Spell(day(6), day(7, 31), 0)

    assert correct([CLOSED, later], new) == Change(
        (CLOSED, later), (Spell(day(1), day(5, 31), 1500, id=1), Spell(day(8), None, 1600, id=2), new)
    )


def test_correct_of_the_same_changes_nothing() -> None:
    assert correct([CLOSED], Spell(day(1), day(6, 30), 1500)) == Change()


def test_end_shortens_removes_or_leaves() -> None:
    assert [end(OPEN, day(5, 31)), end(OPEN, date(2023, 12, 31)), end(CLOSED, day(6, 30))] == [
        Change((OPEN,), (Spell(day(1), day(5, 31), 1500, id=1),)),
        Change((OPEN,), ()),
        Change(),
    ]


def test_difference_sees_only_what_changed() -> None:
    assert difference([OPEN, CLOSED], [CLOSED, Spell(day(7), None, 1)]) == Change((OPEN,), (Spell(day(7), None, 1),))
