"""Who may write about people, and who may see what is covered."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person, Supporter

_WRITERS = (Role.TOWN_CLERK, Role.SECTION_REVIEWER)
_REVEALERS = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.AUDITOR)


@permission("只有当地的经办人或科室人员可以登记人员，请由人员所在镇（街道）办理。")
def may_register_person(actor: Actor, area: Area) -> bool:
    return actor.has(*_WRITERS, at=area.path)


@permission("只有人员所在地的经办人或科室人员可以修改其信息。")
def may_change_person(actor: Actor, person: Person) -> bool:
    return actor.has(*_WRITERS, at=person.area.path)


@permission("死亡登记只能由科室或审批人员撤销，请联系科室。")
def may_withdraw_death(actor: Actor, person: Person) -> bool:
    return actor.has(Role.SECTION_REVIEWER, Role.DECISION_MAKER, at=person.area.path)


@permission("只有当地的经办人或科室人员可以登记家庭，请由家庭所在镇（街道）办理。")
def may_open_household(actor: Actor, area: Area) -> bool:
    return actor.has(*_WRITERS, at=area.path)


@permission("只有家庭所在地的经办人或科室人员可以变更家庭成员。")
def may_change_household(actor: Actor, household: Household) -> bool:
    return actor.has(*_WRITERS, at=household.area.path)


@permission("只有家庭所在地的经办人或科室人员可以变更家庭成员。")
def may_end_membership(actor: Actor, member: HouseholdMember) -> bool:
    return actor.has(*_WRITERS, at=member.household.area.path)


@permission("只有被赡养、抚养、扶养人所在地的经办人或科室人员可以登记义务人。")
def may_add_supporter(actor: Actor, dependant: Person) -> bool:
    return actor.has(*_WRITERS, at=dependant.area.path)


@permission("只有被赡养、抚养、扶养人所在地的经办人或科室人员可以变更义务人。")
def may_change_supporter(actor: Actor, supporter: Supporter) -> bool:
    return actor.has(*_WRITERS, at=supporter.dependant.area.path)


@permission("只有人员所在地的经办人或科室人员可以更正其情况。")
def may_correct_fact(actor: Actor, fact: Fact) -> bool:
    return actor.has(*_WRITERS, at=fact.person.area.path)


@permission("您的岗位不能查看完整的身份证号。")
def may_reveal_identity_number(actor: Actor, person: Person) -> bool:
    return actor.has(*_REVEALERS, at=person.area.path)
