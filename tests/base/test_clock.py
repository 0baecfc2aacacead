from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from anmin.base import clock

LATE_IN_LONDON = datetime(2024, 6, 30, 18, 30, tzinfo=UTC)  # in Shanghai it is 02:30 on 1 July


@pytest.fixture(autouse=True)
def thawed():
    clock.freeze(None)
    yield
    clock.freeze(None)


@time_machine.travel(LATE_IN_LONDON, tick=False)
def test_today_is_the_day_in_shanghai():
    assert clock.today() == date(2024, 7, 1)


@time_machine.travel(LATE_IN_LONDON, tick=False)
def test_instant_of_today_is_now():
    assert clock.instant(date(2024, 7, 1)) == LATE_IN_LONDON


@time_machine.travel(LATE_IN_LONDON, tick=False)
def test_instant_of_another_day_is_noon_in_shanghai():
    assert clock.instant(date(2024, 6, 30)) == datetime(2024, 6, 30, 4, 0, tzinfo=UTC)


@time_machine.travel(LATE_IN_LONDON, tick=False)
def test_a_frozen_day_is_today_until_it_is_given_back():
    clock.freeze(date(2024, 1, 15))
    frozen = (clock.today(), clock.is_frozen())
    clock.freeze(None)
    assert (frozen, clock.today(), clock.is_frozen()) == ((date(2024, 1, 15), True), date(2024, 7, 1), False)


@time_machine.travel(LATE_IN_LONDON, tick=False)
def test_instant_of_a_frozen_day_has_the_time_on_the_wall():
    clock.freeze(date(2024, 1, 15))
    assert clock.instant(date(2024, 1, 15)) == datetime(2024, 1, 15, 2, 30, tzinfo=clock.SHANGHAI)


@time_machine.travel(LATE_IN_LONDON, tick=False)
def test_on_a_frozen_day_the_day_on_the_wall_is_another_day():
    clock.freeze(date(2024, 1, 15))
    assert clock.instant(date(2024, 7, 1)) == datetime(2024, 7, 1, 12, 0, tzinfo=clock.SHANGHAI)


@time_machine.travel(LATE_IN_LONDON, tick=False)
def test_the_true_instant_is_never_frozen():
    clock.freeze(date(2024, 1, 15))
    assert clock.true_instant() == LATE_IN_LONDON


def test_instants_know_their_offset():
    assert clock.instant(date(2024, 1, 15)).utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("takes_a_day", [clock.freeze, clock.instant])
def test_an_instant_in_place_of_a_day_is_refused(takes_a_day):
    with pytest.raises(TypeError):
        takes_a_day(LATE_IN_LONDON)
