"""Who may say to which category a child belongs."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.people.models import Person

_WHO = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER)


@permission("只有儿童所在地的经办人、科室人员或审核确认人可以认定困境儿童类别。")
def may_set_category(actor: Actor, person: Person) -> bool:
    return actor.has(*_WHO, at=person.area.path)
