"""How is one package told: who accepts it, who refuses it and on what, and which package near it would do better?"""

from collections.abc import Iterator
from dataclasses import dataclass

from detente.boards import Deals
from detente.brief.sections.deals.telling import points, signed
from detente.brief.words import Names, capital, counted, listed
from detente.search.packages.around import Ground, Judged, Near
from detente.search.packages.consent import by_votes
from detente.situation.values import BasisKind

WASH = 5  # basis points, below which a gain is none
LEVEL = {"in": "has to be settled here, and this is how it stands", "precondition": "does not meet the precondition"}


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands in the way of a package: in words, and the input behind it with how that is known, if it is one."""

    words: str
    path: str | None = None
    kind: BasisKind | None = None


@dataclass(frozen=True, slots=True)
class PackageTeller:
    """The words for packages of one board."""

    names: Names
    on: Ground
    modes: dict[str, tuple[str, str | None]]

    @property
    def board(self) -> Deals:
        """The board."""
        return self.on.deals

    def level(self, issue: int, option: int) -> str:
        """Return a level of an issue in words."""
        return self.names.level(self.board.issues[issue], float(self.board.levels[issue][option]))

    def verdict(self, found: Judged) -> str:
        """Say in a sentence or two whether the package is a deal."""
        if found.unchanged:
            return "This is how things stand today: nothing changes, so there is nothing to agree on."
        if found.is_deal and found.losers:
            lose, rule = self._parties(found.losers), "The rule of the table carries this package"
            return f"{rule}, although {lose} {'loses' if len(found.losers) == 1 else 'lose'} by it."
        if found.is_deal:
            return f"Everybody accepts this package{self._standing(found)}.{self._wash(found)}"
        who = dict.fromkeys((*(p for p, _ in found.crossed), *self._deciding(found)))
        if not who:
            return "This agenda does not leave this package open."
        return f"{capital(self._parties(tuple(who)))} {'says' if len(who) == 1 else 'say'} no to this package."

    def _wash(self, found: Judged) -> str:
        """Say of whom it is only just accepted."""
        heads = range(self.on.held.bargaining)
        nothing = tuple(p for p in heads if found.gains[p] < WASH)
        if len(nothing) == len(heads):
            return " It is a wash: nobody gains by it, beside no deal."
        return f" For {self._parties(nothing)} it is a wash." if nothing else ""

    def _standing(self, found: Judged) -> str:
        if found.on_frontier:
            return ", and it is on the frontier: no other is better for one and worse for none"
        better = found.better or found.beyond_locks
        least = min(better.change[: self.on.held.bargaining]) if better is not None else 0
        other = "everybody prefers another one" if least > 0 else "another one is better for some and worse for none"
        return f", but it is not on the frontier: {other}"

    def _deciding(self, found: Judged) -> tuple[int, ...]:
        return () if found.unchanged else found.losers

    def refusals(self, found: Judged) -> Iterator[Refused]:
        """List what stands in the way: what the agenda does not leave open, red lines, losses."""
        for i in found.closed:
            yield self._closed(i, found.package[i])
        for p, i in found.crossed:
            yield self._line(p, i, found.package[i])
        for p in found.losers if not found.unchanged else ():
            who = capital(self.names.party(self.on.held.parties[p]))
            out = " and is outvoted" if found.is_deal else ""
            entered = self._no_deal(p)
            text = f"{who} would be {points(-found.gains[p])} worse off than without a deal{out}."
            yield Refused(text, *entered)

    def _closed(self, issue: int, option: int) -> Refused:
        name, by = self.modes.get(self.board.issues[issue], ("left_out", None))
        what, at = capital(self.names.issue(self.board.issues[issue])), self.level(issue, option)
        whose = f" of {self.names.party(by)}" if name == "precondition" and by else ""
        why = LEVEL.get(name, "is not on this agenda, so it stays as it is")
        return Refused(f"{what}, {at}: {why}{whose}.")

    def _line(self, party: int, issue: int, option: int) -> Refused:
        who, what = self.on.held.parties[party], self.board.issues[issue]
        stance = self.names.situation.stance(who, what)
        line = stance.red_line if stance is not None else None
        if line is None:
            return Refused(f"{capital(self.names.party(who))} has a red line on {self.names.issue(what)}.")
        text = f"The red line of {self.names.party(who)} on {self.names.issue(what)}: "
        text += f"{line.accepts.replace('_', ' ')} {self.names.level(what, line.at.best)}. Here: "
        return Refused(f"{text}{self.level(issue, option)}.", f"{who}.{what}.red_line", line.at.basis.kind)

    def _no_deal(self, party: int) -> tuple[str | None, BasisKind | None]:
        """Return the entered value of no deal that a loss is measured against; there may be none."""
        situation, who = self.names.situation, self.on.held.parties[party]
        row = next((n for n in situation.table(self.board.table).no_deal if n.party == who), None)
        if row is None or self.board.no_deal_kind == "status-quo":
            return None, None
        return f"{self.board.table}.no_deal.{who}", row.value.basis.kind

    def moves(self, near: Near, package: tuple[int, ...]) -> str:
        """Say what moves from a package to one near it."""
        return "; ".join(
            f"{self.names.issue(self.board.issues[i])} from {self.level(i, package[i])} to "
            f"{self.level(i, near.package[i])}"
            for i in near.moved
        )

    def better(self, near: Near, package: tuple[int, ...]) -> str:
        """Say which package near this one everybody prefers."""
        change = near.change[: self.on.held.bargaining]
        gains = listed(
            f"{self.names.party(p)} {signed(c)}" for p, c in zip(self.board.parties, change, strict=True) if c
        )
        who = "Everybody prefers" if min(change) > 0 else "Better for some, and worse for none, is"
        return f"{who} this with {self.moves(near, package)}: {gains} more."

    def unblocked(self, near: Near, package: tuple[int, ...]) -> str:
        """Say what the smallest change to a deal is."""
        gains = listed(
            f"{self.names.party(p)} {signed(g)}" for p, g in zip(self.on.held.parties, near.gains, strict=True)
        )
        if not near.nearest:
            return f"A deal is reached by moving {self.moves(near, package)}; then {gains}."
        many = "" if len(near.moved) == 1 else f" ({counted(len(near.moved), 'issue', 'issues')} at once)"
        return f"The smallest change that makes it a deal{many}: {self.moves(near, package)}; then {gains}."

    def as_it_is(self, found: Judged) -> str:
        """Say what would have to give for this very package, where it is not the agenda that excludes it."""
        if found.closed or found.unchanged or found.is_deal:
            return ""
        parts = [
            f"{self.names.party(self.on.held.parties[p])} gives its red line on "
            f"{self.names.issue(self.board.issues[i])} up as far as {self.level(i, found.package[i])}"
            for p, i in found.crossed
        ]
        parts += [
            f"{self.names.party(self.on.held.parties[p])} accepts {points(-found.gains[p])} less than it has without "
            "a deal"
            for p in found.losers
        ]
        need = " Not all of this is needed: the table votes." if by_votes(self.board) and len(parts) > 1 else ""
        return f"As it is, it becomes a deal if {listed(parts)}.{need}"

    def _parties(self, parties: tuple[int, ...]) -> str:
        return listed(self.names.party(self.on.held.parties[p]) for p in parties)
