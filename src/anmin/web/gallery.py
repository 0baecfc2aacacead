"""The living style page: every component with invented data. Served at /gallery in development only."""

from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anmin.web.columns import BadgeColumn, ClockColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table

_CHINA = ZoneInfo("Asia/Shanghai")

NAVIGATION = [
    {
        "title": "",
        "items": [
            {"label": "工作台", "url": "#", "icon": "home", "active": True},
            {"label": "待办事项", "url": "#", "icon": "inbox", "count": 37, "tone": "danger"},
        ],
    },
    {
        "title": "社会救助",
        "items": [
            {"label": "人员与家庭", "url": "#", "icon": "users"},
            {"label": "低保业务", "url": "#", "icon": "heart-handshake", "count": 12},
            {"label": "资金发放", "url": "#", "icon": "cash"},
        ],
    },
    {
        "title": "数据与报告",
        "items": [
            {"label": "统计指标", "url": "#", "icon": "chart-bar"},
            {"label": "工作报告", "url": "#", "icon": "report"},
            {"label": "政策标准", "url": "#", "icon": "book"},
        ],
    },
    {
        "title": "管理",
        "items": [
            {"label": "数据导入", "url": "#", "icon": "database-import"},
            {"label": "操作审计", "url": "#", "icon": "shield-check"},
        ],
    },
]

