"""How the laws about every analysis ask about conflicts: a dispute turned into one, by a rule as plain as possible."""

from dataclasses import replace
from typing import Any

import numpy as np

from detente.analyses.inverse import Inverse, inverse
from detente.analyses.paths import Paths, paths
from detente.analyses.steady import Steady, steady
from detente.boards import Draws, Plain, plain, positions
from detente.boards.conflict import Conflict, conflict
from detente.boards.states import Choice
from detente.boards.wishes import Utilities
from detente.situation.nouns import Situation


def conflict_of(situation: Situation, draws: Draws | None) -> Conflict:
    """Everybody may act; who acts helps those that stand near it, and it costs itself."""
    board = positions(situation, draws=draws)
    names = sorted(board.parties)
    order = [board.parties.index(n) for n in names]
    at, salience = board.at[..., order, :] / (board.high - board.low), board.salience[..., order, :]
    near = 0.35 - np.abs(at[..., :, None, :] - at[..., None, :, :])
    help_ = (near * salience[..., :, None, :]).sum(axis=-1)
    own = np.arange(len(names))
    help_[..., own, own] = -0.1 * salience.sum(axis=-1)
    acts = (np.arange(1 << len(names))[None, :] >> own[:, None]) & 1
    worth = np.round(help_ @ acts, 6)
    choices = [Choice(n, "act") for n in names]
    made = conflict(choices, {n: Utilities(np.zeros(1 << len(names))) for n in names})
    return _as_seated(replace(made, preference=worth), [n for n in board.parties])


def _as_seated(board: Conflict, seated: list[str]) -> Conflict:
    """The same with the players in the order of the situation's parties."""
    order = [board.players.index(n) for n in seated]
    return replace(board, players=tuple(seated), preference=board.preference[..., order, :])


def drawn_conflict(situation: Situation, draws: Draws | None) -> Conflict:
    """The same with three draws around it, for what only looks over draws."""
    board = conflict_of(situation, None)
    order = np.argsort(board.players)
    noise = np.zeros((3, *board.preference.shape))
    noise[:, order] = np.random.default_rng(4).normal(0, 5, noise.shape)
    return replace(board, preference=np.round(board.preference + noise, 6))


def stability_said(found: Any, scale: float = 1.0) -> Plain:
    players = {p: plain(found.stable[..., k, :]) for k, p in enumerate(found.players)}
    return {"stable": players, "equilibrium": plain(found.equilibrium)}


def coalition_said(found: Any, scale: float = 1.0) -> Plain:
    gains = sorted([sorted(g.by), g.source, g.target, sorted(g.better), sorted(g.worse)] for g in found.gains)
    blocks = sorted([sorted(b.willing), sorted(b.refusing), b.source, b.target] for b in found.blocks)
    shifts = sorted([sorted(s.by), s.concept, list(s.lost), list(s.won)] for s in found.shifts)
    return {"gains": gains, "blocks": blocks, "shifts": shifts, "proof": plain(found.proof)}


def ask_paths(board: Conflict) -> Paths:
    return paths(board, start=0)


def paths_said(found: Any, scale: float = 1.0) -> Plain:
    steps = plain([found.moves, found.improvements, found.equilibrium, found.returns])
    lengths = sorted([r.to, r.kind, len(r.steps)] for r in found.routes)
    out = sorted([list(n.by), n.source, n.target, n.gains] for n in found.no_return)
    return {"steps": steps, "routes": lengths, "out": out, "next": sorted([list(s.by), s.to] for s in found.next_steps)}


def ask_inverse(board: Conflict) -> Inverse:
    return inverse(board, player=max(board.players), state=1, concept="smr")


def inverse_said(found: Any, scale: float = 1.0) -> Plain:
    counts = [found.player, found.stable_now, found.rankings, found.stable, found.equilibrium]
    return plain([counts, found.matter, found.conditions, sorted(found.others_stay), found.change])


def ask_steady(board: Conflict) -> Steady:
    return steady(board)


def steady_said(found: Any, scale: float = 1.0) -> Plain:
    players = {p: plain([found.always[:, k], found.never[:, k]]) for k, p in enumerate(found.players)}
    flips = sorted([f.state, f.player, f.other, round(f.swing, 9)] for f in found.flips)
    deciding = sorted([d.concept, d.state, d.player, d.other, d.if_better, d.if_not] for d in found.deciding)
    return {"verdict": plain(found.verdict), "share": plain(found.share), "of": players, "by": [flips, deciding]}
