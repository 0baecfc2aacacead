"""What happens to those on the register: they leave, lose or gain a member, find work, or are looked at and stay."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from anmin.base.periods import Month
from anmin.demo import courses
from anmin.demo.calendar import first_workday, last_workday, on_or_before, workdays_before, workdays_of
from anmin.demo.county import Citizen, Family, Grace, Known, Member
from anmin.demo.courses import REVIEW, Course
from anmin.demo.families import sizes
from anmin.demo.maker import Maker

if TYPE_CHECKING:
    from anmin.demo.plan import Plan

_DAY = timedelta(days=1)
_TRIES = 400

_SINGLE_ONLY = ("died", "to_tekun", "prison")
_OCCASION = {
    "died": "death",
    "income": "discrepancy",
    "assets": "discrepancy",
    "moved": "reported_change",
    "to_tekun": "reported_change",
    "withdrawn": "withdrawal",
    "uncooperative": "periodic",
    "false_declaration": "complaint",
    "prison": "discrepancy",
    "to_other": "reported_change",
}
_REPORT = {
    "died": "殡葬信息比对：保障对象已死亡。",
    "income": "信息核对发现家庭成员新增工资收入，人均收入超过低保标准。",
    "assets": "信息核对发现家庭金融资产超过规定限额。",
    "moved": "家庭报告户籍已迁出本市。",
    "to_tekun": "经审核转为特困人员救助供养。",
    "withdrawn": "家庭书面申请自愿退出低保。",
    "uncooperative": "定期复核中拒不配合入户和核对，经书面告知仍不配合。",
    "false_declaration": "群众举报并查实隐瞒收入。",
    "prison": "信息核对发现保障对象已被收监服刑。",
    "to_other": "经审核转入其他保障。",
}


def leave_all(plan: "Plan", make: Maker, rng: Random) -> None:
    """Every change on the register in the half-year, with the review that draws the consequence."""
    desk = _Desk(plan, make, rng)
    desk.remove_families()
    desk.remove_members()
    desk.add_members()
    desk.give_grace()
    desk.keep()
    desk.learn_late()
    desk.leave_open()


class _Desk:
    """Lays out one review after another; no family has two of them."""

    def __init__(self, plan: "Plan", make: Maker, rng: Random) -> None:
        self.plan = plan
        self.scenario = plan.scenario
        self.make = make
        self.rng = rng
        self.count = 0
        last = plan.scenario.period.last_day
        self.free = [family for family in plan.on_register if not any(known.until == last for known in family.head.known)]
        rng.shuffle(self.free)

    def pick(self, fits: Callable[[Family], bool]) -> Family:
        """A family that fits and has nothing going on yet; any that is left where none fits."""
        place = next((n for n, family in enumerate(self.free) if fits(family)), None)
        if place is None:
            raise RuntimeError("the register holds no family that fits; change the scenario")
        return self.free.pop(place)

    def early(self, month: Month) -> date:
        """The day of the month on which towns report changes."""
        return first_workday(month, 4)

    def late(self, month: Month) -> date:
        """The day of the month on which deaths are reported."""
        return on_or_before(month.first_day + 17 * _DAY)

    def lay(
        self, family: Family, month: Month, opens: date, *, occasion: str, report: str, proposal: str, **answers: Any
    ) -> None:
        """The review runs its course and is decided within the month."""
        last = last_workday(month)
        for _ in range(_TRIES):
            course = Course(self.rng, self.plan.staff, family, REVIEW, opens, self.count)
            laid = courses.review(course, occasion=occasion, report=report, proposal=proposal, **answers)
            if laid.day <= last:
                self.count += 1
                self.plan.events.extend(laid.events)
                return
            opens = max(workdays_before(opens, 1), self.early(month)) if opens > self.early(month) else opens
        raise RuntimeError(f"no review of {family.number} can be decided in {month}")

    def opening_day(self, month: Month, arrived: date, slack: int) -> date:
        """A day on which a review may open, after the report and early enough to be decided in the month."""
        days = [day for day in workdays_of(month) if day >= arrived]
        return self.rng.choice(days[: max(1, len(days) - slack)])

    # ── families that leave ──────────────────────────────────────────────────────────────────────────────────────────

    def remove_families(self) -> None:
        scenario, rng = self.scenario, self.rng
        reasons = [reason for reason, count in scenario.removal_reasons.items() for _ in range(count)]
        rng.shuffle(reasons)
        later = [reasons.pop() for _ in range(scenario.removed_later)]
        of_one = [reason for reason in reasons if reason in _SINGLE_ONLY]
        others = [reason for reason in reasons if reason not in _SINGLE_ONLY]
        persons = scenario.removed.persons - scenario.left - len(of_one)
        leaving = [(reason, 1) for reason in of_one]
        leaving += list(zip(others, sizes(len(others), persons, rng), strict=True))
        rng.shuffle(leaving)
        months = scenario.period.months
        late_deaths = scenario.late_deaths
        for month, count in zip(months, scenario.removed_by_month, strict=False):
            for _ in range(count):
                reason, size = leaving.pop()
                late = reason == "died" and late_deaths > 0 and month >= months[0] + 2
                late_deaths -= late
                self.remove(month, reason, size, months_late=2 if late else 0)
        for reason in later:
            self.remove(months[-1], reason, 1, months_late=0)

    def remove(self, month: Month, reason: str, size: int, *, months_late: int) -> None:
        """The family is off the register from the month after."""
        first = self.scenario.period.first_day
        family = self.pick(lambda each: len(each.covered(first)) == size and _fits(reason, each, first))
        arrived = self.late(month) if reason == "died" else self.early(month)
        self.happen(family, reason, month, arrived, months_late)
        opens = self.opening_day(month, arrived, 4 if reason in ("died", "withdrawn") else 12)
        self.lay(family, month, opens, occasion=_OCCASION[reason], report=_REPORT[reason], proposal="stop", end_reason=reason)
        family.covered_until = month.last_day

    def happen(self, family: Family, reason: str, month: Month, arrived: date, months_late: int) -> None:
        """What the files say about it."""
        rng = self.rng
        if reason == "died":
            since = self.late(month - 1) if month > self.scenario.period.months[0] else month.first_day
            day = since + rng.randrange((arrived - since).days) * _DAY
            if months_late:
                day = (month - months_late).first_day + rng.randrange(27) * _DAY
            for person in family.covered(self.scenario.period.first_day):
                person.died_on, person.death_arrives = day, arrived
        elif reason in ("income", "false_declaration"):
            self.finds_work(family, month, arrived)
        elif reason == "assets":
            savings = rng.randint(70, 180) * 1000 * max(1, len(family.members))
            self.learn(family.applicant, "assets.financial", savings * 100, month, arrived, "银行核对")

    def finds_work(self, family: Family, month: Month, arrived: date) -> None:
        """Somebody earns enough for all of them from this month on."""
        first = self.scenario.period.first_day
        covered = family.covered(first)
        worker = next((p for p in covered if 18 <= p.age(first) < 60 and not _unable(p)), covered[0])
        wage = (self.scenario.standard // 100) * (len(covered) + 1) + self.rng.randint(3, 12) * 100
        self.learn(worker, "income.wage", wage * 100, month, arrived, "税务核对")
        self.learn(worker, "work.status", "employed", month, arrived, "人社核对")

    def learn(self, person: Citizen, kind: str, value: int | str, month: Month, arrived: date, source: str) -> None:
        since = month.first_day + self.rng.randint(1, max(1, arrived.day - 2)) * _DAY
        person.known.append(Known(kind, value, since, source, arrived))

    # ── members who leave and join ───────────────────────────────────────────────────────────────────────────────────

    def remove_members(self) -> None:
        """One person fewer in a family that stays."""
        scenario, first = self.scenario, self.scenario.period.first_day
        for turn in range(scenario.left):
            month = self.month(turn)
            family = self.pick(lambda each: each.single is None and len(each.covered(first)) > 1 and each.covered_until is None)
            goes = family.covered(first)[-1]
            member = next(member for member in family.members if member.person is goes)
            arrived = self.early(month)
            dies = goes.age(first) >= 50
            happened = max(month.first_day + _DAY, arrived - self.rng.randint(1, 4) * _DAY)
            if dies:
                goes.died_on, goes.death_arrives = happened, arrived
            else:
                member.until, member.end_arrives = happened, arrived
            self.lay(
                family,
                month,
                self.opening_day(month, arrived, 12),
                occasion="death" if dies else "reported_change",
                report=f"家庭成员{goes.name}{'死亡' if dies else '已不再共同生活'}。",
                proposal="change",
                removed=[goes.identity_number],
                end_reason="died" if dies else "left_household",
            )

    def add_members(self) -> None:
        """A child is born into a family, or comes back to it."""
        first = self.scenario.period.first_day
        for turn in range(self.scenario.joined):
            month = self.month(turn)
            family = self.pick(
                lambda each: each.kind in ("ill_couple", "parent_child", "couple_child") and each.head.age(first) < 50
            )
            arrived = self.early(month)
            make = self.make
            make.arrives, make.today = arrived, month.first_day
            make.since = month.first_day + _DAY
            infant = family.head.age(first) < 42
            born = month.first_day - self.rng.randint(3, 25) * _DAY if infant else None
            child = make.person((6, 14), family.village, family.address, family.hukou, family=family.head.name[:1], birth_on=born)
            make.studies(child)
            family.members.append(Member(child, "child", since=make.since, arrives=arrived))
            self.lay(
                family,
                month,
                self.opening_day(month, arrived, 12),
                occasion="reported_change",
                report="家庭新生育一名子女。" if infant else "未成年子女由外地迁回共同生活。",
                proposal="change",
                added=[child.identity_number],
            )

    def month(self, turn: int) -> Month:
        """Months in turn, without the last: its decisions take effect after the half-year."""
        months = self.scenario.period.months[:-1]
        return months[turn % len(months)]

    # ── those who stay ───────────────────────────────────────────────────────────────────────────────────────────────

    def give_grace(self) -> None:
        """Work lifts a family above the standard; it keeps its amount for some months (缓退)."""
        first = self.scenario.period.first_day
        for turn in range(self.scenario.reviews["grace"]):
            month = self.scenario.period.months[2 + turn % 3]
            family = self.pick(
                lambda each: each.kind in ("worker_alone", "ill_couple", "parent_child") and _fits("income", each, first)
            )
            arrived = self.early(month)
            self.finds_work(family, month, arrived)
            self.lay(
                family,
                month,
                self.opening_day(month, arrived, 12),
                occasion="reported_change",
                report="家庭成员实现就业，人均收入超过低保标准，申请缓退。",
                proposal="grace",
                end_reason="income",
                grace_kind="delayed",
            )
            family.grace = Grace((month + 1).first_day)

    def keep(self) -> None:
        """The review comes to nothing new."""
        for turn in range(self.scenario.reviews["kept"]):
            month = self.scenario.period.months[turn % len(self.scenario.period.months)]
            family = self.pick(lambda each: each.review_class in ("A", "C"))
            _due(family, month.last_day)
            self.lay(
                family,
                month,
                self.opening_day(month, first_workday(month, 2), 12),
                occasion="periodic",
                report="定期复核，家庭情况无明显变化。",
                proposal="keep",
            )

    def learn_late(self) -> None:
        """A disability certificate is told two months late: the next roll pays the difference for those months."""
        for turn in range(self.scenario.late_certificates):
            month = self.scenario.period.months[2 + turn % 3]
            family = self.pick(lambda each: each.kind == "elder_alone" and not _certified(each.head))
            arrived = self.early(month)
            issued = (month - 2).first_day + self.rng.randint(2, 24) * _DAY
            for kind, value in (("disability.kind", "physical"), ("disability.grade", 2)):
                family.head.known.append(Known(kind, value, issued, "残联", arrived))
            family.learned_late = arrived

    def leave_open(self) -> None:
        """Reviews under way on the business day."""
        reached = {"opened": "open", "verifying": "start_verification", "proposed": "propose", "told": "tell_family"}
        today = self.scenario.business_day
        for state, step in reached.items():
            for turn in range(self.scenario.reviews[state]):
                family = self.pick(lambda each: each.covered_until is None)
                _due(family, self.scenario.period.last_day)
                stop = state in ("proposed", "told")
                answers: dict[str, Any] = {"end_reason": "income"} if stop else {}
                day = workdays_before(today, (1, 4, 9, 16, 24)[turn % 5])
                self.count += 1
                for _ in range(_TRIES):
                    laid = courses.review(
                        Course(self.rng, self.plan.staff, family, REVIEW, day, self.count),
                        occasion="discrepancy" if stop else "periodic",
                        report="信息核对发现疑点，拟停发。" if stop else "定期复核。",
                        proposal="stop" if stop else "keep",
                        **answers,
                    )
                    events = courses.cut(laid.events, step)
                    if events[-1].on <= today:
                        break
                    day = workdays_before(day, 1)
                self.plan.events.extend(events)


def _due(family: Family, day: date) -> None:
    """The list of the register already said that the family would be looked at by that day."""
    assert family.register is not None
    family.register = type(family.register)(family.register.since, family.register.decided_on, day)


def _unable(person: Citizen) -> bool:
    return any(known.kind == "work.status" and known.value in ("unable", "student") for known in person.known)


def _certified(person: Citizen) -> bool:
    kinds = {known.kind for known in person.known}
    return bool(kinds & {"disability.grade", "illness.severe", "status.veteran"})


def _fits(reason: str, family: Family, on: date) -> bool:
    head = family.head
    if reason == "died":
        return family.single is None and (head.age(on) >= 60 or family.kind == "ill_alone")
    if reason == "to_tekun":
        return family.kind in ("elder_alone", "disabled_alone") and not head.supporters
    if reason == "prison":
        return family.kind == "worker_alone"
    if reason in ("income", "false_declaration"):
        return any(18 <= person.age(on) < 60 and not _unable(person) for person in family.covered(on))
    return True
