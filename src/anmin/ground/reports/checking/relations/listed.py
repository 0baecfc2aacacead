"""How many are announced, and how many are named: 四个方面, 示范乡镇3个：甲镇、乙镇."""

from __future__ import annotations

import re

from anmin.ground.reports.checking.numerals.chinese import value_of
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "listed_items"
_COUNT = r"(?P<n>[两二三四五六七八九十]|十[一二三四五]|(?<![\d.])\d{1,2})"
_CLASSIFIER = (
    r"(?P<c>大类|大|个|项|类|种|家|处|条|所|座|名|位|方面|市|县|区|镇|乡|村"
    r"|[本张套支部门道级场次期件起辆台宗批份块笔例轮孔扇人](?=[^，。；：、\d]{0,12}(?:[：（]|，?(?:即|(?:[时日][间期])?(?:分别[为是在于]|依次[为是]))))"
    r"|年(?=[^，。；：、\d]{0,2}(?:（|，?即)20)|(?:个一|型|[进送查清化促帮建转减增讲看评访])(?=”))"
)
_AFTER = re.compile(
    rf"{_COUNT}{_CLASSIFIER}(?P<noun>[^，。；：、\d（）]{{0,10}}?(?:（[^（）、\d]{{1,4}}）[^，。；：、\d（）]{{1,6}}?)?)[”’]?[^，。；：、\d（）“”]{{0,10}}?"
    r"(?:[：]|（(?![^（）、\d]{1,4}）)|，?(?:即|(?:[时日][间期])?分别(?:为|是|由|于|位于|在|落户|涉及|设在)|具体(?:为|是)|包括|依次(?:为|是))[：]?)(?P<list>[^。；：]{4,160})"
)
_BEFORE = re.compile(
    rf"(?P<list>[“”\u4e00-\u9fff、与和及·]{{5,120}}){_COUNT}(?:个|项|大|类|种)?(?P<noun>方面|条线|领域|环节|市|县|区|镇街|镇村|乡镇|镇|乡|部门|阶段|专题|板块|维度|大类|街道|社区|村|举措|机制|行动|专项|品牌|平台|层面|活动|任务|工作|重点|内容|服务|关口|产业|园区|中心|要素|统一|原则|步骤|问题|难题|地(?=[^\u4e00-\u9fff]|考察|学习|调研|开展|招|参)|方向|级(?=医院|[^\u4e00-\u9fff])|等级|路|县市)"
)
_OPEN = re.compile(r"等|以及其他|……|…|之一|左右|余|多|若干|部分|主要")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every announced number of things that are then named is counted."""
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            if len(sentence.text) > 3000:
                continue
            _named_after(sentence, ledger)
            _named_before(sentence, ledger)
            _quoted_before(sentence, ledger)
            _placed_before(sentence, ledger)
            _named_behind(sentence, ledger)
            _named_first(sentence, ledger)
            _called_by_number(sentence, ledger)
            _too_few(sentence, ledger)


def _named_after(sentence: Sentence, ledger: Ledger) -> None:
    at = 0
    while match := _AFTER.search(sentence.text, at):
        at = match.start("n") + 1
        wanted = _value(match["n"])
        before = sentence.text[max(0, match.start() - 1) : match.start()]
        if wanted is None or wanted < 2 or before in ("第", "每", "各", "近", "约", "超") or re.search(r"第$", before):
            continue
        listing = _list_text(match["list"], bracket="（" in match[0][: match.start("list") - match.start()])
        items = _items(listing)
        shaped = all(_SHAPED.search(item) for item in items)
        if re.search(rf"\d{match['c']}[^，。；]{{0,6}}[、和][^，。；、]{{0,6}}$", sentence.text[: match.start("n")][-16:]):
            # 上半年3次、下半年4次，分别为……: both are listed.
            continue
        if not shaped and any(re.search(r"\d[\d.,]*[万亿]?(?:余|多)?[^\d，、]{0,3}$", item) for item in items):
            continue
        if len(items) < 2 or _OPEN.search(listing) or _OPEN.search(match["noun"]) or any(len(item) > 22 for item in items):
            continue
        people = match["c"] in "人名" and all(re.fullmatch(r"[\u4e00-\u9fff·]{2,4}", item) for item in items)
        if match["c"] in _TOLD_OF and not shaped and not people and len({item[-1] for item in items}) > 1:
            # 5本账册（收入、支出） is told of what is in them.
            continue
        counted = len(items)
        if counted == wanted or (_is_joined(listing) and _with_conjunctions(items) == wanted):
            ledger.holds(
                RULE, [words_of(sentence, match.start("n"), match.end("c"))], f"说{match['n']}{match['c']}，列出{wanted}项"
            )
            continue
        if abs(counted - wanted) > 3 or not re.search("、|》《|”“", listing) or re.search("其中|含|包括", listing):
            continue
        _differs(sentence, match, counted, items, ledger)


_TOLD_OF = "本张套支部门道级场次期件起辆台宗批份块笔例轮孔扇人"
_SHAPED = re.compile(r"(?:\d{1,2}月(?:\d{1,2}日[\u4e00-\u9fff]{0,4})?|20\d{2}年|第?\d{1,6}号|\d{1,2}日|[A-Z]\w{3,7})$")
"""Days, years, numbers of proposals and of cars: these name a thing and measure nothing."""


def _list_text(text: str, *, bracket: bool) -> str:
    """The names up to the end of the list: a closing bracket, or a clause that is no longer a list."""
    if bracket:
        return text.partition("）")[0]
    listing, *others = re.split(r"[，）]", text)
    for other in others:
        # 人大建议第12号、第37号，政协提案第26号，均已答复.
        if not _SHAPED.search(listing) or not _SHAPED.search(other):
            break
        listing = f"{listing}、{other}"
    return listing


def _items(listing: str) -> list[str]:
    pieces = [piece for piece in re.split("、|(?<=》)(?=《)|(?<=”)(?=“)", listing.strip("“”")) if piece]
    if (
        pieces
        and (last := re.split(r"(?<=[\u4e00-\u9fff”])(?:和|以及|及|与)(?=[\u4e00-\u9fff“])", pieces[-1], maxsplit=1))
        and len(pieces) > 1
    ):
        pieces[-1:] = [piece for piece in last if piece]
    return pieces


def _is_joined(listing: str) -> bool:
    return bool(re.search(r"(?:和|以及|及|与)[^、]*$", listing))


def _with_conjunctions(items: list[str]) -> int:
    """The count where 和 inside an item joins nothing."""
    joined = "、".join(items)
    return joined.count("、")


def _differs(sentence: Sentence, match: re.Match[str], counted: int, items: list[str], ledger: Ledger) -> None:
    words = words_of(sentence, match.start("n"), match.end("c"))
    names = words_of(sentence, match.start("list"), match.end("list"))
    line = f"写明{match['n']}{match['c']}，列出的是{counted}项：{'、'.join(items)}"
    advice = "请核对数目与列举是否一致，有无漏列；未列全的请加“等”字。"
    ledger.fails(RULE, Severity.DOUBTFUL, [words, names] if names is not words else [words], line, advice)


def _named_before(sentence: Sentence, ledger: Ledger) -> None:
    at = 0
    while match := _BEFORE.search(sentence.text, at):
        at = match.end()
        wanted = _value(match["n"])
        listing = match["list"]
        if wanted is None or wanted < 2 or listing.endswith(("等", "第", "这", "各", "每", "的", "近")):
            continue
        quoted = listing.endswith("”") and "“" in listing
        if quoted:
            inner = listing[listing.rindex("“") + 1 : -1]
            items = _items(inner) if "、" in inner else re.findall(r"“([^”]*)”", listing)
        else:
            items = _items(listing)
        if len(items) < 2:
            continue
        if len(items) == wanted or (not quoted and 1 + listing.count("、") + len(_JOINTS.findall(listing)) == wanted):
            ledger.holds(RULE, [words_of(sentence, match.start("n"), match.end())], f"列出{wanted}项，与所写{match['n']}相符")
        elif not quoted and (_is_even(items, wanted) or _is_named_whole(items, listing, wanted, match["noun"])):
            line = f"列出的是{len(items)}项：{'、'.join(items[1:])}等，写明{match['n']}{match['noun']}"
            words = words_of(sentence, match.start("n"), match.end())
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致，有无漏列。")
        elif quoted and "、" in listing and abs(len(items) - wanted) <= 2 and len(items) >= 3 and not _OPEN.search(listing):
            line = f"列出的是{len(items)}项：{'、'.join(items)}，写明{match['n']}{match['noun']}"
            words = words_of(sentence, match.start("list") + listing.rfind("“"), match.end())
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致，有无漏列。")


_QUOTED = re.compile(
    rf"(?P<list>(?:[“《][^”》。；]{{2,20}}[”》][、和与]?){{2,12}}){_COUNT}(?:大|项|个|类|种|条|张|件|支|场)(?!月|工作日|百分点)"
)


def _quoted_before(sentence: Sentence, ledger: Ledger) -> None:
    """“甲”“乙”“丙”三项评选活动: what stands in quotation marks right before a count is what is counted."""
    for match in _QUOTED.finditer(sentence.text):
        names = re.findall(r"[“《]([^”》]*)[”》]", match["list"])
        wanted = _value(match["n"])
        if wanted is None or wanted < 2 or len(names) == wanted or abs(len(names) - wanted) > 2:
            continue
        line = f"列出的是{len(names)}项：{'、'.join(names)}，写明{match['n']}项"
        words = words_of(sentence, match.start("n"), match.end())
        ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致，有无漏列。")


_PLACED = re.compile(
    rf"(?:(?:分布|位于|坐落|设|建|落户|选址|安排|集中)?(?:在|于)|涉及|覆盖|包括|即|(?<![部充区])分(?:为|成|设)?|由)(?P<list>[\u4e00-\u9fff]{{1,8}}(?:[、和与及][\u4e00-\u9fff]{{1,8}}?){{1,11}}){_COUNT}(?:个|条|座|家|所|处|类|项|支)(?P<noun>[\u4e00-\u9fff]{{1,4}})"
)


def _placed_before(sentence: Sentence, ledger: Ledger) -> None:
    """分布在柳树湾、东岭、马家铺、石门3个村: what stands between the preposition and the count is what is counted."""
    for match in _PLACED.finditer(sentence.text):
        items, wanted = _items(match["list"]), _value(match["n"])
        sure = match["list"].count("、") >= 2 and not _OPEN.search(match["list"]) and not re.search("[各这每]$", match["list"])
        if wanted is None or wanted < 2 or not sure or len(items) == wanted or abs(len(items) - wanted) > 2:
            continue
        if 1 + match["list"].count("、") == wanted or any(_ACTS.search(item) for item in items):
            continue
        words = words_of(sentence, match.start("n"), match.end())
        line = f"列出的是{len(items)}个：{'、'.join(items)}，写明{match['n']}个{match['noun']}"
        if not any(finding.rule == RULE and words.key in finding.numbers for finding in ledger.findings):
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致，有无漏列。")


_BELONGING = re.compile(
    rf"{_COUNT}(?:个|家|所)(?P<what>下属|直属|所属|内设|派出)?(?P<noun>[\u4e00-\u9fff]{{2,6}}?)(?:组成|构成)?，(?P<again>(?:下属|直属|所属|内设)?[\u4e00-\u9fff]{{2,6}}?)(?:分别)?(?:为|是)(?P<list>[\u4e00-\u9fff、和与及]{{8,160}})[。；]"
)


def _named_behind(sentence: Sentence, ledger: Ledger) -> None:
    """由5个下属事业单位组成，下属单位为甲中心、乙中心……"""
    for match in _BELONGING.finditer(sentence.text):
        items, wanted = _items(match["list"]), _value(match["n"])
        alike = match["again"][-2:] == match["noun"][-2:]
        if not alike or wanted is None or len(items) < 2 or _OPEN.search(match["list"]) or abs(len(items) - wanted) > 3:
            continue
        if len(items) != wanted and 1 + match["list"].count("、") != wanted:
            words = words_of(sentence, match.start("n"), match.end("noun"))
            line = f"写明{match['n']}个{match['noun']}，列出的是{len(items)}个：{'、'.join(items)}"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致，有无漏列。")


_TOP = re.compile(
    rf"(?:居|排名?|列|位[居列]|排在|投诉|名列)前{_COUNT}(?:位|名|大)?的?[^，。；：、\d]{{0,8}}?(?:依次|分别)?(?:为|是|：)+(?P<list>[^。；，：]{{4,160}})(?P<end>[。；，])"
)
_ITEM = re.compile(r"[^\d、]{1,14}(?:[（]?\d[\d.,]*[万亿]?[^\d、（）]{0,4}[）]?)?")


def _named_first(sentence: Sentence, ledger: Ledger) -> None:
    """居前五位的依次为：食品5860件、服装4120件……: as many as are said to lead."""
    for match in _TOP.finditer(sentence.text):
        wanted, items = _value(match["n"]), _items(match["list"])
        plain = all(_ITEM.fullmatch(item) for item in items) and len({bool(re.search(r"\d", item)) for item in items}) == 1
        if wanted is None or wanted < 2 or len(items) < 2 or not plain or _OPEN.search(match["list"]):
            continue
        if len(items) == wanted or 1 + match["list"].count("、") == wanted or abs(len(items) - wanted) > 3:
            continue
        words = words_of(sentence, match.start("n"), match.end("n") + 1)
        line = f"说前{match['n']}位，列出的是{len(items)}项：{'、'.join(items)}"
        ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致，有无漏列。")


_BY_NUMBER = re.compile(
    rf"(?P<list>(?:第?\d{{1,4}}[号#]?[、和]){{1,11}}第?\d{{1,4}}[号#]){_COUNT}(?:个|座|条|台|孔|扇|处|件|栋|幢|家|组)"
)


_BY_DAY = re.compile(
    rf"(?P<list>(?:(?:\d{{1,2}}月)?\d{{1,2}}日[、和]){{1,11}}(?:\d{{1,2}}月)?\d{{1,2}}日)(?:先后|分别|共|各)?(?:召开|举办|举行|组织|开展|进行|发生|出现|启动|发布)(?:了|过)?[^，。；、\d]{{0,6}}?{_COUNT}(?:次|场|期|批|轮|起)(?!以上)"
)


def _called_by_number(sentence: Sentence, ledger: Ledger) -> None:
    """3号、5号、7号、9号三座闸门; 于3月15日、9月20日召开三次."""
    for match in (*_BY_NUMBER.finditer(sentence.text), *_BY_DAY.finditer(sentence.text)):
        wanted, counted = _value(match["n"]), len(re.split("[、和]", match["list"]))
        if wanted is not None and wanted != counted:
            words = words_of(sentence, match.start("n"), match.end())
            line = f"列出的是{counted}个：{match['list']}，写明{match['n']}个"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致，有无漏列。")


_AND_OTHERS = re.compile(
    rf"(?P<list>(?:[《“]?[\u4e00-\u9fffA-Z]{{1,20}}[》”]?(?:、|(?<=》)(?=《)|(?<=”)(?=“))){{2,12}}[《“]?[\u4e00-\u9fffA-Z]{{1,20}}?[》”]?)等{_COUNT}(?:个|家|项|部|位|人|名|类|种|件|所|条|座|支|场|批|款|本|篇)"
)


def _too_few(sentence: Sentence, ledger: Ledger) -> None:
    """张伟、李强、王芳等2人: 等 may leave others out, but adds none."""
    for match in _AND_OTHERS.finditer(sentence.text):
        wanted, counted = _value(match["n"]), len(re.split("、|(?<=》)(?=《)|(?<=”)(?=“)", match["list"]))
        if wanted is not None and 1 < wanted < counted:
            words = words_of(sentence, match.start("n"), match.end())
            line = f"已列出{counted}项：{match['list']}，却说“等{match['n']}”"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对数目与列举是否一致。")


def _is_even(items: list[str], wanted: int) -> bool:
    """A list whose items (but the first, which carries the verb) are of one length is a list and nothing else."""
    rest = items[1:]
    even = len(rest) >= (2 if len(rest[0]) == 1 else 3) and len({len(item) for item in rest}) == 1 and len(rest[0]) <= 6
    return (
        even
        and len(items) != wanted
        and abs(len(items) - wanted) <= 2
        and items[0].endswith(items[0][-2:])
        and "等" not in items[-1]
    )


_JOINTS = re.compile(r"和(?!谐|睦|平)|(?<!参)与(?!会)|(?<![涉普以])及(?!时)|以及")
_ACTS = re.compile(
    r"开展|参加|参与|完成|实施|推进|建立|形成|打造|荣获|获|实行|举办|组织|建成|制定|出台|签订|落实|召开|印发|承担|负责|围绕|聚焦|推出|设立|构建|坚持|做好|抓好|涉及|覆盖|按照|通过|分为|分|等$|各$|这$|的$|了$|全部$|其他$|其余$|共$|前$|上述$|以上$|另外$|另$"
)


def _is_named_whole(items: list[str], listing: str, wanted: int, noun: str) -> bool:
    """Four short names and 五项服务 behind the last: nothing but a verb before the first comes between the list and its count.

    A name with 和 in it may be one or two; towns and villages are counted only where each is called so.
    """
    joined = len(_JOINTS.findall(listing))
    if not 3 <= len(items) <= 9 or abs(len(items) - wanted) > 2 or len(items) <= wanted <= len(items) + joined:
        return False
    if len(items) - joined <= wanted <= len(items) or len(items) == wanted:
        return False
    if re.fullmatch(r"市|县|区|镇街|镇村|乡镇|镇|乡|街道|社区|村", noun):
        kinds = "镇乡" if noun == "乡镇" else "镇道" if noun == "镇街" else "道" if noun == "街道" else noun[-1]
        return all(item[-1] in kinds + ("道" if noun == "镇街" else "") for item in items)
    if any(len(item) > 10 for item in items) or len(items[0]) > 14 or _OPEN.search(listing):
        return False
    # A verb in any but the first means that the list is of those who did the five things.
    return not any(_ACTS.search(item) for item in items[1:]) and not re.search(r"(?:的|了|等|各|这|另外?|其他)$", items[-1])


def _value(text: str) -> int | None:
    return int(text) if text.isdigit() else value_of(text)
