"""Which demands stand in a list below a line such as "Five demands:"?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.read.extract.scene import Draft, Scene, Stance
from detente.read.extract.stances import sharpest
from detente.read.items import Move

_MOVES: dict[str, Move] = {
    "demand": "demand", "demands": "demand", "conditions": "demand", "terms": "demand", "requirements": "demand",
    "proposals": "offer", "offers": "offer", "concessions": "offer", "pledges": "offer",
}  # fmt: skip


def listed(scenes: Sequence[Scene], found: Sequence[Draft]) -> Iterator[Draft]:
    """The items of a list, each in the name of whoever makes the demands (or offers) that head it."""
    for k, scene in enumerate(scenes):
        move = _heading(scene)
        if move is None:
            continue
        makers = [d for d in found if d.line.id == scene.line.id and d.actors]
        if not makers:
            continue
        for below in _entries(scenes[k + 1 :]):
            yield from _entry(below, makers[0], move)


def _heading(scene: Scene) -> Move | None:
    if not scene.line.text.rstrip().endswith(":"):
        return None
    return next((_MOVES[w.low] for w in scene.line.words if w.low in _MOVES), None)


def _entries(after: Sequence[Scene]) -> Iterator[Scene]:
    """The lines of a list end in semicolons, but for the last."""
    for scene in after:
        yield scene
        if not scene.line.text.rstrip().endswith((";", ",", "; and")):
            return


def _entry(below: Scene, maker: Draft, move: Move) -> Iterator[Draft]:
    hits = {h.issue: h for h in below.line.hits}
    if not below.line.words:
        return
    far = tuple(replace(f, line=f.line or maker.line) for f in maker.actors)
    near = tuple(replace(f, line=f.line or maker.line) for f in maker.recipients)
    issues = tuple(Stance(h, "for", move, 3) for h in sharpest(tuple(hits.values())))
    last = len(below.line.words) - 1
    while last > 0 and below.line.tag(last) in (":", ",", "."):
        last -= 1
    yield replace(maker, line=below.line, trigger=(0, 0), clause=(0, last), issues=issues, actors=far, recipients=near,
                  speech=(), condition=None, table_words=None, rule="list", kind="position")  # fmt: skip
