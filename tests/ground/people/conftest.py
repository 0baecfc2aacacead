"""A family of the fixed cast's village, entered through the actions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.actions import add_member, open_household, register_person
from anmin.ground.people.models import Household, Person
from tests.conftest import TODAY, Cast, County

OPENED = date(2020, 1, 1)


def number(born: date, sequence: int) -> str:
    return make_identity_number(SYNTHETIC_REGION, born, sequence)


@dataclass(frozen=True)
class Family:
    """张建国 and 李秀英 of 刘桥村 with their son, and 王老五 who lives alone next door in 白甸镇."""

    zhang: Person
    li: Person
    son: Person
    wang: Person
    home: Household


ZHANG, LI = number(date(1955, 3, 12), 1), number(date(1957, 8, 6), 2)
SON, WANG = number(date(1985, 5, 4), 1), number(date(1960, 1, 1), 3)


@pytest.fixture
def family(cast: Cast, county: County) -> Family:
    def register(name: str, identity_number: str, where: object = county.liuqiao) -> Person:
        return register_person(
            name=name, identity_number=identity_number, hukou_kind="rural", area=where, actor=cast.reviewer, on=TODAY
        )

    zhang, li = register("张建国", ZHANG), register("李秀英", LI)
    home = open_household(
        head=zhang,
        area=county.liuqiao,
        hukou_kind="rural",
        opened_on=OPENED,
        number="LQ001",
        actor=cast.clerk,
        on=TODAY,
    )
    add_member(household=home, person=li, relation="spouse", valid_from=OPENED, actor=cast.clerk, on=TODAY)
    return Family(zhang, li, register("张小军", SON), register("王老五", WANG, county.zoufeng), home)


Bring = Callable[..., ImportBatch]


@pytest.fixture
def bring(cast: Cast) -> Bring:
    """Brings a file of the form, written as lines, in the name of the clerk of 曲塘镇 unless told otherwise."""

    def run(form: str, *lines: str, actor: object = None, on: date = TODAY) -> ImportBatch:
        content = "\n".join(lines).encode()
        return import_file(form=form, path=content, name=f"{form}.csv", actor=actor or cast.clerk, on=on)

    return run
