"""Builds a demonstration from nothing: files, an empty database, areas and staff, and the half-year day by day."""

import gc
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import override_settings

from anmin.demo import story
from anmin.demo.burials import burials, funeral_rolls
from anmin.demo.caring import around_it, emergencies, visits
from anmin.demo.departments.files import write_deliveries
from anmin.demo.expenses import expenses
from anmin.demo.files import write_files
from anmin.demo.giving import given_once
from anmin.demo.holders.making import hold_others
from anmin.demo.paydays import money_entries
from anmin.demo.place import Place
from anmin.demo.plan import Plan, make_plan
from anmin.demo.player import Player
from anmin.demo.scenario import Scenario
from anmin.demo.staff import StaffMember
from anmin.demo.tuning import tune
from anmin.demo.verifying import verification_entries
from anmin.demo.villages import read_villages
from anmin.demo.visiting import home_checks
from anmin.ground.accounts import actions as accounts
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas import actions as areas
from anmin.ground.areas import queries as places
from anmin.ground.policy.book import policy

_IN_POST_SINCE = date(2020, 1, 1)
_HASHED_QUICKLY = ["anmin.demo.hashing.DemoHasher"]

Tell = Callable[[str, int, int], None]
"""Told what is going on, how far it is, and how much there is."""

DIARY, ANSWERS, STAFF = "events.csv", "bank_answers.csv", "staff.csv"


@dataclass(frozen=True)
class Login:
    """An account with which somebody may look around."""

    username: str
    name: str
    role: str
    area: str


def clear(place: Place) -> None:
    """What an earlier build left is gone."""
    for path in place.contents:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def plan_and_write(scenario: Scenario, place: Place) -> Plan:
    """The files of the scenario lie in the folder: what the county sends, the diary, the bank's answers, the staff list."""
    county, villages = read_villages(Path(settings.COUNTY_DIR) / "areas.csv")
    plan = make_plan(scenario, county, villages)
    tune(plan, policy())
    hold_others(plan, villages, policy())
    parcels = write_files(plan, place.files)
    towns = sorted({village.town for village in villages})
    plan.events.extend((*emergencies(plan), *expenses(plan), *burials(plan)))
    deliveries = write_deliveries(plan, place.files)
    entries = [*given_once(plan, towns), *home_checks(plan), *visits(plan), *money_entries(plan), *around_it(plan)]
    entries += funeral_rolls(plan)
    entries += verification_entries(plan, deliveries)
    story.write_diary(story.diary(plan, parcels, entries), place.files / DIARY)
    story.write_bank_answers(plan, place.files / ANSWERS)
    story.write_staff(plan.staff.members, place.files / STAFF)
    return plan


def play_files(scenario: Scenario, place: Place, tell: Tell) -> None:
    """A fresh database holds what the files tell: areas, staff, and everything that was done until the business day."""
    tell("建立数据库", 0, 1)
    place.data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    tell("装载区划和工作人员", 0, 1)
    areas.load_areas(path=Path(settings.COUNTY_DIR) / "areas.csv", actor=SYSTEM, on=scenario.opens_on)
    employ(story.read_staff(place.files / STAFF), scenario.opens_on)
    player = Player(place.files, story.read_bank_answers(place.files / ANSWERS))
    entries = story.read_diary(place.files / DIARY)
    done = 0
    with _rarely_swept():
        for _, of_day in groupby(entries, key=lambda entry: entry.on):
            _count_again()
            # A commit costs more than a step, so a day is committed as one; nobody else is at work here.
            with transaction.atomic():
                for entry in of_day:
                    tell(_caption(entry), done, len(entries))
                    player.play(entry)
                    done += 1
    tell("完成", done, len(entries))


def _count_again() -> None:
    """PostgreSQL knows how much lies in its tables: nobody waits here for it to look by itself, and unasked it plans for none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def _rarely_swept() -> Iterator[None]:
    """Python looks for circles of dead objects a hundred times less often: the looking took a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(before[0] * 100, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _caption(entry: story.Entry) -> str:
    if entry.what == story.IMPORT:
        return f"{entry.on} 导入 {entry.about.partition('|')[2].split('_', 2)[-1]}"
    if entry.what == story.STEP:
        return f"{entry.on} 办理低保申请和复核"
    return f"{entry.on} {entry.what} {entry.about}"


def employ(members: Sequence[StaffMember], on: date) -> None:
    """Everybody on the staff list has an account and a post."""
    roles = {str(role.label): role for role in Role}
    # A printed password needs no slow hash; signing in replaces it by an ordinary one.
    with override_settings(PASSWORD_HASHERS=_HASHED_QUICKLY):
        for member in members:
            area = places.by_name(SYSTEM, member.area)
            staff = accounts.create_staff(
                username=member.username,
                name=member.name,
                password=settings.DEMO_PASSWORD,
                phone=member.phone,
                actor=SYSTEM,
                on=on,
            )
            accounts.assign_role(staff=staff, role=roles[member.role], area=area, valid_from=_IN_POST_SINCE, actor=SYSTEM, on=on)
            accounts.set_password(staff=staff, password=settings.DEMO_PASSWORD, must_change=False, actor=SYSTEM, on=on)


def logins(place: Place) -> Iterator[Login]:
    """One account for each post."""
    seen: set[str] = set()
    for member in story.read_staff(place.files / STAFF):
        if member.role not in seen:
            seen.add(member.role)
            yield Login(member.username, member.name, member.role, member.area)
