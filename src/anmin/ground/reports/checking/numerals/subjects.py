"""What a number measures: the noun phrase before it, or behind its unit, without the words that only lead up to it."""

from __future__ import annotations

import re

_LEADS = re.compile(
    r"^(?:\d{4}年(?:\d{1,2}月)?(?:底|末|份)?|\d{1,2}月(?:底|末|份)?|\d{1,2}[-—–~～至]\d{1,2}月份?|其中|包括|以及|并且|另有|另外|此外|同时|截至|截止|目前|现在|今年以来|今年|全年|本年度?|年度|上半年|下半年|[一二三四]季度|前三季度|累计|共计|合计|总计|共|已|仍|尚|先后|"
    r"分别|约|近|超过?|有|为|是|至|和|与|及|对|将|均|各|底|末|份|以来|期末|年末|，|新型|我[省市县区局镇乡院街]|全[省市县区镇乡局院街州国]|本[省市县区局镇乡院]|辖区|区域|内|的|了|在|由|从|比|较|向|为)++"
)
_TAILS = re.compile(
    r"(?:总共|共计|合计|总计|累计|共有|现有|达到|高达|达|约为|约|近|为|是|共|有|超过|超|已|均|各|分别|了|至|到|仅|只|总数|数量|数|完成|实现|突破|逾|：|的|计|也|还|就|，|于|在|用|比上年|较上年|同比|比去年|至少)++$"
)
_NOUN_END = re.compile(
    r"[，。；、：（）\d“”]|(?:进行|开展|实现|完成|得到|享受|获得|申报|参加|提供|达到|均|已|被|在|的(?=[发实享接]))"
)
PLACE = re.compile(
    r"(?:全[省市县区镇乡州国局院])|(?:(?!共有|其中|城市|城乡|城镇|乡村|农村|乡镇)(?:(?!全[省市县区镇乡州])[\u4e00-\u9fff]){1,4}?(?:(?<!城)[省市县区镇乡村州旗]|街道|社区|开发区|新区|片区|园区))(?![级内域划长民委政])"
)


def subject_of(before: str, after: str, inherited: str) -> str:
    """The noun phrase; what was said of the number before in the same breath where nothing stands here."""
    phrase = trimmed(before)
    if len(phrase) >= 2:
        noun = noun_of(after)
        return phrase if len(phrase) >= 4 or not noun else phrase + noun
    noun = noun_of(after)
    if noun:
        return (phrase + noun) if phrase else noun
    return phrase or inherited


def trimmed(phrase: str) -> str:
    phrase = _LEADS.sub("", phrase[-40:])
    return _TAILS.sub("", phrase).strip("“”\"' ")


def noun_of(after: str) -> str:
    """The noun behind a unit: 特困人员 in 24名特困人员实现集中照护."""
    match = _NOUN_END.search(after)
    return after[: match.start() if match else 16].strip()[:16]


_KEY_NOISE = re.compile(
    r"[“”\"'《》\s]|共|累计|总计|合计|全年|上半年|今年以来|今年|目前|截至|已|了|约|的|我[市县区局院镇省]|全[市县区局院镇省]|本[市县区局院镇]|各类|总数|总量|数量|人数|总额|达到?|为|有|是"
)


def key_of(subject: str) -> str:
    """What stays the same when the same thing is said twice."""
    return _KEY_NOISE.sub("", subject)
