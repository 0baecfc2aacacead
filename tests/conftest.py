"""The fixed cast: two towns, three villages, and one person in each role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.queries import actor_of
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level
from tests.flushing import unlocked

TODAY = date(2024, 7, 1)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser begins: its walks are the longest tests, and the short ones fill what is left at the end."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


class WalksApart(LoadFileScheduling):
    """A file stays with one process, but each walk through the browser goes to whichever is free."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith("tests/browser/") else str(super()._split_scope(nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WalksApart:
    """In the order above: left to itself the scheduler begins with the files of most tests, and the walks come last."""
    config.option.loadscopereorder = False
    return WalksApart(config, log)


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_locks() -> Iterator[None]:
    """Tests that commit can be cleaned up although some rows never change."""
    with unlocked():
        yield


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


def make_area(code: str, name: str, level: Level, parent: Area | None) -> Area:
    path = f"{parent.path if parent else ''}{code}/"
    return Area.objects.create(code=code, name=name, level=level, parent=parent, path=path, valid_from=date(2000, 1, 1))


@pytest.fixture
def county(db: None) -> County:
    top = make_area("1", "海安市", Level.COUNTY, None)
    qutang = make_area("101", "曲塘镇", Level.TOWN, top)
    baidian = make_area("102", "白甸镇", Level.TOWN, top)
    return County(
        county=top,
        qutang=qutang,
        baidian=baidian,
        liuqiao=make_area("10101", "刘桥村", Level.VILLAGE, qutang),
        sunzhuang=make_area("10102", "孙庄社区", Level.VILLAGE, qutang),
        zoufeng=make_area("10201", "邹冯村", Level.VILLAGE, baidian),
    )


PASSWORD = "right-horse-42"


def make_staff(username: str, name: str, role: Role, area: Area) -> Actor:
    staff = Staff(username=username, name=name)
    staff.set_password(PASSWORD)
    staff.save()
    RoleAssignment.objects.create(staff=staff, role=role, area=area, valid_from=date(2020, 1, 1))
    return actor_of(staff_id=staff.pk, on=TODAY)


@pytest.fixture
def cast(county: County) -> Cast:
    return Cast(
        clerk=make_staff("clerk", "王经办", Role.TOWN_CLERK, county.qutang),
        second_clerk=make_staff("clerk2", "吴经办", Role.TOWN_CLERK, county.qutang),
        clerk_next_door=make_staff("clerk_next_door", "邻经办", Role.TOWN_CLERK, county.baidian),
        reviewer=make_staff("reviewer", "李审核", Role.SECTION_REVIEWER, county.county),
        second_reviewer=make_staff("reviewer2", "钱审核", Role.SECTION_REVIEWER, county.county),
        decision_maker=make_staff("decision_maker", "赵确认", Role.DECISION_MAKER, county.county),
        cashier=make_staff("cashier", "孙发放", Role.CASHIER, county.county),
        second_cashier=make_staff("cashier2", "沈发放", Role.CASHIER, county.county),
        leader=make_staff("leader", "周局长", Role.LEADER, county.county),
        auditor=make_staff("auditor", "郑审计", Role.AUDITOR, county.county),
        administrator=make_staff("administrator", "冯管理", Role.ADMINISTRATOR, county.county),
    )
