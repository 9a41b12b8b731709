"""Where would a challenge lead each dyad, and is there one answer to that?

No probability of an end is told: it would rest on payoffs that are assumed. What is told is in how many draws which end
is the likeliest, and how many equilibria there are.
"""

from collections.abc import Iterator

import numpy as np

from detente.boards.crisis import OUTCOMES
from detente.brief.document import Block, Grid, Listing, Sentence
from detente.brief.sections.no_deal.telling import Telling
from detente.brief.words import capital, counted, of_draws
from detente.outlook.crises import Escalation

ENDS = {
    OUTCOMES[0]: "no challenge",
    OUTCOMES[1]: "a concession",
    OUTCOMES[2]: "backing down",
    OUTCOMES[3]: "the challenge, and what answers it",
}


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for every dyad in every world."""
    if not told.found.crises:
        return ()
    rows = tuple(_row(one, told) for one in told.found.crises)
    caption = told.say(
        "Each dyad's crisis: who challenges with what, the likeliest end, and how many equilibria there are. "
        "Shares are shares of the model's draws, not probabilities of events. Here each side keeps to itself how much "
        "it minds, and reckons with what the other may; the states above take all as known. So the two may differ.",
        "all equilibria of the crisis of four ends with private stakes, draw by draw",
    )
    grid = Grid(caption, ("crisis", "in the world", "likeliest end", "equilibria"), rows)
    several = tuple(_several(told))
    return (grid, *((Listing(several),) if several else ()))


def _row(one: Escalation, told: Telling) -> tuple[Sentence, ...]:
    dyad = one.dyad
    refs = told.of_moves(m for m in (dyad.challenge, dyad.concede, *one.answers) if m)
    who = f"{capital(told.names.party(dyad.challenger))} against {told.names.party(dyad.target)}"
    challenge = f"{who}, with {told.act(dyad.challenge)}"
    return (
        Sentence(challenge, refs, "assumed"),
        Sentence(one.world, refs, "assumed"),
        Sentence(_ends(one), refs, "assumed"),
        Sentence(_count(one), refs, "assumed"),
    )


def likeliest(one: Escalation) -> np.ndarray:
    """Return in which share of draws each end is the likeliest at every equilibrium, and last that they differ."""
    outcome = one.found.outcome[one.kept]
    each = np.where(np.isnan(outcome).any(axis=-1), -1, np.nanargmax(np.nan_to_num(outcome, nan=-1.0), axis=-1))
    first = each[:, 0]
    alike = ((each == first[:, None]) | (each < 0)).all(axis=1)
    first = np.where(first < 0, 0, first)
    counts = [float((alike & (first == k)).mean()) for k in range(len(OUTCOMES))]
    return np.array([*counts, float((~alike).mean())])


def _ends(one: Escalation) -> str:
    share, draws = likeliest(one), int(one.kept.sum())
    order = [k for k in np.argsort(-share, kind="stable").tolist() if share[k] > 0]
    names = [*ENDS.values(), "one end at one equilibrium and another at the other"]
    return capital("; ".join(f"{names[k]} in {of_draws(float(share[k]), draws)}" for k in order[:3])) + "."


def several(one: Escalation) -> float:
    """Return the share of draws in which there is more than one equilibrium."""
    return float((one.found.count[one.kept] > 1).mean())


def _count(one: Escalation) -> str:
    share, draws = several(one), int(one.kept.sum())
    best = counted(int(one.best.count), "equilibrium", "equilibria")
    more = f"; more than one in {of_draws(share, draws)}" if share else ""
    sure = "" if bool(one.found.closed.all()) else "; the list may not be whole in some draws"
    return f"{best} at the best guess{more}{sure}."


def _several(told: Telling) -> Iterator[Sentence]:
    """Where the best guess has more than one equilibrium, say what each is about."""
    for one in told.found.crises:
        count = int(one.best.count)
        if count > 1:
            ends = [list(ENDS.values())[int(np.argmax(one.best.outcome[k]))] for k in range(count)]
            who = f"{told.names.party(one.dyad.challenger)} and {told.names.party(one.dyad.target)}"
            text = (
                f"In the world {one.world} the crisis of {who} has {count} equilibria at the best guess; the likeliest "
                f"ends are {', '.join(ends)}. Which of them comes about the model does not say."
            )
            yield told.say(text, "every equilibrium of the crisis is found", "assumed")


def every(told: Telling) -> tuple[Block, ...]:
    """List every equilibrium at the best guess, crisis by crisis and world by world, and how many draws have how many.

    No probability is told: it would rest on payoffs that are assumed.
    """
    if not told.found.crises:
        return ()
    rows = tuple(row for one in told.found.crises for row in _each(one, told))
    caption = told.say(
        "Every equilibrium at the best guess, from the one in which the target resists least. Which of them comes "
        "about the model does not say.",
        "every equilibrium of the crisis is found",
    )
    heads = ("crisis", "in the world", "equilibrium", "likeliest end", "after a small doubt", "over the draws")
    return (Grid(caption, heads, rows),)


def _each(one: Escalation, told: Telling) -> Iterator[tuple[Sentence, ...]]:
    dyad, best = one.dyad, one.best
    refs = told.of_moves(m for m in (dyad.challenge, dyad.concede, *one.answers) if m)
    who = f"{capital(told.names.party(dyad.challenger))} against {told.names.party(dyad.target)}"
    many, counts = int(best.count), _counts(one)
    told_of = [
        (f"{k + 1} of {many}", list(ENDS.values())[int(np.argmax(best.outcome[k]))], _doubt(float(best.slope[k])))
        for k in range(many)
    ]
    if bool(best.unchallenged):
        told_of.append(("a limit beside them", ENDS[OUTCOMES[0]], "nobody challenges, whatever the other would do"))
    for k, cells in enumerate(told_of):
        texts = (who, one.world, *cells, counts if k == 0 else "as above")
        yield tuple(Sentence(capital(t) if j != 1 else t, refs, "assumed") for j, t in enumerate(texts))


def _doubt(slope: float) -> str:
    return "leads away from it" if slope > 1 else "leads back to it"


def _counts(one: Escalation) -> str:
    found, draws = one.found.count[one.kept], int(one.kept.sum())
    parts = [
        f"{counted(int(many), 'equilibrium', 'equilibria')} in {of_draws(float((found == many).mean()), draws)}"
        for many in np.unique(found)
    ]
    sure = "" if bool(one.found.closed[one.kept].all()) else "; the list may not be whole in some draws"
    return f"{'; '.join(parts)}{sure}"
