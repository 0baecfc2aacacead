"""The log cannot be changed without it showing."""

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import SYSTEM, Actor, action, permission
from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level
from anmin.ground.audit import chain
from anmin.ground.audit.models import AuditHead, AuditLine
from tests.conftest import TODAY, County, make_area

pytestmark = pytest.mark.capability("RP-08")


def write(county: County, number: int = 1, **more: Any) -> AuditLine:
    given: dict[str, Any] = {"actor_id": None, "actor_name": "系统", "on": TODAY, "summary": f"第 {number} 件事", **more}
    return chain.append(verb="test.done", subject=county.qutang, **given)


@pytest.fixture
def five(county: County) -> list[AuditLine]:
    """A chain of five lines whose table the keeper of the database has unlocked."""
    lines = [write(county, number, basis="依据", details={"number": number}) for number in range(1, 6)]
    unlock()
    return lines


def unlock() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_line_never_changes_update")
            cursor.execute("DROP TRIGGER audit_line_never_changes_delete")
        else:
            cursor.execute("SET LOCAL session_replication_role = 'replica'")


def problems() -> list[tuple[int, str]]:
    return [(found.sequence, found.problem) for found in chain.breaks()]


def test_a_chain_as_it_was_written_holds(five: list[AuditLine]) -> None:
    assert problems() == []


