"""The door itself: tokens, faults in the standard's words, limits, signatures, the log; never a trace of what went on inside."""

import base64
import json
import time
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.test import Client

from anmin.api.dci import views
from anmin.base import clock
from anmin.base.dci.signatures import holds, sign
from anmin.ground.audit.models import AuditLine
from anmin.ground.registry import actions
from anmin.ground.registry.models import Exchange
from tests.api.registry_stage import Stage, by_id, number_of, where
from tests.conftest import TODAY

SYNC = "social/registry/sync/search"


def fault(answer: Any) -> tuple[int, str]:
    """The status and code of a refusal, which has the standard's shape and tells nothing else."""
    said = answer.json()
    assert said["message"]["ack_status"] == "ERR"
    assert said["errors"] == [said["message"]["error"]]
    assert "Traceback" not in answer.content.decode()
    return answer.status_code, said["message"]["error"]["code"]


def ask(stage: Stage) -> dict[str, Any]:
    item = {
        "reference_id": "r", "timestamp": datetime.now(UTC).isoformat(), "search_criteria": by_id("UIN", number_of(stage.head)),
    }  # fmt: skip
    return stage.machine.message("search", {"transaction_id": "t", "search_request": [item]})


# --- tokens --------------------------------------------------------------------------------------------------------


def token(client_id: str, secret: str, **form: str) -> Any:
    return Client().post(
        "/api/dci/oauth2/token",
        f"grant_type=client_credentials&client_id={client_id}&client_secret={secret}",
        content_type="application/x-www-form-urlencoded",
        **form,
    )


def test_a_secret_gives_a_token_and_a_wrong_one_does_not(stage: Stage) -> None:
    secret = stage.client.secret
    assert secret is not None
    given = token("hrss.haian", secret)
    assert (given.status_code, given.json()["token_type"], given.json()["expires_in"]) == (200, "Bearer", 3600)
    assert given["Cache-Control"] == "no-store"
    assert stage.machine.post(SYNC, ask(stage), token=given.json()["access_token"]).status_code == 200
    basic = base64.b64encode(f"hrss.haian:{secret}".encode()).decode()
    by_basic = Client().post(
        "/api/dci/oauth2/token", "grant_type=client_credentials", content_type="application/x-www-form-urlencoded",
        headers={"Authorization": f"Basic {basic}"},
    )  # fmt: skip
    assert by_basic.status_code == 200
    for client_id, wrong in (("hrss.haian", secret[:-1]), ("hrss.haian", ""), ("nobody", secret)):
        refused = token(client_id, wrong)
        assert (refused.status_code, refused.json()) == (401, {"error": "invalid_client"})


def test_other_grants_and_other_kinds_of_content_give_no_token(stage: Stage) -> None:
    url = "/api/dci/oauth2/token"
    assert Client().get(url).status_code == 405
    assert Client().post(url, "{}", content_type="application/json").json()["error"] == "invalid_request"
    other = Client().post(url, "grant_type=password", content_type="application/x-www-form-urlencoded")
    assert other.json() == {"error": "unsupported_grant_type"}


def test_the_secret_is_kept_as_a_hash_and_stands_in_no_log(stage: Stage) -> None:
    secret = stage.client.secret
    assert secret is not None
    stage.client.refresh_from_db()
    assert secret not in stage.client.secret_hash
    assert not AuditLine.objects.filter(summary__contains=secret).exists()


