"""What a machine finds: real people, by every kind of question of the standard, and only in its areas."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.identity import make_identity_number
from tests.api.registry_stage import Stage, by_id, make_household, make_person, names, number_of, where


@pytest.mark.capability("SA-12")
def test_a_person_is_found_by_identity_number_with_family_disability_and_benefits(stage: Stage) -> None:
    (record,) = stage.machine.found(by_id("UIN", number_of(stage.head)))
    assert record == {
        "@context": "https://schema.spdci.org/extensions/social/v1/",
        "@type": "Member",
        "member_identifier": [
            {"@type": "Identifier", "identifier_type": "NationalID", "identifier_value": number_of(stage.head)}
        ],
        "demographic_info": {
            "@type": "SRPerson",
            "identifier": [{"@type": "Identifier", "identifier_type": "NationalID", "identifier_value": number_of(stage.head)}],
            "name": {"@type": "Name", "full_name": "顾长明"},
            "sex": "male",
            "birth_date": "1960-05-20",
            "address": {
                "@type": "Address", "locality": "刘桥村", "region": "曲塘镇", "area_code": "10101", "street_address": "",
            },
        },
        "is_disabled": False,
        "relationship_to_head": "head",
        "household_identifier": [{"@type": "Identifier", "identifier_type": "HOUSEHOLD_ID", "identifier_value": "HA000001"}],
        "counted_in_household": True,
        "registration_date": "2023-01-01T00:00:00+08:00",
        "programmes": [
            {
                "@type": "Programme",
                "programme_identifier": "assistance.dibao",
                "programme_name": "低保",
                "entitlement_identifier": stage.held.number,
                "enrolment_date": "2022-03-01",
                "enrolment_status": "active",
            }
        ],
    }  # fmt: skip


def test_an_old_number_and_a_lower_case_x_find_the_same_person(stage: Stage) -> None:
    number = number_of(stage.head)
    assert names(stage.machine.found(by_id("NationalID", f" {number[:6]} {number[6:]}"))) == ["顾长明"]


def test_who_is_not_there_is_no_record_and_no_fault(stage: Stage) -> None:
    for value in ("320699199901010017", "TEST-001", "no number at all"):
        assert stage.machine.found(by_id("UIN", value, response_entity="Member")) == []


def test_a_person_is_found_by_name_and_birth_date_together(stage: Stage) -> None:
    both = {
        "query_type": "predicate",
        "query": [
            {
                "seq_num": 1,
                "expression1": {"attribute_name": "name", "operator": "eq", "attribute_value": "丁秀蘭"},
                "condition": "and",
                "expression2": {"attribute_name": "birth_date", "operator": "eq", "attribute_value": "1962-07-01"},
            }
        ],
    }
    assert names(stage.machine.found(both)) == ["丁秀兰"]
    both["query"][0]["expression2"]["attribute_value"] = "1962-07-02"  # type: ignore[index]  # a literal of this test
    assert stage.machine.found(both) == []


def test_ages_count_from_the_birthday_on(stage: Stage) -> None:
    # On 1 July 2024: 丁秀兰 turns 62 today, 顾小雨 turns 18 tomorrow.
    assert names(stage.machine.found(where("age", "eq", 62))) == ["丁秀兰"]
    assert names(stage.machine.found(where("age", "lt", 18))) == ["顾小雨"]
    assert names(stage.machine.found(where("age", "le", "17"))) == ["顾小雨"]
    assert names(stage.machine.found(where("age", "ge", 64, sort=[{"attribute_name": "birth_date", "sort_order": "asc"}]))) == [
        "卢德才",
        "顾长明",
    ]
    assert names(stage.machine.found(where("age", "gt", 64))) == ["卢德才"]
    assert names(stage.machine.found(where("age", "in", [17, 69]))) == ["顾小雨", "卢德才"]


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "expected"),
    [
        ("sex", "eq", "female", ["丁秀兰"]),
        ("YOB", "lt", 1960, ["卢德才"]),
        ("DOB", "ge", "2000-01-01", ["顾小雨"]),
        ("mobile", "eq", "13800000001", ["顾长明"]),
        ("household_id", "eq", "HA000002", ["卢德才"]),
        ("area-code", "eq", "101", ["顾长明", "丁秀兰", "顾小雨"]),
        ("location", "eq", "邹冯村", ["卢德才"]),
        ("programme_identifier", "eq", "assistance.dibao", ["顾长明", "丁秀兰", "顾小雨"]),
        ("is_disabled", "eq", True, ["卢德才"]),
        ("disability_type", "in", ["visual", "hearing"], ["卢德才"]),
        ("disability_grade", "le", 2, ["卢德才"]),
    ],
)
def test_each_attribute_finds_who_has_it(stage: Stage, attribute: str, operator: str, value: object, expected: list[str]) -> None:
    assert names(stage.machine.found(where(attribute, operator, value))) == expected


def test_or_and_not_mean_what_they_say(stage: Stage) -> None:
    query = where("sex", "eq", "male")
    query["query"][0] |= {
        "condition": "not",
        "expression2": {"attribute_name": "is_disabled", "operator": "eq", "attribute_value": True},
    }
    assert names(stage.machine.found(query)) == ["顾长明", "顾小雨"]
    query["query"][0]["condition"] = "or"
    assert names(stage.machine.found(query)) == ["顾长明", "顾小雨", "卢德才"]


def test_an_expression_finds_households_with_their_members(stage: Stage) -> None:
    asked = {
        "query_type": "expression",
        "query": {
            "type": "ns:org:QueryType:expression",
            "value": {
                "expression": {
                    "collection": "Group",
                    "query": {"$and": [{"group_size": {"$lt": 5}}, {"$or": [{"location": "曲塘镇"}, {"group_size": 99}]}]},
                }
            },
        },
    }
    (group,) = stage.machine.found(asked)
    assert (group["@type"], group["group_size"]) == ("Group", 3)
    assert group["group_identifier"][0]["identifier_value"] == "HA000001"
    assert names(group["member_list"]) == ["顾长明", "丁秀兰", "顾小雨"]
    assert group["group_head_info"] == group["member_list"][0]
    assert [each["entitlement_identifier"] for each in group["programmes"]] == [stage.held.number]


def test_a_household_number_finds_the_household_and_under_uin_too(stage: Stage) -> None:
    for kind in ("HOUSEHOLD_ID", "UIN"):
        (group,) = stage.machine.found(by_id(kind, "HA000002"))
        assert names(group["member_list"]) == ["卢德才"]
    assert names(stage.machine.found(by_id("HOUSEHOLD_ID", "HA000002", response_entity="Member"))) == ["卢德才"]
    (group,) = stage.machine.found(by_id("UIN", number_of(stage.child), response_entity="Group"))
    assert group["group_identifier"][0]["identifier_value"] == "HA000001"


def test_pages_follow_each_other_and_say_how_many_there_are(stage: Stage) -> None:
    seen = []
    for page in (1, 2, 3):
        asked = where("age", "ge", 0, pagination={"page_size": 3, "page_number": page}, sort=[{"attribute_name": "name"}])
        (item,) = stage.machine.search(asked).json()["message"]["search_response"]
        assert item["pagination"] == {"page_size": 3, "page_number": page, "total_count": 4}
        seen.append(len(item["data"]["reg_records"]))
    assert seen == [3, 1, 0]


def test_what_cannot_be_answered_is_rejected_by_its_code_and_a_sentence(stage: Stage) -> None:
    machine = stage.machine
    code, why = machine.rejected(where("poverty_score", "lt", "2.5"))
    assert code == "rjct.search_criteria.invalid"
    assert why.startswith("登记中没有属性“poverty_score”，可用的有：age、")
    assert machine.rejected(where("age", "ge", 0, sort=[{"attribute_name": "income"}]))[0] == "rjct.sort.invalid"
    assert machine.rejected(where("age", "ge", 0, pagination={"page_size": 101})) == (
        "rjct.pagination.invalid", "每页最多 100 条，请分页查询。",
    )  # fmt: skip
    assert machine.rejected(where("age", "lt", "young")) == ("rjct.search_criteria.invalid", "“age”的值应为整数。")
    assert machine.rejected(where("birth_date", "eq", "31.01.1955"))[1] == "“birth_date”的值不是日期，请写成 1950-01-31 的样子。"
    assert machine.rejected(where("name", "gt", "顾"))[1] == "“name”只能用 eq 或 in 比较。"
    assert machine.rejected(by_id("PASSPORT", "1"))[1].startswith("不支持证件类型“passport”")
    assert machine.rejected({"query_type": "predicate", "query": []})[1] == "条件应有 1 至 10 组。"


def test_an_expression_may_not_be_endless(stage: Stage) -> None:
    deep: dict[str, object] = {"age": 1}
    for _ in range(6):
        deep = {"$and": [deep]}
    wide = {"$or": [{"age": each} for each in range(21)]}
    for query, why in ((deep, "条件嵌套超过 5 层。"), (wide, "条件应有 1 至 20 个。")):
        asked = {"query_type": "expression", "query": {"type": "x", "value": {"expression": {"query": query}}}}
        assert stage.machine.rejected(asked)[1] == why


def test_one_bad_question_does_not_spoil_the_others(stage: Stage) -> None:
    answer = stage.machine.search(by_id("UIN", number_of(stage.wife)), where("poverty_score", "lt", 3)).json()
    assert [each["status"] for each in answer["message"]["search_response"]] == ["succ", "rjct"]
    assert (answer["header"]["status"], answer["header"]["total_count"], answer["header"]["completed_count"]) == ("succ", 2, 1)


def test_too_many_records_are_rejected_rather_than_handed_out(stage: Stage, settings: object) -> None:
    settings.DCI_MOST_RECORDS = 3  # type: ignore[attr-defined]  # the fixture of pytest-django
    assert stage.machine.rejected(where("age", "ge", 0)) == (
        "rjct.search.too_many_records_found", "查到 4 条，超过 3 条的上限，请增加查询条件。",
    )  # fmt: skip


def test_a_machine_sees_its_areas_only(stage: Stage) -> None:
    machine = stage.machine_of(stage.let_in(areas=[stage.county.baidian]))
    assert names(machine.found(where("age", "ge", 0))) == ["卢德才"]
    assert machine.found(by_id("UIN", number_of(stage.head))) == []
    assert machine.found(by_id("HOUSEHOLD_ID", "HA000001")) == []


def test_numbers_are_in_full_only_where_the_grant_says_so(stage: Stage) -> None:
    machine = stage.machine_of(stage.let_in(identity_numbers=False))
    (record,) = machine.found(by_id("UIN", number_of(stage.head)))
    assert record["member_identifier"][0]["identifier_value"] == stage.head.identity_mask
    assert number_of(stage.head) not in str(record)


@pytest.mark.capability("SA-12")
def test_without_the_consent_it_needs_a_question_is_rejected(stage: Stage) -> None:
    machine = stage.machine_of(stage.let_in(needs_consent=True))
    question = by_id("UIN", number_of(stage.head))
    assert machine.rejected(question) == ("rjct.search_criteria.invalid", "没有附本人同意（consent），不能查询。")
    consent = {"ts": "2024-06-30T10:00:00+08:00", "purpose": {"text": "就业帮扶", "code": "MARKETING"}}
    assert machine.rejected({**question, "consent": consent})[1].startswith("同意书的目的代码与授权的目的（EMPLOYMENT）不一致")
    agreed = {"text": "就业帮扶", "code": "EMPLOYMENT"}
    for ts in (None, "2199-01-01T00:00:00Z"):
        late = {"purpose": agreed, **({"ts": ts} if ts else {})}
        assert machine.rejected({**question, "consent": late})[1].startswith("同意书没有时间，或者时间在将来")
    consent["purpose"] = agreed
    assert names(machine.found({**question, "consent": consent})) == ["顾长明"]


def test_the_beneficiary_register_tells_what_is_held_and_was_paid(stage: Stage) -> None:
    (record,) = stage.machine.found(by_id("UIN", number_of(stage.wife)), register="ibr")
    assert (record["@type"], record["enrollment_status"]) == ("Beneficiary", "active")
    assert record["enrollment_date"] == "2022-03-01T00:00:00+08:00"
    assert record["benefits"] == [
        {
            "@type": "Benefit",
            "benefit_name": "低保",
            "benefit_amount": "1234.05",
            "currency": "CNY",
            "date_received": "2024-06-10",
            "entitlement_identifier": stage.held.number,
        }
    ]
    assert stage.machine.found(by_id("UIN", number_of(stage.neighbour)), register="ibr") == []


def test_the_disability_register_knows_disabled_persons_only(stage: Stage) -> None:
    (record,) = stage.machine.found(by_id("UIN", number_of(stage.neighbour)), register="dr")
    assert record["disability_details"] == [
        {
            "@type": "DisabilityInfo",
            "disability_type": "visual",
            "disability_grade": 1,
            "functional_severity": "profound",
            "recorded_from": "2023-01-01",
        }
    ]
    assert stage.machine.found(by_id("UIN", number_of(stage.head)), register="dr") == []


def test_a_page_of_many_asks_as_much_as_a_page_of_few(stage: Stage) -> None:
    def asked(size: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            stage.machine.found(where("age", "ge", 0, pagination={"page_size": size}))
        return len(captured)

    few = asked(1)
    for number in range(30):
        made = make_person(stage.county.liuqiao, f"某{'甲乙丙'[number % 3]}", date(1970, 1, 1 + number), 100 + number)
        make_household(f"HB{number:06d}", made, {})
    assert asked(30) == few


def test_a_message_of_many_questions_asks_as_much_as_one_of_one(stage: Stage) -> None:
    born = [date(1970, 1, 1 + place) for place in range(20)]
    for place, day in enumerate(born):
        make_household(f"HB{place:06d}", make_person(stage.county.liuqiao, "某甲", day, 100 + place), {})
    bearing = [make_identity_number("320699", day, 100 + place) for place, day in enumerate(born)]

    def asked(*numbers: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = stage.machine.search(*(by_id("NationalID", number) for number in numbers))
        assert [len(each["data"]["reg_records"]) for each in answer.json()["message"]["search_response"]] == [1] * len(numbers)
        return len(captured)

    assert asked(*bearing) == asked(bearing[0])


def test_each_question_of_a_message_has_its_own_answer_in_its_order(stage: Stage) -> None:
    head = number_of(stage.head)
    answer = stage.machine.search(
        by_id("NationalID", head),
        where("shoe_size", "eq", 43),
        by_id("NationalID", "320699199901010017"),
        where("name", "eq", "卢德才"),
        by_id("NationalID", f" {head}"),
        by_id("NationalID", head, pagination={"page_size": 1, "page_number": 2}),
        by_id("HOUSEHOLD_ID", "HA000001"),
        register="social",
    )
    items = answer.json()["message"]["search_response"]
    assert [each["reference_id"] for each in items] == [f"r-{place}" for place in range(1, 8)]
    assert [each["status"] for each in items] == ["succ", "rjct", "succ", "succ", "succ", "succ", "succ"]
    told = [each["data"]["reg_records"] for each in items if "data" in each]
    assert [names(each) for each in told[:5]] == [["顾长明"], [], ["卢德才"], ["顾长明"], []]
    assert [each["group_identifier"][0]["identifier_value"] for each in told[5]] == ["HA000001"]
    assert [each["pagination"]["total_count"] for each in items if "data" in each] == [1, 0, 1, 1, 1, 1]
