"""How are the players, moves and states of a conflict named in sentences, and what do these rest on?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from detente.brief.disputed import ConflictTold
from detente.brief.document import Sentence
from detente.brief.register import Register
from detente.brief.words import listed, with_article
from detente.formats.published import called
from detente.search.conflicts.reasons import Step
from detente.situation.values import Basis, slug

NOTHING = "no move in force"
ORDER = ("nash", "seq", "sim", "smr", "gmr")  # from the strictest idea to the one that asks least, as they are shown
HEADS = {"nash": "Nash", "seq": "SEQ", "sim": "SIM", "smr": "SMR", "gmr": "GMR"}
MEANING = {
    "nash": "nobody gains by leaving",
    "seq": "every gain can be answered by moves that the others gain by themselves",
    "sim": "every gain can be answered by moves that the others gain by, made in the same moment",
    "smr": "every gain can be answered by some move of the others, with no way out to something better after it",
    "gmr": "every gain can be answered by some move of the others, whatever it costs them",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """The answers with the register of the brief that they go into."""

    told: ConflictTold
    register: Register
    resting: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    def player(self, name: str) -> str:
        """Return a player's name as it stands in a sentence."""
        return with_article(called(name))

    def players(self, names: Iterable[str], *, joined: str = "and") -> str:
        """Return several players' names as a list in prose."""
        told = listed(self.player(n) for n in names)
        return told if joined == "and" else f" {joined} ".join(told.rsplit(" and ", 1))

    def move(self, choice: int, level: int = 1) -> str:
        """Return a move in words: its label, the level where there are several, whose it is where two are alike."""
        choices = self.told.conflict.states.choices
        one = choices[choice]
        name = words(one.label) + ("" if len(one.levels) == 2 else f": {words(one.levels[level])}")
        alike = sum(c.label == one.label for c in choices) > 1
        return f"{name} ({called(one.owner)})" if alike else name

    def levels(self, state: int) -> tuple[int, ...]:
        """Return the level of every choice in a state."""
        at = self.told.conflict.states
        code = int(at.codes[state])
        return tuple(code // place % len(choice.levels) for place, choice in zip(at.places, at.choices, strict=True))

    def lines(self, state: int) -> tuple[str, ...]:
        """Return the moves in force in a state, one by one."""
        return tuple(self.move(c, level) for c, level in enumerate(self.levels(state)) if level)

    def state(self, state: int) -> str:
        """Return a state as the moves in force in it, in quotes."""
        return f"“{' + '.join(self.lines(state)) or NOTHING}”"

    def states(self, states: Sequence[int], most: int = 6) -> str:
        """Return several states as a list in prose, the first of them where there are many."""
        named = [self.state(s) for s in states[:most]]
        return listed([*named, f"{len(states) - most:,} more"] if len(states) > most else named)

    def change(self, source: int, target: int) -> str:
        """Return in words what is done to get from one state to another, without who does it."""
        return self.done(source, target, range(len(self.told.conflict.states.choices)))

    def final(self, source: int, target: int) -> str:
        """Return what of a step cannot be taken back: its moves of one direction, or all of it where none has one."""
        choices = self.told.conflict.states.choices
        bound = [c for c, choice in enumerate(choices) if choice.direction != "both"]
        return self.done(source, target, bound) or self.change(source, target)

    def done(self, source: int, target: int, choices: Iterable[int]) -> str:
        """Return in words what some of the choices change, what is taken up first; empty where they change nothing."""
        before, after = self.levels(source), self.levels(target)
        changed = [c for c in choices if before[c] != after[c]]
        begun = [f"“{self.move(c, after[c])}”" for c in changed if after[c]]
        ended = [f"an end to “{self.move(c, before[c])}”" for c in changed if not after[c]]
        return listed([*begun, *ended]) if changed else ""

    def steps(self, start: int, steps: Sequence[Step], *, at_once: bool = False) -> str:
        """Return steps in words, each with who takes it; those made at once all begin at the start."""
        told, here = [], start
        for step in steps:
            told.append(f"{self.players(step.by)} with {self.change(here, step.to)}")
            here = start if at_once else step.to
        return listed(told) if at_once else ", then ".join(told)

    def mean(self, concept: str) -> str:
        """Return what holding means by a concept."""
        if concept in MEANING:
            return MEANING[concept]
        ahead = concept.removeprefix("l")
        return f"everybody who looks {ahead} move{'s' if ahead != '1' else ''} ahead expects to end up there"

    def say(self, text: str, how: str) -> Sentence:
        """Return a sentence that rests on a computation over what the file says."""
        return Sentence(text, (self.register.derive(how, self.ground()),))

    def ground(self) -> str:
        """Return the id of the file that everything rests on."""
        if not self.resting:
            basis = Basis(kind="entered", by=self.told.file, note=self.told.source)
            self.resting.append(self.register.basis(basis)[0])
        return self.resting[0]


def words(label: str) -> str:
    """Return a label as words where it is a slug.

    >>> words("take-the-order"), words("P5+1 talks")
    ('take the order', 'P5+1 talks')
    """
    return label.replace("-", " ") if label == slug(label) else label