def test_an_empty_log_holds(db: None) -> None:
    assert problems() == []


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "另一件事"},
        {"on": date(2024, 6, 30)},
        {"at": "2024-07-01T00:00:00Z"},
        {"actor_name": "别人"},
        {"verb": "test.undone"},
        {"subject_id": "999"},
        {"subject_kind": "areas.areacode"},
        {"area_id": None},
        {"basis": ""},
        {"details": {"number": 4}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_found(five: list[AuditLine], change: dict[str, Any]) -> None:
    AuditLine.objects.filter(sequence=3).update(**change)
    assert problems() == [(3, "第 3 条记录的内容被改动")]


def test_a_line_removed_from_the_middle_is_found(five: list[AuditLine]) -> None:
    AuditLine.objects.filter(sequence__in=[2, 3]).delete()
    assert problems() == [(2, "缺少第 2 至 3 条记录")]


def test_a_removed_first_line_is_found(five: list[AuditLine]) -> None:
    AuditLine.objects.filter(sequence=1).delete()
    assert problems() == [(1, "缺少第 1 条记录")]


def test_a_removed_tail_is_found(five: list[AuditLine]) -> None:
    AuditLine.objects.filter(sequence__gte=4).delete()
    assert problems() == [(4, "缺少第 4 至 5 条记录")]


def test_a_removal_closed_by_renumbering_is_found(five: list[AuditLine]) -> None:
    AuditLine.objects.filter(sequence=3).delete()
    AuditLine.objects.filter(sequence=4).update(sequence=3)
    AuditLine.objects.filter(sequence=5).update(sequence=4)
    AuditHead.objects.update(length=4)
    assert problems() == [
        (3, "第 3 条记录与上一条不相接"),
        (3, "第 3 条记录的内容被改动"),
        (4, "第 4 条记录的内容被改动"),
    ]


def test_an_inserted_line_is_found(five: list[AuditLine]) -> None:
    for number in (5, 4, 3, 2):
        AuditLine.objects.filter(sequence=number).update(sequence=number + 1)
    AuditLine.objects.create(**{**_columns(five[1]), "sequence": 2, "summary": "插进来的事"})
    AuditHead.objects.update(length=6)
    assert {place for place, _ in problems()} == {2, 3, 4, 5, 6}


def test_a_line_hung_on_at_the_end_is_found(five: list[AuditLine]) -> None:
    AuditLine.objects.create(**{**_columns(five[4]), "sequence": 6, "previous_seal": five[4].seal})
    assert problems() == [(6, "第 6 条记录的内容被改动"), (6, "链尾之后多出 1 条记录")]


def test_a_line_put_before_the_first_is_found(five: list[AuditLine]) -> None:
    AuditLine.objects.create(**{**_columns(five[0]), "sequence": 0})
    assert problems() == [(0, "第 0 条记录是插入的")]


def test_two_lines_that_changed_places_are_found(five: list[AuditLine]) -> None:
    for number, place in ((2, 99), (3, 2), (99, 3)):
        AuditLine.objects.filter(sequence=number).update(sequence=place)
    assert {place for place, _ in problems()} == {2, 3, 4}


def test_a_head_that_says_another_seal_is_found(five: list[AuditLine]) -> None:
    AuditHead.objects.update(seal="0" * 64)
    assert problems() == [(5, "链尾封印与最后一条记录不一致")]


def test_a_tail_cut_together_with_the_head_shows_against_a_seal_noted_elsewhere(five: list[AuditLine]) -> None:
    noted = five[4].seal
    AuditLine.objects.filter(sequence=5).delete()
    AuditHead.objects.update(length=4, seal=five[3].seal)
    assert problems() == []
    assert not chain.holds_seal(noted)
    assert chain.holds_seal(five[3].seal)


def test_a_forged_seal_needs_the_key(five: list[AuditLine], settings: Any) -> None:
    line = AuditLine.objects.get(sequence=5)
    line.summary = "另一件事"
    settings.AUDIT_KEY = b"x" * 16
    forged = chain._seal(line)
    AuditLine.objects.filter(sequence=5).update(summary=line.summary, seal=forged)
    AuditHead.objects.update(seal=forged)
    settings.AUDIT_KEY = b"2" * 16
    assert (5, "第 5 条记录的内容被改动") in problems()


def test_breaks_tells_how_far_it_is(five: list[AuditLine]) -> None:
    passed: list[int] = []
    assert list(chain.breaks(passed.append)) == []
    assert passed == [1, 2, 3, 4, 5]


def test_the_database_refuses_to_change_a_line(county: County) -> None:
    write(county)
    with pytest.raises(IntegrityError, match="audit_line_never_changes"), transaction.atomic():
        AuditLine.objects.update(summary="另一件事")
    assert AuditLine.objects.get().summary == "第 1 件事"


def test_the_database_refuses_to_delete_a_line(county: County) -> None:
    write(county)
    with pytest.raises(IntegrityError, match="audit_line_never_changes"), transaction.atomic():
        AuditLine.objects.all().delete()
    assert AuditLine.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_the_suite_can_clean_up_after_a_committed_line(turn: int) -> None:
    assert chain.length() == 0
    area = make_area("1", "海安市", Level.COUNTY, None)
    with transaction.atomic():
        chain.append(verb="test.done", subject=area, actor_id=None, actor_name="系统", on=TODAY)
    with pytest.raises(IntegrityError, match="audit_line_never_changes"), transaction.atomic():
        AuditLine.objects.all().delete()


def test_details_read_back_fit_their_seal(county: County) -> None:
    write(county, details={"day": TODAY, 7: [1.0, 1e16, None, True], "nested": {"级别": ("a", "b")}, "set": {2, 1}})
    assert problems() == []
    assert AuditLine.objects.get().details == {
        "day": "2024-07-01", "7": ["1.0", "1e+16", None, True], "nested": {"级别": ["a", "b"]}, "set": [1, 2],
    }  # fmt: skip


def test_a_long_summary_is_shortened_instead_of_stopping_the_work(county: County) -> None:
    write(county, summary="长" * 500, basis="据" * 300)
    line = AuditLine.objects.get()
    assert (len(line.summary), line.summary[-1], len(line.basis)) == (400, "…", 200)


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused() -> None:
    area = make_area("1", "海安市", Level.COUNTY, None)
    with pytest.raises(transaction.TransactionManagementError):
        chain.append(verb="test.done", subject=area, actor_id=None, actor_name="系统", on=TODAY)


@permission("总是可以")
def may_always(actor: Actor) -> bool:
    return True


@action("test.failed_halfway", permission=may_always)
def fail_halfway(*, area: Area, after: Callable[[], None], actor: Actor, on: date) -> Area:
    area.name = "改过的名字"
    area.save()
    after()
    return area


def test_a_line_is_taken_back_with_its_action(county: County) -> None:
    def refuse() -> None:
        raise BadValue("不行")

    with pytest.raises(BadValue):
        fail_halfway(area=county.qutang, after=refuse, actor=SYSTEM, on=TODAY)
    county.qutang.refresh_from_db()
    assert county.qutang.name == "曲塘镇"
    assert chain.length() == 0


def test_an_action_is_taken_back_with_its_line(county: County, settings: Any) -> None:
    """Nothing happens that cannot be written down."""
    settings.AUDIT_KEY = None
    with pytest.raises(TypeError):
        fail_halfway(area=county.qutang, after=lambda: None, actor=SYSTEM, on=TODAY)
    county.qutang.refresh_from_db()
    assert county.qutang.name == "曲塘镇"


def test_a_line_costs_three_statements(county: County, django_assert_num_queries: Any) -> None:
    write(county)
    with django_assert_num_queries(3):
        write(county)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time anyway")
def test_two_writers_at_once_keep_one_chain() -> None:
    area = make_area("1", "海安市", Level.COUNTY, None)
    start = Barrier(2)
    failures: list[Exception] = []

    def work(name: str) -> None:
        try:
            start.wait()
            for _ in range(20):
                with transaction.atomic():
                    chain.append(verb="test.done", subject=area, actor_id=None, actor_name=name, on=TODAY)
        except (DatabaseError, RuntimeError) as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(name,)) for name in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert chain.length() == 40
    assert problems() == []


def _columns(line: AuditLine) -> dict[str, Any]:
    return {field.attname: getattr(line, field.attname) for field in AuditLine._meta.concrete_fields if field.attname != "id"}
