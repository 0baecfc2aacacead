"""The program as text: one loop after another over a block of families, as instructions of LLVM.

A block is small enough that what one loop leaves for the next stays in the processor's cache. Within a loop no row looks at
another, so the compiler takes many at once; only the sums of groups, and what is repeated inwards, go one by one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from anmin.ground.policy.columns import INNER
from anmin.ground.policy.compiled.loop import GROUP_BEGINS, GROUP_ENDS, PARAMETERS, UNALIASED, Kept, Loop
from anmin.ground.policy.compiled.nodes import Node, Nodes
from anmin.ground.policy.compiled.values import Value, bits_for
from anmin.ground.policy.layouts import rounded_out
from anmin.ground.policy.ruleset import LEVELS

LOOPED = LEVELS[1:]
AT_ONCE = 8
"""Sums of a group in one loop: more would not stay in the registers."""


@dataclass
class Program:
    """The text, and what has to be handed in: columns and room by place, in this order."""

    text: str = ""
    columns: list[str] = field(default_factory=list)
    out: list[tuple[str, str, str]] = field(default_factory=list)
    """Programme, value (its outcome under no name), kind of column."""
    out_levels: list[str] = field(default_factory=list)
    room: list[tuple[str, int]] = field(default_factory=list)
    """Of each place: for rows of which level, and bytes for a row."""
    ranges: list[tuple[int, int]] = field(default_factory=list)
    """Of each parameter."""
    baked: dict[int, int] = field(default_factory=dict)


class Writer:
    """The text of a program while it is written."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.program = Program()
        self.kept: dict[tuple[str, str], Kept] = {}
        self.loops: list[tuple[str, str]] = []
        """The loops in order: name, and the level whose rows they go over."""
        self.text: list[str] = []
        for number in nodes.numbers:
            out = rounded_out(int(number))
            self.program.ranges.append((0, 1) if isinstance(number, bool) else (min(out, 0), max(out, 0)))

    def column(self, name: str) -> int:
        """The place of a column of facts."""
        if name not in self.program.columns:
            self.program.columns.append(name)
        return self.program.columns.index(name)

    def range(self, slot: int) -> tuple[int, int]:
        """What a parameter can be."""
        return self.program.ranges[slot]

    def keep(self, name: str, level: str, like: Value | Kept) -> Kept:
        """Room for a value on a level."""
        self.program.room.append((level, max(like.bits, 8) // 8))
        made = Kept(len(self.program.room) - 1, level, like.bits, like.least, like.most)
        self.kept[name, level] = made
        return made

    def written(self) -> Program:
        """The program."""
        groups = self._grouped()
        place = {name: number for number, (_, names) in enumerate(groups) for name in names}
        beyond = {
            need
            for name, node in self.nodes.nodes.items()
            for need in node.needs
            if place[need] != place[name] or node.group is not None
        }
        wanted: dict[str, list[int]] = {}
        for number, wants in enumerate(self.nodes.out.values()):
            wanted.setdefault(wants, []).append(number)
        kinds = [""] * len(self.nodes.out)
        for level, names in groups:
            own = [(name, self.nodes.nodes[name]) for name in names]
            self._groups(level, [(name, node) for name, node in own if node.group is not None])
            plain = [(name, node) for name, node in own if node.group is None]
            self._spreads(level, (need for _, node in plain for need in node.needs))
            loop = Loop(self, level)
            for name, node in plain:
                assert node.made is not None  # or it would be of a group
                found = loop.done[name] = node.made(loop)
                bits = max(found.bits, 8)
                if name in beyond:
                    loop.store("room", self.keep(name, level, found).place, bits, found.in_bits(bits))
                for number in wanted.get(name, ()):
                    kinds[number] = "bool" if found.bits == 1 else f"int{bits}"
                    loop.store("out", number, bits, found.in_bits(bits))
            if plain:
                self._add(loop.straight(f"loop{len(self.loops)}"), level)
                self.program.baked |= loop.code.baked
        self.program.out = [(*key, kind) for key, kind in zip(self.nodes.out, kinds, strict=True)]
        self.program.out_levels = [self.nodes.nodes[wants].level for wants in self.nodes.out.values()]
        self.program.text = "\n".join([*self.text, *self._whole(), *ENDING])
        return self.program

    def _add(self, lines: list[str], level: str) -> None:
        self.loops.append((f"loop{len(self.loops)}", level))
        self.text += lines

    def _grouped(self) -> list[tuple[str, list[str]]]:
        """The values in an order that changes the level seldom; what a group is made of comes in a loop before it."""
        left = dict(self.nodes.nodes)
        done: set[str] = set()
        made: list[tuple[str, list[str]]] = []
        level, idle = LOOPED[-1], 0
        while left:
            names: dict[str, None] = {}
            more = True
            while more:
                more = False
                for name, node in list(left.items()):
                    if node.level == level and all(each in done or (each in names and node.group is None) for each in node.needs):
                        names[name] = None
                        del left[name]
                        more = True
            idle = 0 if names else idle + 1
            assert idle <= len(LOOPED)  # rules in a circle were refused before
            if names:
                made.append((level, list(names)))
                done |= set(names)
            level = LOOPED[LOOPED.index(level) - 1]
        return made

    # ── between the levels ───────────────────────────────────────────────────────────────────────────────────────────

    def _spreads(self, level: str, needs: Iterable[str]) -> None:
        """What is needed of the level around is repeated for each row."""
        if level not in INNER:
            return
        around = LEVELS[LEVELS.index(level) - 1]
        asked = [each for each in dict.fromkeys(needs) if self.nodes.level(each) != level and (each, level) not in self.kept]
        if not asked:
            return
        self._spreads(around, asked)
        loop = Loop(self, level)
        group = loop.code.put(f"load i32, ptr %at{UNALIASED}")
        at = loop.code.put(f"sext i32 {group} to i64")
        loop.code.lines.insert(0, "  %at = getelementptr i32, ptr %index, i64 %i")
        for each in asked:
            outer = self.kept[each, around]
            bits = max(outer.bits, 8)
            text = loop.loaded("room", outer.place, bits, at)
            loop.store("room", self.keep(each, level, outer).place, bits, text)
        self._add(loop.straight(f"loop{len(self.loops)}"), level)

    def _groups(self, level: str, own: list[tuple[str, Node]]) -> None:
        """Sums, counts and the like over the rows of the level inside."""
        if not own:
            return
        inner = LEVELS[LEVELS.index(level) + 1]
        sums = [(name, node) for name, node in own if node.group is not None and node.group[0] != "maximum"]
        for first in range(0, len(sums), AT_ONCE):
            self._sums(level, inner, sums[first : first + AT_ONCE])
        for name, node in own:
            if (name, node) not in sums:
                self._largest(level, inner, name, node)

    def _members(self, loop: Loop, node: Node, bits: int) -> str:
        """What a member brings into its group, nothing where it does not count."""
        assert node.group is not None
        how, _, of, where = node.group
        value = loop.value(of)
        cell = loop.truth(value) if how == "any" else value
        if where is not None:
            counts = loop.truth(loop.value(where))
            cell = counts & cell if cell.bits == 1 else loop.o.either(counts, cell, 0)
        return cell.in_bits(bits)

    def _sums(self, level: str, inner: str, some: list[tuple[str, Node]]) -> None:
        """Sums as differences of running sums: these may wrap round, what is between two of them is right. No jump is guessed."""
        self._spreads(inner, (need for _, node in some for need in node.needs))
        running, sums = Loop(self, inner), Loop(self, level)
        begin: list[str] = []
        ends = [sums.bound(place) for place in ("%i", "%i.next")]
        for place, (name, node) in enumerate(some):
            assert node.group is not None
            how, _, of, _ = node.group
            value = running.value(of)
            one = running.truth(value) if how == "any" else value
            many = self.nodes.layout.groups[inner]
            least, most = min(one.least * many, 0), max(one.most * many, 0)
            bits = bits_for(least, most)
            self.program.room.append((inner, bits // 8))
            slot = len(self.program.room) - 1
            running.head.append(f"  store i{bits} 0, ptr {running.pointer('room', slot)}")
            begin.append(f"  %s{place} = phi i{bits} [0, %entry], [%t{place}, %loop]")
            running.code.lines.append(f"  %t{place} = add i{bits} %s{place}, {self._members(running, node, bits)}")
            running.store("room", slot, bits, f"%t{place}", "%i.next")
            first, last = (sums.loaded("room", slot, bits, end) for end in ends)
            found = Value(sums.code, sums.code.put(f"sub i{bits} {last}, {first}"), bits, least, most)
            made = found != 0 if how == "any" else found
            kept = self.keep(name, level, made)
            sums.store("room", kept.place, max(made.bits, 8), made.in_bits(max(made.bits, 8)))
        self._add(running.straight(f"loop{len(self.loops)}", begin, "!3"), inner)
        self._add(sums.straight(f"loop{len(self.loops)}"), level)

    def _largest(self, level: str, inner: str, name: str, node: Node) -> None:
        """The largest of each group, and never less than 0."""
        self._spreads(inner, node.needs)
        loop = Loop(self, inner)
        assert node.group is not None
        value = loop.value(node.group[2])
        least, most = min(value.least, 0), max(value.most, 0)
        bits = bits_for(least, most)
        kept = self.keep(name, level, Value(loop.code, "0", bits, least, most))
        cell = self._members(loop, node, bits)
        larger = loop.code.put(f"icmp sgt i{bits} {cell}, %s")
        loop.code.lines.append(f"  %t = select i1 {larger}, i{bits} {cell}, i{bits} %s")
        where = f"  %at = getelementptr i{bits}, ptr {loop.pointer('room', kept.place)}, i64 %g"
        self._add(
            [
                f"define internal void @loop{len(self.loops)}({PARAMETERS}) #0 {{",
                "entry:",
                *loop.head,
                *GROUP_BEGINS,
                f"  %s = phi i{bits} [0, %group], [%t, %member]",
                *loop.code.lines,
                *GROUP_ENDS[:4],
                f"  %r = phi i{bits} [0, %group], [%t, %member]",
                where,
                f"  store i{bits} %r, ptr %at",
                *GROUP_ENDS[4:],
            ],
            inner,
        )

    # ── block after block ────────────────────────────────────────────────────────────────────────────────────────────

    def _whole(self) -> list[str]:
        """The function that is called: blocks of families, and for each all loops in order."""
        lines = [
            "define void @work(i64 %blocks, ptr %bounds, ptr %at.person, ptr %at.supporter, ptr %in.person, ptr %in.supporter, "
            "ptr %columns, ptr %room, ptr %out, ptr %numbers) {",
            "entry:",
            "  %some = icmp sgt i64 %blocks, 0",
            "  br i1 %some, label %block, label %done",
            "block:",
            "  %b = phi i64 [0, %entry], [%b.next, %block]",
            "  %b.next = add nuw nsw i64 %b, 1",
            "  %h.a = getelementptr i64, ptr %bounds, i64 %b",
            "  %first.household = load i64, ptr %h.a",
            "  %h.b = getelementptr i64, ptr %bounds, i64 %b.next",
            "  %last.household = load i64, ptr %h.b",
            "  %rows.household = sub i64 %last.household, %first.household",
        ]
        for outer, inner in zip(LOOPED, INNER, strict=False):
            lines += [
                f"  %starts.{inner} = getelementptr i64, ptr %at.{inner}, i64 %first.{outer}",
                f"  %first.{inner} = load i64, ptr %starts.{inner}",
                f"  %ends.{inner} = getelementptr i64, ptr %at.{inner}, i64 %last.{outer}",
                f"  %last.{inner} = load i64, ptr %ends.{inner}",
                f"  %rows.{inner} = sub i64 %last.{inner}, %first.{inner}",
                f"  call void @placed(i64 %first.{inner}, i64 %rows.{outer}, ptr %starts.{inner}, ptr %in.{inner})",
            ]
        for name, level in self.loops:
            groups = f"%rows.{LEVELS[LEVELS.index(level) - 1]}" if level in INNER else "0"
            starts, index = (f"%starts.{level}", f"%in.{level}") if level in INNER else ("null", "null")
            inside = LEVELS[LEVELS.index(level) + 1] if level != LEVELS[-1] else ""
            inner = f"i64 %first.{inside}, ptr %starts.{inside}" if inside else "i64 0, ptr null"
            lines.append(
                f"  call void @{name}(i64 %first.{level}, i64 %rows.{level}, i64 {groups}, ptr {starts}, {inner}, ptr {index}, "
                "ptr %columns, ptr %room, ptr %out, ptr %numbers)"
            )
        return [
            *lines,
            "  %more = icmp slt i64 %b.next, %blocks",
            "  br i1 %more, label %block, label %done",
            "done:",
            "  ret void",
            "}",
        ]


ENDING = [
    "define internal void @placed(i64 %first, i64 %groups, ptr %starts, ptr %index) #0 {",
    "entry:",
    *GROUP_BEGINS,
    "  %number = trunc i64 %g to i32",
    "  %at = getelementptr i32, ptr %index, i64 %i",
    "  store i32 %number, ptr %at",
    *GROUP_ENDS,
    *"""
attributes #0 = { noinline nounwind "prefer-vector-width"="512" }
!0 = distinct !{}
!1 = distinct !{!1, !2}
!2 = !{!"llvm.loop.parallel_accesses", !0}
!3 = distinct !{!3, !4, !5}
!4 = !{!"llvm.loop.vectorize.enable", i1 false}
!5 = !{!"llvm.loop.unroll.disable"}
""".splitlines(),
]
