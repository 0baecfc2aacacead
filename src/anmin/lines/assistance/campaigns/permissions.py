"""Who proposes a campaign, checks it and approves it: three people; and who hands over the gifts."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.lines.assistance.campaigns.models import Campaign


def _for_the_county(actor: Actor, *roles: Role) -> bool:
    return any(held in roles and path.count("/") <= 1 for held, path in actor.roles)


@permission("只有全市的科室审核人可以拟定一次性发放名册")
def may_prepare_campaign(actor: Actor) -> bool:
    return _for_the_county(actor, Role.SECTION_REVIEWER)


@permission("名册应由拟定人、冻结人以外的科室审核人或审核确认人复核")
def may_check_campaign(actor: Actor, campaign: Campaign) -> bool:
    others = {campaign.made_by_id, campaign.frozen_by_id}
    return _for_the_county(actor, Role.SECTION_REVIEWER, Role.DECISION_MAKER) and actor.id not in others


@permission("名册应由拟定人、复核人以外的审核确认人或局领导审批")
def may_approve_campaign(actor: Actor, campaign: Campaign) -> bool:
    others = {campaign.made_by_id, campaign.frozen_by_id, campaign.checked_by_id}
    return _for_the_county(actor, Role.DECISION_MAKER, Role.LEADER) and actor.id not in others


@permission("只有本地经办人或全市的科室审核人可以登记慰问品发放")
def may_hand_over_gifts(actor: Actor) -> bool:
    return actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER)
