"""How long the arithmetic checker takes: 1 to 1000 pages, one endless sentence, hostile texts, the start of the command.

    python bench/checking/size.py

CPU seconds; the start of the command also by the clock, beside Python's own. Not 0 where a goal is missed.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.files import read_document
from anmin.ground.reports.checking.texts import Unreadable, document_of

PAGE = 900
"""Characters of a printed page, densely written."""

PAGES = (1, 10, 100, 1000)
SECONDS_OF_30_PAGES = 1.0
SECONDS_TO_START = 0.5
GROWTH = 1.6
"""Tenfold the text may take 16 times as long, double the text 3.2 times: noise, but nothing that grows with the square."""

AT_LEAST = 0.05
"""Seconds below which a ratio says nothing."""

SECONDS_OF_PATIENCE = 30
"""With one hostile text."""

AREAS = "东西南北中上下前后新老大小"
WATERS = "溪湖塘桥埠港湾渡浦堰沟潭洲"
KINDS = ("养老服务设施", "农村公路", "小型水库", "规模以上企业", "基层医疗机构", "公办幼儿园", "电梯检验", "便民服务点")


def paragraph(seeded: random.Random) -> str:
    """A paragraph as an office writes it, true in every figure, of an area that no other paragraph names."""
    area = "".join(seeded.choice(AREAS) + seeded.choice(WATERS) for _ in range(2)) + seeded.choice("镇乡")
    kind = seeded.choice(KINDS)
    one, two, three = (seeded.randrange(10, 900) for _ in range(3))
    whole, more, price = one + two + three, seeded.randrange(1, 40), seeded.randrange(100, 900)
    before = whole - more
    return (
        f"{area}{kind}共有{whole}处,比上年增加{more}处,增长{more / before * 100:.1f}%,其中甲类{one}处、乙类{two}处、"
        f"丙类{three}处;甲类占{one / whole * 100:.1f}%。全年投入{whole * price / 10000:.2f}万元,"
        f"平均每处{price}元。{area}检查{seeded.randrange(20, 90)}家次,发现隐患{two + three}条,其中已整改{two}条、"
        f"正在整改{three}条,约有{seeded.randrange(3, 9)}成问题当场解决,受益群众超过{seeded.randrange(2, 9)}万人次。"
    )


def report(pages: int) -> str:
    """So many pages of such paragraphs."""
    seeded, lines, length = random.Random(pages), ["2023年工作情况"], 0
    while length < pages * PAGE:
        lines.append(paragraph(seeded))
        length += len(lines[-1])
    return "\n".join(lines)


def _numbers(size: int) -> str:
    return "共有" + "、".join(f"{number % 97}个" for number in range(size))


def _mixed(size: int) -> str:
    digits = "0123456789０１２３４５６７８９一二三四五六七八九十百千万亿,,.．"
    seeded = random.Random(size)
    return "".join(seeded.choice(digits) for _ in range(size))


def _growths(size: int) -> str:
    return ",".join(f"其中收入{number}万元,增长{number % 30}%,增加{number % 50}万元" for number in range(size // 20))


def _table(size: int) -> str:
    rows = [f"| 第{number}项 | {number} | {number * 2} | {number} |" for number in range(size // 10)]
    return "\n".join(["| 项目 | 上年 | 本年 | 增减 |", "|---|---|---|---|", *rows])


def _small_tables(size: int) -> str:
    one = (
        "| 项目 | 完成（万元） |\n|---|---|\n| 甲项 | 12 |\n| 乙项 | 30 |\n| 丙项 | 41 |\n\n甲项完成12万元，合计完成83万元。\n\n"
    )
    return one * (size // 80)


def _wide_table(size: int) -> str:
    return "\n".join(["|" + "项|" * size, "|" + "---|" * size, "|" + "7|" * size, "|" + "7|" * size])


HOSTILE: dict[str, tuple[int, Callable[[int], str]]] = {
    "one sentence": (10_000, lambda size: paragraph(random.Random(1)).replace("。", ",") * (size // 200)),
    "brackets, nested": (5_000, lambda size: "总数100个" + "(其中3个" * size + ")" * size),
    "brackets, never closed": (5_000, lambda size: "(其中" * size + "5个"),
    "numbers in one sentence": (100_000, _numbers),
    "digits of every kind": (100_000, _mixed),
    "one number of digits": (100_000, lambda size: "共" + "9" * size + "个"),
    "Chinese numerals": (100_000, lambda size: "共" + "亿万千百十九" * (size // 6) + "个"),
    "commas": (100_000, lambda size: "1" + ",000" * (size // 4)),
    "zero-width characters": (100_000, lambda size: "共1\u200b2\u200c3个,其中1\ufeff0\u2060个、2\u200b个。" * (size // 20)),
    "right-to-left marks": (100_000, lambda size: "\u202e共12个\u200f,其中\u20663个\u2069、9个。" * (size // 20)),
    "percent signs": (100_000, lambda size: "占5%" * (size // 3)),
    "growths in one sentence": (100_000, _growths),
    "其中 in 其中": (100_000, lambda size: "共9个,其中3个," * (size // 9)),
    "spaces": (100_000, lambda size: "共 " + " " * size + "3 个"),
    "one subject, many values": (100_000, lambda size: "".join(f"全市低保对象{number}户。" for number in range(size // 12))),
    "a long table": (20_000, _table),
    "a wide table": (5_000, _wide_table),
    "many small tables": (100_000, _small_tables),
    "nothing but line ends": (100_000, lambda size: "\n" * size + "1"),
}


def seconds(text: str) -> float:
    """CPU seconds from the text to its findings as plain data."""
    began = time.process_time()
    check(document_of(text, "measured.md")).as_json()
    return time.process_time() - began


def measure_pages() -> bool:
    """Time per page stays what it is; thirty pages are within the goal."""
    seconds(report(1))
    taken = {pages: seconds(report(pages)) for pages in PAGES}
    thirty = seconds(report(30))
    print(f"{'pages':>8}{'characters':>12}{'seconds':>10}{'ms a page':>11}{'ratio':>8}")
    good, before = thirty < SECONDS_OF_30_PAGES, 0.0
    for pages, spent in taken.items():
        ratio = spent / before if before else 0.0
        good &= ratio <= 10 * GROWTH or spent < AT_LEAST * 10
        print(f"{pages:8}{pages * PAGE:12}{spent:10.3f}{spent / pages * 1000:11.2f}{ratio:8.1f}")
        before = spent
    print(f"{30:8}{30 * PAGE:12}{thirty:10.3f}{thirty / 30 * 1000:11.2f}   (goal: under {SECONDS_OF_30_PAGES:g} s)")
    return good


def _alone(name: str, size: int) -> float | str:
    """The seconds a hostile text takes in a process of its own, or what became of it."""
    words = [sys.executable, str(Path(__file__).resolve()), name, str(size)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=SECONDS_OF_PATIENCE)
    except subprocess.TimeoutExpired:
        return f"not done in {SECONDS_OF_PATIENCE} s"
    return float(done.stdout) if done.returncode == 0 else f"stumbled: {done.stderr.strip().splitlines()[-1][:80]}"


def measure_hostile() -> bool:
    """Half and whole: what takes more than the double grows too fast."""
    print(f"\n{'hostile text':26}{'characters':>12}{'half, s':>10}{'whole, s':>10}{'ratio':>8}")
    good = True
    for name, (size, made) in HOSTILE.items():
        line = f"{name:26}{len(made(size)):12}"
        first = _alone(name, size // 2)
        second = first if isinstance(first, str) else _alone(name, size)
        if isinstance(first, str) or isinstance(second, str):
            print(f"{line}   {second}", flush=True)
            good = False
            continue
        ratio = second / first if first else 1.0
        fast = second > AT_LEAST * 2 and ratio > 2 * GROWTH
        good &= not fast
        print(f"{line}{first:10.3f}{second:10.3f}{ratio:8.1f}{'  grows too fast' if fast else ''}", flush=True)
    return good


def measure_huge(folder: Path) -> bool:
    """A text of 100 MB is answered, or refused with a sentence, soon."""
    path = folder / "huge.txt"
    line = paragraph(random.Random(2)).encode() + b"\n"
    path.write_bytes(line * (100 * 1024 * 1024 // len(line)))
    began = time.process_time()
    try:
        answer = f"{len(check(read_document(path)).findings)} findings"
    except Unreadable as refused:
        answer = f"refused: {refused.message}"
    print(f"\n100 MB: {time.process_time() - began:.2f} s, {answer}")
    return True


def measure_start(folder: Path) -> bool:
    """The command on a small file, and Python alone, in turn; judged by processor seconds, for other work slows the clock."""
    path = folder / "small.txt"
    path.write_text("全县共有学校12所,其中小学8所、初中4所。", "utf-8")
    commands = {"python -c pass": ["-c", "pass"], "anmin report check": ["-m", "anmin", "report", "check", str(path)]}
    clock: dict[str, list[float]] = {name: [] for name in commands}
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(7):
        for name, words in commands.items():
            began = time.perf_counter()
            started = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            _, status, used = os.wait4(started.pid, 0)
            started.returncode = os.waitstatus_to_exitcode(status)
            clock[name].append(time.perf_counter() - began)
            spent[name].append(used.ru_utime + used.ru_stime)
            if started.returncode:
                print(f"{name} said {started.returncode}")
                return False
    for name in commands:
        middle, least = statistics.median(clock[name]), min(clock[name])
        used_ms = statistics.median(spent[name]) * 1000
        print(
            f"start of {name:20}{used_ms:6.0f} ms of processor, {middle * 1000:.0f} ms by the clock, at least {least * 1000:.0f}"
        )
    print(f"(goal: under {SECONDS_TO_START:g} s of processor)")
    return statistics.median(spent["anmin report check"]) < SECONDS_TO_START


def main() -> int:
    """All four tables; 0 where every goal is met."""
    if len(sys.argv) == 3:
        print(seconds(HOSTILE[sys.argv[1]][1](int(sys.argv[2]))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        met = [measure_pages(), measure_hostile(), measure_huge(Path(folder)), measure_start(Path(folder))]
    print(f"\ngoals: {'met' if all(met) else 'missed'}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
