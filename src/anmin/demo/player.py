"""Plays the diary: staff bring in files, move cases and pay, each through the same actions that the pages call.

One small function for each kind of entry. Nothing here decides anything: what an entry says is tried, and a refusal stops
the play.
"""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.demo import story
from anmin.demo.caring import Carers
from anmin.demo.story import Entry
from anmin.demo.verifying import Verifiers
from anmin.demo.visiting import Visitors
from anmin.ground.accounts import queries as accounts
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.areas import queries as areas
from anmin.ground.cases import actions as cases
from anmin.ground.entitlements import actions as groups
from anmin.ground.entitlements import group_queries
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.imports import actions as imports
from anmin.ground.payments import actions as payments
from anmin.ground.payments import queries as paid
from anmin.ground.payments.vocabulary import PaymentState
from anmin.ground.people import queries as people
from anmin.lines.assistance.campaigns import actions as campaigns
from anmin.lines.assistance.campaigns import queries as given
from anmin.lines.assistance.temporary import actions as temporary

if TYPE_CHECKING:
    from anmin.ground.cases.models import Case
    from anmin.ground.payments.models import Roll
    from anmin.ground.people.models import Household

_OPENING = {"apply", "open", "report", "raise"}
_PERSONS = ("consented_by", "applied_for", "covered", "payee", "removed", "added")
_STAFF = ("investigators", "panel", "attended")


class StoryRefused(Refused):
    """An entry of the diary was refused by the platform; the message is its sentence, with the line it answers."""

    def __init__(self, entry: Entry, why: str) -> None:
        super().__init__(f"{entry.on} {entry.what} {entry.about} {entry.step} {entry.household}：{why}")


