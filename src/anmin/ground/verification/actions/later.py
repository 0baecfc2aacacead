"""Registers that answer later: that they were asked, what they answered in the end, or that they did not."""

from collections.abc import Sequence
from datetime import date

from anmin.base import clock
from anmin.base.dci.messages import AnswerItem
from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.verification.gathering import signed
from anmin.ground.verification.late import take_more, waiting_in
from anmin.ground.verification.models import RegistryQuestion
from anmin.ground.verification.permissions import may_send_questions, may_take_answers
from anmin.ground.verification.persons import persons_table
from anmin.ground.verification.questions import ASKED_AFTER, GIVEN_UP_AFTER, WAITS, close, outstanding
from anmin.ground.verification.registry_interface import connections
from anmin.ground.verification.registry_interface.answers import Progress
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import OUTSTANDING, QuestionState

FINAL = frozenset({"succ", "rjct"})
"""What a question may have come to; anything else means that it is still being worked on."""


@action("verification.register_asked", permission=may_send_questions)
def record_sending(
    *, question: RegistryQuestion, correlation_id: str = "", problem: str = "", actor: Actor, on: date
) -> RegistryQuestion:
    """The register has acknowledged the question, or it waits for another try, or is given up as unavailable.

    Basis: that of the inquiry. An answer that came quicker than the acknowledgement stands.
    """
    found = _locked(question)
    if found.state != QuestionState.TO_SEND:
        return found
    now = clock.true_instant()
    found.tries, found.problem = found.tries + 1, problem[:120]
    if not problem:
        found.state, found.correlation_id, found.next_try_at = QuestionState.ASKED, correlation_id[:99], now + ASKED_AFTER
    elif found.tries <= len(WAITS):
        found.next_try_at = now + WAITS[found.tries - 1]
    found.save()
    if problem and found.tries > len(WAITS):
        close(found, problem)
    words = f"{found.inquiry.number}：向登记接口查询{SOURCES[found.source].label}{len(found.references)}人"
    remark(f"{words}没有送达：{problem}" if problem else f"{words}，等待答复", basis=found.inquiry.ground, tries=found.tries)
    return found


@action("verification.register_answered", permission=may_take_answers)
def take_answer(
    *, question: RegistryQuestion, items: Sequence[AnswerItem], caller: str, actor: Actor, on: date
) -> RegistryQuestion:
    """What the register answered about those it was asked about is taken as a supplementary check; findings are added.

    Whoever it says is still being worked on is waited for. About whom it answers with somebody else's record, with a garbled one,
    or whose letter has ended meanwhile, there is no answer.
    Basis: that of the inquiry. Refuses a question that is answered already, and one that was settled in another way.
    """
    found = _locked(question)
    label, inquiry = SOURCES[found.source].label, found.inquiry
    if found.state not in OUTSTANDING:
        raise Refused("这一查询已经答复过，或者已不再等待，答复没有接收。")
    if not waiting_in(inquiry).filter(source=found.source).exists():
        raise Refused(f"{inquiry.number}的{label}已由其他途径比对，答复没有接收。")
    final = [each for each in items if each.status in FINAL]
    named = {each.reference_id for each in final}
    told = {ref: person for ref, person in found.references.items() if ref in named and ref not in found.answered}
    strangers = len({each.reference_id for each in items} - found.references.keys())
    progress = Progress()
    if told:
        connection = connections()[found.source]
        letters = signed(told.values(), found.source, on)
        people = {row["person_id"]: row for row in persons_table(dict.fromkeys(told.values())).to_pylist()}
        progress.take(connection, final, {ref: people[person] for ref, person in told.items() if person in letters}, on)
        progress.failed |= {person: "授权书已失效，答复没有采用" for person in told.values() if person not in letters}
        found.answered = [*found.answered, *told]
        if len(found.answered) == len(found.references):
            found.state, found.done_at = QuestionState.ANSWERED, clock.true_instant()
        found.problem = ""
        found.save()
    answer = progress.answer(connections()[found.source], f"{found.transaction_id}#{len(found.answered)}", on)
    others = outstanding().filter(inquiry=inquiry, source=found.source).exists()
    findings = 0
    if told and (progress.answered or not others):
        # While others are awaited, a source that has answered about nobody is still awaited.
        findings = take_more(inquiry, found.source, answer, frozenset(told.values()), on=on)
    remark(
        f"{inquiry.number}：{answer.sentence.removesuffix('。')}，新增疑点{findings}条"
        if told
        else f"{inquiry.number}：{label}仍在办理",
        basis=inquiry.ground,
        **({"strangers": strangers} if strangers else {}),
    )
    return found


@action("verification.register_asked_after", permission=may_send_questions)
def record_asking_after(
    *, question: RegistryQuestion, transaction_id: str, problem: str = "", actor: Actor, on: date
) -> RegistryQuestion:
    """The register is being asked what became of a question, or could not be; after a month nothing is waited for any more.

    Basis: that of the inquiry.
    """
    found = _locked(question)
    if found.state != QuestionState.ASKED:
        return found
    now = clock.true_instant()
    found.status_transaction_id, found.next_try_at = transaction_id, now + 6 * ASKED_AFTER
    found.problem = problem[:120]
    found.save(update_fields=["status_transaction_id", "next_try_at", "problem"])
    label = SOURCES[found.source].label
    words = f"{found.inquiry.number}：询问{label}查询的办理情况"
    if now - found.put_at > GIVEN_UP_AFTER:
        close(found, f"等待{GIVEN_UP_AFTER.days}天没有答复")
        words = f"{found.inquiry.number}：{label}的查询等待{GIVEN_UP_AFTER.days}天没有答复，不再等待"
    remark(f"{words}，没有送达：{problem}" if problem else words, basis=found.inquiry.ground)
    return found


@action("verification.register_status_told", permission=may_take_answers)
def take_standing(
    *, question: RegistryQuestion, items: Sequence[AnswerItem], caller: str, actor: Actor, on: date
) -> RegistryQuestion:
    """How the question stands at the register is kept.

    What it rejected is no answer; what it calls answered and did not bring is said.
    Basis: that of the inquiry. Refuses a question that is answered already.
    """
    found = _locked(question)
    label = SOURCES[found.source].label
    if found.state not in OUTSTANDING:
        raise Refused("这一查询已经答复过，或者已不再等待。")
    mine = [each for each in items if each.reference_id in found.references and each.reference_id not in found.answered]
    rejected = [each for each in mine if each.status == "rjct"]
    claimed = sum(each.status == "succ" for each in mine)
    if rejected:
        found = take_answer(question=found, items=rejected, caller=caller, actor=actor, on=on)
    found.problem = f"对方称已答复{claimed}人，答复没有送达" if claimed else ""
    found.save(update_fields=["problem"])
    waiting = len(found.references) - len(found.answered)
    words = f"{found.inquiry.number}：{label}的查询，对方拒绝{len(rejected)}人，称已答复{claimed}人，还在等待{waiting}人"
    remark(words, basis=found.inquiry.ground)
    return found


def _locked(question: RegistryQuestion) -> RegistryQuestion:
    """As it stands now, nobody else changing it: an answer may come while the question is still being sent."""
    return RegistryQuestion.objects.select_for_update().get(pk=question.pk)
