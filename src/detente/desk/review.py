"""Review what was read: item by item, who decided what, and what the words are taken to say."""

import getpass
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from detente.desk.record import Entry, Record, opened
from detente.dossier import Decision, NewDecision, Verdict
from detente.errors import UsageError
from detente.read.items import Actor, Item
from detente.read.reviewed import Edit, edit_from_json, edited

FIELDS = ("act", "actors", "to", "issues", "negated", "condition")
_LISTS = {"actors": "actors", "to": "recipients"}
_YES = {"yes": True, "true": True, "no": False, "false": False}
_HOW = (
    "Give act=REQUEST, actors=iran or to=oman (several with commas), issues=missiles:refuse:3 (issue:move:strength), "
    "negated=yes or no, or condition=WORDS OF THE SENTENCE (empty for none)."
)


@dataclass(frozen=True, slots=True)
class Page:
    """One item as it is shown: its clause in the sentences around it, what it is taken to say, and how it was read."""

    id: str
    place: str
    before: str
    clause: str
    after: str
    claims: tuple[str, ...]
    how: tuple[str, ...]
    state: str


def reviewer(named: str | None) -> str:
    """Return who decides: the name that was given, else the name one is logged in under.

    Raises UsageError where there is neither.
    """
    if named is not None and named.strip():
        return " ".join(named.split())
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise UsageError("Nobody says who decides. Give a name with --by.") from None


def decide(
    folder: Path,
    *,
    by: str,
    accept: Sequence[str] = (),
    reject: Sequence[str] = (),
    edit: str | None = None,
    changes: Sequence[str] = (),
) -> tuple[Entry, ...]:
    """Write decisions about items down, all or none; `changes` are those of the edit, as FIELD=VALUE.

    Returns the items that were decided about. Raises UsageError where an item does not exist or a change cannot be
    made, DossierError where nothing can be written.
    """
    record = opened(folder)
    wanted: list[tuple[str, Verdict]] = [*((i, "accepted") for i in accept), *((i, "rejected") for i in reject)]
    wanted += [(edit, "edited")] if edit is not None else []
    entries = tuple(record.entry(one) for one, _ in wanted)
    if len({e.id for e in entries}) < len(entries):
        raise UsageError("One item is decided about twice. Name each item once.")
    made = [
        NewDecision(entry.name, verdict, by, _change(entry, changes, record) if verdict == "edited" else None)
        for entry, (_, verdict) in zip(entries, wanted, strict=True)
    ]
    record.made.decide(*made)
    return entries


def _change(entry: Entry, changes: Sequence[str], record: Record) -> str:
    """Return an edit as it is written down, on top of the one that holds; refused where it cannot be applied."""
    old = entry.decision.change if entry.decision is not None else None
    wanted = parsed(changes).model_dump(exclude_none=True)
    edit = Edit.model_validate((edit_from_json(old).model_dump(exclude_none=True) if old else {}) | wanted)
    edited(entry.read, edit, entry.reading, parties=record.called)
    return edit.model_dump_json(exclude_none=True)


def undo(folder: Path, *, by: str, own: bool = False, item: str | None = None) -> Entry | None:
    """Take the last decision back that still holds, and return its item where the record still has it.

    With `own` it is the last of whoever takes it back, with `item` the one about that item.

    Raises UsageError where there is none.
    """
    record = opened(folder)
    everything = record.made.decisions()
    undone = {d.undoes for d in everything}
    standing = (d for d in reversed(everything) if d.verdict != "undone" and d.number not in undone)
    mine = (d for d in standing if not own or d.by == by)
    about = record.entry(item).decision if item is not None else None
    last = next((d for d in mine if item is None or d == about), None)
    if last is None:
        raise UsageError(f"Nothing was decided in '{folder.name}' that could be taken back.")
    record.made.decide(NewDecision(last.item, "undone", by, undoes=last.number))
    return next((e for e in record.entries if e.decision == last or e.name == last.item), None)


def parsed(changes: Sequence[str]) -> Edit:
    """Return the edit that some FIELD=VALUE describe.

    Raises UsageError for one that cannot be understood.

    >>> parsed(["issues=missiles:refuse:3", "negated=no"]).issues[0].move
    'refuse'
    """
    if not changes:
        raise UsageError(f"An edit needs a change. {_HOW}")
    values: dict[str, object] = {}
    for change in changes:
        name, sign, value = change.partition("=")
        name, value = name.strip().lower(), value.strip()
        if not sign or name not in FIELDS:
            raise UsageError(f"'{change}' is no change. {_HOW}")
        values[_LISTS.get(name, name)] = _value(name, value)
    try:
        return edit_from_json(json.dumps(values))
    except UsageError as error:
        raise UsageError(f"{str(error).split(' See ')[0]} {_HOW}") from None


