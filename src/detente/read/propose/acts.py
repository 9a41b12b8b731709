"""What is done, threatened or possible outside the table, and by whom?"""

import re

from detente.read.items import Item
from detente.read.propose.actions import action_in, action_named
from detente.read.propose.collect import Record, parties_of, slug
from detente.situation.nouns import Incident, Move, Threat, Trigger

_OUTSIDE = ("SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
_REFUSING = "refuse what is asked"
_UNNAMED = "an action that it does not name"


def threats(rec: Record) -> tuple[Threat, ...]:
    """Return conditional threats as made, never an act that only stands in a condition; each once."""
    found: dict[tuple[str, str, object], list[Item]] = {}
    for item in rec.items:
        if item.act != "THREATEN" or item.negated or item.factuality == "denied":
            continue
        for by in parties_of(item.actors):
            for against in parties_of(item.recipients) or _party_of_condition(item):
                if against != by:
                    found.setdefault((by, against, _key(item, by, against)), []).append(item)
    named = {(by, against) for by, against, trigger in found if trigger is not None}
    # A headline that warns says no more than the sentence with the condition, which is the threat.
    kept = [
        (by, against, items)
        for (by, against, on), items in found.items()
        if on is not None or (by, against) not in named
    ]
    return tuple(_threat(rec, n, by, against, items) for n, (by, against, items) in enumerate(kept, 1))


def _key(item: Item, by: str, against: str) -> object:
    trigger = _trigger(item, by, against)
    return (trigger.actor, trigger.action) if trigger else None


def _threat(rec: Record, number: int, by: str, against: str, items: list[Item]) -> Threat:
    first = items[0]
    words = first.condition.text if first.condition else None
    actions = [action_named(i.clause().quote.replace(i.condition.text if i.condition else "\0", " ")) for i in items]
    return Threat(
        id=f"threat-{number}",
        by=by,
        against=against,
        condition=_condition(first) if words else None,
        trigger=_trigger(first, by, against),
        action=next((a for a in actions if a), _UNNAMED),
        basis=rec.basis(items, "threat-as-made"),
        evidence=rec.cite(items),
    )


def _condition(item: Item) -> str | None:
    """Return the words of a condition; what must be done to be spared says so."""
    if item.condition is None:
        return None
    words = " ".join(item.condition.text.split())
    open_ended = item.condition.type in ("unless", "until") and not words.lower().startswith(item.condition.type)
    return f"{item.condition.type}: {words}" if open_ended else words


def _party_of_condition(item: Item) -> tuple[str, ...]:
    return (slug(item.condition.party),) if item.condition and item.condition.party else ()


def _trigger(item: Item, by: str, against: str) -> Trigger | None:
    """Return what would set a threat off: who is warned acts, where the condition names nobody else."""
    if item.condition is None:
        return None
    actor = next((p for p in _party_of_condition(item) if p != by), against)
    action = _REFUSING if item.condition.type in ("unless", "until") else action_in(item.condition.text)
    return Trigger(actor=actor, action=action) if action else None


def moves(made: tuple[Threat, ...]) -> tuple[Move, ...]:
    """Return what parties are said to be able to do: what threats name, and what would set them off.

    What a threat announces comes after what sets it off, unless it sets off a threat in turn.
    """
    found: dict[tuple[str, str], Move] = {}

    def note(by: str, action: str, against: str, threat: Threat) -> None:
        key = (by, slug(action))
        basis = threat.basis.model_copy(update={"rule": "named-in-threat"})
        old = found.get(key)
        if old is not None:
            merged = tuple(dict.fromkeys((*old.evidence, *threat.evidence)))
            update = {"basis": basis.model_copy(update={"evidence": merged}), "evidence": merged}
            found[key] = old.model_copy(update=update)
            return
        found[key] = Move(
            id=slug(f"{by}-{action}"), by=by, action=action, against=against, basis=basis, evidence=threat.evidence
        )

    for threat in made:
        if threat.action != _UNNAMED:
            note(threat.by, threat.action, threat.against, threat)
        if threat.trigger:
            note(threat.trigger.actor, threat.trigger.action, threat.by, threat)
    first = {(t.trigger.actor, slug(t.trigger.action)) for t in made if t.trigger}
    answers = {key: _setting_off(key, made, found) for key in found if key not in first}
    return tuple(m.model_copy(update={"after": answers.get(key, ())}) for key, m in found.items())


def _setting_off(key: tuple[str, str], made: tuple[Threat, ...], known: dict[tuple[str, str], Move]) -> tuple[str, ...]:
    """Return the moves that set off the threats of one action, none where one of them is without a condition."""
    triggers = [t.trigger for t in made if (t.by, slug(t.action)) == key]
    if not all(triggers):
        return ()
    return tuple(dict.fromkeys(known[t.actor, slug(t.action)].id for t in triggers if t))


def incidents(rec: Record) -> tuple[Incident, ...]:
    """Return what was done outside the table, each event once; an actor that the text leaves unstated stays so."""
    found: list[list[Item]] = []
    for item in rec.items:
        if item.act not in _OUTSIDE or item.negated or item.modality not in ("actual", "historical"):
            continue
        same = next((known for known in found if any(_same(item, i) for i in known)), None)
        if same is not None:
            same.append(item)
        else:
            found.append([item])
    return tuple(_incident(rec, number, items) for number, items in enumerate(found, 1))


def _incident(rec: Record, number: int, items: list[Item]) -> Incident:
    actors, targets = parties_of(a for i in items for a in i.actors), parties_of(a for i in items for a in i.recipients)
    when = next((i.when for i in items if i.when), None)
    return Incident(
        id=f"incident-{number}",
        act=items[0].act.lower(),
        actor=next(iter(actors), None),
        target=next((t for t in targets if t not in actors[:1]), None),
        what=_what(rec, items[0]),
        date=when.first if when and when.first == when.last else None,
        basis=rec.basis(items, "incident-reported"),
        evidence=rec.cite(items),
    )


def _same(one: Item, other: Item) -> bool:
    """Whether two items tell of one event: same act by and against the same, on the same day or in the same words."""
    if (one.act, parties_of(one.actors), parties_of(one.recipients)) != (
        other.act,
        parties_of(other.actors),
        parties_of(other.recipients),
    ):
        return False
    if one.when and other.when and one.when.first and other.when.first:
        return one.when.first == other.when.first
    if one.doc_sha256 == other.doc_sha256:
        a, b = one.clause(), other.clause()
        return one.sentences == other.sentences or (a.start < b.end and b.start < a.end)
    one_says, other_says = (" ".join(i.clause().quote.casefold().split()) for i in (one, other))
    return one_says == other_says or len(_telling(one) & _telling(other)) > 1


def _telling(item: Item) -> set[str]:
    """Which words tell an event from others: those of six letters and more, by their beginnings, names left out."""
    names = {w for a in (*item.actors, *item.recipients) for w in re.findall(r"\w+", a.mention.quote.lower())}
    return {w[:6] for w in re.findall(r"[a-z]{6,}", item.clause().quote.lower()) if w not in names}


def _what(rec: Record, item: Item) -> str:
    """Return the words of an event, up to where another event begins inside them."""
    clause = item.clause()
    inner = [
        i.clause().start
        for i in rec.items
        if i.act in _OUTSIDE and i.doc_sha256 == item.doc_sha256 and clause.start < i.clause().start < clause.end
    ]
    words = clause.quote[: min(inner) - clause.start] if inner else clause.quote
    trimmed = re.sub(r"[\s,;]+(?:(?:and|with|as well as|including|the|an?)[\s,;]+)*$", "", f"{words} ")
    return " ".join((trimmed or clause.quote).split())
