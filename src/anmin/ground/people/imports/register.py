"""Whom the rows of a file mean: all persons of a file are found in one go, by the blind index of their numbers."""

from anmin.base.names import match_key
from anmin.ground.imports.forms import Incoming, Row
from anmin.ground.people.models import Household, Person
from anmin.ground.people.secrecy import blind_index
from anmin.ground.people.writing import chunks

_UNKNOWN = "该身份证号尚未登记，请先导入或登记人员。"
_ELSEWHERE = "该人员不在您负责的范围内，请由其所在镇（街道）或科室办理。"


class Register:
    """The registered persons whose identity numbers stand in these columns of the file."""

    def __init__(self, incoming: Incoming, *keys: str) -> None:
        self.incoming = incoming
        numbers = {row[key] for row in incoming.sound for key in keys if row[key]}
        self.index = {number: blind_index(number) for number in numbers}
        found: dict[str | None, Person] = {}
        for some in chunks(list(self.index.values())):
            for person in Person.objects.filter(identity_index__in=some).select_related("area"):
                found[person.identity_index] = person
        self._persons = {number: found[index] for number, index in self.index.items() if index in found}

    def person(self, number: str) -> Person | None:
        return self._persons.get(number)

    def sees(self, person: Person) -> bool:
        return self.incoming.actor.sees(person.area.path)

    def required(self, row: Row, key: str, *, in_scope: bool = True) -> Person | None:
        """The person of the column; without one, or (`in_scope`) one out of reach, a problem is added and None returned."""
        person = self.person(row[key])
        if person is None:
            self.incoming.wrong(row, key, _UNKNOWN)
        elif in_scope and not self.sees(person):
            self.incoming.wrong(row, key, _ELSEWHERE)
            return None
        return person

    def check_name(self, row: Row, person: Person, key: str = "name") -> None:
        """Adds a problem when the name in the file is another than the registered one, which the sentence does not tell."""
        given = row.get(key)
        if given and match_key(given) != person.name_key:
            self.incoming.wrong(row, key, f"“{given}”与该身份证号登记的姓名不一致，请核对是哪一项填错。")


def households(incoming: Incoming) -> dict[str, Household]:
    """The registered households whose numbers stand in the file."""
    found: dict[str, Household] = {}
    for some in chunks(list({row["number"] for row in incoming.sound})):
        for household in Household.objects.filter(number__in=some).select_related("area", "head"):
            found[household.number] = household
    return found


def repeated(incoming: Incoming, key: str, what: str) -> None:
    """Adds a problem to each row that repeats the value of an earlier one."""
    first: dict[str, int] = {}
    for row in incoming.sound:
        if row[key] in first:
            incoming.wrong(row, key, f"与第 {first[row[key]]} 行是{what}，请只保留一行。")
        else:
            first[row[key]] = row.number