def test_a_token_ends_with_its_time_its_secret_or_its_grant(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = stage.machine
    assert machine.post(SYNC, ask(stage)).status_code == 200
    head, body, seal = machine.token.split(".")
    longer = base64.urlsafe_b64encode(json.dumps({"sub": "hrss.haian", "exp": 2**40, "of": "x"}).encode()).decode().rstrip("=")
    for forged in (f"{head}.{longer}.{seal}", f"{head}.{body}.", "nonsense", "a.b.c", "ü.ü.ü"):
        assert fault(machine.post(SYNC, ask(stage), token=forged)) == (401, "err.request.unauthorized")
    later = int(time.time()) + 3601
    monkeypatch.setattr(time, "time", lambda: later)
    assert fault(machine.post(SYNC, ask(stage))) == (401, "err.request.unauthorized")
    monkeypatch.undo()
    clock.freeze(date(2026, 1, 1))
    assert fault(machine.post(SYNC, ask(stage)))[0] == 401
    clock.freeze(TODAY)
    actions.renew_client_secret(client=stage.client, actor=stage.cast.administrator, on=TODAY)
    assert fault(machine.post(SYNC, ask(stage)))[0] == 401
    machine = stage.machine_of(stage.client)
    actions.revoke_client(client=stage.client, reason="项目结束", actor=stage.cast.administrator, on=TODAY)
    assert fault(machine.post(SYNC, ask(stage)))[0] == 401


@pytest.mark.parametrize(
    "path",
    ["sync/search", "search", "sync/txn/status", "txn/status", "subscribe", "unsubscribe"],
)
def test_nothing_is_answered_without_a_token(stage: Stage, path: str) -> None:
    answer = stage.machine.post(f"social/registry/{path}", ask(stage), token="")
    assert fault(answer) == (401, "err.request.unauthorized")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert Exchange.objects.count() == 0


# --- messages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["sync/search", "search", "sync/txn/status", "txn/status", "subscribe", "unsubscribe"],
)
def test_a_message_without_its_parts_is_refused(stage: Stage, path: str) -> None:
    for left_out in ("message", "header"):
        body = ask(stage)
        del body[left_out]
        assert fault(stage.machine.post(f"social/registry/{path}", body)) == (400, "err.request.bad")
    for body in ("[]", '{"a": "\\u0000"}', '{"a": "\\ud800"}', "null", "{", "{}", "[" * 100_000, '{"header": NaN}'):
        assert fault(stage.machine.post(f"social/registry/{path}", body)) == (400, "err.request.bad")


@pytest.mark.parametrize(
    ("place", "value", "where_it_is"),
    [
        (("header", "message_ts"), "2024-01-15T10:30:00", "header.message_ts：没有时区"),
        (("header", "message_ts"), 1_700_000_000, "header.message_ts：不是带时区的时间"),
        (("header", "total_count"), -1, "header.total_count：过小"),
        (("header", "message_id"), "x" * 100, "header.message_id：过长"),
        (("message", "transaction_id"), "x" * 100, "message.transaction_id：过长"),
        (("message", "transaction_id"), 7, "message.transaction_id：应为文本"),
        (("message", "search_request"), [], "message.search_request：没有内容"),
        (
            ("message", "search_request", 0, "timestamp"),
            "not-a-timestamp",
            "message.search_request.0.timestamp：不是带时区的时间",
        ),
        (("message", "search_request", 0, "locale"), "en", "message.search_request.0.locale：格式不对"),
        (("message", "search_request", 0, "locale"), "ENG", "message.search_request.0.locale：格式不对"),
        (("message", "search_request", 0, "pagination"), {"page_size": 0}, "message.search_request.0.pagination.page_size：过小"),
        (
            ("message", "search_request", 0, "pagination"),
            {"page_size": 10, "page_number": 0},
            "message.search_request.0.pagination.page_number：过小",
        ),
        (
            ("message", "search_request", 0, "search_criteria", "query_type"),
            "graphql",
            "message.search_request.0.search_criteria.query_type：不在允许的取值之中",
        ),
    ],
)
def test_a_part_that_cannot_be_is_named_and_not_repeated(
    stage: Stage, place: tuple[Any, ...], value: Any, where_it_is: str
) -> None:
    body: Any = ask(stage)
    inner = body
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    answer = stage.machine.post(SYNC, body)
    assert fault(answer) == (400, "err.request.bad")
    assert answer.json()["message"]["error"]["message"] == f"报文不符合规范：{where_it_is}。"


