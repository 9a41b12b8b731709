"""Which items count once people have looked at them, and what did they change?

A decision belongs to what the text says, not to one run of one reader: it names the document by its hash, the clause by
its place, and the act and who acts. It is found again where a later reader says the same of the same words, a clause
that grew or shrank by less than half included.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from detente.errors import UsageError
from detente.read.items import Act, Actor, Condition, ConditionType, IssueStance, Item, Move, Reading, Span, StanceKind
from detente.situation.values import Basis, slug

_STANCES: Mapping[Move, StanceKind] = {
    "demand": "for",
    "refuse": "against",
    "offer": "for",
    "accept": "for",
    "open": "open",
    "condition": "conditional",
}
_TYPES: Mapping[str, ConditionType] = {"unless": "unless", "until": "until"}
_ENOUGH = 0.5
People = tuple[Actor, ...]


class Stated(BaseModel):
    """What somebody says on one issue, as a person puts it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issue: str
    move: Move
    strength: Literal[1, 2, 3] = 2


class Edit(BaseModel):
    """What a person changes in an item; None leaves a part as it was read, an empty condition takes it out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    act: Act | None = None
    actors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    issues: tuple[Stated, ...] | None = None
    negated: bool | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items were read, and how many of them nobody has decided about."""

    items: int
    unreviewed: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided about an item: who, on which day, and what an edit changes."""

    verdict: Literal["accepted", "rejected", "edited"]
    by: str
    day: dt.date
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading as people left it.

    signed  who answers for the items that they changed, by item id
    found   the names of the items that decisions are about, by the name that the decision has
    lost    the decisions that found no item
    """

    reading: Reading
    signed: Mapping[str, Basis]
    found: Mapping[str, str]
    lost: tuple[str, ...]


def counting(reading: Reading) -> tuple[Item, ...]:
    """Return the items that a draft is made of, in the order of the text.

    A repetition counts where what it repeats does not, where it takes a stance that what it repeats does not, or where
    it says on what condition a threat is made and what it repeats does not.
    """
    read = tuple(i for i in _in_order(reading) if i.status != "unverified")
    told = {i.id: i for i in read}
    return tuple(i for i in read if i.duplicates_of not in told or _says_more(i, told[i.duplicates_of or ""]))


def _says_more(item: Item, first: Item) -> bool:
    if item.act == "THREATEN" and item.condition is not None and first.condition is None:
        return True
    taken = {(s.issue, s.move) for s in first.issues}
    return item.kind == "position" and not {(s.issue, s.move) for s in item.issues if s.move} <= taken


def _in_order(reading: Reading) -> tuple[Item, ...]:
    """Return what was read and not rejected, in the order of the text; what waits for a person to confirm it, too."""
    read = (i for i in reading.items if i.status != "rejected")
    return tuple(sorted(read, key=_place))


def _place(item: Item) -> tuple[int, int, bool, str, str]:
    """Where an item stands; of two in the same words the one that counts comes first."""
    clause = item.clause()
    return (clause.start, clause.end, item.status == "unverified", item.trigger, item.model_dump_json())


def reviewable(reading: Reading) -> frozenset[str]:
    """Return the ids of the items that a person should look at: those that count, and those that wait for it."""
    waiting = (i.id for i in reading.items if i.status == "unverified")
    return frozenset((*(i.id for i in counting(reading)), *waiting))


def names(reading: Reading) -> dict[str, Item]:
    """Return the items of a reading by the name that they keep in every reading of the same text."""
    seen: Counter[str] = Counter()
    named = {}
    for item in _in_order(reading):
        who = "+".join(slug(a.party or a.mention.quote) for a in item.actors)
        clause = item.clause()
        name = f"{item.doc_sha256}:{clause.start}-{clause.end}:{item.act}:{who}"
        seen[name] += 1
        named[name if seen[name] == 1 else f"{name}:{seen[name]}"] = item
    return named


