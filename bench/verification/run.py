"""The full check of a county's roll and its supporters against ten deliveries: seconds, and questions to the database.

    python bench/verification/run.py [rows of each delivery]

4,667 families (6,135 persons) in dibao, 3,307 persons in tekun, 5,000 who owe them support, everybody with a letter and ten
facts; ten deliveries of 20,000 rows each unless said otherwise, in which every twentieth person stands. All invented.
"""

import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TODAY, AS_OF, LONG_AGO = date(2024, 7, 1), date(2024, 6, 15), date(2020, 1, 1)
GOAL_SECONDS = 10
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜"
GIVEN = "秀英桂兰国强建军志明玉珍海燕小红文静永福德贵春梅金凤长根宝林卫东爱华素芳庆丰立新"
FIELDS: dict[str, list[tuple[str, str]]] = {
    "vehicles": [("号牌号码", "苏F{n:05d}"), ("车辆类型", "小型轿车")],
    "real_estate": [("不动产权证号", "苏{n:08d}"), ("规划用途", "成套住宅")],
    "companies": [("企业名称", "海安第{n}厂"), ("登记状态", "存续")],
    "social_insurance": [("单位名称", "海安第{n}厂"), ("缴费基数", "4879")],
    "pensions": [("险种", "城乡居民养老"), ("月养老金", "231.5")],
    "deposits": [("开户银行", "某银行"), ("存款余额", "{n}.00")],
    "deaths": [("死亡日期", "2024-05-17")],
    "marriages": [("婚姻状况", "结婚"), ("配偶姓名", "王某"), ("登记日期", "2020-05-20")],
    "disability_cards": [("残疾类别", "肢体"), ("残疾等级", "3")],
    "school_rolls": [("学校名称", "第{n}中学"), ("学段", "高中")],
}


@contextmanager
def county_of_its_own() -> Iterator[str]:
    """The address of an empty database with a data folder, both gone afterwards."""
    folder = tempfile.mkdtemp(prefix="anmin-verification-")
    os.environ["ANMIN_DATA_DIR"] = folder
    try:
        yield f"sqlite:///{folder}/county.sqlite3"
    finally:
        shutil.rmtree(folder)


def name_of(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2, 2))))


def number_of(chance: random.Random, serial: int) -> str:
    from anmin.base.identity import SYNTHETIC_REGION, make_identity_number

    born = date(1930, 1, 1).toordinal() + (serial * 7919) % 33_000
    return make_identity_number(SYNTHETIC_REGION, date.fromordinal(born), chance.randrange(1000))


def people(chance: random.Random, many: int, area: Any) -> list[tuple[Any, str]]:
    """So many persons with their numbers in clear; no number twice."""
    from anmin.ground.people.models import Person
    from anmin.ground.people.persons import new_person

    made: dict[str, Any] = {}
    serial = Person.objects.count()
    while len(made) < many:
        serial += 1
        number = number_of(chance, serial)
        made.setdefault(
            number,
            new_person(name=name_of(chance), identity_number=number, hukou_kind="rural", area_id=area.pk, phone=""),
        )
    kept = {each.identity_index: number for number, each in made.items()}
    taken = set(Person.objects.filter(identity_index__isnull=False).values_list("identity_index", flat=True))
    fresh = [each for each in made.values() if each.identity_index not in taken]
    Person.objects.bulk_create(fresh, batch_size=500)
    return [(each, kept[each.identity_index]) for each in fresh]


