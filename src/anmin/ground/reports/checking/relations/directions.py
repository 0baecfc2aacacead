"""The words of an account: what there was, what there is, and whether what a number counts has come or gone."""

from __future__ import annotations

import re

from anmin.ground.reports.checking.findings import Number

BEGINS = re.compile(
    r"年初|期初|月初|季初|学期初|(?:上|去)年(?:度)?[末底]|上(?:个)?(?:月|期|季度?|学期|学年|届)末|上年(?:度)?(?:结转|结余|结存)|旧存|原有|结转(?!下年)"
)
ENDS = re.compile(
    r"年末|期末|月末|季末|\d月末|[年月]底(?!前)|年终|期满|现有|现存|结存|余额|尚有|仍有|还有|在册|总数"
    r"|目前(?!.{0,4}已)|截至"
)
NET = re.compile(r"净(?:[增减流迁新转调]|[进出]$)")
NET_DOWN = re.compile(r"净(?:减|下降|[流迁转调]?出)")
_CAME = re.compile(
    r"新|增|加|入(?!户)|招|累放|(?<!累)收(?!回|监)|调进|购|立案|受理|登记|发行|筹|募|归集|缴存|排查|发现|形成|接(?!待)|进|补(?![助贴偿短齐])|扩|引进|出生|建成|投放"
    r"|上牌|落户|成立|设立|开业|开办|到位|拨款|募捐|获赠|培育|繁[育殖]|孵化|认定|录用|发展(?!中)|下达|分成|并入|申报|利息收入"
)
_WENT = re.compile(
    r"退|收监|减|销|累收|剔|去世|停|竣|关|淘|出(?!生|现|版)|还|支|盘活|耗|用|结(?!转|存|余)|毕业(?!生)|离|清|拆|报废|死亡|注销|撤|化解|整改|治理|处置|发放|提取|消化|解(?!决|答|释|放|困)|占用"
    r"|[拨支偿兑交]付|[流丢]失|失效|辞|归还|偿还|领取|领用|售出|出售|转让|病故|走失|取消|终止|核销|缩编|调往|审结|追回|返还|兑现|使用(?!权)"
)


_SINCE_A_DAY = re.compile(r"[比较](?:年初|期初|(?:上|去)?[年月季]度?[末底]|[一二三四]季度末|\d{1,2}月[末底])")


def is_flow_since_a_day(change: Number, level: Number) -> bool:
    """新入库3家、退库1家，比上年末净增2家: what came or went is none of what there was on a day."""
    return bool(_SINCE_A_DAY.search(change.before) and direction_of(level) and not ENDS.search(level.before))


def direction_of(number: Number) -> int:
    """Whether a number has come or gone, by the last telling word before it; 0 where none tells."""
    came = max((match.end() for match in _CAME.finditer(number.before)), default=0)
    went = max((match.end() for match in _WENT.finditer(number.before)), default=0)
    if re.search("[增减升降缩扩](?:[加少长大小])?(?:至|到|为)", number.before):
        # 由1875人增至1898人 is what there is.
        return 0
    if re.search("利息(?!收入)|手续费", number.before):
        # What is paid for a debt does not lessen it.
        return 0
    return 0 if came == went else 1 if came > went else -1
