"""Who may say that a missing elder was found."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.people.models import Person


@permission("只有老人所在地的经办人或科室人员可以登记老人已找到。")
def may_find_elder(actor: Actor, person: Person) -> bool:
    return actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER, at=person.area.path)
