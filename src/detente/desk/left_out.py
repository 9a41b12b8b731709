"""Which questions about a table were not asked, and why not? One sentence each, for whoever misses the answer."""

from collections.abc import Sequence

from detente.analyses.nash_in_nash import NashInNash
from detente.boards import Deals
from detente.brief.words import Names, listed
from detente.desk.dealt import LISTED, Asking
from detente.levers import Verdict
from detente.search.packages.terms import terms
from detente.situation.nouns import Situation, Tie
from detente.situation.paths import inputs

DRAWN = 2_000_000_000  # packages x draws up to which draws are made


def places(board: Deals) -> str | None:
    """Say why there is no picture of all packages."""
    if len(board.parties) != 2:
        return f"All packages are drawn for two parties only; here {_decide(len(board.parties))}."
    if terms(board).size > LISTED:
        return f"All packages are not drawn: {_more(terms(board).size, LISTED)}."
    return None


def winner(board: Deals) -> str | None:
    """Say why adjusted winner divides nothing."""
    if len(board.parties) != 2:
        return f"Adjusted winner divides between two parties only; here {_decide(len(board.parties))}."
    if board.interactions:
        return "Adjusted winner divides issue by issue; here levels of different issues are worth something together."
    return None


def robust(asking: Asking, board: Deals) -> str | None:
    """Say why nothing was drawn from the ranges."""
    if all(i.value.is_point for i in inputs(asking.situation)):
        return "Nothing was drawn from the ranges: no input is open."
    size = terms(board).size
    if size * asking.draws > DRAWN:
        most = DRAWN // asking.draws
        return f"Nothing was drawn from the ranges: {_more(size, most)} with {asking.draws:,} draws. Ask for fewer."
    return None


def leaning(situation: Situation, board: Deals) -> tuple[tuple[Tie, str, str], ...]:
    """List the ties by which an ally or a lobby leans on a party at a table: the tie, who leans, and on whom."""
    found = []
    for tie in situation.ties:
        ends = [(tie.source, tie.target)] + ([(tie.target, tie.source)] if tie.kind == "ally" else [])
        outside = [(ally, party) for ally, party in ends if party in board.parties and ally not in board.parties]
        if tie.kind in ("ally", "lobby") and outside:
            found.append((tie, *outside[0]))
    return tuple(found)


def weights(asking: Asking, board: Deals) -> str | None:
    """Say why no ally's or lobby's weight was swept."""
    names, ties = Names(asking.situation), leaning(asking.situation, board)
    if not ties:
        return None
    who = listed(dict.fromkeys(names.party(ally) for _, ally, _ in ties))
    what = f"How much {who} would have to weigh was not asked"
    if board.rule is not None:
        return f"{what}: that takes a table at which all must consent, and here a part of them can decide."
    if terms(board).size > LISTED:
        return f"{what}: {_more(terms(board).size, LISTED)}."
    return None


def unheard(asking: Asking, board: Deals) -> str | None:
    """Say which allies and lobbies lean on a party at the table while nothing is known of their stakes in it."""
    seated = board.watchers.parties if board.watchers is not None else ()
    silent = [ally for _, ally, _ in leaning(asking.situation, board) if ally not in seated]
    if not silent:
        return None
    who = Names(asking.situation).parties(dict.fromkeys(silent))
    return f"What would follow if more weight were given to {who} was not asked: no stake of theirs here is known."


def hubs(asking: Asking, boards: Sequence[Deals], shared: Sequence[str], told: Sequence[NashInNash]) -> str | None:
    """Say why nothing is shared out by a party that bargains at several tables."""
    if not shared or told:
        return None
    names = Names(asking.situation)
    what = f"What {listed(names.party(p) for p in shared)} could share out among several tables was not worked out"
    big = [board for board in boards if terms(board).size > LISTED]
    if big:
        return (
            f"{what}: {names.at(big[0].table)} has {terms(big[0]).size:,} packages, and at most {LISTED:,} are tried."
        )
    return f"{what}: no more than one of those tables adds anything."


def sweeps(verdict: Verdict, paths: Sequence[str]) -> str | None:
    """Say why no input was swept though the answer depends on some."""
    if verdict.kind != "depends" or paths:
        return None
    return "No input was swept: what decides is whether red lines are real, and that is a yes or a no."


def _decide(count: int) -> str:
    return "one decides" if count == 1 else f"{count} decide"


def _more(size: int, most: int) -> str:
    return f"there are {size:,} packages, and at most {most:,} are tried"
