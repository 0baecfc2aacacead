"""Who may ask for verification, and who writes down the answer."""

from collections.abc import Sequence
from typing import Protocol

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.verification.models import Finding, Hit, Inquiry, RegistryQuestion, VerificationRequest
from anmin.ground.verification.registry_interface import connections

READERS = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER, Role.AUDITOR)
"""Who needs to know what other departments say of a family: who decides, and who watches over it. Whoever pays does not."""


def reads_verification(actor: Actor) -> bool:
    """Whether what was asked about people, and what was found, is any business of the actor's."""
    return actor.has(*READERS)


class _HasArea(Protocol):
    area: Area


@permission("只有本镇（街道）的经办人可以提请信息核对")
def may_request_verification(actor: Actor, case: _HasArea) -> bool:
    return actor.has(Role.TOWN_CLERK, at=case.area.path)


@permission("只有县级民政部门的审核人员可以出具核对报告")
def may_record_report(actor: Actor, request: VerificationRequest) -> bool:
    return actor.has(Role.SECTION_REVIEWER, at=request.area.path)


@permission("只有受理地的经办人或者县级审核人员可以登记核对授权书")
def may_record_consent(actor: Actor, area: Area) -> bool:
    return actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER, at=area.path)


@permission("只有受理地的经办人或者县级审核人员可以登记撤回授权")
def may_withdraw_consent(actor: Actor, area: Area) -> bool:
    return actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER, at=area.path)


@permission("只有县级审核人员可以接收部门数据")
def may_receive_extract(actor: Actor) -> bool:
    return actor.has(Role.SECTION_REVIEWER)


@permission("只有系统管理员可以删除部门数据")
def may_delete_rows(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR)


@permission("只有县级民政部门的审核人员可以开展信息核对")
def may_run_requests(actor: Actor, requests: Sequence[VerificationRequest]) -> bool:
    return all(actor.has(Role.SECTION_REVIEWER, at=request.area.path) for request in requests)


@permission("只有县级民政部门的审核人员可以开展全量核对、动态监测")
def may_open_campaign(actor: Actor, area: Area) -> bool:
    return actor.has(Role.SECTION_REVIEWER, at=area.path)


@permission("只有县级民政部门的审核人员可以开展信息核对")
def may_ask_sources(actor: Actor, inquiry: Inquiry) -> bool:
    return actor.has(Role.SECTION_REVIEWER, at=inquiry.area.path)


@permission("只有本镇（街道）的经办人或者县级审核人员可以辨认疑似记录")
def may_identify_hit(actor: Actor, hit: Hit) -> bool:
    return actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER, at=hit.person.area.path)


@permission("只有本镇（街道）的经办人或者县级审核人员可以核实疑点")
def may_look_into_finding(actor: Actor, finding: Finding) -> bool:
    return actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER, at=finding.area.path)


@permission("只有县级民政部门的审核人员可以认定疑点")
def may_decide_finding(actor: Actor, finding: Finding) -> bool:
    return actor.has(Role.SECTION_REVIEWER, at=finding.area.path)


@permission("只有县级民政部门的审核人员可以出具核对报告")
def may_issue_report(actor: Actor, inquiry: Inquiry) -> bool:
    return actor.has(Role.SECTION_REVIEWER, at=inquiry.area.path)


@permission("只有系统本身可以向其他登记提出查询")
def may_send_questions(actor: Actor) -> bool:
    return actor.is_system


@permission("只有该数据源登记过的外部系统可以送来通知")
def may_give_notice(actor: Actor, source: str, caller: str) -> bool:
    """As `may_take_answers`, for what comes without a question."""
    connection = connections().get(source)
    return actor.id is None and connection is not None and connection.declared.caller == caller != ""


@permission("只有该数据源登记过的外部系统可以送回答复")
def may_take_answers(actor: Actor, question: RegistryQuestion, caller: str) -> bool:
    """Machines have no account; which one it is the door has made sure of."""
    connection = connections().get(question.source)
    return actor.id is None and connection is not None and connection.declared.caller == caller != ""
