"""A synthetic county for measuring rolls: families with dibao, written straight into the tables, as fast as they go."""

import random
from datetime import date

from anmin.base import clock
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from anmin.ground.people.secrecy import encrypt
from anmin.ground.rows import insert

BEFORE = date(2023, 12, 1)
TOWNS, VILLAGES = 14, 20

PERSON = (
    "id",
    "name",
    "name_key",
    "initials",
    "identity_mask",
    "birth_on",
    "sex",
    "hukou_kind",
    "area_id",
    "address",
    "phone",
    "bank_name",
    "bank_account_cipher",
    "bank_account_mask",
)
HOUSEHOLD = ("id", "number", "head_id", "area_id", "address", "hukou_kind", "opened_on")
MEMBER = ("household_id", "person_id", "relation", "same_hukou", "counted", "absence", "valid_from", "recorded_at")
FACT = ("person_id", "kind", "amount", "code", "valid_from", "recorded_at", "source")
ENTITLEMENT = (
    "id",
    "number",
    "benefit",
    "household_id",
    "holder_id",
    "payee_id",
    "area_id",
    "route",
    "migrated",
    "state",
    "start_reason",
    "end_reason",
    "review_class",
    "decided_on",
    "valid_from",
    "accounted_from",
)
SHARE = ("entitlement_id", "person_id", "benefit", "start_reason", "end_reason", "valid_from")


def build(entitlements: int, seed: int = 1) -> dict[str, int]:
    """The county is there: staff, areas, persons (1.3 a family), ten facts each, entitlements known since January 2024."""
    random.seed(seed)
    villages = _areas()
    at = clock.instant(BEFORE).isoformat(sep=" ")
    day = BEFORE.isoformat()
    account = encrypt("6222021111000000001")
    people, homes, members, facts, held, shares = [], [], [], [], [], []
    for number in range(1, entitlements + 1):
        area = villages[number % len(villages)]
        size = random.choices((1, 2, 3), (78, 16, 6))[0]
        first = len(people) + 1
        for place in range(size):
            person = len(people) + 1
            born = date(random.randint(1935, 2000), random.randint(1, 12), random.randint(1, 28))
            people.append(
                (
                    person,
                    f"甲{person}",
                    f"{person}",
                    "j",
                    "320699****",
                    born.isoformat(),
                    "male",
                    "rural",
                    area,
                    "",
                    "",
                    "测试银行",
                    account,
                    "****0001",
                )
            )
            relation = "head" if place == 0 else "spouse" if place == 1 else "child"
            members.append((number, person, relation, True, True, "", day, at))
            facts += [(person, kind, amount, None, day, at, "bench") for kind, amount in _amounts()]
            facts.append((person, "work.status", None, "unable", day, at, "bench"))
            shares.append((number, person, "assistance.dibao", "migrated", "", day))
        homes.append((number, f"JT{number:07d}", first, area, "", "rural", day))
        held.append(
            (
                number,
                f"DB2023{number:06d}",
                "assistance.dibao",
                number,
                first,
                first,
                area,
                "household",
                True,
                "in_force",
                "migrated",
                "",
                "A",
                day,
                day,
                "2024-01-01",
            )
        )
    insert(Person, PERSON, people)
    insert(Household, HOUSEHOLD, homes)
    insert(HouseholdMember, MEMBER, members)
    insert(Fact, FACT, facts)
    insert(Entitlement, ENTITLEMENT, held)
    insert(EntitlementMember, SHARE, shares)
    return {"entitlements": len(held), "persons": len(people), "facts": len(facts)}


def _amounts() -> list[tuple[str, int]]:
    wage = random.choice((0, 0, 0, 30_000, 60_000))
    return [
        ("income.wage", wage),
        ("income.business", 0),
        ("income.property", random.choice((0, 5_000))),
        ("income.pension", random.choice((0, 22_500, 25_000))),
        ("income.pension_central", 10_300),
        ("income.transfer_other", 0),
        ("assets.financial", random.randint(0, 500_000)),
        ("assets.homes", 1),
        ("illness.severe", random.choice((0, 0, 0, 1))),
    ]


def _areas() -> list[int]:
    top = Area.objects.create(code="1", name="测试市", level=1, path="1/", valid_from=date(2000, 1, 1))
    villages = []
    for town in range(TOWNS):
        code = f"1{town + 1:02d}"
        above = Area.objects.create(
            code=code, name=f"第{town + 1}镇", level=2, parent=top, path=f"1/{code}/", valid_from=date(2000, 1, 1)
        )
        for village in range(VILLAGES):
            own = f"{code}{village + 1:02d}"
            villages.append(
                Area.objects.create(
                    code=own, name=f"{own}村", level=3, parent=above, path=f"{above.path}{own}/", valid_from=date(2000, 1, 1)
                ).pk
            )
    for username, role in (("cashier", Role.CASHIER), ("cashier2", Role.CASHIER), ("leader", Role.LEADER)):
        staff = Staff.objects.create(username=username, name=username, password="!")
        RoleAssignment.objects.create(staff=staff, role=role, area=top, valid_from=date(2020, 1, 1))
    return villages