class Player:
    """Everybody at work: remembers who is who, which case is open for a family, and what the bank will answer."""

    def __init__(self, files: Path, answers: Mapping[tuple[Month, str], str]) -> None:
        self.files = files
        self.bank = answers
        self.open_cases: dict[tuple[str, str], Case] = {}
        self._actors: dict[str, Actor] = {}
        self._households: dict[str, Household] = {}
        self._persons: dict[str, Any] = {}
        self.verifiers, visitors, carers = Verifiers(self), Visitors(self), Carers(self)
        self._kinds: dict[str, Callable[[Entry], None]] = {
            story.IMPORT: self.bring_file,
            story.STEP: self.move_case,
            story.DECIDE: self.decide_group,
            story.FESTIVAL: self.give_to_all,
            story.ALLOCATE: self.hand_down,
            story.RECEIVE: self.verifiers.receive,
            story.FULL_CHECK: self.verifiers.check_all,
            story.LATE_ANSWER: self.verifiers.answer_late,
            story.LOOK_INTO: self.verifiers.look_into,
            story.WATCH: self.verifiers.watch,
            story.PLAN_VISITS: visitors.plan,
            story.FIX_VISITS: visitors.fix,
            story.VISITS: visitors.visit,
            story.REVIEWS: visitors.review,
            story.VISIT: carers.visit,
            story.GIFTS: carers.hand_over,
            story.INSURE: carers.insure,
            story.INSURED: carers.freeze_insured,
            story.TASKS: carers.lay_tasks,
            story.GENERATE: self.generate_roll,
            story.CHECK: self.check_roll,
            story.APPROVE: self.approve_roll,
            story.SEND: self.send_to_bank,
            story.RETURN: self.bring_return,
            story.RETRY: self.pay_again,
            story.REPAID: self.take_back,
        }

    def play(self, entry: Entry) -> None:
        """The entry has happened. Raises StoryRefused with the platform's own sentence when it may not."""
        try:
            self._kinds[entry.what](entry)
        except (BadValue, Refused) as error:
            raise StoryRefused(entry, error.message) from error

    # ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def bring_file(self, entry: Entry) -> None:
        form, _, name = entry.about.partition("|")
        batch = imports.import_file(form=form, path=self.files / name, name=name, actor=self.actor(entry), on=entry.on)
        if batch.is_refused:
            raise BadValue("；".join(batch.problems[:5]))

    # ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def move_case(self, entry: Entry) -> None:
        key = (entry.about, entry.household)
        actor, answers = self.actor(entry), self.answers(entry)
        if entry.step not in _OPENING:
            name = entry.step
            if name == "receive_verification" and self.verifiers.report(self.open_cases[key], entry):
                name, answers = "take_over_report", {}
            step = cases.take_step(case=self.open_cases[key], step=name, data=answers, note=entry.note, actor=actor, on=entry.on)
            self.open_cases[key] = step
            return
        household = self.household(entry.household)
        applicant = answers.pop("applicant", None)
        self.open_cases[key] = cases.open_case(
            kind=entry.about,
            household=household,
            applicant=self.person(applicant) if applicant else household.head,
            entitlement=self.held(household, entry) if entry.step == "open" else None,
            data=answers,
            note=entry.note,
            actor=actor,
            on=entry.on,
        )

    def held(self, household: "Household", entry: Entry) -> Any:
        """What the family holds of the benefit that the case is about."""
        benefit = entry.about.rpartition(".")[0]
        return entitlements.of_household(SYSTEM, household.pk).filter(benefit=benefit).first()

    def answers(self, entry: Entry) -> dict[str, Any]:
        """What was filled in, with persons and staff as the platform knows them."""
        answers = dict(entry.answers or {})
        for name in _PERSONS:
            if name in answers:
                answers[name] = [self.person(number).pk for number in answers[name]]
        for name in _STAFF:
            if name in answers:
                answers[name] = [self.actor_named(username, entry.on).id for username in answers[name]]
        if "about" in answers:
            answers["about"] = self.open_cases[answers["about"], entry.household].number
        if answers.get("proposal") == "grace":
            answers["previous_amount"] = self.latest_amount(entry)
        return answers

    def latest_amount(self, entry: Entry) -> int:
        """What the latest roll gave the family for its own month, as the clerk reads it from the page of the household."""
        benefit = entry.about.rpartition(".")[0]
        lines = paid.lines_of_household(SYSTEM, self.household(entry.household).pk).filter(entitlement__benefit=benefit)
        return max((line for line in lines if line.for_month == line.roll.month), key=lambda line: line.for_month).due

    # ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def decide_group(self, entry: Entry) -> None:
        """The latest list of that form is decided by somebody who did not propose it."""
        benefit, _, kind = entry.about.rpartition(".")
        kind = {"grants": "grant", "stops": "stop"}[kind]
        group = group_queries.groups(SYSTEM, benefit=benefit, kind=kind, state="proposed").order_by("-id")[0]
        groups.decide_group(group=group, actor=self.actor(entry), on=entry.on)

    # ── what is given once ───────────────────────────────────────────────────────────────────────────────────────────

    def give_to_all(self, entry: Entry) -> None:
        """The festival grant: proposed, frozen, checked and approved by three people; who is too many is left for later."""
        told, first = entry.answers or {}, self.actor(entry)
        month = Month.parse(told["month"])
        made = campaigns.propose_campaign(
            kind=entry.about,
            occasion=told["occasion"],
            cutoff_on=date.fromisoformat(told["cutoff_on"]),
            for_month=month,
            pay_month=month,
            document=told["document"],
            actor=first,
            on=entry.on,
        )
        made = campaigns.freeze_roster(campaign=made, actor=first, on=entry.on)
        listed = [row for row in given.rows(SYSTEM, made) if not row.left_out and row.amount]
        for row in listed:
            if row.person.died_on is not None:
                campaigns.leave_out(row=row, reason="发放前已去世", actor=first, on=entry.on)
        roster = [row for row in listed if row.person.died_on is None]
        for row in roster[told["persons"] :]:
            campaigns.leave_out(row=row, reason="账户异常，核实后另行发放", actor=first, on=entry.on)
        for row in roster[: told["withheld"]]:
            campaigns.withhold_share(row=row, budget="county", reason="市本级部分已由其他渠道发放", actor=first, on=entry.on)
        checker, approver = self.actor_named("shenhe2", entry.on), self.actor_named("queren1", entry.on)
        made = campaigns.check_campaign(campaign=made, actor=checker, on=entry.on)
        campaigns.approve_campaign(campaign=made, actor=approver, on=entry.on)

    def hand_down(self, entry: Entry) -> None:
        told = entry.answers or {}
        temporary.allocate(
            town=areas.by_name(SYSTEM, entry.about),
            amount=told["amount"],
            document=told["document"],
            allocated_on=entry.on,
            actor=self.actor(entry),
            on=entry.on,
        )

    # ── money ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def generate_roll(self, entry: Entry) -> None:
        benefit, _, month = entry.about.partition("|")
        payments.generate_roll(benefit=benefit, month=month, actor=self.actor(entry), on=entry.on)

    def check_roll(self, entry: Entry) -> None:
        payments.check_roll(roll=self.roll(entry), actor=self.actor(entry), on=entry.on)

    def approve_roll(self, entry: Entry) -> None:
        payments.approve_roll(roll=self.roll(entry), actor=self.actor(entry), on=entry.on)

    def send_to_bank(self, entry: Entry) -> None:
        payments.make_bank_file(roll=self.roll(entry), actor=self.actor(entry), on=entry.on)

    def bring_return(self, entry: Entry) -> None:
        """The bank answers the latest file of the roll: what the story says fails, fails."""
        self._answer(entry, self.bank)

    def pay_again(self, entry: Entry) -> None:
        """What failed is mended, sent again, and this time it arrives."""
        actor, roll = self.actor(entry), self.roll(entry)
        failed = list(paid.payments(SYSTEM, roll=roll, state=PaymentState.FAILED))
        for payment in failed:
            payments.release_payment(payment=payment, note="已联系家庭更正账户信息", actor=actor, on=entry.on)
        if failed:
            payments.make_bank_file(roll=roll, actor=actor, on=entry.on)
            self._answer(entry, {})

    def take_back(self, entry: Entry) -> None:
        """Of what was paid too much before this month, two families in three have paid it back."""
        benefit = entry.about.partition("|")[0]
        known = paid.recoveries(SYSTEM).filter(opened_on__lt=entry.on.replace(day=1), entitlement__benefit=benefit)
        for place, recovery in enumerate(list(known)):
            if place % 3:
                payments.record_repayment(
                    recovery=recovery,
                    amount=recovery.amount - recovery.recovered,
                    note="家属退回多领待遇",
                    actor=self.actor(entry),
                    on=entry.on,
                )

    def _answer(self, entry: Entry, refusals: Mapping[tuple[Month, str], str]) -> None:
        file = paid.bank_files_of(SYSTEM, self.roll(entry)).order_by("-id")[0]
        sent = paid.bank_file_content(SYSTEM, file.number)
        assert sent is not None  # it was made a moment or some days ago
        content = bank_answer(sent, Month.parse(entry.about.partition("|")[2]), refusals, entry.on)
        name = f"回盘{file.number}.csv"
        payments.bring_return_file(source=content, name=name, actor=self.actor(entry), on=entry.on)
        (self.files / f"{entry.on}_{name}").write_bytes(content)

    # ── who is who ───────────────────────────────────────────────────────────────────────────────────────────────────

    def actor(self, entry: Entry) -> Actor:
        return self.actor_named(entry.by, entry.on)

    def actor_named(self, username: str, on: date) -> Actor:
        # Nobody in the demonstration changes posts, so one look is enough.
        if username not in self._actors:
            self._actors[username] = accounts.actor_named(username=username, on=on)
        return self._actors[username]

    def household(self, number: str) -> "Household":
        if number not in self._households:
            self._households[number] = people.households(SYSTEM).get(number=number)
        return self._households[number]

    def person(self, identity_number: str) -> Any:
        if identity_number not in self._persons:
            self._persons[identity_number] = people.search(SYSTEM, identity_number).persons[0]
        return self._persons[identity_number]

    def roll(self, entry: Entry) -> "Roll":
        benefit, _, month = entry.about.partition("|")
        found = paid.roll(SYSTEM, benefit, month)
        if found is None:
            raise Refused(f"没有{month}的发放名册。")
        return found


def bank_answer(sent: bytes, month: Month, refusals: Mapping[tuple[Month, str], str], on: date) -> bytes:
    """The return file of a bank that could read every line of ours: all accounts are credited but those of the story."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("参考号", "结果", "原因", "金额", "入账日期"))
    for row in csv.DictReader(io.StringIO(sent.decode("utf-8-sig"), newline="")):
        if row["账号"]:
            reason = refusals.get((month, row["账号"]), "")
            writer.writerow((row["参考号"], "失败" if reason else "成功", reason, row["金额"], "" if reason else str(on)))
    return text.getvalue().encode("gb18030")
