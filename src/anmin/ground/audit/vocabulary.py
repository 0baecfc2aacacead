"""What the log calls the things that are done, and the records they are done to. Imports nothing."""

AREAS_OF_WORK: dict[str, str] = {
    "staff": "账号与登录",
    "area": "行政区划",
    "file": "数据导入",
    "person": "人员档案",
    "household": "家庭",
    "supporter": "赡养、抚养、扶养义务人",
    "fact": "家庭经济状况等事实",
    "document": "文书",
    "case": "办件",
    "verification": "信息核对",
    "entitlement": "待遇",
    "roll": "发放名册",
    "bank_file": "银行文件",
    "bank_return": "银行回盘",
    "payment": "款项",
    "recovery": "追回",
    "report": "工作总结",
}
"""The first part of a verb: what kind of work it is."""

VERBS: dict[str, str] = {
    "staff.created": "建立账号",
    "staff.deactivated": "停用账号",
    "staff.password_changed": "修改密码",
    "staff.password_set": "重置密码",
    "staff.role_assigned": "分配角色",
    "staff.role_ended": "结束角色",
    "staff.unlocked": "解除锁定",
    "staff.signed_in": "登录",
    "staff.signed_out": "退出登录",
    "staff.sign_in_failed": "登录失败",
    "area.opened": "设立区划",
    "area.renamed": "区划更名",
    "area.merged": "区划合并",
    "area.code_recorded": "登记区划代码",
    "area.loaded": "载入区划",
    "file.imported": "导入文件",
    "person.registered": "登记人员",
    "person.changed": "更正人员信息",
    "person.died": "登记死亡",
    "person.identity_number_revealed": "查看完整身份证号码",
    "household.opened": "登记家庭",
    "household.member_added": "增加成员",
    "household.member_left": "成员离开",
    "supporter.added": "登记义务人",
    "supporter.ended": "义务关系结束",
    "fact.recorded": "登记事实",
    "fact.corrected": "更正事实",
    "fact.withdrawn": "撤销事实",
    "document.issued": "出具文书",
    "document.received": "收到材料",
    "case.opened": "提出申请",
    "case.accepted": "受理",
    "case.step_taken": "办理环节",
    "case.paper_issued": "出具文书",
    "verification.requested": "提请核对",
    "verification.reported": "出具核对报告",
    "entitlement.started": "开始享受待遇",
    "entitlement.ended": "停发",
    "entitlement.migrated": "转入历史待遇",
    "entitlement.member_added": "增加保障对象",
    "entitlement.member_removed": "减少保障对象",
    "entitlement.payee_changed": "变更领款人",
    "entitlement.reviewed": "完成复核",
    "entitlement.suspended": "暂停发放",
    "entitlement.resumed": "恢复发放",
    "entitlement.grace_started": "开始渐退缓退",
    "entitlement.grace_extended": "延长渐退缓退",
    "entitlement.grace_ended": "渐退缓退结束",
    "roll.generated": "生成名册",
    "roll.checked": "复核名册",
    "roll.approved": "审批名册",
    "roll.discarded": "作废名册",
    "bank_file.made": "生成银行文件",
    "bank_return.brought": "导入银行回盘",
    "payment.released": "重新发放",
    "recovery.agreed": "同意抵扣",
    "recovery.repaid": "登记退回",
    "report.issued": "印发工作总结",
}
"""What each verb is called; a house test keeps the list complete."""

SUBJECTS: dict[str, str] = {
    "accounts.staff": "账号",
    "accounts.roleassignment": "任职",
    "areas.area": "区划",
    "imports.importbatch": "导入批次",
    "people.person": "人员",
    "people.household": "家庭",
    "people.membership": "家庭成员",
    "people.supporter": "义务人",
    "people.fact": "事实",
    "documents.document": "文书",
    "cases.case": "办件",
    "verification.verificationrequest": "核对请求",
    "entitlements.entitlement": "待遇",
    "entitlements.entitlementmember": "保障对象",
    "entitlements.graceperiod": "渐退缓退",
    "payments.roll": "发放名册",
    "payments.bankfile": "银行文件",
    "payments.bankreturn": "银行回盘",
    "payments.payment": "款项",
    "payments.recovery": "追回事项",
    "reports.issuedreport": "工作总结",
}
"""What each kind of record is called."""


def verb_label(verb: str) -> str:
    """What a verb is called; the kind of work where the verb itself has no name."""
    return VERBS.get(verb) or AREAS_OF_WORK.get(verb.split(".")[0], "其他")


def subject_label(kind: str) -> str:
    """What a kind of record is called."""
    return SUBJECTS.get(kind, "其他记录")
