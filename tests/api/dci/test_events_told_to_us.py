"""A register tells us of a death: only about people we watch there, once, and as a hint that somebody looks at."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from anmin.base import clock
from anmin.base.dci.posting import Reply, post_json
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.models import Person
from anmin.ground.registry.clients import asker
from anmin.ground.verification import sending
from anmin.ground.verification.actions import keep_watches
from anmin.ground.verification.actions.watches import take_notice
from anmin.ground.verification.models import Consent, Finding, Inquiry, RegistryWatch
from anmin.ground.verification.queries import standing_watch, watched_at
from anmin.ground.verification.registry_interface import connections
from anmin.ground.verification.sending import watch_due
from tests.api.dci.test_answers_sent_back import OURS, Other, acknowledge, consent
from tests.api.registry_stage import Stage, number_of
from tests.conftest import TODAY
from tests.ground.verification.registry_interface.test_asking import answering, declare
from tests.listening import Listener, listening

FIELDS = {"name": "name.full_name", "identity_number": "identifier.0.identifier_value", "died_on": "death_date"}
DEATHS = {"source": "deaths", "each": None, "fields": FIELDS, "record_type": "Person", "watched_event": "DEATH"}


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        found.answers = answering(acknowledge)
        yield found


@pytest.fixture
def other(stage: Stage, listener: Listener, tmp_path: Path, settings: Any) -> Other:
    declare(listener, tmp_path, settings, callback_uri=OURS, caller="hrss.haian", **DEATHS)
    return Other(stage, listener)


def watch(stage: Stage) -> None:
    keep_watches(area=stage.county.county, source="deaths", actor=SYSTEM, on=TODAY)


def confirmed(other: Other, **statuses: str) -> dict[str, Any]:
    """Every subscription of the latest message is confirmed, but for those said otherwise."""
    asked = other.asked("/dci/registry/subscribe")["message"]
    items = []
    for place, wish in enumerate(asked["subscribe_request"]):
        status = statuses.get(wish["subscribe_criteria"]["filter"]["value"], "succ")
        told = [{"code": f"sub-{place}", "status": "subscribe", "timestamp": datetime.now(UTC).isoformat()}]
        items.append(
            {"reference_id": wish["reference_id"], "timestamp": datetime.now(UTC).isoformat(), "status": status,
             "subscriptions": told if status == "succ" else []}
        )  # fmt: skip
    message = {"transaction_id": asked["transaction_id"], "correlation_id": "c-1", "subscribe_response": items}
    return other.message("on-subscribe", message)


def death_of(other: Other, person: Person, notice: str = "n-1", died: str = "2024-06-20") -> dict[str, Any]:
    record = {
        "name": {"full_name": person.name}, "death_date": died,
        "identifier": [{"identifier_type": "NationalID", "identifier_value": number_of(person)}],
    }  # fmt: skip
    event = {
        "reference_id": "e-1", "timestamp": datetime.now(UTC).isoformat(),
        "data": {"reg_event_type": "DEATH", "reg_record_type": "Person", "reg_records": record},
    }  # fmt: skip
    return other.message("notify", {"transaction_id": notice, "notify_event": [event]})


def ended(other: Other) -> dict[str, Any]:
    """Every subscription of the latest message has ended."""
    asked = other.asked("/dci/registry/unsubscribe")["message"]
    told = [{"code": each, "status": "unsubscribe"} for each in asked["subscription_codes"]]
    message = {
        "transaction_id": asked["transaction_id"], "correlation_id": "c-2", "timestamp": datetime.now(UTC).isoformat(),
        "status": "succ", "subscription_status": told,
    }  # fmt: skip
    return other.message("on-unsubscribe", message)


@pytest.fixture
def watched(stage: Stage, other: Other) -> Other:
    """The head and the wife are watched; the child never signed, the neighbour is on no roll."""
    for person in (stage.head, stage.wife, stage.neighbour):
        consent(person)
    watch(stage)
    assert watch_due() == (1, 0)
    assert subscriptions(stage) == (0, 2)
    assert other.sends(confirmed(other), "back/registry/on-subscribe").json()["message"]["ack_status"] == "ACK"
    return other


def subscriptions(stage: Stage) -> tuple[int, int]:
    """What the page of the watch says: about how many the register has agreed to tell us, and has not yet."""
    deaths = next(each for each in standing_watch(stage.cast.reviewer) if each.source == "deaths")
    return deaths.subscribed, deaths.unconfirmed


def states() -> dict[str, str]:
    return {each.person.name: each.state for each in RegistryWatch.objects.select_related("person").order_by("id")}


def test_those_on_a_roll_who_consented_are_watched_and_nobody_else(stage: Stage, watched: Other) -> None:
    assert states() == {"顾长明": "running", "丁秀兰": "running"}
    asked = watched.asked("/dci/registry/subscribe")
    assert asked["header"]["sender_uri"] == f"{OURS}/registry/on-subscribe"
    wish = asked["message"]["subscribe_request"][0]["subscribe_criteria"]
    assert (wish["reg_event_type"], wish["filter"]) == ("DEATH", {"type": "NationalID", "value": number_of(stage.head)})
    assert watched_at(SYSTEM, "deaths") == 2
    assert subscriptions(stage) == (2, 0)
    # Looked at again the next day, nothing changes and nothing is sent.
    watch(stage)
    assert watch_due(clock.true_instant() + timedelta(days=2)) == (0, 0)


@pytest.mark.capability("SA-12")
def test_a_death_is_a_finding_of_the_watch_and_decides_nothing(stage: Stage, watched: Other) -> None:
    answer = watched.sends(death_of(watched, stage.head), "back/registry/notify")
    assert answer.json()["message"]["ack_status"] == "ACK", answer.content
    finding = Finding.objects.get()
    assert (finding.kind, finding.person, finding.state) == ("dead", stage.head, "open")
    assert "2024-06-20" in finding.found
    stage.head.refresh_from_db()
    assert stage.head.died_on is None
    inquiry = Inquiry.objects.get()
    assert (inquiry.occasion, inquiry.done_on, list(inquiry.sources.values_list("source", flat=True))) == (
        "watch", TODAY, ["deaths"],
    )  # fmt: skip
    waiting = {each.source: (each.waiting, each.last) for each in standing_watch(stage.cast.reviewer)}
    # It waits for a person; and a notice about one is no look at the whole roll.
    assert waiting["deaths"] == (1, None)
    assert "死亡、火化变动通知，新增疑点1条" in AuditLine.objects.get(verb="verification.notice_taken").summary


def test_the_same_notice_counts_once(stage: Stage, watched: Other) -> None:
    watched.sends(death_of(watched, stage.head), "back/registry/notify")
    again = watched.sends(death_of(watched, stage.head), "back/registry/notify").json()["message"]
    assert (again["ack_status"], again["error"]["message"]) == ("ERR", "这一通知已经接收过。")
    assert Inquiry.objects.count() == 1


def test_a_notice_about_somebody_else_is_refused(stage: Stage, watched: Other) -> None:
    def code(body: dict[str, Any], token: str | None = None) -> str:
        return str(watched.sends(body, "back/registry/notify", token=token).json()["message"]["error"]["code"])

    assert code(death_of(watched, stage.neighbour)) == "err.request.not_found"
    assert code(death_of(watched, stage.child)) == "err.request.not_found"
    stranger = stage.machine_of(stage.let_in("gaj.haian"))
    assert code(death_of(watched, stage.head), stranger.token) == "err.request.not_found"
    assert code(death_of(watched, stage.head, died="某日")) == "err.request.bad"
    assert Inquiry.objects.count() == 0


def test_of_a_notice_what_can_be_taken_is_taken_and_the_rest_is_named(stage: Stage, watched: Other) -> None:
    several = death_of(watched, stage.neighbour)
    for other in (death_of(watched, stage.head), death_of(watched, stage.wife, died="某日")):
        several["message"]["notify_event"] += other["message"]["notify_event"]
    said = watched.sends(several, "back/registry/notify").json()["message"]
    assert said["ack_status"] == "ACK"
    unreadable = "通知的内容无法读取：“死亡日期”“某日”不是日期，请写成 2024-06-30 的样子"
    left = f"通知共3件，接收1件，2件没有接收：第1件：没有与这一通知对应的订阅；第3件：通知没有接收：{unreadable}。"
    assert said["error"] == {"code": "err.request.bad", "message": left}
    assert Finding.objects.get().person == stage.head
    line = AuditLine.objects.filter(verb="registry.answer_taken").latest("sequence")
    assert line.summary == f"接收县人力资源和社会保障局送来的变动通知；{left}"
    # Sent again with the faulty one mended, only that one is new.
    several["message"]["notify_event"][2] = death_of(watched, stage.wife)["message"]["notify_event"][0]
    again = watched.sends(several, "back/registry/notify").json()["message"]
    assert (again["ack_status"], "第2件：这一通知已经接收过" in again["error"]["message"]) == ("ACK", True)
    assert list(Finding.objects.order_by("id").values_list("person__name", flat=True)) == ["顾长明", "丁秀兰"]


def test_another_event_than_the_one_we_watch_is_refused(stage: Stage, watched: Other) -> None:
    moved = death_of(watched, stage.head)
    moved["message"]["notify_event"][0]["data"]["reg_event_type"] = "UPDATE"
    assert watched.sends(moved, "back/registry/notify").json()["message"]["error"]["code"] == "err.request.not_found"
    assert Inquiry.objects.count() == 0


def test_a_register_that_tells_of_two_events_is_understood_by_the_event(stage: Stage, watched: Other, settings: Any) -> None:
    said = yaml.safe_load(settings.REGISTRIES_PATH.read_text())
    other = {"watched_event": "ADMISSION", "fields": {**FIELDS, "entered_on": "death_date"}}
    del other["fields"]["died_on"]
    settings.REGISTRIES_PATH.write_text(yaml.safe_dump(said | {"institutions": said["deaths"] | other}))
    keep_watches(area=stage.county.county, source="institutions", actor=SYSTEM, on=TODAY)
    RegistryWatch.objects.filter(source="institutions").update(state="running")
    told = death_of(watched, stage.head)
    told["message"]["notify_event"][0]["data"]["reg_event_type"] = "ADMISSION"
    assert watched.sends(told, "back/registry/notify").json()["message"]["ack_status"] == "ACK"
    assert list(Inquiry.objects.get().sources.values_list("source", flat=True)) == ["institutions"]


def test_a_town_alone_is_not_watched(stage: Stage, watched: Other) -> None:
    with pytest.raises(BadValue, match=r"^变动通知按全县订阅，.*只是其中一部分，请改用县（市）的编码。$"):
        keep_watches(area=stage.home.area, source="deaths", actor=SYSTEM, on=TODAY)
    assert states() == {"顾长明": "running", "丁秀兰": "running"}


def test_after_the_letter_has_ended_nothing_is_taken_and_the_subscription_is_given_up(stage: Stage, watched: Other) -> None:
    Consent.objects.filter(person=stage.wife).update(withdrawn_on=TODAY, withdrawal_reason="本人撤回")
    said = watched.sends(death_of(watched, stage.wife), "back/registry/notify").json()["message"]
    assert said["error"]["message"] == "此人的核对授权已经失效，通知没有接收。"
    watch(stage)
    assert watch_due() == (1, 0)
    assert watched.asked("/dci/registry/unsubscribe")["message"]["subscription_codes"] == ["sub-1"]
    body = ended(watched)
    assert watched.sends(body, "back/registry/on-unsubscribe").json()["message"]["ack_status"] == "ACK"
    assert states() == {"顾长明": "running", "丁秀兰": "ended"}
    assert watched.sends(body, "back/registry/on-unsubscribe").json()["message"]["ack_status"] == "ERR"


def test_a_refused_subscription_is_no_watch_and_an_unknown_one_is_refused(stage: Stage, other: Other) -> None:
    consent(stage.head)
    watch(stage)
    watch_due()
    body = confirmed(other, **{number_of(stage.head): "rjct"})
    body["message"]["subscribe_response"][0]["status_reason_message"] = f"{number_of(stage.head)} 无此人"
    unknown = {**body, "message": {**body["message"], "transaction_id": "another"}}
    assert other.sends(unknown, "back/registry/on-subscribe").json()["message"]["error"]["code"] == "err.request.not_found"
    assert other.sends(body, "back/registry/on-subscribe").json()["message"]["ack_status"] == "ACK"
    assert states() == {"顾长明": "refused"}
    covered = f"{number_of(stage.head)[:3]}***********{number_of(stage.head)[-4:]} 无此人"
    assert RegistryWatch.objects.get().problem == covered
    # Not asked for again tomorrow, but after a month.
    watch(stage)
    assert RegistryWatch.objects.count() == 1
    keep_watches(area=stage.county.county, source="deaths", actor=SYSTEM, on=TODAY + timedelta(days=31))
    assert RegistryWatch.objects.count() == 2


def test_a_register_that_is_silent_is_asked_again_tomorrow(stage: Stage, other: Other, listener: Listener) -> None:
    consent(stage.head)
    watch(stage)
    listener.answers = answering(lambda body: (503, {}))
    assert watch_due() == (0, 1)
    assert (states(), watch_due()) == ({"顾长明": "to_send"}, (0, 0))
    listener.answers = answering(acknowledge)
    assert watch_due(clock.true_instant() + timedelta(days=2)) == (1, 0)
    assert states() == {"顾长明": "asked"}


@pytest.fixture
def before_acknowledged(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Something comes in while a message of ours has arrived and is not yet acknowledged."""

    def at(happens: Callable[[], Any]) -> None:
        def post(*said: Any, **more: Any) -> Reply:
            reply = post_json(*said, **more)
            happens()
            return reply

        monkeypatch.setattr(sending, "post_json", post)

    return at