def test_the_longest_that_may_be_is_taken(stage: Stage) -> None:
    body = ask(stage)
    body["message"]["transaction_id"] = "x" * 99
    body["message"]["search_request"][0] |= {"locale": "zho", "pagination": {"page_size": 10, "page_number": 2}}
    assert stage.machine.post(SYNC, body).json()["message"]["transaction_id"] == "x" * 99


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"action": "subscribe"}, "err.request.bad"),
        ({"version": "2.0.0"}, "err.version.not_supported"),
        ({"sender_id": "somebody"}, "err.sender_id.invalid"),
        ({"is_msg_encrypted": True}, "err.encryption.invalid"),
    ],
)
def test_a_header_that_is_not_this_machines_is_refused(stage: Stage, header: dict[str, Any], code: str) -> None:
    body = ask(stage)
    body["header"] |= header
    assert fault(stage.machine.post(SYNC, body)) == (400, code)


def test_content_must_be_json_and_not_too_much(stage: Stage) -> None:
    headers = {"Authorization": f"Bearer {stage.machine.token}"}
    for kind in ("text/plain", "application/xml", ""):
        answer = Client().post(f"/api/dci/{SYNC}", json.dumps(ask(stage)), content_type=kind, headers=headers)
        assert fault(answer) == (415, "err.request.bad")
    assert fault(stage.machine.post(SYNC, " " * (256 * 1024 + 1))) == (413, "err.request.bad")
    assert fault(Client().get(f"/api/dci/{SYNC}", headers=headers)) == (405, "err.request.bad")
    assert fault(stage.machine.post("land/registry/sync/search", ask(stage))) == (404, "err.request.bad")


def test_a_message_is_taken_once(stage: Stage) -> None:
    body = ask(stage)
    assert stage.machine.post(SYNC, body).status_code == 200
    assert fault(stage.machine.post(SYNC, body)) == (400, "err.request.bad")
    assert Exchange.objects.count() == 1


def test_too_many_messages_in_a_minute_are_put_off(stage: Stage, settings: Any) -> None:
    settings.DCI_REQUESTS_PER_MINUTE = 2
    for _ in range(2):
        assert stage.machine.post(SYNC, ask(stage)).status_code == 200
    answer = stage.machine.post(SYNC, ask(stage))
    assert (fault(answer), answer["Retry-After"]) == ((429, "err.request.too_many_requests"), "60")


def test_refused_messages_count_as_well_and_cannot_fill_the_log(stage: Stage, settings: Any) -> None:
    settings.DCI_REQUESTS_PER_MINUTE = 2
    statuses = [stage.machine.post(SYNC, "{").status_code for _ in range(5)]
    assert statuses == [400, 400, 429, 429, 429]
    assert AuditLine.objects.filter(verb="registry.refused").count() == 2


def test_a_register_outside_of_the_grant_is_forbidden_and_the_log_says_so(stage: Stage) -> None:
    machine = stage.machine_of(stage.let_in(registers=["social"]))
    answer = machine.search(by_id("UIN", number_of(stage.neighbour)), register="dr")
    assert fault(answer) == (403, "err.request.forbidden")
    line = AuditLine.objects.get(verb="registry.refused")
    assert line.summary == "拒绝县人力资源和社会保障局的报文：该系统未获准查询这一登记，或者授权不在有效期内。"


def test_what_breaks_inside_stays_inside(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**given: Any) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(views.actions, "answer_search", breaks)
    answer = stage.machine.post(SYNC, ask(stage))
    assert fault(answer) == (500, "err.service.unavailable")
    assert "secret" not in answer.content.decode()


@pytest.mark.capability("SA-12")
def test_every_question_leaves_a_line_with_who_why_and_how_many(stage: Stage) -> None:
    stage.machine.search(by_id("UIN", number_of(stage.head)), where("poverty_score", "lt", 1))
    line = AuditLine.objects.get(verb="registry.searched")
    exchange = Exchange.objects.get()
    assert (line.actor_id, line.actor_name) == (None, "外部系统：县人力资源和社会保障局")
    assert line.summary == "县人力资源和社会保障局查询社会救助登记（人员、家庭）：2 项，给出 1 条，拒绝 1 项"
    assert line.basis == "《社会救助暂行办法》第五条"
    assert line.details == {
        "purpose": "就业帮扶对象核实",
        "transaction_id": "t-1",
        "correlation_id": exchange.correlation_id,
        "shown": 1,
        "numbers_in_full": True,
        "rejected": ["rjct.search_criteria.invalid"],
        "consents": "",
    }
    assert number_of(stage.head) not in json.dumps([line.summary, line.details, exchange.items])


