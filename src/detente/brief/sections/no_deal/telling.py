"""How are moves and the states they make named in sentences, and what do these rest on?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.boards.outside.lay import Outside
from detente.brief.document import Sentence
from detente.brief.no_agreement import NoAgreement, in_force
from detente.brief.register import Register
from detente.brief.words import Names, listed
from detente.situation.nouns import Move, World
from detente.situation.values import BasisKind

# An action as a noun, and the word that joins it to whom it is aimed at.
DEEDS = {
    "strike": ("a strike", "against"),
    "attack": ("an attack", "against"),
    "invade": ("an invasion", "of"),
    "bomb": ("bombing", "of"),
    "retaliate": ("retaliation", "against"),
    "join-in": ("joining in", "against"),
    "open-front": ("a front of its own", "against"),
    "block": ("a blockade", "against"),
    "sanction": ("sanctions", "on"),
    "tariff": ("tariffs", "on"),
    "coerce": ("pressure", "on"),
    "mobilize": ("deployments", "against"),
    "walk-out": ("walking out", "of talks with"),
    "refuse-deal": ("refusing a deal", "with"),
    "concede": ("a concession", "to"),
    "deny-airspace": ("closed airspace", "to"),
    "back-strikes": ("backing strikes", "against"),
    "rebuild-missiles": ("rebuilding missiles", "against"),
    "rebuild-nuclear": ("rebuilding its nuclear programme", "against"),
}
WORLDS: dict[World, str] = {
    "drift": "things go on as they are, and force and pressure cost those who use them",
    "squeeze": "pressure pays those who use it, and force does not",
    "force": "force pays those who use it, unless it is answered",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """The answers with the names and the register of the brief that they go into."""

    found: NoAgreement
    names: Names
    register: Register
    resting: list[tuple[str, ...]] = field(default_factory=list, init=False, repr=False, compare=False)

    def move(self, move_id: str) -> Move:
        """Return a move by its id."""
        return next(m for m in self.found.drafted.moves if m.id == move_id)

    def act(self, move_id: str) -> str:
        """Return what is done, without who does it, as it stands in a sentence."""
        return deed(self.move(move_id), self.names)

    def deed(self, move_id: str) -> str:
        """Return what is done by whom."""
        move = self.move(move_id)
        what, _, whom = self.act(move_id).partition(f" {_joint(move)} ")
        by = f"{what} by {self.names.party(move.by)}"
        return f"{by} {_joint(move)} {whom}" if whom else by

    def change(self, board: Outside, source: int, target: int) -> str:
        """Return in words what is done to get from one state to another, without who does it."""
        begun, ended = changed(board, source, target)
        acts = [self.act(m) for m in begun]
        acts += [f"an end to {self.act(m).removeprefix('a ').removeprefix('an ')}" for m in ended]
        return listed(acts)

    def state(self, board: Outside, state: int) -> str:
        """Return a state as what is done in it beyond today."""
        begun, ended = changed(board, board.today, state)
        told = [self.deed(m) for m in begun] + [f"no more {self.deed(m)}" for m in ended]
        return listed(told) if told else "today's state"

    def say(self, text: str, how: str, mark: BasisKind | None = None) -> Sentence:
        """Return a sentence that rests on a computation over everything the draft rests on."""
        return Sentence(text, (self.register.derive(how, *self.grounds()),), mark)

    def of_moves(self, moves: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that some moves rest on."""
        bases = (self.move(m).basis for m in moves)
        return tuple(dict.fromkeys(ref for basis in bases for ref in self.register.basis(basis)))

    def grounds(self) -> tuple[str, ...]:
        """Return the ids of everything that the drafted moves and effects rest on."""
        if not self.resting:
            drafted = self.found.drafted
            moves = self.of_moves(m.id for m in drafted.moves)
            self.resting.append(
                tuple(dict.fromkeys((*moves, *self.register.ranges(*(e.value for e in drafted.effects)))))
            )
        return self.resting[0]


def deed(move: Move, names: Names) -> str:
    """Return what a move is, as it stands in a sentence.

    >>> from detente.situation.nouns import Situation
    >>> raid = Move(id="raid", by="a", action="strike", against="b")
    >>> deed(raid, Names(Situation(title="t")))
    'a strike against b'
    """
    what = DEEDS.get(move.action, (f"\u201c{move.action.replace('-', ' ')}\u201d", "against"))[0]
    return f"{what} {_joint(move)} {names.party(move.against)}" if move.against else what


def changed(board: Outside, source: int, target: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which moves are in force in the second state and not in the first, and the other way round."""
    before, after = set(in_force(board, source)), set(in_force(board, target))
    begun = tuple(m for m in board.moves if m in after - before)
    return begun, tuple(m for m in board.moves if m in before - after)


def _joint(move: Move) -> str:
    return DEEDS.get(move.action, ("", "against"))[1]
