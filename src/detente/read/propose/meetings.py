"""Which meetings were held, are planned or were called off?"""

from detente.read.items import Item
from detente.read.propose.collect import Record
from detente.read.propose.tables import attending
from detente.situation.nouns import Meeting, Table

Told = tuple[tuple[str, ...], str, list[Item]]


def meetings(rec: Record, drafted: tuple[Table, ...]) -> tuple[Meeting, ...]:
    """Return each meeting once; an undated text leaves its day open."""
    found: list[Told] = []
    for item in rec.items:
        parties = attending(item)
        if item.act not in ("CONSULT", "AGREE") or len(parties) < 2 or item.kind == "position":
            continue
        status = "cancelled" if item.negated else "planned" if item.modality in ("future", "desired") else "held"
        if status == "held" and item.modality not in ("actual", "historical"):
            continue
        same = next((m for m in found if set(m[0]) == set(parties) and _same(m, status, item)), None)
        if same is not None:
            same[2].append(item)
        else:
            found.append((parties, status, [item]))
    return tuple(_meeting(rec, drafted, number, told) for number, told in enumerate(found, 1))


def _same(known: Told, status: str, item: Item) -> bool:
    """Whether an item tells of a known meeting: same status, day and place, or a plan spoken of again as a noun."""
    days = {i.when.first for i in (*known[2], item) if i.when and i.when.first}
    venues = {i.venue.name.casefold() for i in (*known[2], item) if i.venue}
    if len(days) > 1 or (known[1] == status == "held" and len(venues) > 1):
        return False
    unplaced = item.tense == "present" or (item.tense == "none" and item.venue is None)
    named_only = unplaced and item.doc_sha256 == known[2][0].doc_sha256
    return known[1] == status or (known[1] == "planned" and status == "held" and named_only)


def _meeting(rec: Record, drafted: tuple[Table, ...], number: int, told: Told) -> Meeting:
    parties, status, items = told
    table = next((t for t in drafted if set(t.consent) <= set(parties)), None)
    when = next((i.when for i in items if i.when), None)
    venue = next((i.venue.name for i in items if i.venue), None)
    row = {
        "id": f"meeting-{number}",
        "parties": parties,
        "table": table.id if table else None,
        "venue": venue,
        "host": table.host if table and venue and venue == table.venue else None,
        "status": status,
        "when": " ".join(when.span.quote.split()) if when else None,
        "date": when.first if when and when.first == when.last else None,
        "basis": rec.basis(items, "meeting-reported"),
        "evidence": rec.cite(items),
    }
    return Meeting.model_validate(row)
