"""The fixed cast: two towns, three villages, and one person in each role."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level
from tests.built_county import built_once
from tests.flushing import unlocked

TODAY = date(2024, 7, 1)


HEAVY = ("tests/ground/reports/checking/", "tests/ground/verification/", "tests/lines/assistance/dibao/")
"""Whose files run longest, after the browser's."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin, and the short ones fill what is left at the end.

    Of two processes one builds a county and goes through it with the browser; when the other comes to the demonstration, that
    county is there to copy.
    """

    def place(item: pytest.Item) -> int:
        if item.get_closest_marker("browser"):
            return 0
        if item.nodeid.startswith(HEAVY):
            return 1
        return 2 if item.nodeid.startswith("tests/demo/") else 3

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """What was collected and imported stays to the end: the collector of garbage need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure() -> None:
    """The end is as without."""
    gc.unfreeze()


class WalksTogether(LoadFileScheduling):
    """A file stays with one process; so does all that needs one county: the demonstration, and the walks through the browser."""

    def _split_scope(self, nodeid: str) -> str:
        for folder in ("tests/browser/", "tests/demo/"):
            if nodeid.startswith(folder):
                return folder
        return str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WalksTogether:
    """In the order above: left to itself the scheduler begins with the files of most tests."""
    config.option.loadscopereorder = False
    return WalksTogether(config, log)


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_locks() -> Iterator[None]:
    """Tests that commit can be cleaned up although some rows never change."""
    with unlocked():
        yield


@pytest.fixture(scope="session")
def tiny_county(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the smallest county; all processes of the suite share it."""
    base = tmp_path_factory.getbasetemp()
    return built_once(base if worker_id == "master" else base.parent)


@pytest.fixture(autouse=True)
def business_day() -> Iterator[date]:
    """The suite lives on Monday, 1 July 2024."""
    clock.freeze(TODAY)
    yield TODAY
    clock.freeze(None)


@dataclass(frozen=True)
class County:
    """海安: 曲塘镇 with two villages, 白甸镇 next door with one."""

    county: Area
    qutang: Area
    baidian: Area
    liuqiao: Area
    sunzhuang: Area
    zoufeng: Area


@dataclass(frozen=True)
class Cast:
    """One actor in each role; `clerk` works in 曲塘镇, `clerk_next_door` in 白甸镇, the others for the county."""

    clerk: Actor
    second_clerk: Actor
    clerk_next_door: Actor
    reviewer: Actor
    second_reviewer: Actor
    decision_maker: Actor
    cashier: Actor
    second_cashier: Actor
    leader: Actor
    auditor: Actor
    administrator: Actor


def _area(code: str, name: str, level: Level, parent: Area | None) -> Area:
    path = f"{parent.path if parent else ''}{code}/"
    return Area(code=code, name=name, level=level, parent=parent, path=path, valid_from=date(2000, 1, 1))


def make_area(code: str, name: str, level: Level, parent: Area | None) -> Area:
    made = _area(code, name, level, parent)
    made.save()
    return made


@pytest.fixture
def county(db: None) -> County:
    top = make_area("1", "海安市", Level.COUNTY, None)
    towns = [("101", "曲塘镇"), ("102", "白甸镇")]
    qutang, baidian = Area.objects.bulk_create(_area(*each, Level.TOWN, top) for each in towns)
    villages = [("10101", "刘桥村", qutang), ("10102", "孙庄社区", qutang), ("10201", "邹冯村", baidian)]
    of_village = Area.objects.bulk_create(_area(code, name, Level.VILLAGE, town) for code, name, town in villages)
    return County(top, qutang, baidian, *of_village)


PASSWORD = "right-horse-42"


def make_staff(username: str, name: str, role: Role, area: Area) -> Actor:
    return _staff([(username, name, role, area)])[0]


def _staff(members: list[tuple[str, str, Role, Area]]) -> list[Actor]:
    """So many people, each with a role, in two statements: most tests have the whole cast."""
    password = make_password(PASSWORD)
    made = Staff.objects.bulk_create(Staff(username=username, name=name, password=password) for username, name, _, _ in members)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(staff=staff, role=role, area=area, valid_from=date(2020, 1, 1))
        for staff, (_, _, role, area) in zip(made, members, strict=True)
    )
    return [
        Actor(id=staff.pk, name=staff.name, roles=((role, area.path),))
        for staff, (_, _, role, area) in zip(made, members, strict=True)
    ]


@pytest.fixture
def cast(county: County) -> Cast:
    top = county.county
    return Cast(
        *_staff(
            [
                ("clerk", "王经办", Role.TOWN_CLERK, county.qutang),
                ("clerk2", "吴经办", Role.TOWN_CLERK, county.qutang),
                ("clerk_next_door", "邻经办", Role.TOWN_CLERK, county.baidian),
                ("reviewer", "李审核", Role.SECTION_REVIEWER, top),
                ("reviewer2", "钱审核", Role.SECTION_REVIEWER, top),
                ("decision_maker", "赵确认", Role.DECISION_MAKER, top),
                ("cashier", "孙发放", Role.CASHIER, top),
                ("cashier2", "沈发放", Role.CASHIER, top),
                ("leader", "周局长", Role.LEADER, top),
                ("auditor", "郑审计", Role.AUDITOR, top),
                ("administrator", "冯管理", Role.ADMINISTRATOR, top),
            ]
        )
    )
