"""A machine as an actor: it holds no role and sees the areas of its grant."""

from dataclasses import dataclass

from anmin.ground.accounts.gate import Actor


@dataclass(frozen=True)
class Asker(Actor):
    """The machine of another office. `paths` are the areas of its grant; it can do nothing that a role is needed for."""

    client_id: int = 0
    paths: tuple[str, ...] = ()

    @property
    def scope(self) -> tuple[str, ...]:
        return tuple(sorted(p for p in self.paths if not any(p != q and p.startswith(q) for q in self.paths)))

    def sees(self, path: str) -> bool:
        return any(path.startswith(held) for held in self.paths)

    @property
    def sees_the_county(self) -> bool:
        return any(path.count("/") <= 1 for path in self.paths)

    @property
    def is_system(self) -> bool:
        return False
