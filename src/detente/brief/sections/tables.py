"""Who sits at which table, under whose roof, and how does each issue stand on its agenda?"""

from dataclasses import dataclass
from typing import get_args

from detente.brief.answers import View
from detente.brief.document import Paragraph, Sentence
from detente.brief.register import Register
from detente.brief.sections.who import consent_needed
from detente.brief.words import MODES, Names, capital
from detente.situation.nouns import AgendaItem, Issue, Mode, Situation, Table
from detente.situation.values import BasisKind

LEFT_OUT = "left_out"
# In the order in which a diplomat reads an agenda: what is settled here, what may be, what comes first, what is not.
ORDER: tuple[str, ...] = ("in", "option", "precondition", "later", "elsewhere", "declaratory", "refused", LEFT_OUT)
MEANS = {
    "in": "at any level but how things stand today",
    "option": "or stay as it is",
    "precondition": "nothing else is settled unless this meets its setter's red line",
    "later": "left for a second round, which starts from the first",
    "elsewhere": "settled at another table",
    "declaratory": "named in the text, with nothing agreed",
    "refused": "somebody will not discuss it",
    LEFT_OUT: "nobody has put it here",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A way in which an issue may stand on an agenda: how it is written, and in words."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Chip:
    """An issue on an agenda: by which path it is changed, how it stands, by whose doing, how that is known."""

    path: str
    issue: str
    name: str
    mode: str
    value: str
    whose: str
    basis: BasisKind | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The issues that stand on an agenda in one way."""

    mode: str
    title: str
    means: str
    chips: tuple[Chip, ...]


def told(table: Table, view: View, register: Register) -> tuple[Paragraph, ...]:
    """Say who must consent at a table, who hosts it, who mediates and whether it is direct."""
    names = Names(view.situation)
    refs = register.basis(table.basis)
    said = [consent_needed(table, names, register)]
    where = f" in {table.venue}" if table.venue else ""
    how = {True: "direct", False: "indirect", None: ""}[table.direct]
    if table.host or where or how:
        by = f"hosted by {names.party(table.host)}{where}" if table.host else f"held{where}" if where else ""
        text = f"The talks are {' and '.join(part for part in (how, by) if part)}."
        said.append(Sentence(text, refs, table.basis.kind))
    if table.mediator is not None:
        stated = "" if table.mediator.stated else ", though nobody says so"
        text = f"{capital(names.party(table.mediator.party))} mediates{stated}."
        said.append(Sentence(text, register.basis(table.mediator.basis), table.mediator.basis.kind))
    if table.consulted:
        said.append(Sentence(f"{capital(names.parties(table.consulted))} is consulted.", refs, table.basis.kind))
    return (Paragraph(tuple(said)),)


def agenda(situation: Situation, table: Table, setters: dict[str, tuple[str, ...]]) -> tuple[Column, ...]:
    """Lay the issues out by how they stand on a table's agenda; `setters` are who could make each a precondition."""
    names, items = Names(situation), {a.issue: a for a in table.agenda}
    chips = tuple(_chip(names, table, i, items.get(i.id), setters.get(i.id, ())) for i in situation.issues)
    titles = {**MODES, "elsewhere": "elsewhere", "later": "later", "in": "must be settled", "option": "may be settled"}
    return tuple(
        Column(mode, capital(titles[mode]), MEANS[mode], tuple(c for c in chips if c.mode == mode)) for mode in ORDER
    )


def in_words(situation: Situation, item: AgendaItem | None) -> str:
    """Say how an issue stands on an agenda.

    >>> in_words(Situation(title="Dam"), AgendaItem(issue="dam", mode="refused", by=("karun",)))
    'refused by karun'
    """
    if item is None:
        return MODES[LEFT_OUT]
    names = Names(situation)
    words = MODES[item.mode]
    if item.mode == "elsewhere" and item.elsewhere:
        return f"settled at {names.at(item.elsewhere)}"
    joint = {"precondition": " of", "refused": " by"}.get(item.mode, ", as asked by")
    return f"{words}{joint} {names.parties(item.by)}" if item.by else words


def _chip(names: Names, table: Table, issue: Issue, item: AgendaItem | None, setters: tuple[str, ...]) -> Chip:
    whose = "" if item is None or not (item.by or item.elsewhere) else in_words(names.situation, item)
    return Chip(
        path=f"{table.id}.agenda.{issue.id}",
        issue=issue.id,
        name=capital(issue.name),
        mode=item.mode if item else LEFT_OUT,
        value=_value(item),
        whose=whose,
        basis=item.basis.kind if item else None,
        choices=tuple(_choices(names, table, item, setters)),
    )


def _value(item: AgendaItem | None) -> str:
    if item is None:
        return LEFT_OUT
    whose = item.elsewhere if item.mode == "elsewhere" else ",".join(item.by)
    return f"{item.mode}:{whose}" if whose else item.mode


def _choices(names: Names, table: Table, item: AgendaItem | None, setters: tuple[str, ...]) -> list[Choice]:
    """List how the issue may stand here, in the order of the columns; how it stands now is among them."""
    found = [Choice(m, capital(MODES[m])) for m in ("in", "option", "later", "declaratory", LEFT_OUT)]
    found += [Choice(f"precondition:{p}", f"A precondition of {names.party(p)}") for p in setters]
    found += [Choice(f"refused:{p}", f"Refused by {names.party(p)}") for p in table.consent]
    others = (t for t in names.situation.tables if t.id != table.id)
    found += [Choice(f"elsewhere:{t.id}", f"Settled at {names.at(t.id)}") for t in others]
    if item is not None and _value(item) not in {c.value for c in found}:
        found.append(Choice(_value(item), capital(in_words(names.situation, item))))
    order = {mode: at for at, mode in enumerate((*ORDER, *get_args(Mode)))}
    return sorted(found, key=lambda c: order[c.value.partition(":")[0]])