def build(chance: random.Random) -> tuple[Any, list[tuple[Any, str]]]:
    """The county is there; its area, and everybody with a number in clear."""
    from anmin.base import clock
    from anmin.ground.areas.models import Area
    from anmin.ground.areas.vocabulary import Level
    from anmin.ground.entitlements.models import Entitlement, EntitlementMember
    from anmin.ground.people.models import Fact, Household, HouseholdMember, Supporter
    from anmin.ground.verification.models import Consent
    from anmin.ground.verification.sources import SOURCES

    county = Area.objects.create(code="1", name="海安市", level=Level.COUNTY, path="1/", valid_from=LONG_AGO)
    town = Area.objects.create(code="101", name="曲塘镇", level=Level.TOWN, parent=county, path="1/101/", valid_from=LONG_AGO)
    village = Area.objects.create(
        code="10101", name="刘桥村", level=Level.VILLAGE, parent=town, path="1/101/10101/", valid_from=LONG_AGO
    )
    held, supporting = people(chance, 6135 + 3307, village), people(chance, 5000, village)
    sizes = [2] * (6135 - 4667) + [1] * (2 * 4667 - 6135) + [1] * 3307
    at = clock.instant(LONG_AGO)
    homes, members, place = [], [], 0
    for number, size in enumerate(sizes):
        mine = [each for each, _ in held[place : place + size]]
        place += size
        if not mine:
            break
        homes.append(Household(number=f"JT{number:06d}", head=mine[0], area=village, hukou_kind="rural", opened_on=LONG_AGO))
        members.append(mine)
    Household.objects.bulk_create(homes, batch_size=500)
    HouseholdMember.objects.bulk_create(
        [
            HouseholdMember(
                household=home,
                person=each,
                relation="child" if row else "head",
                counted=True,
                valid_from=LONG_AGO,
                recorded_at=at,
            )
            for home, mine in zip(homes, members, strict=True)
            for row, each in enumerate(mine)
        ],
        batch_size=500,
    )
    entitlements = [
        Entitlement(
            number=f"DB{number:06d}",
            benefit="assistance.dibao" if number < 4667 else "assistance.tekun",
            household=home,
            holder=home.head,
            payee=home.head,
            area=village,
            route="household" if number < 4667 else "at_home",
            start_reason="new",
            review_class="A",
            decided_on=LONG_AGO,
            valid_from=LONG_AGO,
            accounted_from=date(2024, 1, 1),
        )
        for number, home in enumerate(homes)
    ]
    Entitlement.objects.bulk_create(entitlements, batch_size=500)
    EntitlementMember.objects.bulk_create(
        [
            EntitlementMember(entitlement=one, person=each, benefit=one.benefit, start_reason="new", valid_from=LONG_AGO)
            for one, mine in zip(entitlements, members, strict=True)
            for each in mine
        ],
        batch_size=500,
    )
    Supporter.objects.bulk_create(
        [
            Supporter(
                dependant=mine[0],
                obligor=each,
                duty="maintain_parent",
                household_income=200_000,
                household_size=3,
                valid_from=LONG_AGO,
                recorded_at=at,
            )
            for mine, (each, _) in zip(members, supporting, strict=False)
        ],
        batch_size=500,
    )
    kinds = ("wage", "business", "property", "pension", "transfer_other")
    known = [f"income.{kind}" for kind in kinds] + [f"assets.{kind}" for kind in ("financial", "homes", "vehicles", "company")]
    Fact.objects.bulk_create(
        [
            Fact(person=each, kind=kind, amount=0, valid_from=LONG_AGO, recorded_at=at, source="申报")
            for each, _ in held
            for kind in known
        ],
        batch_size=500,
    )
    everybody = [*held, *supporting]
    Consent.objects.bulk_create(
        [
            Consent(
                person=each,
                signed_by=each,
                sources=list(SOURCES),
                valid_from=AS_OF,
                valid_until=date(2025, 6, 14),
                recorded_on=AS_OF,
            )
            for each, _ in everybody
        ],
        batch_size=500,
    )
    return county, everybody


def deliver(chance: random.Random, everybody: list[tuple[Any, str]], rows: int) -> None:
    """Ten departments have delivered; every twentieth of our people stands in each file, among strangers."""
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.verification.actions import receive_extract

    for source, fields in FIELDS.items():
        lines = [",".join(["姓名", "公民身份号码", *(label for label, _ in fields)])]
        ours = chance.sample(everybody, len(everybody) // 20)
        said = [(each.name, number) for each, number in ours]
        said += [(name_of(chance), number_of(chance, chance.randrange(10**6))) for _ in range(rows - len(ours))]
        chance.shuffle(said)
        lines += [",".join([*who, *(text.format(n=n) for _, text in fields)]) for n, who in enumerate(said)]
        receive_extract(
            source=source,
            department="",
            file_name=f"{source}.csv",
            content="\n".join(lines).encode(),
            as_of=AS_OF,
            actor=SYSTEM,
            on=TODAY,
        )


def measure(rows: int) -> dict[str, Any]:
    """Builds the county, checks it in full, and gives seconds, questions, hits and findings."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from anmin.base import clock
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.verification.actions import open_campaign
    from anmin.ground.verification.campaigns import run_campaign
    from anmin.ground.verification.models import Finding, Hit, InquiryPerson
    from anmin.ground.verification.vocabulary import Occasion

    clock.freeze(TODAY)
    call_command("migrate", verbosity=0)
    chance = random.Random(1)
    with transaction.atomic():
        county, everybody = build(chance)
    deliver(chance, everybody, rows)
    questions = 0

    def counted(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal questions
        questions += 1
        return execute(sql, params, many, context)

    steps: dict[str, float] = {}
    began, cpu = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        inquiry = open_campaign(occasion=Occasion.FULL, ground="全量核对", area=county, actor=SYSTEM, on=TODAY)
        steps["opened"] = time.perf_counter() - began

        def told(label: str, done: int, of: int) -> None:
            steps[label] = time.perf_counter() - began

        run_campaign(inquiry=inquiry, actor=SYSTEM, on=TODAY, told=told)
    wall = time.perf_counter() - began
    return {
        "persons": InquiryPerson.objects.filter(inquiry=inquiry).values("person").distinct().count(),
        "rows_of_each_delivery": rows,
        "seconds": round(wall, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "questions": questions,
        "hits": Hit.objects.count(),
        "findings": Finding.objects.count(),
        "with_amounts": Finding.objects.filter(amount_after__isnull=False).count(),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "steps": {label: round(seconds, 2) for label, seconds in steps.items()},
    }


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
    os.environ["ANMIN_TODAY"] = ""
    with county_of_its_own() as address:
        os.environ["ANMIN_DATABASE_URL"] = address
        made = measure(rows)
    print(json.dumps(made, ensure_ascii=False, indent=2))
    sys.exit(made["seconds"] > GOAL_SECONDS)


if __name__ == "__main__":
    main()
