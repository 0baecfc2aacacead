"""A missing elder is found again."""

from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.people.models import Fact, Person
from anmin.ground.people.writing import Writing
from anmin.lines.eldercare.allowance.permissions import may_find_elder

KIND = "status.missing"


@action("elder.found", permission=may_find_elder)
def find_elder(*, person: Person, note: str, actor: Actor, on: date) -> Person:
    """The person no longer counts as missing, for none of the days; the next roll pays the months that were held back.

    Basis: the practice of Jiangsu's cities (失踪暂停，找到后补发). What was known before stays readable.
    Refuses: no note on how and where, somebody who is not recorded as missing.
    """
    if not note.strip():
        raise BadValue("请写明何时何地找到、由谁确认。")
    missing = list(Fact.objects.filter(person=person, kind=KIND, amount=1, superseded_at__isnull=True))
    if not missing:
        raise Refused(f"{person.name}没有登记为下落不明，无需办理。")
    Writing(Fact, missing, []).carry_out(on)
    remark(f"{person.name} 已找到：{note.strip()}", since=[str(row.valid_from) for row in missing])
    return person
