"""What the machines' door is tried with: real records behind it, and a machine that speaks the standard."""

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.test import Client

from anmin.base.clock import instant
from anmin.base.identity import make_identity_number, mask_identity_number
from anmin.base.names import match_key, pinyin_initials
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.areas.models import Area
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from anmin.ground.people.secrecy import blind_index, encrypt
from anmin.ground.registry import actions, queries
from anmin.ground.registry.models import RegistryClient
from anmin.ground.registry.vocabulary import Register
from tests.conftest import TODAY, Cast, County
from tests.small_register import SmallRegister

LONG_AGO = date(2023, 1, 1)
BACK = "http://127.0.0.1:9/back"


def make_person(area: Area, name: str, birth: date, sequence: int, phone: str = "") -> Person:
    number = make_identity_number("320699", birth, sequence)
    return Person.objects.create(
        name=name,
        name_key=match_key(name),
        initials=pinyin_initials(name),
        identity_cipher=encrypt(number),
        identity_index=blind_index(number),
        identity_mask=mask_identity_number(number),
        birth_on=birth,
        sex="male" if sequence % 2 else "female",
        hukou_kind="rural",
        area=area,
        phone=phone,
    )


def number_of(person: Person) -> str:
    return make_identity_number("320699", person.birth_on, SEQUENCES[person.name])


SEQUENCES = {"顾长明": 11, "丁秀兰": 22, "顾小雨": 33, "卢德才": 55}


def make_household(number: str, head: Person, others: dict[Person, str], since: date = LONG_AGO) -> Household:
    home = Household.objects.create(number=number, head=head, area=head.area, hukou_kind="rural", opened_on=since)
    for person, relation in {head: "head", **others}.items():
        join(home, person, relation, since)
    return home


def join(home: Household, person: Person, relation: str, since: date) -> HouseholdMember:
    return HouseholdMember.objects.create(
        household=home, person=person, relation=relation, counted=True, valid_from=since, recorded_at=instant(since)
    )


def know(person: Person, kind: str, **value: Any) -> Fact:
    return Fact.objects.create(
        person=person, kind=kind, valid_from=LONG_AGO, recorded_at=instant(LONG_AGO), source="残联", **value
    )


@dataclass
class Machine:
    """The machine of another office: it knows its token and writes messages as the standard wants them."""

    http: Client
    token: str
    sender: str
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def header(self, action: str, **more: Any) -> dict[str, Any]:
        return {
            "version": "1.0.0",
            "message_id": f"m-{next(self.numbers)}",
            "message_ts": datetime.now(UTC).isoformat(),
            "action": action,
            "sender_id": self.sender,
            "total_count": 1,
            **more,
        }

    def post(self, path: str, body: Any, token: str | None = None, **more: Any) -> Any:
        bearer = self.token if token is None else token
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        text = body if isinstance(body, str) else json.dumps(body)
        return self.http.post(f"/api/dci/{path}", text, content_type="application/json", headers=headers, **more)

    def message(self, action: str, message: Any, **header: Any) -> dict[str, Any]:
        return {"header": self.header(action, **header), "message": message}

    def search(self, *criteria: dict[str, Any], register: str = "social", way: str = "sync/search", **header: Any) -> Any:
        items = [
            {"reference_id": f"r-{place}", "timestamp": datetime.now(UTC).isoformat(), "search_criteria": each}
            for place, each in enumerate(criteria, 1)
        ]
        message = {"transaction_id": "t-1", "search_request": items}
        return self.post(f"{register}/registry/{way}", self.message("search", message, **header))

    def found(self, criteria: dict[str, Any], register: str = "social") -> list[dict[str, Any]]:
        """The records of one question, which must succeed."""
        answer = self.search(criteria, register=register)
        assert answer.status_code == 200, answer.content
        (item,) = answer.json()["message"]["search_response"]
        assert item["status"] == "succ", item
        return list(item["data"]["reg_records"])

    def rejected(self, criteria: dict[str, Any], register: str = "social") -> tuple[str, str]:
        """Code and sentence of one question, which must be rejected."""
        answer = self.search(criteria, register=register)
        assert answer.status_code == 200, answer.content
        (item,) = answer.json()["message"]["search_response"]
        assert item["status"] == "rjct"
        assert "data" not in item
        return item["status_reason_code"], item["status_reason_message"]


def by_id(kind: str, value: str, **more: Any) -> dict[str, Any]:
    return {"query_type": "idtype-value", "query": {"type": kind, "value": value}, **more}


def where(name: str, operator: str, value: Any, **more: Any) -> dict[str, Any]:
    return {
        "query_type": "predicate",
        "query": [{"expression1": {"attribute_name": name, "operator": operator, "attribute_value": value}}],
        **more,
    }


def names(records: list[dict[str, Any]]) -> list[str]:
    return [each["demographic_info"]["name"]["full_name"] for each in records]


@dataclass
class Stage:
    """The records, the cast, and a machine that may ask everything in the whole county."""

    county: County
    cast: Cast
    head: Person
    wife: Person
    child: Person
    neighbour: Person
    home: Household
    held: Entitlement
    client: RegistryClient
    machine: Machine

    def machine_of(self, client: RegistryClient) -> Machine:
        assert client.secret is not None
        token = queries.token(client.client_id, client.secret, actor=SYSTEM, now=int(time.time()), on=TODAY)
        assert token is not None
        return Machine(Client(), token, client.client_id)

    def let_in(self, client_id: str = "other", **changed: Any) -> RegistryClient:
        """One more machine, with the grant of the first but for what is changed."""
        return let_in(self.county, self.cast, client_id, **changed)


def let_in(county: County, cast: Cast, client_id: str, **changed: Any) -> RegistryClient:
    grant: dict[str, Any] = {
        "name": "县人力资源和社会保障局",
        "registers": list(Register),
        "areas": [county.county],
        "basis": "《社会救助暂行办法》第五条",
        "purpose": "就业帮扶对象核实",
        "purpose_code": "EMPLOYMENT",
        "needs_consent": False,
        "identity_numbers": True,
        "callback_uri": BACK,
        "valid_from": LONG_AGO,
        "valid_until": date(2025, 12, 31),
        **changed,
    }
    return actions.register_client(client_id=client_id, actor=cast.administrator, on=TODAY, **grant)


def set_stage(county: County, cast: Cast) -> Stage:
    head = make_person(county.liuqiao, "顾长明", date(1960, 5, 20), SEQUENCES["顾长明"], "13800000001")
    wife = make_person(county.liuqiao, "丁秀兰", date(1962, 7, 1), SEQUENCES["丁秀兰"])
    child = make_person(county.liuqiao, "顾小雨", date(2006, 7, 2), SEQUENCES["顾小雨"])
    neighbour = make_person(county.zoufeng, "卢德才", date(1955, 1, 31), SEQUENCES["卢德才"])
    home = make_household("HA000001", head, {wife: "spouse", child: "child"})
    make_household("HA000002", neighbour, {})
    know(neighbour, "disability.kind", code="visual")
    know(neighbour, "disability.grade", amount=1)
    register = SmallRegister()
    held = register.family(county.liuqiao, household=home, members=[head, wife, child])
    roll = register.roll("2024-06")
    register.pay(roll, held, 123_405, on=date(2024, 6, 10))
    client = let_in(county, cast, "hrss.haian")
    found = Stage(county, cast, head, wife, child, neighbour, home, held, client, Machine(Client(), "", ""))
    found.machine = found.machine_of(client)
    return found
