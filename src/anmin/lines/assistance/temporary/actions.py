"""Money is handed down to a town."""

from datetime import date

from django.db.models import F

from anmin.base.errors import BadValue
from anmin.base.money import format_yuan
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level
from anmin.lines.assistance.temporary.models import Allocation, TownFund
from anmin.lines.assistance.temporary.permissions import may_allocate
from anmin.lines.assistance.temporary.vocabulary import OPINIONS


@action("allocation.recorded", permission=may_allocate)
def allocate(*, town: Area, amount: int, document: str, allocated_on: date, note: str = "", actor: Actor, on: date) -> Allocation:
    """The town may give so much more by itself; the allocation stands in its ledger for good.

    Basis: 民发〔2018〕23号 (money of the towns for small aid at once). It is no payment to anybody, and is counted apart.
    Refuses: an area that is no town, nothing, no paper, a day to come.
    """
    if town.level != Level.TOWN:
        raise BadValue(f"{town.name}不是镇（街道），资金只下拨到镇（街道）。")
    if amount <= 0:
        raise BadValue("下拨金额应大于零。")
    if not document.strip():
        raise BadValue("请写明下拨依据的文件或拨款单。")
    if allocated_on > on:
        raise BadValue("下拨日期不能晚于今天。")
    made = Allocation(
        town=town,
        amount=amount,
        document=document.strip(),
        allocated_on=allocated_on,
        note=note.strip(),
        recorded_by_id=actor.id,
    )
    made.save(force_insert=True)
    fund, _ = TownFund.objects.get_or_create(town=town)
    TownFund.objects.filter(pk=fund.pk).update(allocated=F("allocated") + amount)
    remark(f"下拨{town.name}临时救助资金 {format_yuan(amount)} 元", basis=OPINIONS, document=made.document)
    return made
