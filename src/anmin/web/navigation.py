"""Where one can go: the groups of the sidebar, for each role."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role

EVERYBODY = tuple(Role)
_CASEWORK = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER, Role.AUDITOR)
_MONEY = (Role.CASHIER, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER, Role.AUDITOR)
_COUNTY = (Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.CASHIER, Role.LEADER, Role.AUDITOR, Role.TOWN_CLERK)


@dataclass(frozen=True)
class Place:
    """A page in the sidebar: its label, the name of its address, its icon, and the roles that see it."""

    label: str
    url_name: str
    icon: str
    roles: tuple[Role, ...]
    beside: tuple[str, ...] = ()
    """Beginnings of other addresses that belong to the place."""


GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "工作台",
        (
            Place("首页", "home", "home", EVERYBODY),
            Place("待办", "worklist", "checklist", _CASEWORK),
        ),
    ),
    (
        "社会救助",
        (
            Place("低保办件", "cases", "clipboard-text", _CASEWORK),
            Place("低保在享", "dibao-register", "shield-check", _COUNTY),
            Place("人员与家庭", "people", "users", _COUNTY, beside=("/households", "/search")),
            Place("批量名单", "groups", "users-group", _COUNTY),
            Place("资金发放", "rolls", "cash", _MONEY),
        ),
    ),
    (
        "统计与报告",
        (
            Place("统计指标", "figures", "chart-bar", _COUNTY),
            Place("工作总结", "report", "file-text", _COUNTY),
            Place("核数", "checking", "calculator", _COUNTY),
        ),
    ),
    (
        "依据与监督",
        (
            Place("政策标准", "policy", "book", EVERYBODY),
            Place("提标测算", "simulation", "trending-up", _COUNTY),
            Place("线索排查", "discovery", "user-search", _COUNTY),
            Place("审计日志", "audit", "history", EVERYBODY),
        ),
    ),
    (
        "系统",
        (
            Place("数据导入", "imports", "upload", (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.ADMINISTRATOR)),
            Place("人员账号", "staff", "user-cog", (Role.ADMINISTRATOR,)),
        ),
    ),
)


def navigation(request: HttpRequest, actor: Actor) -> list[dict[str, object]]:
    """The groups of the sidebar with the pages this actor may open; the page one is on is marked."""
    groups: list[dict[str, object]] = []
    for title, places in GROUPS:
        items = [
            {
                "label": place.label,
                "url": (url := reverse(place.url_name)),
                "icon": place.icon,
                "count": None,
                "active": request.path == url or (url != "/" and request.path.startswith((url, *place.beside))),
            }
            for place in places
            if actor.has(*place.roles)
        ]
        if items:
            groups.append({"title": title, "items": items})
    return groups
