"""A round is planned on a frozen roll, drawn from a published seed, and fixed by somebody else."""

from collections.abc import Collection
from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.lines.assistance.homechecks.drawing import draw, read_roll, roll_hash, roll_text
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan
from anmin.lines.assistance.homechecks.permissions import may_fix_draw, may_plan_checks
from anmin.lines.assistance.homechecks.roll import holders, places_of
from anmin.lines.assistance.homechecks.vocabulary import BASIS, REGISTERS, PlanState


@action("homecheck.planned", permission=may_plan_checks)
def plan_checks(
    *,
    title: str,
    area: Area,
    benefits: Collection[str],
    rostered_on: date,
    villages: int,
    households: int | None,
    starts_on: date,
    due_on: date,
    document: str = "",
    actor: Actor,
    on: date,
) -> HomeCheckPlan:
    """The round is there with its roll, frozen as of the day: nobody is drawn yet, and the seed is not known to anybody.

    Refuses: no title, an unknown register, a day to come, an end before the start, an empty roll, more villages than it has.
    """
    title = title.strip()
    if not title or len(title) > 60:
        raise BadValue("请填写核查名称，如“2024年上半年入户核查”，最多60字。")
    unknown = set(benefits) - set(REGISTERS)
    if unknown or not benefits:
        raise BadValue(f"请选择核查对象，可选：{'、'.join(REGISTERS.values())}。")
    if rostered_on > on:
        raise BadValue(f"名册日期{rostered_on}还没有到，不能冻结名册。")
    if due_on < starts_on:
        raise BadValue(f"完成期限{due_on}早于开始日期{starts_on}，请检查。")
    found, elsewhere = holders(area=area, benefits=benefits, on=rostered_on)
    if not found:
        raise BadValue(f"{rostered_on}没有符合条件的在册家庭，请检查核查对象和名册日期。")
    counted = len({line.village for line in found})
    if not 1 <= villages <= counted:
        raise BadValue(f"名册中有在册家庭的村（社区）共 {counted} 个，抽取个数应在 1 和 {counted} 之间。")
    if households is not None and households < 1:
        raise BadValue("每村抽取户数至少为 1；不填即全部核查。")
    plan = HomeCheckPlan.objects.create(
        title=title,
        document=document.strip(),
        area=area,
        benefits=[each for each in REGISTERS if each in benefits],
        rostered_on=rostered_on,
        villages=villages,
        households=households,
        starts_on=starts_on,
        due_on=due_on,
        roll=roll_text(found),
        roll_sha256=roll_hash(found),
        roll_villages=counted,
        roll_households=len(found),
        left_out=elsewhere,
        made_by_id=actor.id,
        made_on=on,
    )
    of_each = f"每村 {households} 户" if households else "村内全部在册家庭"
    remark(
        f"拟定{title}：{rostered_on}在册 {len(found)} 户、{counted} 个村（社区），抽取 {villages} 个，{of_each}；"
        f"名册摘要 {plan.roll_sha256}",
        basis=BASIS,
    )
    return plan


@action("homecheck.drawn", permission=may_plan_checks)
def draw_households(*, plan: HomeCheckPlan, seed: str, seed_source: str, actor: Actor, on: date) -> HomeCheckPlan:
    """The seed stands for good, and with it who is drawn; the list can be read and made again before anybody fixes it.

    Refuses: a plan that was drawn before or discarded, no seed, no word of where it comes from.
    """
    plan = _held(plan, PlanState.ROSTERED)
    seed, seed_source = seed.strip(), seed_source.strip()
    if not seed_source:
        raise BadValue("请写明种子的来源，如“福彩双色球第2024048期开奖号码”，以便任何人核对。")
    drawn = draw(read_roll(plan.roll), seed=seed, villages=plan.villages, households=plan.households)
    plan.seed, plan.seed_source, plan.drawn_by_id, plan.drawn_on = seed, seed_source, actor.id, on
    plan.state = PlanState.DRAWN
    plan.save(update_fields=["seed", "seed_source", "drawn_by", "drawn_on", "state"])
    villages = len({line.village for line in drawn})
    remark(
        f"{plan.title}：种子“{seed}”（{seed_source}），抽中 {villages} 个村（社区）、{len(drawn)} 户",
        roll_sha256=plan.roll_sha256,
    )
    return plan


@action("homecheck.fixed", permission=may_fix_draw)
def fix_draw(*, plan: HomeCheckPlan, actor: Actor, on: date) -> HomeCheckPlan:
    """The households drawn are to be visited; each has its place in the list of its village.

    The draw is made anew here and not taken from a page; who has left the register since the roll was frozen is visited all the
    same. Refuses: a plan that is not drawn, whoever planned or drew it.
    """
    plan = _held(plan, PlanState.DRAWN)
    drawn = draw(read_roll(plan.roll), seed=plan.seed, villages=plan.villages, households=plan.households)
    homes, areas = places_of(drawn)
    held, _ = holders(area=plan.area, benefits=plan.benefits, on=plan.rostered_on)
    HomeCheck.objects.bulk_create(
        (
            HomeCheck(
                plan=plan,
                household_id=homes[line.household],
                area_id=areas[line.village],
                place=place,
                benefits=list(held[line].benefits) if line in held else [],
            )
            for place, line in enumerate(drawn, 1)
        ),
        batch_size=500,
    )
    plan.state, plan.fixed_by_id, plan.fixed_on = PlanState.UNDERWAY, actor.id, on
    plan.save(update_fields=["state", "fixed_by", "fixed_on"])
    remark(f"确认{plan.title}抽取结果：{plan.villages} 个村（社区）、{len(drawn)} 户，{plan.due_on}前完成", basis=BASIS)
    return plan


@action("homecheck.discarded", permission=may_plan_checks)
def discard_plan(*, plan: HomeCheckPlan, reason: str, actor: Actor, on: date) -> HomeCheckPlan:
    """Nobody is visited by this plan; roll, seed and reason stay to be read. Refuses: a round under way, no reason."""
    plan = _held(plan, PlanState.ROSTERED, PlanState.DRAWN)
    if not reason.strip():
        raise BadValue("请写明作废的原因。")
    plan.state, plan.discarded_because = PlanState.DISCARDED, reason.strip()
    plan.save(update_fields=["state", "discarded_because"])
    remark(f"作废{plan.title}：{plan.discarded_because}")
    return plan


def _held(plan: HomeCheckPlan, *states: PlanState) -> HomeCheckPlan:
    """The plan as it stands now, held until the action ends. Refuses one in another state."""
    found = HomeCheckPlan.objects.select_for_update(of=("self",)).select_related("area").get(pk=plan.pk)
    if found.state not in states:
        wanted = "、".join(state.label for state in states)
        raise Refused(f"{found}的状态是“{PlanState(found.state).label}”，不是“{wanted}”，不能办理。")
    return found
