"""Run by test_killed.py as a process of its own: generates a roll, is killed at many moments, and tells what was left behind.

    python killed_roll.py <sqlite:///… or postgresql://…>

Each child generates the roll of the same month and is killed after another while; the parent looks at the database, and lets one
child finish at the end.
"""

import json
import os
import signal
import sys
import time
from datetime import date

FAMILIES = 400
MOMENTS = 14


def build() -> None:
    from anmin.base import clock
    from anmin.ground.accounts.models import RoleAssignment, Staff
    from anmin.ground.areas.models import Area
    from anmin.ground.entitlements.models import Entitlement, EntitlementMember
    from anmin.ground.people.models import Fact, Household, Person
    from tests.stipend_stage import KIND, STIPEND

    top = Area.objects.create(code="1", name="市", level=1, path="1/", valid_from=date(2000, 1, 1))
    staff = Staff.objects.create(username="cashier", name="孙发放", password="!")
    RoleAssignment.objects.create(staff=staff, role="cashier", area=top, valid_from=date(2020, 1, 1))
    people = Person.objects.bulk_create(
        Person(
            name=f"受益人{number}", name_key="", initials="", identity_mask="", birth_on=date(1950, 1, 1), sex="male",
            hukou_kind="rural", area=top,
        )
        for number in range(FAMILIES)
    )  # fmt: skip
    homes = Household.objects.bulk_create(
        Household(number=f"JT{each.pk}", head=each, area=top, hukou_kind="rural", opened_on=date(2020, 1, 1)) for each in people
    )
    day = date(2024, 3, 1)
    held = Entitlement.objects.bulk_create(
        Entitlement(
            number=f"SX{each.pk}", benefit=STIPEND, household=home, holder=each, payee=each, area=top, route="household",
            start_reason="new", review_class="A", decided_on=day, valid_from=day, accounted_from=day,
        )
        for each, home in zip(people, homes, strict=True)
    )  # fmt: skip
    EntitlementMember.objects.bulk_create(
        EntitlementMember(entitlement=each, person_id=each.holder_id, benefit=STIPEND, start_reason="new", valid_from=day)
        for each in held
    )
    at = clock.instant(date(2020, 1, 1))
    Fact.objects.bulk_create(
        Fact(person=each, kind=KIND, amount=10_000, valid_from=date(2020, 1, 1), recorded_at=at, source="test") for each in people
    )


def generate() -> None:
    from anmin.ground.accounts.models import Staff
    from anmin.ground.accounts.queries import actor_of
    from anmin.ground.payments.actions import generate_roll
    from tests.stipend_stage import STIPEND

    day = date(2024, 3, 3)
    actor = actor_of(staff_id=Staff.objects.get().pk, on=day)
    generate_roll(benefit=STIPEND, month="2024-03", actor=actor, on=day)


def child(seconds: float | None) -> float:
    """Forks a process that generates the roll, kills it after so long; gives how long it lived."""
    from django.db import connection

    connection.close()
    started = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        try:
            generate()
            os._exit(0)
        except BaseException:
            os._exit(1)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return time.perf_counter() - started


def left_behind() -> list[int]:
    """Rolls, lines, and audit lines in the database, as a new connection sees them."""
    from anmin.ground.audit.models import AuditLine
    from anmin.ground.payments.models import Roll, RollLine

    return [Roll.objects.count(), RollLine.objects.count(), AuditLine.objects.count()]


def main() -> None:
    os.environ["ANMIN_DATABASE_URL"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "anmin.settings.test"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from anmin.ground.payments.actions import discard_roll
    from anmin.ground.payments.models import Roll
    from anmin.ground.policy import book
    from tests.stipend_stage import register, stipend_policy

    register()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        build()
    with book.use(stipend_policy()):
        whole = child(None)
        complete = left_behind()
        found = []
        for moment in range(MOMENTS):
            roll = Roll.objects.first()
            if roll is not None:
                from anmin.ground.accounts.gate import SYSTEM

                discard_roll(roll=roll, reason="再试", actor=SYSTEM, on=date(2024, 3, 3))
            before = left_behind()
            child(whole * (moment + 1) / MOMENTS)
            after = left_behind()
            found.append([after[place] - before[place] for place in range(3)])
    print(json.dumps({"complete": complete, "after_kill": found}))  # noqa: T201  read by the test


if __name__ == "__main__":
    main()