def _value(name: str, value: str) -> object:
    if name in _LISTS:
        return [one.strip() for one in value.split(",") if one.strip()]
    if name == "issues":
        rows = [one.strip().split(":") for one in value.split(",") if one.strip()]
        keys = ("issue", "move", "strength", "more")
        return [dict(zip(keys, (int(p) if p.isdigit() else p for p in row), strict=False)) for row in rows]
    if name == "negated":
        return _YES.get(value.lower(), value)
    return value.upper() if name == "act" else value


def page(entry: Entry) -> Page:
    """Return an item as it is shown to a reviewer."""
    text, clause = entry.reading.document.text, entry.read.clause()
    order = [s.id for s in entry.reading.sentences]
    mine = [order.index(s) for s in {clause.sentence, *entry.read.sentences} if s in order]
    around = entry.reading.sentences[max(0, min(mine) - 1) : max(mine) + 2] if mine else ()
    start = min([clause.start, *(s.start for s in around)])
    end = max([clause.end, *(s.end for s in around)])
    return Page(
        id=entry.id,
        place=f"{entry.reading.document.name}, {clause.sentence}",
        before=_line(text[start : clause.start]),
        clause=_line(clause.quote),
        after=_line(text[clause.end : end]),
        claims=tuple(claims(entry.item)),
        how=tuple(_how(entry.read)),
        state=state(entry.decision),
    )


def state(decision: Decision | None) -> str:
    """Return what was decided, by whom and when."""
    if decision is None:
        return "unreviewed"
    return f"{decision.verdict} by {decision.by} on {decision.made[:10]}"


def claims(item: Item) -> list[str]:
    """Return what an item is taken to say, one line each."""
    whom = _people(item.recipients)
    no = "does not " if item.negated else ""
    lines = [f"{_people(item.actors) or 'an unnamed actor'}: {no}{item.act.lower()}{f', to {whom}' if whom else ''}"]
    lines += [f"on {s.issue}: {s.move or 'no stance'}, strength {s.strength} of 3" for s in item.issues]
    if item.condition is not None:
        lines.append(f"condition ({item.condition.type}): \u201c{_line(item.condition.text)}\u201d")
    if item.when is not None:
        lines.append(f"when: \u201c{_line(item.when.span.quote)}\u201d")
    return lines


def _how(item: Item) -> list[str]:
    """Return how an item was read: by which rule, on whose word, as what."""
    readers = ", ".join(f"{r.name} {r.version} ({r.rule})" for r in (item.extractor, *item.also))
    lines = [f"read by {readers}; taken as {item.factuality}, {item.modality}"]
    for said in item.attribution:
        who = (
            said.speaker.name or said.speaker.mention.quote if said.speaker else said.office or said.source or "nobody"
        )
        lines.append(f"said by {_line(who)} (\u201c{_line(said.cue)}\u201d)")
    lines += [f"look at: {_line(doubt.says)}" for doubt in item.doubts]
    if item.status == "unverified":
        lines.append("counts in no draft before somebody accepts it")
    return lines


def _people(actors: tuple[Actor, ...]) -> str:
    return ", ".join(dict.fromkeys(a.name or _line(a.mention.quote) for a in actors))


def _line(text: str) -> str:
    return " ".join(text.split())


def as_text(record: Record) -> str:
    """List every item with what was decided."""
    lines = [summary(record)]
    for entry in record.entries:
        shown = page(entry)
        lines += [
            f"{entry.id}  {shown.state}  {'; '.join(shown.claims)}",
            f"    {shown.place}: \u201c{shown.clause}\u201d",
        ]
    return "\n".join(lines)


def summary(record: Record) -> str:
    """Return how far the review has come, and what needs attention."""
    count = Counter(e.decision.verdict for e in record.entries if e.decision is not None)
    done = "".join(f", {number} {verdict}" for verdict, number in sorted(count.items()))
    left = record.tally
    lines = [f"{record.made.folder.name}: {left.items} items, {left.unreviewed} unreviewed{done}"]
    if record.lost:
        lines.append(f"{len(record.lost)} decided items are no longer read in their documents.")
    return "\n".join(lines)


def as_json(record: Record) -> str:
    """Return every item, with what was decided, as JSON."""
    left = record.tally
    return json.dumps(
        {
            "schema": "detente.review/1",
            **asdict(left),
            "lost": [asdict(d) for d in record.lost],
            "record": [
                {
                    **asdict(page(e)),
                    "document": e.reading.document.name,
                    "sentence": e.read.clause().sentence,
                    "start": e.read.clause().start,
                    "end": e.read.clause().end,
                    "item": e.item.model_dump(mode="json"),
                    "decision": asdict(e.decision) if e.decision else None,
                }
                for e in record.entries
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
