"""Who stands behind whom?"""

from detente.read.items import Item
from detente.read.propose.collect import Record, parties_of
from detente.read.propose.rules import swept_weight
from detente.situation.nouns import Party, Table, Tie
from detente.situation.values import Basis

_PROXIES = ("armed_group", "armed-group", "militia", "proxy")
Pair = tuple[str, str]


def ties(rec: Record, drafted: tuple[Table, ...], parties: tuple[Party, ...]) -> tuple[Tie, ...]:
    """Return alliances and patronage, as the words say or, for armed groups, as the lexicon knows."""
    consent = set(drafted[0].consent) if drafted else set()
    found: dict[Pair, list[tuple[Item, str]]] = {}
    for item in rec.items:
        for source, target, rule in _said(rec, item):
            pair = (target, source) if rule == "coordination" and source in consent else (source, target)
            if source == target or {source, target} <= consent:
                continue
            found.setdefault((target, source) if (target, source) in found else pair, []).append((item, rule))
    made = [_tie(rec, number, pair, rows) for number, (pair, rows) in enumerate(found.items(), 1)]
    present = {p.id for p in parties}
    known = [(rec.patrons[p.id], p.id) for p in parties if rec.patrons.get(p.id) in present]
    for source, target in known:
        if (source, target) not in found and (target, source) not in found:
            basis = Basis(kind="assumed", rule="lexicon-patron")
            made.append(Tie(id=f"tie-{len(made) + 1}", kind="patron_proxy", source=source, target=target, basis=basis))
    return tuple(made)


def _said(rec: Record, item: Item) -> list[tuple[str, str, str]]:
    """Which pairs an item ties together, and by which rule; who helps an armed group once is its patron if known so."""
    if item.negated or item.modality not in ("actual", "historical") or item.factuality == "denied":
        return []
    actors, others = parties_of(item.actors), parties_of(item.recipients)
    if item.act == "COOPERATE":
        both = tuple(dict.fromkeys((*actors, *others)))
        return [(a, b, "coordination") for n, a in enumerate(both) for b in both[n + 1 :]]
    pairs = [(a, b, "tie-stated") for a in actors for b in others]
    if item.kind == "tie":
        return pairs
    return [p for p in pairs if item.act in ("SUPPORT", "AID") and rec.patrons.get(p[1]) == p[0]]


def _tie(rec: Record, number: int, pair: Pair, rows: list[tuple[Item, str]]) -> Tie:
    source, target = pair
    items = [i for i, _ in rows]
    rule = "tie-stated" if any(r == "tie-stated" for _, r in rows) else "coordination"
    proxy = rule == "tie-stated" and rec.kinds.get(target, "") in _PROXIES
    return Tie(
        id=f"tie-{number}",
        kind="patron_proxy" if proxy else "ally",
        source=source,
        target=target,
        weight=None if proxy else swept_weight(),
        basis=rec.basis([i for i, r in rows if r == rule], rule),
        evidence=rec.cite(items),
    )