def judged(reading: Reading, judgements: Mapping[str, Judgement], *, parties: Mapping[str, str]) -> Judged:
    """Apply decisions to a reading: rejected items are left out of a draft, edited ones say what the person put.

    `parties` are names by id, for those that an edit names.
    """
    named = names(reading)
    mine = {n: j for n, j in judgements.items() if n.startswith(reading.document.sha256)}
    found = {n: match for n in mine if (match := _match(n, named, set(mine)))}
    changed: dict[str, Item] = {}
    signed: dict[str, Basis] = {}
    for name, at in found.items():
        judgement, item = mine[name], named[at]
        if judgement.verdict == "rejected":
            changed[item.id] = item.model_copy(update={"status": "rejected"})
        elif judgement.verdict == "accepted":
            changed[item.id] = item.model_copy(update={"status": "user-confirmed"})
        elif judgement.edit is not None:
            changed[item.id] = edited(item, judgement.edit, reading, parties=parties)
            signed[item.id] = Basis(kind="entered", by=judgement.by, date=judgement.day, note="edited in review")
    items = tuple(changed.get(i.id, i) for i in reading.items)
    return Judged(reading.model_copy(update={"items": items}), signed, found, tuple(n for n in mine if n not in found))


def _match(name: str, named: Mapping[str, Item], taken: set[str]) -> str | None:
    """Return the item that a decision is about: the one of its name, else the only one that says it of these words."""
    if name in named:
        return name
    place, act = name.split(":")[1:3]
    start, end = (int(n) for n in place.split("-"))
    near = [
        n
        for n, i in named.items()
        if n not in taken and i.act == act and _overlap((start, end), (i.clause().start, i.clause().end)) > _ENOUGH
    ]
    return near[0] if len(near) == 1 else None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, shared) / (max(one[1], other[1]) - min(one[0], other[0]))


def edited(item: Item, edit: Edit, reading: Reading, *, parties: Mapping[str, str]) -> Item:
    """Return an item as a person puts it.

    Raises UsageError where the words of a condition are not in the sentence of the item.
    """
    update: dict[str, object] = {"status": "user-edited"}
    if edit.act is not None:
        update["act"] = edit.act
    if edit.actors is not None:
        update["actors"] = _people(item.actors, edit.actors, item, parties)
    if edit.recipients is not None:
        update["recipients"] = _people(item.recipients, edit.recipients, item, parties)
    if edit.issues is not None:
        update["issues"] = tuple(_stance(item, stated) for stated in edit.issues)
        # Whoever says what a party wants says that it is so: doubts of the reader about its own words are over.
        update |= {"factuality": "fact", "modality": "actual", "background": False, "negated": False}
    if edit.negated is not None:
        update["negated"] = edit.negated
        if not edit.negated and item.factuality in ("not", "denied"):
            update["factuality"] = "fact"
    if edit.condition is not None:
        update["condition"] = _condition(item, edit.condition, reading) if edit.condition else None
    return item.model_copy(update=update)


def _people(read: tuple[Actor, ...], wanted: tuple[str, ...], item: Item, called: Mapping[str, str]) -> People:
    """Who is meant: those who were read stay as they were, others stand for the words of the clause."""
    clause = item.clause()
    span = read[0].mention if read else Span(start=clause.start, end=clause.end, quote=clause.quote)
    known = {slug(a.party): a for a in read if a.party}
    made = []
    for who in wanted:
        party = slug(who)
        name = called.get(party, who if who != party else party.replace("-", " ").title())
        made.append(known.get(party) or Actor(mention=span, head=name, party=party, name=name, how="review"))
    return tuple(made)


def _stance(item: Item, stated: Stated) -> IssueStance:
    old = next((s for s in item.issues if slug(s.issue) == slug(stated.issue)), None) or next(iter(item.issues), None)
    clause = item.clause()
    span = old.span if old else Span(start=clause.start, end=clause.end, quote=clause.quote)
    return IssueStance(
        issue=slug(stated.issue),
        span=span,
        stance=_STANCES[stated.move],
        move=stated.move,
        strength=stated.strength,
        on=old.on if old else "substance",
    )


def _condition(item: Item, words: str, reading: Reading) -> Condition:
    first = next((s for s in reading.sentences if s.id == item.clause().sentence), None)
    start, end = (first.start, first.end) if first else (item.clause().start, item.clause().end)
    at = reading.document.text.find(words, start, end)
    if at < 0:
        raise UsageError(f"'{words[:60]}' does not stand in the sentence of the item. Copy the words of its condition.")
    span = Span(start=at, end=at + len(words), quote=words)
    kind = _TYPES.get(words.split(" ")[0].lower(), "if")
    party = item.condition.party if item.condition else None
    return Condition(type=kind, span=span, text=words, party=party)


def edit_from_json(text: str) -> Edit:
    """Return the edit that was written down.

    Raises UsageError where it is none.

    >>> edit_from_json('{"negated": true}').negated
    True
    """
    try:
        return Edit.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"That is no edit ({where}: {first['msg']}). See `detente review --help`.") from error