def test_a_confirmation_quicker_than_the_acknowledgement_stands(
    stage: Stage, other: Other, before_acknowledged: Callable[[Callable[[], Any]], None]
) -> None:
    consent(stage.head)
    watch(stage)
    before_acknowledged(lambda: other.sends(confirmed(other), "back/registry/on-subscribe"))
    assert watch_due() == (1, 0)
    assert (states(), RegistryWatch.objects.get().code) == ({"顾长明": "running"}, "sub-0")


def test_an_end_quicker_than_its_acknowledgement_stands(
    stage: Stage, watched: Other, before_acknowledged: Callable[[Callable[[], Any]], None]
) -> None:
    Consent.objects.filter(person=stage.wife).update(withdrawn_on=TODAY, withdrawal_reason="本人撤回")
    watch(stage)
    before_acknowledged(lambda: watched.sends(ended(watched), "back/registry/on-unsubscribe"))
    assert watch_due() == (1, 0)
    assert states() == {"顾长明": "running", "丁秀兰": "ended"}


def test_whose_letter_ended_before_it_was_sent_is_not_named(stage: Stage, other: Other, listener: Listener) -> None:
    for person in (stage.head, stage.wife):
        consent(person)
    watch(stage)
    Consent.objects.filter(person=stage.head).update(withdrawn_on=TODAY, withdrawal_reason="本人撤回")
    assert watch_due() == (1, 0)
    wishes = other.asked("/dci/registry/subscribe")["message"]["subscribe_request"]
    assert [each["subscribe_criteria"]["filter"]["value"] for each in wishes] == [number_of(stage.wife)]
    Consent.objects.update(withdrawn_on=TODAY, withdrawal_reason="本人撤回")
    sent = len(listener.got)
    assert watch_due(clock.true_instant() + timedelta(days=2)) == (0, 1)
    assert len(listener.got) == sent


