"""What is done or threatened outside the table, by whom, and who stands behind whom?"""

from detente.read.items import Item
from detente.read.propose.collect import Record, asks, parties_of, slug
from detente.read.propose.rules import SCOPE, action_named
from detente.situation.nouns import Demand, Incident, Move, Table, Threat, Tie, Trigger

_OUTSIDE = ("SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
_PATRONS = ("armed_group", "armed-group", "militia", "proxy")


def threats(rec: Record) -> tuple[Threat, ...]:
    """Return conditional threats as made, never an act that only stands in a condition."""
    found: dict[tuple[str, str, str | None], Threat] = {}
    for item in rec.items:
        if item.act != "THREATEN" or item.negated or item.factuality == "denied":
            continue
        words = item.condition.text if item.condition else None
        for by in parties_of(item.actors):
            for against in parties_of(item.recipients) or (_party_of_condition(item),):
                if against is None or against == by or (by, against, words) in found:
                    continue
                found[by, against, words] = Threat(
                    id=f"threat-{len(found) + 1}",
                    by=by,
                    against=against,
                    condition=words,
                    trigger=_trigger(item),
                    action=action_named(item.clause().quote.replace(words or "\0", "")) or "act",
                    basis=rec.basis([item], "threat-as-made"),
                    evidence=rec.cite([item]),
                )
    return tuple(found.values())


def _party_of_condition(item: Item) -> str | None:
    return slug(item.condition.party) if item.condition and item.condition.party else None


def _trigger(item: Item) -> Trigger | None:
    actor = _party_of_condition(item)
    action = action_named(item.condition.text) if item.condition else None
    return Trigger(actor=actor, action=action) if actor and action else None


def moves(rec: Record, made: tuple[Threat, ...]) -> tuple[Move, ...]:
    """Return what parties are said to be able to do: what threats name, and what would set them off."""
    found: dict[tuple[str, str], Move] = {}

    def note(by: str, action: str, against: str | None, threat: Threat) -> None:
        if (by, action) not in found:
            found[by, action] = Move(
                id=f"{by}-{action}",
                by=by,
                action=action,
                against=against,
                basis=threat.basis.model_copy(update={"rule": "named-in-threat"}),
                evidence=threat.evidence,
            )

    for threat in made:
        note(threat.by, threat.action, threat.against, threat)
        if threat.trigger:
            note(threat.trigger.actor, threat.trigger.action, threat.by, threat)
    return tuple(found.values())


def incidents(rec: Record) -> tuple[Incident, ...]:
    """Return what was done outside the table; an actor that the text leaves unstated stays unstated."""
    found: list[Incident] = []
    for item in rec.items:
        if item.act not in _OUTSIDE or item.negated or item.modality not in ("actual", "historical"):
            continue
        actors, targets = parties_of(item.actors), parties_of(item.recipients)
        found.append(
            Incident(
                id=f"incident-{len(found) + 1}",
                act=item.act.lower(),
                actor=actors[0] if actors else None,
                target=targets[0] if targets else None,
                what=item.clause().quote,
                date=item.when.first if item.when and item.when.first == item.when.last else None,
                basis=rec.basis([item], "incident-reported"),
                evidence=rec.cite([item]),
            )
        )
    return tuple(found)


def ties(rec: Record) -> tuple[Tie, ...]:
    """Return who backs whom; an armed group is a proxy of the state that backs it."""
    found: dict[tuple[str, str], Tie] = {}
    for item in rec.items:
        if item.kind != "tie" or item.negated:
            continue
        for source in parties_of(item.actors):
            for target in parties_of(item.recipients):
                if source == target or (source, target) in found or (target, source) in found:
                    continue
                patron = rec.kinds.get(target, "") in _PATRONS
                found[source, target] = Tie(
                    id=f"tie-{len(found) + 1}",
                    kind="patron_proxy" if patron else "ally",
                    source=source,
                    target=target,
                    basis=rec.basis([item], "tie-stated"),
                    evidence=rec.cite([item]),
                )
    return tuple(found.values())


def demands(rec: Record, drafted: tuple[Table, ...]) -> tuple[Demand, ...]:
    """Return who asks whom for what, about which table."""
    found: dict[tuple[str, str | None, str], list[tuple[Item, str, str]]] = {}
    for item in rec.items:
        if item.background:
            continue
        for stance in item.issues:
            if not asks(item, stance) or slug(stance.issue) in SCOPE:
                continue
            status = "condition" if stance.move == "condition" else "topic" if stance.on == "inclusion" else "aim"
            ask = "include" if stance.on == "inclusion" else "settle"
            for by in parties_of(item.actors):
                to = next((p for p in parties_of(item.recipients) if p != by), None)
                found.setdefault((by, to, slug(stance.issue)), []).append((item, status, ask))
    return tuple(_demand(rec, drafted, n, key, rows) for n, (key, rows) in enumerate(_settled(found).items(), 1))


Asked = dict[tuple[str, str | None, str], list[tuple[Item, str, str]]]


def _settled(found: Asked) -> Asked:
    """A demand that names no addressee joins the same party's demand that does."""
    kept: Asked = {}
    for (by, to, issue), rows in found.items():
        named = next((t for b, t, i in found if (b, i) == (by, issue) and t is not None), None)
        kept.setdefault((by, to or named, issue), []).extend(rows)
    return kept


def _demand(
    rec: Record,
    drafted: tuple[Table, ...],
    number: int,
    key: tuple[str, str | None, str],
    rows: list[tuple[Item, str, str]],
) -> Demand:
    by, to, issue = key
    items = [i for i, _, _ in rows]
    statuses = {s for _, s, _ in rows}
    table = next((t.id for t in drafted if set(t.consent) == _table_parties(items)), None)
    row = {
        "id": f"demand-{number}",
        "by": by,
        "to": to,
        "table": table or (drafted[0].id if drafted else None),
        "issue": issue,
        "ask": "include" if any(a == "include" for _, _, a in rows) else "settle",
        "status": next(s for s in ("condition", "topic", "aim") if s in statuses),
        "basis": rec.basis(items, "demand-as-made"),
        "evidence": rec.cite(items),
    }
    return Demand.model_validate(row)


def _table_parties(items: list[Item]) -> set[str]:
    return next(({slug(p) for p in i.table.parties} for i in items if i.table), set())
