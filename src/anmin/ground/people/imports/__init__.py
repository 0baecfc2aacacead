"""The files about people that towns and departments send, in the order in which they build on one another."""

from anmin.ground.imports.forms import ImportForm, Place
from anmin.ground.people.imports import columns
from anmin.ground.people.imports.facts import checker, load_facts
from anmin.ground.people.imports.households import (
    check_households,
    check_members,
    check_supporters,
    load_households,
    load_members,
    load_supporters,
)
from anmin.ground.people.imports.persons import check_deaths, check_persons, load_deaths, load_persons

_TOWN = "镇（街道）"
_stated, _extracted = checker(passes_over_strangers=False), checker(passes_over_strangers=True)
_PLACE = (Place(),)
_CHANGES = "情况有变化的，填新的起始日期，原来的记录自动在前一日结束；原来记错的，在“更正”列填“是”。"
_OTHERS = "名单中未在本系统登记的人员不导入，只计数。"
_ONES, _EXTRACT = (_CHANGES,), (_OTHERS, _CHANGES)

FORMS = (
    ImportForm(
        "people.persons",
        "人员名册",
        _TOWN,
        columns.PERSONS,
        check_persons,
        load_persons,
        _PLACE,
        notes=("已登记的人员再次导入时更新其住址、电话、账号等；留空的列不改变原有内容。",),
    ),
    ImportForm("people.households", "家庭名册", _TOWN, columns.HOUSEHOLDS, check_households, load_households, _PLACE),
    ImportForm(
        "people.members",
        "家庭成员",
        _TOWN,
        columns.MEMBERS,
        check_members,
        load_members,
        notes=("户主本人也要列为一行，与户主关系填“本人”。", _CHANGES),
    ),
    ImportForm(
        "people.supporters",
        "赡养、抚养、扶养义务人",
        _TOWN,
        columns.SUPPORTERS,
        check_supporters,
        load_supporters,
        (Place(required=False, in_scope=False),),
        notes=("尚未登记的义务人自动登记；住在外地的，镇街、村居填“外地”或留空。", _CHANGES),
    ),
    ImportForm(
        "people.incomes",
        "收入情况",
        _TOWN,
        columns.INCOMES,
        _stated,
        load_facts,
        notes=("金额为每月的元数；没有的填 0，不清楚的留空。", _CHANGES),
    ),
    ImportForm("people.assets", "财产情况", _TOWN, columns.ASSETS, _stated, load_facts, notes=_ONES),
    ImportForm("people.disabilities", "残疾人证", "残联", columns.DISABILITIES, _extracted, load_facts, notes=_EXTRACT),
    ImportForm("people.illnesses", "重特大疾病", "医保局", columns.ILLNESSES, _extracted, load_facts, notes=_EXTRACT),
    ImportForm("people.schooling", "在校学生", "教育局", columns.SCHOOLING, _extracted, load_facts, notes=_EXTRACT),
    ImportForm("people.work", "就业状况", "人社局", columns.WORK, _stated, load_facts, notes=_ONES),
    ImportForm("people.statuses", "特殊身份", "退役军人、宗教事务部门", columns.STATUSES, _stated, load_facts, notes=_ONES),
    ImportForm(
        "people.circumstances", "收入来源、劳动能力和照料", _TOWN, columns.CIRCUMSTANCES, _stated, load_facts, notes=_ONES
    ),
    ImportForm("people.children", "儿童和父母情况", "儿童福利科", columns.CHILDREN, _stated, load_facts, notes=_ONES),
    ImportForm("people.expenses", "近十二个月刚性支出", _TOWN, columns.EXPENSES, _stated, load_facts, notes=_ONES),
    ImportForm("people.deaths", "死亡人员", "殡仪馆", columns.DEATHS, check_deaths, load_deaths, notes=(_OTHERS,)),
)