WHY = {
    "label": "每月应发低保金",
    "value": "1,090.00",
    "unit": "元/月",
    "kind": "rule",
    "formula": "（低保标准 − 家庭月人均收入）× 保障人数",
    "document": "《江苏省最低生活保障工作规程》",
    "article": "第二十二条",
    "href": "#",
    "inputs": [
        {
            "label": "低保标准",
            "value": "820.00",
            "unit": "元/人·月",
            "kind": "parameter",
            "document": "示例文件〔2023〕1号",
            "article": "第一项",
            "href": "#",
        },
        {
            "label": "家庭月人均收入",
            "value": "275.00",
            "unit": "元/人·月",
            "kind": "rule",
            "formula": "家庭月收入 ÷ 共同生活家庭成员人数",
            "inputs": [
                {
                    "label": "家庭月收入",
                    "value": "550.00",
                    "unit": "元",
                    "kind": "rule",
                    "formula": "工资性收入 − 就业成本扣除",
                    "inputs": [
                        {
                            "label": "工资性收入",
                            "value": "700.00",
                            "unit": "元",
                            "kind": "fact",
                            "note": "登记于 2024-03-12",
                        },
                        {"label": "就业成本扣除", "value": "150.00", "unit": "元", "kind": "rule"},
                    ],
                },
                {"label": "共同生活家庭成员人数", "value": "2", "unit": "人", "kind": "fact"},
            ],
        },
        {"label": "保障人数", "value": "2", "unit": "人", "kind": "fact"},
    ],
}


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", max_length=30, help_text="与居民身份证一致，少数民族姓名用间隔号“·”。")
    number = forms.CharField(label="公民身份号码", max_length=18)
    applied_on = forms.DateField(label="申请日期")
    town = forms.ChoiceField(label="乡镇（街道）", choices=[("", "请选择"), ("1", "示例镇"), ("2", "示例街道")])
    route = forms.ChoiceField(
        label="申请方式",
        choices=[("a", "窗口"), ("b", "村（居）代办"), ("c", "线上")],
        widget=forms.RadioSelect,
    )
    income = forms.DecimalField(label="月工资性收入", required=False)
    consent = forms.BooleanField(label="已签署家庭经济状况核对授权书")
    note = forms.CharField(label="情况说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="低保家庭花名册", required=False, help_text="支持 CSV、XLSX，最大 50 MB")


class SampleFilter(forms.Form):
    """Filters of the worklist."""

    town = forms.ChoiceField(label="乡镇（街道）", choices=[("", "全部"), ("1", "示例镇")], required=False)
    step = forms.ChoiceField(label="环节", choices=[("", "全部"), ("1", "入户调查")], required=False)
    due = forms.DateField(label="截止日期不晚于", required=False)


class SampleTable(Table):
    """A worklist."""

    name = LinkColumn(verbose_name="申请人", href=lambda record: f"#{record['id']}")
    number = Column(verbose_name="编号")
    town = Column(verbose_name="乡镇（街道）")
    step = BadgeColumn(
        verbose_name="环节",
        tones={"入户调查": "info", "公示": "accent", "补正材料": "warning", "审核确认": "success"},
    )
    persons = NumberColumn(verbose_name="人数")
    amount = MoneyColumn(verbose_name="拟发金额（元/月）")
    applied_on = DayColumn(verbose_name="申请日期")
    clock = ClockColumn(verbose_name="时限", orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "待办事项"}
        row_attrs: ClassVar = {
            "data-href": lambda record: f"#{record['id']}",
            "class": lambda record: "is-late" if (record["clock"].get("working_days_left") or 0) < 0 else "",
        }


ROWS = [
    {
        "id": place,
        "name": name,
        "number": f"DB-2024-{place:05d}",
        "town": town,
        "step": step,
        "persons": persons,
        "amount": amount,
        "applied_on": date(2024, 6, 3 + place),
        "clock": clock,
    }
    for place, (name, town, step, persons, amount, clock) in enumerate(
        [
            (
                "钱示例",
                "示例街道",
                "入户调查",
                2,
                109000,
                {"working_days_left": -3, "due_on": date(2024, 6, 25)},
            ),
            ("陆样本", "示例镇", "公示", 1, 82000, {"working_days_left": 0, "due_on": date(2024, 6, 28)}),
            ("阿依·样例", "东示例镇", "补正材料", 4, None, {"state": "stopped"}),
            (
                "顾演示",
                "西示例镇",
                "审核确认",
                3,
                165400,
                {"working_days_left": 2, "due_on": date(2024, 7, 2)},
            ),
            ("沈虚构", "示例镇", "入户调查", 2, 57350, {"working_days_left": 9, "due_on": date(2024, 7, 11)}),
            ("周举例", "示例街道", "审核确认", 1, 82000, {"state": "done"}),
        ]
        * 2,
        start=1,
    )
]

MONTHS = ["1月", "2月", "3月", "4月", "5月", "6月"]


def _tile(name: str, column: int, row: int) -> dict[str, Any]:
    corners = [
        [column, row],
        [column + 0.96, row],
        [column + 0.96, row + 0.96],
        [column, row + 0.96],
        [column, row],
    ]
    return {
        "type": "Feature",
        "properties": {"name": name},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }


_TOWNS = ["示例街道", "东示例镇", "西示例镇", "南示例镇", "北示例镇", "示例新区"]
MAP = {
    "areas": {
        "type": "FeatureCollection",
        "features": [_tile(name, place % 3, place // 3) for place, name in enumerate(_TOWNS)],
    },
    "values": [{"name": name, "value": 820 - 97 * place} for place, name in enumerate(_TOWNS)],
    "unit": "户",
    "aspect": 1,
}


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; with ?faults=1 the form is shown as it comes back with faults."""
    messages.success(request, "已保存：钱示例户的入户调查记录。")
    messages.warning(request, "该户有 1 份材料将于 3 日后过期，请提醒补充。")
    table = SampleTable(ROWS, order_by=request.GET.get("sort", "applied_on"))
    table.paginate(page=int(request.GET.get("page", 1)), per_page=6)
    form = SampleForm(
        {"name": "", "number": "320699199902300011", "route": "a", "income": "12.5"} if "faults" in request.GET else None
    )
    return render(
        request,
        "gallery.html",
        {
            "navigation": NAVIGATION,
            "signed_in": {"name": "沈示范", "role": "救助科审核员", "area": "示例县"},
            "demo_notice": "演示数据，纯属虚构：人物、地址、金额均为编造，不对应任何真实个人或家庭。",
            "business_date": date(2024, 6, 28),
            "county": "示例县民政局",
            "breadcrumbs": [
                {"label": "工作台", "url": "/"},
                {"label": "社会救助", "url": "#"},
                {"label": "组件样张"},
            ],
            "tones": ["neutral", "accent", "info", "success", "warning", "danger"],
            "late_on": date(2024, 6, 25),
            "spark": [4367, 4402, 4391, 4455, 4520, 4533, 4601, 4667],
            "facts": [
                ("户主", "钱示例"),
                {
                    "label": "公民身份号码",
                    "value": "3206**********001X",
                    "note": "查看完整号码将记入审计日志",
                },
                {"label": "家庭编号", "value": "HH-320699-000123", "copyable": True},
                ("户籍地址", "示例县示例镇示例村 3 组 12 号"),
                {"label": "共同生活家庭成员", "value": "2 人", "href": "#"},
                ("联系电话", None),
                {
                    "label": "困难原因",
                    "value": "户主因病丧失劳动能力，配偶打零工，收入不稳定。",
                    "wide": True,
                },
            ],
            "timeline": [
                {
                    "at": datetime(2024, 6, 21, 15, 30, tzinfo=_CHINA),
                    "title": "入户调查",
                    "actor": "陆样本、顾演示",
                    "role": "镇经办人",
                    "tone": "accent",
                    "icon": "home",
                    "note": "两人入户。家庭实际居住 2 人，与申报一致。",
                    "documents": [{"label": "入户调查表.docx", "href": "#"}],
                },
                {
                    "at": datetime(2024, 6, 12, 10, 5, tzinfo=_CHINA),
                    "title": "材料补齐，时限恢复计算",
                    "actor": "陆样本",
                    "role": "镇经办人",
                    "tone": "success",
                },
                {
                    "at": datetime(2024, 6, 6, 9, 12, tzinfo=_CHINA),
                    "title": "一次性告知补正",
                    "actor": "陆样本",
                    "role": "镇经办人",
                    "tone": "warning",
                    "icon": "player-pause",
                    "note": "缺少：家庭经济状况核对授权书（配偶）。",
                    "documents": [{"label": "补正告知书.pdf", "href": "#"}],
                },
                {
                    "at": datetime(2024, 6, 4, 8, 47, tzinfo=_CHINA),
                    "title": "提出申请",
                    "actor": "钱示例",
                    "icon": "file-plus",
                },
            ],
            "steps": [
                {"label": "申请", "state": "done", "detail": "06-04"},
                {"label": "受理", "state": "done", "detail": "06-12"},
                {"label": "核对", "state": "done", "detail": "06-19"},
                {"label": "入户调查", "state": "current", "detail": "还剩 2 个工作日"},
                {"label": "民主评议", "state": "skipped"},
                {"label": "审核", "state": "todo"},
                {"label": "公示", "state": "todo"},
                {"label": "确认", "state": "todo"},
            ],
            "why": WHY,
            "line": {
                "categories": MONTHS,
                "unit": "万元",
                "from_zero": False,
                "series": [
                    {"name": "2024年", "values": [405.2, 408.9, 410.1, 412.8, 414.5, 416.5]},
                    {"name": "2023年", "values": [335.0, 338.2, 340.8, 341.9, 343.6, 344.5], "dashed": True},
                ],
            },
            "bar": {
                "categories": _TOWNS,
                "unit": "户",
                "horizontal": True,
                "labels": True,
                "series": [{"name": "在保户数", "values": [820, 723, 626, 529, 432, 335]}],
            },
            "map": MAP,
            "form": form,
            "filter": SampleFilter(request.GET or None),
            "table": table,
            "page": Paginator(range(482), 20).page(7),
        },
    )
