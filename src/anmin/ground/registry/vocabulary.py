"""Registers that can be asked, the codes of the standard by which a question is refused, and the words for them."""

from django.db import models


class Register(models.TextChoices):
    """The registers of the house as the standard knows them; the value is part of the address."""

    SOCIAL = "social", "社会救助登记（人员、家庭）"
    BENEFICIARY = "ibr", "待遇享受登记"
    DISABILITY = "dr", "残疾人登记"


REGISTER_TYPES = {
    Register.SOCIAL: "ns:org:RegistryType:Social",
    Register.BENEFICIARY: "ns:org:RegistryType:IBR",
    Register.DISABILITY: "ns:org:RegistryType:DR",
}

RECORD_TYPES = {Register.SOCIAL: "Member", Register.BENEFICIARY: "Beneficiary", Register.DISABILITY: "DisabledPerson"}
GROUP = "Group"


class Outcome(models.TextChoices):
    """What became of one question of a message."""

    SUCCEEDED = "succ", "已答复"
    REJECTED = "rjct", "已拒绝"


class Reason(models.TextChoices):
    """Why one question is rejected: the codes of the standard."""

    CRITERIA = "rjct.search_criteria.invalid", "查询条件无效"
    FILTER = "rjct.filter.invalid", "筛选条件无效"
    SORT = "rjct.sort.invalid", "排序字段无效"
    PAGE = "rjct.pagination.invalid", "分页参数无效"
    TOO_MANY = "rjct.search.too_many_records_found", "查到的记录过多"
    REFERENCE = "rjct.reference_id.duplicate", "请求编号重复"
    PERSON = "rjct.person_id.invalid", "登记中没有此人"
    EVENT = "rjct.notify_types.invalid", "不支持的通知事件"
    SUBSCRIBED = "rjct.event.already_subscribed", "已经订阅"
    SUBSCRIPTION = "rjct.subscription_code.invalid", "没有此项订阅"


class Fault(models.TextChoices):
    """Why a whole message is refused: the codes of the standard."""

    BAD = "err.request.bad", "报文不符合规范"
    UNAUTHORISED = "err.request.unauthorized", "没有有效的访问令牌"
    FORBIDDEN = "err.request.forbidden", "未获授权"
    NOT_FOUND = "err.request.not_found", "没有对应的查询"
    VERSION = "err.version.not_supported", "不支持的版本"
    TOO_MANY_REQUESTS = "err.request.too_many_requests", "请求过于频繁"
    SENDER = "err.sender_id.invalid", "发送方不符"
    SENDER_URI = "err.sender_uri.invalid", "回调地址未登记"
    RECEIVER = "err.receiver_id.invalid", "接收方不符"
    SIGNATURE_MISSING = "err.signature.missing", "缺少签名"
    SIGNATURE_INVALID = "err.signature.invalid", "签名无效"
    ENCRYPTION = "err.encryption.invalid", "不支持加密报文"
    UNAVAILABLE = "err.service.unavailable", "服务暂不可用"


HTTP_STATUS = {
    Fault.UNAUTHORISED: 401,
    Fault.FORBIDDEN: 403,
    Fault.TOO_MANY_REQUESTS: 429,
    Fault.UNAVAILABLE: 500,
}
"""Every other fault is the caller's: 400."""


class Event(models.TextChoices):
    """Of what a subscriber is told."""

    REGISTERED = "REGISTER", "进入登记"
    JOINED = "NewHouseHoldMember", "家庭增加成员"


class CallbackState(models.TextChoices):
    WAITING = "waiting", "待送达"
    DELIVERED = "delivered", "已送达"
    GIVEN_UP = "given_up", "未能送达"


NUMBER_TYPES = frozenset({"uin", "nin", "nid", "nationalid", "national_id", "identity_number"})
"""Kinds of identifier that mean the citizen's identity number; UIN may mean a household's number as well."""

HOUSEHOLD_TYPES = frozenset({"uin", "household_id", "householdid", "group_id", "household_number"})
"""Kinds of identifier that mean the number of a household."""

MESSAGES = {
    "on-search": "查询答复",
    "txn-on-status": "办理状态",
    "on-subscribe": "订阅结果",
    "on-unsubscribe": "退订结果",
    "notify": "变动通知",
}
"""What is sent back, by the standard's name of it; for people."""