def test_what_is_confirmed_after_the_letter_has_ended_is_given_up(stage: Stage, other: Other) -> None:
    consent(stage.head)
    watch(stage)
    assert watch_due() == (1, 0)
    body = confirmed(other)
    Consent.objects.filter(person=stage.head).update(withdrawn_on=TODAY, withdrawal_reason="本人撤回")
    watch(stage)
    assert states() == {"顾长明": "ended"}
    assert other.sends(body, "back/registry/on-subscribe").json()["message"]["ack_status"] == "ACK"
    assert watch_due() == (1, 0)
    assert other.asked("/dci/registry/unsubscribe")["message"]["subscription_codes"] == ["sub-0"]
    summaries = AuditLine.objects.filter(verb="verification.watches_confirmed").values_list("summary", flat=True)
    assert [each.endswith("已订阅0人，对方拒绝0人，不再需要、将退订1人") for each in summaries] == [True]


def test_who_is_watched_anew_is_not_given_up_by_an_older_confirmation(stage: Stage, other: Other) -> None:
    consent(stage.head)
    watch(stage)
    watch_due()
    body = confirmed(other)
    Consent.objects.filter(person=stage.head).update(withdrawn_on=TODAY, withdrawal_reason="本人撤回")
    watch(stage)
    consent(stage.head)
    watch(stage)
    assert other.sends(body, "back/registry/on-subscribe").json()["message"]["ack_status"] == "ERR"
    assert list(RegistryWatch.objects.order_by("id").values_list("state", "code")) == [("ended", ""), ("to_send", "")]


