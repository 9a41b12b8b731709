"""At which tables is it settled, who stands behind whom, and under which threats?"""

from detente.brief.answers import View
from detente.brief.document import Block, Listing, Paragraph, Sentence
from detente.brief.register import Register
from detente.brief.words import MODES, Names, capital
from detente.situation.nouns import AgendaItem, Incident, Meeting, Table, Threat, Tie

_TIES = {"ally": "is allied with", "lobby": "lobbies", "patron_proxy": "backs", "rivalry": "is a rival of"}
_ACTS = {
    "assault": "use of force",
    "coerce": "pressure",
    "mobilize": "a military move",
    "sanction": "economic pressure",
    "protest": "a protest",
}
_STATUS = {"held": "was held", "planned": "is planned", "cancelled": "was called off"}


def blocks(view: View, register: Register) -> tuple[Block, ...]:
    """Answer for one view of the situation."""
    names = Names(view.situation)
    situation = view.situation
    rows: list[Block] = [Paragraph(_table(t, names, register)) for t in situation.tables]
    lists = (
        tuple(_meeting(m, names, register) for m in situation.meetings),
        tuple(_tie(t, names, register) for t in situation.ties),
        tuple(_threat(t, names, register) for t in situation.threats),
        tuple(_incident(i, names, register) for i in situation.incidents),
    )
    rows += [Listing(found) for found in lists if found]
    if not rows:
        nothing = register.derive("no item of the record names talks, ties, threats or incidents")
        rows = [Paragraph((Sentence("No talks, ties, threats or incidents were found.", (nothing,)),))]
    return tuple(rows)


def _table(table: Table, names: Names, register: Register) -> tuple[Sentence, ...]:
    refs = register.basis(table.basis)
    how = {True: "direct", False: "indirect", None: "direct or indirect, which is not said"}[table.direct]
    where = f", in {table.venue}" if table.venue else ""
    host = f", hosted by {names.party(table.host)}" if table.host else ""
    rows = [Sentence(f"{capital(table.name)}: {how}{where}{host}.", refs, table.basis.kind)]
    if table.mediator is None:
        rows.append(Sentence("Nobody is named as mediator.", (register.derive("no item names a mediator", *refs),)))
    else:
        stated = "" if table.mediator.stated else " (not stated)"
        text = f"{capital(names.party(table.mediator.party))} mediates{stated}."
        rows.append(Sentence(text, register.basis(table.mediator.basis), table.mediator.basis.kind))
    rows += [_item(item, names, register) for item in table.agenda]
    rows += [
        Sentence(f"It bears on {names.at(link.table)} by {link.kind}.", register.basis(link.basis), link.basis.kind)
        for link in table.links
    ]
    return tuple(rows)


def _item(item: AgendaItem, names: Names, register: Register) -> Sentence:
    by = f" by {names.parties(item.by)}" if item.by else ""
    text = f"{capital(names.issue(item.issue))}: {MODES[item.mode]}{by}."
    return Sentence(text, register.basis(item.basis), item.basis.kind)


def _meeting(meeting: Meeting, names: Names, register: Register) -> Sentence:
    day = meeting.date.isoformat() if meeting.date else f"{meeting.when}, day unresolved" if meeting.when else "undated"
    where = f" in {meeting.venue}" if meeting.venue else ""
    text = f"A meeting of {names.parties(meeting.parties)}{where} {_STATUS[meeting.status]} ({day})."
    return Sentence(text, register.basis(meeting.basis), meeting.basis.kind)


def _tie(tie: Tie, names: Names, register: Register) -> Sentence:
    control = f" (control: {tie.control})" if tie.control else ""
    text = f"{names.party(tie.source)} {_TIES[tie.kind]} {names.party(tie.target)}{control}."
    return Sentence(capital(text), register.basis(tie.basis), tie.basis.kind)


def _threat(threat: Threat, names: Names, register: Register) -> Sentence:
    noun = "threatens" if threat.kind == "threat" else "promises"
    condition = (
        f", on the condition: \u201c{threat.condition}\u201d" if threat.condition else ", without a stated condition"
    )
    text = f"{names.party(threat.by)} {noun} {names.party(threat.against)} ({threat.action}){condition}."
    return Sentence(capital(text), register.basis(threat.basis), threat.basis.kind)


def _incident(incident: Incident, names: Names, register: Register) -> Sentence:
    actor = names.party(incident.actor) if incident.actor else "an actor the text does not name"
    target = f" towards {names.party(incident.target)}" if incident.target else ""
    act = _ACTS.get(incident.act, incident.act.replace("_", " "))
    text = f"{act} by {actor}{target}: \u201c{incident.what}\u201d."
    return Sentence(capital(text), register.basis(incident.basis), incident.basis.kind)
