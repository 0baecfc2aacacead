"""One loop of a program: the place where nodes are reckoned, and its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from anmin.ground.policy.compiled.nodes import Nodes, Reference
from anmin.ground.policy.compiled.values import Instructions, Value, Words, bits_for

BITS = {"bool": 8, "int8": 8, "int16": 16, "int32": 32, "int64": 64}
UNALIASED = ", !llvm.access.group !0"


@dataclass
class Kept:
    """A value that a loop leaves for others: its place, and what it can be. Yes and no is kept in 8 bits."""

    place: int
    level: str
    bits: int
    least: int
    most: int


class Around(Protocol):
    """What a loop asks of the program it stands in."""

    nodes: Nodes
    kept: dict[tuple[str, str], Kept]

    def column(self, name: str) -> int:
        """The place of a column of facts."""

    def range(self, slot: int) -> tuple[int, int]:
        """What a parameter can be."""


class Loop:
    """One loop: where its nodes are reckoned."""

    def __init__(self, program: Around, level: str) -> None:
        self.program, self.level = program, level
        self.head: list[str] = []
        self.code = Instructions()
        self.o = Words(self.code)
        self.done: dict[Reference, Value] = {}
        self._pointers: dict[tuple[str, int], str] = {}

    def pointer(self, table: str, place: int, *, bits: int = 0) -> str:
        """The beginning of a column, or of a place; of a column, the row of the block's first."""
        if (table, place) not in self._pointers:
            name = f"%{table}{place}"
            self.head += [f"  {name}.a = getelementptr ptr, ptr %{table}, i64 {place}", f"  {name}.b = load ptr, ptr {name}.a"]
            first = "0" if table == "room" else "%first"
            self.head.append(f"  {name} = getelementptr i{bits or 8}, ptr {name}.b, i64 {first}")
            self._pointers[table, place] = name
        return self._pointers[table, place]

    def loaded(self, table: str, place: int, bits: int, index: str = "%i") -> str:
        """What stands in a row."""
        where = self.code.put(f"getelementptr i{bits}, ptr {self.pointer(table, place, bits=bits)}, i64 {index}")
        return self.code.put(f"load i{bits}, ptr {where}{UNALIASED}")

    def store(self, table: str, place: int, bits: int, text: str, index: str = "%i") -> None:
        """A row holds it."""
        where = self.code.put(f"getelementptr i{bits}, ptr {self.pointer(table, place, bits=bits)}, i64 {index}")
        self.code.lines.append(f"  store i{bits} {text}, ptr {where}{UNALIASED}")

    # ── what nodes ask ───────────────────────────────────────────────────────────────────────────────────────────────

    def value(self, of: Reference) -> Value:
        """A value of this level, or of one around it."""
        if not isinstance(of, str):
            return self.truth(of) if isinstance(of, bool) else Value(self.code, "0", 8, 0, 0).of(of)
        if of not in self.done:
            self.done[of] = self._parameter(of) if of.startswith("#") else self.kept(self.program.kept[of, self.level])
        return self.done[of]

    def kept(self, kept: Kept, index: str = "%i") -> Value:
        """What another loop has left."""
        text = self.loaded("room", kept.place, max(kept.bits, 8), index)
        if kept.bits == 1:
            return self.truth(True).truth(self.code.put(f"trunc i8 {text} to i1"))
        return Value(self.code, text, kept.bits, kept.least, kept.most)

    def _parameter(self, name: str) -> Value:
        slot = int(name[1:])
        number = self.program.nodes.numbers[slot]
        least, most = self.program.range(slot)
        bits = 1 if isinstance(number, bool) else bits_for(least, most)
        self.head += [f"  %n{slot}.a = getelementptr i64, ptr %numbers, i64 {slot}", f"  %n{slot}.b = load i64, ptr %n{slot}.a"]
        if bits == 64:
            self.head.append(f"  %n{slot} = add i64 %n{slot}.b, 0")
        else:
            self.head.append(f"  %n{slot} = trunc i64 %n{slot}.b to i{bits}")
        return Value(self.code, f"%n{slot}", bits, least, most, slot=slot, number=int(number))

    def cell(self, name: str) -> Value:
        """A fact as it stands in its column."""
        key = f"column {name}"
        if key not in self.done:
            seen = self.program.nodes.layout.facts[name]
            bits = BITS[seen.dtype]
            text = self.loaded("columns", self.program.column(name), bits)
            whole = Value(self.code, text, bits, -(1 << (bits - 1)) + 1, (1 << (bits - 1)) - 1)
            self.done[key] = whole.made(text, bits, seen.least, seen.most)
        return self.done[key]

    def truth(self, given: Value | bool) -> Value:
        """A yes or no as a value, also where it is known beforehand."""
        if isinstance(given, Value):
            return given if given.bits == 1 else given != 0
        return Value(self.code, "true" if given else "false", 1, 0, 1)

    def either_of(self, one: Value | bool, two: Value | bool) -> Value:
        """Whether one of two holds."""
        if one is False:
            return self.truth(two)
        return self.truth(one) | self.truth(two)

    # ── its text ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def straight(self, name: str, begin: Sequence[str] = (), loop: str = "!1") -> list[str]:
        """A loop over the rows of a level; unless something is carried on, no row looks at another."""
        return [
            f"define internal void @{name}({PARAMETERS}) #0 {{",
            "entry:",
            *self.head,
            "  %some = icmp sgt i64 %rows, 0",
            "  br i1 %some, label %loop, label %done",
            "loop:",
            "  %i = phi i64 [0, %entry], [%i.next, %loop]",
            *begin,
            "  %i.next = add nuw nsw i64 %i, 1",
            *self.code.lines,
            "  %more = icmp slt i64 %i.next, %rows",
            f"  br i1 %more, label %loop, label %done, !llvm.loop {loop}",
            "done:",
            "  ret void",
            "}",
        ]

    def bound(self, group: str) -> str:
        """Where a group of the level inside begins, counted from the first row of the block."""
        where = self.code.put(f"getelementptr i64, ptr %inner.starts, i64 {group}")
        begins = self.code.put(f"load i64, ptr {where}{UNALIASED}")
        return self.code.put(f"sub i64 {begins}, %inner.first")


PARAMETERS = (
    "i64 %first, i64 %rows, i64 %groups, ptr %starts, i64 %inner.first, ptr %inner.starts, ptr %index, "
    "ptr %columns, ptr %room, ptr %out, ptr %numbers"
)
"""First row and rows of the level; in how many groups, where these start, the same of the level inside; the group of a row."""

GROUP_BEGINS = """
  %some = icmp sgt i64 %groups, 0
  br i1 %some, label %group, label %done
group:
  %g = phi i64 [0, %entry], [%g.next, %end]
  %g.next = add nuw nsw i64 %g, 1
  %from.a = getelementptr i64, ptr %starts, i64 %g
  %from.b = load i64, ptr %from.a
  %from = sub i64 %from.b, %first
  %until.a = getelementptr i64, ptr %starts, i64 %g.next
  %until.b = load i64, ptr %until.a
  %until = sub i64 %until.b, %first
  %filled = icmp slt i64 %from, %until
  br i1 %filled, label %member, label %end
member:
  %i = phi i64 [%from, %group], [%i.next, %member]
""".strip("\n").splitlines()
GROUP_ENDS = """
  %i.next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %i.next, %until
  br i1 %more, label %member, label %end, !llvm.loop !3
end:
  %again = icmp slt i64 %g.next, %groups
  br i1 %again, label %group, label %done
done:
  ret void
}
""".strip("\n").splitlines()
