"""Who may ask for verification, and who writes down the answer."""

from typing import Protocol

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.verification.models import VerificationRequest


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
