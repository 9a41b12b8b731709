"""Who asks whom for what, about which table?"""

from detente.read.items import Item
from detente.read.propose.claims import Claim
from detente.read.propose.collect import Record, slug
from detente.situation.nouns import Demand, Table

Asked = dict[tuple[str, str | None, str], list[Claim]]


def demands(rec: Record, drafted: tuple[Table, ...], claims: tuple[Claim, ...]) -> tuple[Demand, ...]:
    """Return each demand once, however often it is made."""
    found: Asked = {}
    for claim in claims:
        if claim.asks:
            found.setdefault((claim.party, next(iter(claim.to), None), claim.issue), []).append(claim)
    return tuple(_demand(rec, drafted, n, key, rows) for n, (key, rows) in enumerate(_settled(found).items(), 1))


def _settled(found: Asked) -> Asked:
    """A demand that names no addressee joins the same party's demand that does."""
    kept: Asked = {}
    for (by, to, issue), rows in found.items():
        named = next((t for b, t, i in found if (b, i) == (by, issue) and t is not None), None)
        kept.setdefault((by, to or named, issue), []).extend(rows)
    return kept


def _demand(
    rec: Record, drafted: tuple[Table, ...], number: int, key: tuple[str, str | None, str], rows: list[Claim]
) -> Demand:
    by, to, issue = key
    items = [c.item for c in rows]
    statuses = {"condition" if c.rule.name == "condition" else "topic" if c.listing else "aim" for c in rows}
    table = _table(drafted, key, items)
    row = {
        "id": f"demand-{number}",
        "by": by,
        "to": to,
        "table": table.id if table else None,
        "issue": issue,
        "ask": "include" if any(c.listing for c in rows) else "settle",
        "status": next(s for s in ("condition", "topic", "aim") if s in statuses),
        "basis": rec.basis(items, "demand-as-made"),
        "evidence": rec.cite(items),
    }
    return Demand.model_validate(row)


def _table(drafted: tuple[Table, ...], key: tuple[str, str | None, str], items: list[Item]) -> Table | None:
    """Return the table a demand is about: the one its words name, else the first where its issue is, else their own."""
    by, to, issue = key
    named = [{slug(p) for p in i.table.parties} for i in items if i.table and i.table.span]
    told = [{slug(p) for p in i.table.parties} for i in items if i.table]
    order = (
        *(t for t in drafted if set(t.consent) in named),
        *(t for t in drafted[:1] if {by, to} <= set(t.consent) or issue in {a.issue for a in t.agenda}),
        *(t for t in drafted if set(t.consent) in told),
        *(t for t in drafted if {by, to} <= set(t.consent)),
        *drafted,
    )
    return next(iter(order), None)