def test_a_notice_about_a_subscription_that_ended_meanwhile_is_refused(stage: Stage, watched: Other) -> None:
    found = RegistryWatch.objects.get(person=stage.head)
    RegistryWatch.objects.filter(pk=found.pk).update(state="ended")
    with pytest.raises(Refused, match="没有与这一通知对应的订阅"):
        take_notice(
            source="deaths", watch=found, records=[], notice_id="deaths:n-9:0", caller="hrss.haian",
            actor=asker(stage.client), on=TODAY,
        )  # fmt: skip


def test_only_what_is_watched_all_the_time_may_be_subscribed_to(listener: Listener, tmp_path: Path, settings: Any) -> None:
    declare(listener, tmp_path, settings, callback_uri=OURS, caller="hrss.haian", watched_event="REGISTER")
    with pytest.raises(BadValue, match="不能订阅变动通知"):
        connections()


def test_a_subscription_that_another_process_asks_for_is_asked_for_once(
    stage: Stage, other: Other, before_acknowledged: Callable[[Callable[[], Any]], None]
) -> None:
    consent(stage.head)
    watch(stage)
    before_acknowledged(lambda: watch_due() == (0, 0) or pytest.fail("it was sent twice"))
    assert watch_due() == (1, 0)
    assert [path for path, _, _ in other.listener.got if path.endswith("subscribe")] == ["/dci/registry/subscribe"]
