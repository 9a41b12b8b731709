"""What happens if the talks fail? The conflict and the crises that a situation drafts, asked in every named world."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from detente.analyses.coverage import coverage
from detente.analyses.paths import paths
from detente.analyses.stability import Stability, stability
from detente.analyses.steady import Steady, steady
from detente.boards import moves, plain
from detente.boards.conflict import Conflict
from detente.boards.crisis import Crisis
from detente.boards.drawn import Draws
from detente.boards.outside.draft import drafted
from detente.boards.outside.dyads import dyads
from detente.boards.outside.lay import Outside, outside
from detente.boards.outside.worlds import WORLDS
from detente.brief.document import Brief
from detente.brief.no_agreement import Covered, InWorld, NoAgreement, in_force
from detente.brief.sections.no_deal.page import composed
from detente.desk.draws import DRAWS, SEED
from detente.ensemble import Drawing, draw_inputs
from detente.errors import AnalysisError, BoardError, UsageError
from detente.outlook.crises import Escalation, at_best, escalation
from detente.outlook.mandates import with_mandates
from detente.outlook.no_deal import no_deal_values, with_no_deal_values
from detente.situation.fingerprint import fingerprint
from detente.situation.nouns import Situation, World
from detente.situation.store import save

Progress = Callable[[str], None]
Extent: TypeAlias = Literal["full", "brief", "text", "text-full"]
SCHEMA = "detente.nodeal/1"
CONCEPT = "seq"
TOLD = ("nash", "gmr", "smr", "seq", "sim")
MOST_CELLS = 50_000_000  # draws, players and states multiplied: 400 MB
GRADED = ("nash", "gmr", "smr", "seq")  # quick to ask draw by draw


def ask_no_agreement(
    situation: Situation,
    *,
    table: str | None = None,
    concept: str = CONCEPT,
    extent: Extent = "full",
    draws: tuple[int, int] = (DRAWS, SEED),
    progress: Progress | None = None,
) -> NoAgreement:
    """Answer everything about the world without a deal; `draws` are how many, and their seed.

    `extent` "full": the draws are asked about every concept, and the crises; "brief": about the one concept, without
    the crises; "text" and "text-full": as "brief" and "full", and no move is proposed that the situation does not name.

    Raises BoardError where nothing says what anybody could do without a deal, and where no state is left.
    """
    say = progress or (lambda _: None)
    _require_concept(concept)
    say("drafting the conflict")
    at, full = _table(situation, table), extent in ("full", "text-full")
    written = _written(situation, at, supply=extent in ("full", "brief"))
    count, seed = draws
    drawn = draw_inputs(written, count, seed=seed)
    order = (*(c for c in GRADED if full and c != concept), concept)  # what decides is told for the last
    found: list[InWorld] = []
    ruled_out: list[World] = []
    for world in WORLDS:
        say(f"the world {world!r}")
        one = _in(written, world, drawn, order)
        if one is None:
            ruled_out.append(world)
        else:
            found.append(one)
    say("the crises of force")
    crises = _crises(written, found, drawn, seed) if full else ()
    consenting = situation.table(at).consent if at is not None else ()
    return NoAgreement(
        situation=situation,
        drafted=written,
        table=at,
        concept=concept,
        worlds=tuple(found),
        ruled_out=tuple(ruled_out),
        crises=crises,
        values=no_deal_values(written, crises, consenting, draws=drawn, count=count) if crises and consenting else None,
        coverage=covered(written),
        unbound=moves(written).unbound,
        draws=count,
        seed=seed,
        version=version("detente"),
        fingerprint=fingerprint(situation),
    )


def guessed(
    situation: Situation, *, table: str | None = None, concept: str = CONCEPT, supply: bool = True
) -> NoAgreement:
    """Answer what takes no draws: what holds at the best guess in every named world, and the ways from today's state.

    Only where the best guess goes against what parties are said to prefer are draws of that world made, as
    `ask_no_agreement` makes them by default. Without `supply` no move is proposed that the situation does not name.

    Raises what `ask_no_agreement` raises.
    """
    _require_concept(concept)
    at = _table(situation, table)
    written = _written(situation, at, supply=supply)
    boards = [(world, _guess(written, world)) for world in WORLDS]
    return NoAgreement(
        situation=situation,
        drafted=written,
        table=at,
        concept=concept,
        worlds=tuple(_at(world, board, concept) for world, board in boards if board is not None),
        ruled_out=tuple(world for world, board in boards if board is None),
        crises=(),
        values=None,
        coverage=covered(written),
        unbound=moves(written).unbound,
        draws=0,
        seed=SEED,
        version=version("detente"),
        fingerprint=fingerprint(situation),
    )


def from_state(found: NoAgreement, in_force: Sequence[str] | None) -> NoAgreement:
    """Ask the same about another state than today's: the one with these moves in force; None: as it is.

    Raises UsageError where that is no state of the conflict.
    """
    if in_force is None or not found.worlds:
        return found
    at = state_of(found.worlds[0].outside, in_force)
    worlds = tuple(
        replace(
            one,
            stability=_stability(one.outside, at),
            ways=paths(one.outside.conflict, start=at, concept=found.concept),
        )
        for one in found.worlds
    )
    return replace(found, worlds=worlds)


def state_of(board: Outside, in_force: Sequence[str]) -> int:
    """Return the state in which these moves are in force, and no others.

    Raises UsageError where there is none.
    """
    if strange := [move for move in in_force if move not in board.moves]:
        raise UsageError(f"'{strange[0][:60]}' is no move of this conflict. Its moves: {', '.join(board.moves)}.")
    levels = (board.conflict.states.level(k) > 0 for k in range(len(board.moves)))
    same = [level == (move in in_force) for move, level in zip(board.moves, levels, strict=True)]
    found = np.flatnonzero(np.logical_and.reduce(same))
    if not len(found):
        raise UsageError(
            f"No state has these moves in force, and no others: {', '.join(in_force)}. A move that answers another, or "
            "takes another first, cannot stand without it."
        )
    return int(found[0])


def write(found: NoAgreement, texts: tuple[tuple[str, str], ...]) -> Brief:
    """Put the answers into words and pictures."""
    return composed(found, texts)


def with_computed(case_situation: Situation, found: NoAgreement) -> Situation:
    """Return the situation with what was found as its parties' no-deal values at the table that was asked about.

    Raises BoardError where nothing was found to compute them from.
    """
    if found.ruled_out and not found.worlds:
        raise BoardError(
            f"What parties of '{case_situation.title}' are said to prefer leaves nothing of any of the worlds "
            f"{', '.join(found.ruled_out)}, so no-deal values cannot be computed. Change a preference or an effect."
        )
    if found.values is None or found.table is None:
        raise BoardError(
            f"Nothing in '{case_situation.title}' says how a crisis would go, so no-deal values cannot be computed. "
            "Add a threat or a move of force or pressure by one party of the table against another."
        )
    return with_no_deal_values(case_situation, found.table, found.values)


def save_draft(found: NoAgreement, target: Path) -> None:
    """Write the situation with every drafted move and effect, ready to be edited and asked again.

    Raises OSError where the place cannot be written to.
    """
    save(found.drafted, target)


def as_json(found: NoAgreement) -> str:
    """Return the answers as data: the results as the analyses gave them, states as the moves in force."""
    worlds = [
        {
            "world": one.world,
            "moves": list(one.outside.moves),
            "states": [list(in_force(one.outside, s)) for s in range(one.outside.conflict.count)],
            "today": one.outside.today,
            "stability": plain(one.stability),
            "paths": plain(one.ways),
            "steady": plain(one.steady),
            "left_out": plain(one.outside.left_out),
        }
        for one in found.worlds
    ]
    kept = {f.name: getattr(found, f.name) for f in fields(found) if f.name not in ("situation", "drafted", "worlds")}
    kept["crises"] = [_told(c) for c in found.crises]
    written = {"schema": SCHEMA, "title": found.situation.title, **{n: plain(v) for n, v in kept.items()}}
    return json.dumps({**written, "worlds": worlds}, ensure_ascii=False, indent=2) + "\n"


def conflict_in(situation: Situation, world: World) -> Conflict:
    """Return the conflict that is drafted from a situation, at the best guess of one world.

    Raises BoardError as `ask_no_agreement` does.
    """
    return outside(drafted(situation), world).conflict


def crises_in(situation: Situation, world: World) -> tuple[Crisis, ...]:
    """Return the crisis of every dyad, at the best guess of one world, payoffs in units of the private stake.

    Raises BoardError where there is none.
    """
    written = drafted(situation)
    found = tuple(at_best(written, dyad, world) for dyad in dyads(written))
    if not found:
        raise BoardError(
            f"No party of '{situation.title}' could challenge another with force or pressure, so there is no crisis. "
            "Add a threat or a move of force against a party of the table."
        )
    return found


def covered(situation: Situation) -> tuple[Covered, ...]:
    """Return which acts by whom the threats of a drafted situation answer; empty where nobody threatens."""
    if not situation.threats:
        return ()
    announced = {(t.by, t.action) for t in situation.threats}  # shown only where another threat answers it in turn
    return tuple(
        Covered(r.option.action, r.option.owner, r.option.against, r.option.why in ("ally", "rival"), r.threats)
        for r in coverage(moves(situation)).rows
        if r.threats or (r.option.owner, r.option.action) not in announced
    )


def _told(one: Escalation) -> dict[str, object]:
    """Say how one crisis goes, draw by draw, without the game itself."""
    return {
        "dyad": plain(one.dyad),
        "world": one.world,
        "answers": list(one.answers),
        "best": plain(one.best),
        "count": plain(one.found.count),
        "outcome": plain(one.found.outcome),
    }


def _in(situation: Situation, world: World, draws: Draws, concepts: tuple[str, ...]) -> InWorld | None:
    """Ask one world; None where no draw of it agrees with what parties are said to prefer."""
    board = outside(situation, world)
    _affordable(board, draws)
    lots = outside(situation, world, draws=draws)
    if not lots.kept.any():
        return None
    if board.contradicted:
        board = _agreed(board, lots)
    return InWorld(
        world=world,
        outside=board,
        kept=lots.kept,
        stability=_stability(board, board.today),
        ways=paths(board.conflict, start=board.today, concept=concepts[-1]),
        steady=_steady(lots, concepts),
    )


def _guess(situation: Situation, world: World) -> Outside | None:
    """Lay one world out at the best guess; None where nothing of it agrees with what parties are said to prefer."""
    board = outside(situation, world)
    if not board.contradicted:
        return board
    lots = outside(situation, world, draws=draw_inputs(situation, DRAWS, seed=SEED))
    return _agreed(board, lots) if lots.kept.any() else None


def _at(world: World, board: Outside, concept: str) -> InWorld:
    return InWorld(
        world=world,
        outside=board,
        kept=board.kept,
        stability=_stability(board, board.today),
        ways=paths(board.conflict, start=board.today, concept=concept),
        steady=None,
    )


def _agreed(board: Outside, lots: Outside) -> Outside:
    """Put the mean of the draws that agree with what parties are said to prefer in the place of the best guess."""
    centre = lots.conflict.preference[lots.kept].mean(axis=0)
    return replace(board, conflict=replace(board.conflict, preference=centre))


def _affordable(board: Outside, draws: Draws) -> None:
    """Refuse more draws than fit into memory, before they are made."""
    count = max((len(column) for column in draws.values()), default=1)
    each = len(board.conflict.players) * board.conflict.count
    if count * each > MOST_CELLS:
        raise BoardError(
            f"{count:,} draws of a conflict of {board.conflict.count:,} states take more memory than is used here. "
            f"Ask for {MOST_CELLS // each:,} draws at most."
        )


def _stability(board: Outside, state: int) -> Stability:
    """Ask every concept; where too many could act at once, all but that of moves in the same moment."""
    try:
        return stability(board.conflict, concepts=TOLD, about=(state,))
    except AnalysisError:
        return stability(board.conflict, concepts=GRADED, about=(state,))


def _require_concept(concept: str) -> None:
    if concept not in TOLD:
        listed = ", ".join(TOLD)
        raise UsageError(f"'{concept[:60]}' is no concept that a situation is asked by. Choose one of: {listed}.")


def _written(situation: Situation, table: str | None, *, supply: bool) -> Situation:
    """Write out every move and effect of the conflict around a table."""
    whole = with_mandates(situation, drawing=Drawing(DRAWS, SEED)) if supply else situation
    return drafted(_at_first(whole, table), supply=supply)


def _steady(board: Outside, concepts: tuple[str, ...]) -> Steady | None:
    if board.least is None:
        return None
    kept = replace(board.conflict, preference=board.conflict.preference[board.kept])
    return steady(kept, concepts=concepts, least=board.least, most=board.most, about=(board.today,))


def _crises(situation: Situation, worlds: Sequence[InWorld], draws: Draws, seed: int) -> tuple[Escalation, ...]:
    """Set out every dyad's crisis in every world that what parties are said to prefer leaves something of."""
    return tuple(
        escalation(situation, dyad, one.world, draws=draws, kept=one.kept, seed=seed)
        for dyad in dyads(situation)
        for one in worlds
    )


def _at_first(situation: Situation, table: str | None) -> Situation:
    """Put the table whose talks fail first: that is the one that a draft is about."""
    if table is None or situation.tables[0].id == table:
        return situation
    rows = sorted(situation.tables, key=lambda t: t.id != table)
    return situation.model_copy(update={"tables": tuple(rows)})


def _table(situation: Situation, table: str | None) -> str | None:
    known = [t.id for t in situation.tables]
    if table is not None and table not in known:
        listed = ", ".join(known) or "none"
        raise BoardError(f"'{table}' is not a table of '{situation.title}'. Its tables: {listed}.")
    return table if table is not None else next((t.id for t in situation.tables if len(t.consent) > 1), None)