# --- signatures ----------------------------------------------------------------------------------------------------


def test_a_signature_that_nobody_can_verify_is_refused_and_an_agreed_placeholder_is_not(stage: Stage) -> None:
    assert fault(stage.machine.post(SYNC, {**ask(stage), "signature": "invalid-signature"})) == (400, "err.signature.invalid")
    machine = stage.machine_of(stage.let_in("trial", placeholder="unsigned unsigned-stub"))
    body = {**ask(stage), "signature": "unsigned-stub"}
    body["header"]["sender_id"] = "trial"
    assert machine.post(SYNC, body).status_code == 200
    assert fault(machine.post(SYNC, {**body, "signature": "invalid-signature"})) == (400, "err.signature.invalid")


def test_who_has_a_key_must_sign_and_what_was_changed_is_refused(stage: Stage) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()
    machine = stage.machine_of(stage.let_in("signs", verification_key=pem))

    def body(**header: Any) -> dict[str, Any]:
        said = ask(stage)
        said["header"] |= {"sender_id": "signs", **header}
        return said

    def signed(said: dict[str, Any], with_key: ed25519.Ed25519PrivateKey = key, at: int | None = None) -> dict[str, Any]:
        made = int(time.time()) if at is None else at
        return {**said, "signature": sign(said["header"], said["message"], with_key, key_id="k1", at=made)}

    assert machine.post(SYNC, signed(body(receiver_id="anmin"))).status_code == 200
    assert fault(machine.post(SYNC, body())) == (400, "err.signature.missing")
    changed = signed(body())
    changed["message"]["search_request"][0]["search_criteria"]["query"]["value"] = number_of(stage.wife)
    assert fault(machine.post(SYNC, changed)) == (400, "err.signature.invalid")
    stranger = ed25519.Ed25519PrivateKey.generate()
    assert fault(machine.post(SYNC, signed(body(), stranger))) == (400, "err.signature.invalid")
    assert fault(machine.post(SYNC, signed(body(), at=int(time.time()) - 301))) == (400, "err.signature.invalid")
    assert fault(machine.post(SYNC, signed(body(receiver_id="another")))) == (400, "err.receiver_id.invalid")
    assert fault(machine.post(SYNC, signed(body(message_ts="2020-01-01T00:00:00Z")))) == (400, "err.request.bad")


def test_our_answers_are_signed_with_the_key_that_is_published(stage: Stage, settings: Any) -> None:
    assert "signature" not in stage.machine.post(SYNC, ask(stage)).json()
    assert Client().get("/api/dci/.well-known/jwks.json").json() == {"keys": []}
    settings.DCI_KEY = ed25519.Ed25519PrivateKey.generate()
    said = stage.machine.post(SYNC, ask(stage)).json()
    (jwk,) = Client().get("/api/dci/.well-known/jwks.json").json()["keys"]
    raw = base64.urlsafe_b64decode(jwk["x"] + "==")
    published = ed25519.Ed25519PublicKey.from_public_bytes(raw)
    assert holds(said["signature"], said["header"], said["message"], published, now=int(time.time()))
    assert (jwk["kid"], jwk["alg"], "d" in jwk) == ("anmin", "EdDSA", False)


# --- the document --------------------------------------------------------------------------------------------------


def test_the_document_names_every_address_that_is_served() -> None:
    said = Client().get("/api/dci/openapi.json").json()
    assert sorted(said["paths"]) == sorted(
        [f"/{register}/registry/{path}" for register in ("social", "ibr", "dr")
         for path in ("sync/search", "search", "sync/txn/status", "txn/status")]
        + ["/social/registry/subscribe", "/social/registry/unsubscribe",
           "/dr/registry/sync/disabled", "/dr/registry/sync/get-disability-details",
           "/back/registry/on-search", "/back/registry/txn/on-status", "/back/registry/on-subscribe",
           "/back/registry/on-unsubscribe", "/back/registry/notify"]
    )  # fmt: skip
    shape = said["paths"]["/social/registry/sync/search"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert shape["$ref"].rpartition("/")[2] in said["components"]["schemas"]
