"""Registers that answer later are asked, and asked what became of it; nothing is held open meanwhile."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import uuid4

from anmin.base import clock
from anmin.base.dci.messages import MOST_ITEMS
from anmin.base.dci.posting import NotAnswered, post_json
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.errands import claimed
from anmin.ground.verification.actions.later import record_asking_after, record_sending
from anmin.ground.verification.actions.requests import BASIS
from anmin.ground.verification.actions.watches import record_watches
from anmin.ground.verification.gathering import signed
from anmin.ground.verification.models import RegistryQuestion, RegistryWatch
from anmin.ground.verification.persons import persons_table
from anmin.ground.verification.questions import outstanding
from anmin.ground.verification.registry_interface import Connection, connections, messages
from anmin.ground.verification.registry_interface.answers import accepted
from anmin.ground.verification.vocabulary import QuestionState, WatchState

AT_ONCE = 10
"""How many messages whoever asks waits for; the rest go with the next errand."""


def send(question: RegistryQuestion) -> RegistryQuestion | None:
    """The question has been sent, or that it could not be is recorded; None where another process is sending it.

    Only those are asked about whose letter holds now.
    """
    if not claimed([question]):
        return None
    on = clock.today()
    letters = signed(question.references.values(), question.source, on)
    people = {row["person_id"]: row for row in persons_table(dict.fromkeys(letters)).to_pylist()}
    references = {ref: people[person] for ref, person in question.references.items() if person in people}

    def ask(connection: Connection) -> str:
        if not references:
            raise NotAnswered("授权书已失效，没有查询")
        body = messages.search(
            connection,
            references,
            transaction_id=question.transaction_id,
            ground=question.inquiry.ground,
            consented_on=letters,
        )
        return _posted(connection, "registry/search", body)

    correlation_id, problem = _tried(question.source, ask)
    return record_sending(question=question, correlation_id=correlation_id, problem=problem, actor=SYSTEM, on=on)


def ask_after(question: RegistryQuestion) -> RegistryQuestion | None:
    """The register has been asked what became of the question, or it is given up; None where another process asks it.

    The answer comes to our call-back.
    """
    if not claimed([question]):
        return None
    transaction_id, on = str(uuid4()), clock.today()
    # On record before it is sent: the answer may be quicker than the acknowledgement.
    asked = record_asking_after(question=question, transaction_id=transaction_id, actor=SYSTEM, on=on)
    if asked.state != QuestionState.ASKED:
        return asked
    message = {
        "transaction_id": transaction_id,
        "txnstatus_request": {
            "reference_id": str(uuid4()),
            "txn_type": "search",
            "attribute_type": "transaction_id",
            "attribute_value": question.transaction_id,
            "locale": "zho",
        },
    }

    def ask(connection: Connection) -> str:
        return _posted(connection, "registry/txn/status", messages.envelope(connection, "txn-status", message))

    _, problem = _tried(question.source, ask)
    if not problem:
        return asked
    return record_asking_after(question=question, transaction_id=transaction_id, problem=problem, actor=SYSTEM, on=on)


def send_for(inquiries: Iterable[int]) -> None:
    """What was just put for these inquiries is sent, as far as it goes quickly; a register that fails once is left for later."""
    failed: set[str] = set()
    wanted = outstanding().filter(inquiry__in=list(inquiries), state=QuestionState.TO_SEND, tries=0)
    for question in wanted[:AT_ONCE]:
        done = send(question) if question.source not in failed else None
        if done is not None and done.problem:
            failed.add(question.source)


def send_due(now: datetime | None = None) -> tuple[int, int]:
    """Every question that is due is sent, or asked after; how many were acknowledged, and how many could not be sent.

    A register that failed once is left for the next errand: the others do not wait for it.
    """
    failed: set[str] = set()
    went = 0
    for each in outstanding().filter(next_try_at__lte=now or clock.true_instant())[:500]:
        if each.source in failed:
            continue
        done = send(each) if each.state == QuestionState.TO_SEND else ask_after(each)
        if done is None:
            continue
        if each.state == QuestionState.ASKED and done.state != QuestionState.ASKED:
            continue  # waited for long enough, or answered just now: nothing was sent
        if done.problem:
            failed.add(each.source)
        else:
            went += 1
    return went, len(failed)


def watch_due(now: datetime | None = None) -> tuple[int, int]:
    """Registers are asked to tell of whom we watch, and no more of whom we do not; how many messages went, and did not."""
    moment, on = now or clock.true_instant(), clock.today()
    due = RegistryWatch.objects.filter(state__in=("to_send", "asked", "to_end"), next_try_at__lte=moment).order_by("id")
    messages_due: dict[tuple[str, bool, str], list[RegistryWatch]] = {}
    for each in due[: 50 * MOST_ITEMS]:
        leaving = each.state == WatchState.TO_END
        messages_due.setdefault((each.source, leaving, each.transaction_id), []).append(each)
    failed: set[str] = set()
    went = 0
    for (source, leaving, transaction_id), watches in messages_due.items():
        if source in failed or not claimed(watches):
            continue
        problem = _asked_to_watch(source, leaving, transaction_id, watches)
        record_watches(watches=watches, problem=problem, actor=SYSTEM, on=on)
        went += not problem
        failed |= {source} if problem else set()
    return went, len(failed)


def _asked_to_watch(source: str, leaving: bool, transaction_id: str, watches: list[RegistryWatch]) -> str:
    """What was wrong; blank where nothing was."""

    def ask(connection: Connection) -> str:
        if leaving:
            body = messages.unsubscribe(connection, [each.code for each in watches], transaction_id=transaction_id)
            return _posted(connection, "registry/unsubscribe", body)
        # A letter may have ended since the wish was put, today even.
        letters = signed([each.person_id for each in watches], source, clock.today())
        people = {row["person_id"]: row for row in persons_table(dict.fromkeys(letters)).to_pylist() if row["identity_number"]}
        wanted = {each.reference_id: people[each.person_id] for each in watches if each.person_id in people}
        if not wanted:
            raise NotAnswered("没有有效的授权书或者身份证号码，没有订阅")
        return _posted(
            connection, "registry/subscribe", messages.subscribe(connection, wanted, transaction_id=transaction_id, ground=BASIS)
        )

    _, problem = _tried(source, ask)
    return problem


def _tried(source: str, ask: Callable[[Connection], str]) -> tuple[str, str]:
    """The id under which it was acknowledged, or why it was not."""
    connection = connections().get(source)
    if connection is None or not connection.answers_later:
        return "", "登记接口的配置中已没有这一数据源"
    try:
        return ask(connection), ""
    except NotAnswered as error:
        return "", error.sentence


def _posted(connection: Connection, path: str, body: dict[str, object]) -> str:
    reply = post_json(connection.at(path), body, seconds=connection.declared.seconds, token=messages.kept_token(connection))
    said = accepted(reply).get("message")
    if not isinstance(said, dict) or said.get("ack_status") != "ACK":
        raise NotAnswered("对方没有确认收到")
    return str(said.get("correlation_id") or "")
