"""Where one can go: the groups of the sidebar, for each role."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.entitlements.benefits import BENEFITS

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
    benefit: str = ""
    """The benefit whose register it is; the place is there once the house knows the benefit."""

    @property
    def said(self) -> str:
        """Its label; under the name of the day where the law renamed the benefit."""
        renamed = BENEFITS[self.benefit].renamed if self.benefit else None
        return renamed(clock.today()) if renamed else self.label

    @property
    def is_there(self) -> bool:
        return not self.benefit or self.benefit in BENEFITS

    @cached_property
    def url(self) -> str:
        """Worked out once: every page shows every place."""
        return reverse(self.url_name, args=[self.benefit] if self.benefit else [])

    def reach(self, path: str) -> int:
        """How much of the path the place claims; the one that claims most is where one is."""
        if self.url == "/":
            return int(path == "/")
        claimed = [len(each) for each in (self.url, *self.beside) if path == each or path.startswith(f"{each}/")]
        return max(claimed, default=0)


def _register(label: str, icon: str, benefit: str) -> Place:
    return Place(label, "benefit", icon, _COUNTY, benefit=benefit)


GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "工作台",
        (
            Place("首页", "home", "home", EVERYBODY),
            Place("待办", "worklist", "checklist", _CASEWORK),
            Place("定期事项", "tasks", "calendar-due", _CASEWORK),
            Place("办件", "cases", "clipboard-text", _CASEWORK),
            Place("人员与家庭", "people", "users", _COUNTY, beside=("/households", "/search")),
            Place("批量名单", "groups", "users-group", _COUNTY),
        ),
    ),
    (
        "社会救助",
        (
            Place("低收入人口", "low-income", "hierarchy", _COUNTY),
            _register("特困在享", "heart-handshake", "assistance.tekun"),
            _register("低保在享", "shield-check", "assistance.dibao"),
            _register("低保边缘", "adjustments-horizontal", "assistance.margin"),
            _register("刚性支出困难", "first-aid-kit", "assistance.hardship"),
            Place("临时救助", "temporary", "flame", _COUNTY),
            Place("入户核查", "home-checks", "home-search", _CASEWORK),
            Place("一事一议", "deliberations", "gavel", _COUNTY),
            Place("一次性发放", "campaigns", "users-plus", _COUNTY),
            Place("低补保", "supplementary", "shield", _COUNTY),
        ),
    ),
    (
        "信息核对",
        (
            Place("核对任务", "inquiries", "list-check", _CASEWORK),
            Place("核对发现", "findings", "report-search", _CASEWORK),
            Place("待辨认", "verification-queue", "user-search", _CASEWORK),
            Place("核对报告", "verification-reports", "file-check", _CASEWORK),
            Place("动态监测", "verification-watch", "eye-check", _CASEWORK),
            Place("核对授权书", "consents", "signature", _CASEWORK),
            Place("部门数据", "verification-sources", "database", EVERYBODY, beside=("/verification/deliveries",)),
        ),
    ),
    (
        "养老",
        (
            _register("尊老金", "old", "eldercare.allowance"),
            Place("意外伤害保险", "insured", "shield", _COUNTY),
        ),
    ),
    ("儿童", (_register("困境儿童", "mood-kid", "children.stipend"),)),
    (
        "残疾人",
        (
            _register("生活补贴", "wheelchair", "disability.living"),
            _register("护理补贴", "ribbon-health", "disability.nursing"),
        ),
    ),
    (
        "待遇与资金",
        (
            Place("各项待遇", "benefits", "list-details", _COUNTY),
            Place("资金发放", "rolls", "cash", _MONEY),
            Place("账号变更", "payout-changes", "user-check", _COUNTY),
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
            Place("外部系统", "machines", "affiliate", (Role.ADMINISTRATOR,)),
        ),
    ),
)


def navigation(request: HttpRequest, actor: Actor) -> list[dict[str, object]]:
    """The groups of the sidebar with the pages this actor may open; the page one is on is marked."""
    groups: list[dict[str, object]] = []
    places = [place for _, group in GROUPS for place in group if place.is_there and actor.has(*place.roles)]
    here = max(places, key=lambda place: place.reach(request.path), default=None)
    for title, group in GROUPS:
        items = [
            {
                "label": place.said,
                "url": place.url,
                "icon": place.icon,
                "count": None,
                "active": place is here and place.reach(request.path) > 0,
            }
            for place in group
            if place in places
        ]
        if items:
            groups.append({"title": title, "items": items})
    return groups
