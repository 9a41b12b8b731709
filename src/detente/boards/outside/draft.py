"""What could each party do without a deal, written out so that it can be shown, saved and edited?

Moves follow from threats, from pressure that is reported, from ties and from the talks. What the situation says is
never changed: a draft adds moves and effects, and a draft of a draft is that draft. A move that stands there as
`named-in-threat` is a drafted one: where it says nothing of what it comes after, or of who can undo it, the draft does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.boards.outside.actions import Kind, action_key, announced, is_reply, kind_in, kind_of, speaks_of
from detente.boards.outside.effects import with_effects
from detente.boards.outside.roles import consenting, main_table, proxies, tied
from detente.situation.nouns import Incident, Move, Situation, Threat
from detente.situation.values import Basis, slug
from detente.situation.views import bargained

WALK_OUT, CONCEDE, OPEN_FRONT = "walk-out", "concede", "open-front"
_PRESSING = ("sanction", "coerce")
_NAMED, _COUNTER, _STRUCK = "named-in-threat", "counter-threat-answers", "struck-may-answer"
_FROM_THREATS = (_NAMED, _COUNTER, _STRUCK, "ally-could", "rival-could")
_UNDONE: tuple[Kind, ...] = ("pressure", "denial", "rupture")  # what its maker can end by itself
_SHARED = (
    *("parties", "issues", "tables", "demands", "meetings", "deadlines", "incidents"),
    *("ties", "threats", "questions"),
)
_NEW = "drafted"  # until the move gets an id of its own
_PROXY = Basis(kind="supplied", rule="proxy-could")
_LEAVE = Basis(kind="supplied", rule="could-walk-out")
_GIVE = Basis(kind="supplied", rule="could-concede")


def drafted(situation: Situation, *, supply: bool = True) -> Situation:
    """Return the situation with every move and effect that a board of the world without a deal needs.

    Added are: what threats announce, after what sets them off; what would set them off; the same by an ally of who
    would do it or a rival of who threatens; pressure that is reported, in force; a front that a proxy opens once its
    patron is struck; for each party at the main table walking out, and conceding where something is asked of it. Then
    what each move is worth, where nobody says it. Without `supply` no move is added that the text does not name.

    >>> from detente.situation.nouns import Party, Trigger
    >>> bases = Threat(id="t1", by="b", against="a", trigger=Trigger(actor="a", action="strike"), action="retaliate")
    >>> both = (Party(id="a", name="A"), Party(id="b", name="B"))
    >>> found = drafted(Situation(title="Gulf", parties=both, threats=(bases,)))
    >>> [(m.id, m.after) for m in found.moves]
    [('a-strike', ()), ('b-retaliate', ('a-strike',))]
    """
    sheet = _Sheet(situation, list(situation.moves))
    _reported(sheet, supply=supply)
    if supply:
        _others(sheet)
    _counter(sheet)
    if supply:
        _fronts(sheet)
        _talks(sheet)
    _undone(sheet)
    moves = tuple(sheet.moves)
    full = situation if moves == situation.moves else situation.model_copy(update={"moves": moves})
    return with_effects(full)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The situation, and the moves drafted so far behind its own."""

    situation: Situation
    moves: list[Move]

    def by(self, party: str) -> Iterator[Move]:
        """The moves of one party."""
        return (m for m in self.moves if m.by == party)

    def named(self, party: str, action: str) -> Move | None:
        """The move of a party that is called so, against whomever."""
        return next((m for m in self.by(party) if action_key(m.action) == action_key(action)), None)

    def kind(self, move: Move) -> Kind:
        """The kind of a move, for a reply that of what sets it off."""
        return kind_in(self.moves, move, threats=self.situation.threats)

    def announced(self, threat: Threat) -> Kind:
        """The kind of what a threat announces, for a reply that of what triggers it."""
        return announced(self.moves, threat)

    def same(self, threat: Threat) -> Move | None:
        """The move that a threat announces: of the same name against the same, else the same use of force."""
        aimed = [m for m in self.by(threat.by) if m.against == threat.against]
        same = [m for m in aimed if action_key(m.action) == action_key(threat.action)]
        force = [m for m in aimed if self.kind(m) == "force"] if self.announced(threat) == "force" else []
        return next(iter(same + force), None)

    def change(self, index: int, **update: object) -> None:
        """Replace fields of one move."""
        self.moves[index] = self.moves[index].model_copy(update=update)

    def add(self, move: Move) -> None:
        """Put a move behind the others, under an id of its own."""
        against = None if move.against == move.by else move.against
        self.moves.append(move.model_copy(update={"id": self._id(move), "against": against}))

    def _id(self, move: Move) -> str:
        taken = {row.id for name in _SHARED for row in getattr(self.situation, name)} | {m.id for m in self.moves}
        first = slug(f"{move.by}-{move.action}")
        tries = [first, slug(f"{move.by}-{move.action}-{move.against or 'all'}")]
        tries += [f"{first[:70].rstrip('-')}-{n}" for n in range(2, len(taken) + 4)]
        return next(one for one in tries if one and one not in taken)


def _reported(sheet: _Sheet, *, supply: bool) -> None:
    """Add what threats and reported incidents name."""
    threats = [t for t in _threats(sheet.situation) if supply or t.basis.kind != "supplied"]
    for threat in threats:
        trigger = threat.trigger
        if trigger is not None and sheet.named(trigger.actor, trigger.action) is None:
            basis = _as(threat.basis, _NAMED)
            could = Move(id=_NEW, by=trigger.actor, action=trigger.action, against=threat.by, basis=basis)
            sheet.add(could.model_copy(update={"evidence": threat.evidence}))
    setting_off = _setting_off(sheet, threats)
    for threat in threats:
        if sheet.same(threat) is None:
            _announced(sheet, threat, threats, setting_off)
    for incident in sheet.situation.incidents:
        if supply or incident.basis.kind != "supplied":
            _pressure(sheet, incident)


def _threats(situation: Situation) -> list[Threat]:
    """Return the threats, first those by parties of the main table: what sets them off is aimed at them."""
    at_table = consenting(situation)
    threats = [t for t in situation.threats if t.kind == "threat" and t.by != t.against]
    return sorted(threats, key=lambda t: t.by not in at_table)


def _trigger(sheet: _Sheet, threat: Threat) -> tuple[Move, ...]:
    trigger = threat.trigger
    found = None if trigger is None else sheet.named(trigger.actor, trigger.action)
    return () if found is None else (found,)


def _setting_off(sheet: _Sheet, threats: Iterable[Threat]) -> set[str]:
    return {m.id for t in threats for m in _trigger(sheet, t)}


def _announced(sheet: _Sheet, threat: Threat, threats: Sequence[Threat], setting_off: set[str]) -> None:
    """Add what a threat announces: after what sets it off, unless a threat of another is set off by it in turn.

    What another fears enough to threaten against is something that its maker might do first.
    """
    alike = [t for t in threats if (t.by, t.against) == (threat.by, threat.against) and _alike(sheet, t, threat)]
    triggers = [_trigger(sheet, t) for t in alike]
    after = tuple(dict.fromkeys(m.id for found in triggers for m in found)) if all(triggers) else ()
    own = sheet.named(threat.by, threat.action)
    if own is not None and own.id in setting_off:
        after = ()
    evidence = tuple(dict.fromkeys(e for t in alike for e in t.evidence))
    basis = _as(threat.basis, _NAMED)
    answer = Move(id=_NEW, by=threat.by, action=threat.action, against=threat.against, after=after, basis=basis)
    sheet.add(answer.model_copy(update={"evidence": evidence}))


def _alike(sheet: _Sheet, one: Threat, other: Threat) -> bool:
    return action_key(one.action) == action_key(other.action) or (
        sheet.announced(one) == sheet.announced(other) == "force"
    )


def _pressure(sheet: _Sheet, incident: Incident) -> None:
    """Add pressure that is reported as something that goes on, unless its maker has pressure of its own there."""
    by, against = incident.actor, incident.target
    if incident.act not in _PRESSING or by is None or against is None or by == against:
        return
    if kind_of(incident.what) in ("rupture", "force") and not speaks_of(incident.what, "pressure"):
        return
    if not any(m.against == against and _is_pressure(m) for m in sheet.by(by)):
        on = Move(id=_NEW, by=by, action=incident.act, against=against, in_force=True, undone_by=(by,))
        rests = {"basis": _as(incident.basis, "pressure-reported"), "evidence": incident.evidence}
        sheet.add(on.model_copy(update=rests))


def _is_pressure(move: Move) -> bool:
    """Is a move pressure by its own words? A reply is what may come, and not what goes on."""
    return kind_of(move.action) == "pressure" and not is_reply(move.action)


def _others(sheet: _Sheet) -> None:
    """Add who else could do what would set a threat off: an ally of the one it names, a rival of who threatens."""
    for threat in _threats(sheet.situation):
        trigger = threat.trigger
        if trigger is None or kind_of(trigger.action) in ("rupture", "concession"):
            continue
        for kind, whose, rule in (("ally", trigger.actor, "ally-could"), ("rivalry", threat.by, "rival-could")):
            for other in tied(sheet.situation, whose, kind):
                if other not in (trigger.actor, threat.by) and sheet.named(other, trigger.action) is None:
                    basis = Basis(kind="supplied", rule=rule)
                    sheet.add(Move(id=_NEW, by=other, action=trigger.action, against=threat.by, basis=basis))


def _counter(sheet: _Sheet) -> None:
    """Let force that is threatened without a condition answer force, and force of the draft answer a first strike.

    A counter-threat is carried out once the other has struck; of two that both threaten without a condition, the one
    that is told first begins. Repeated until nothing changes, since a reply becomes force by what it answers.
    """
    count = len(sheet.situation.moves)
    at = [k for k, m in enumerate(sheet.moves) if m.basis.rule == _NAMED and m.against is not None]
    while True:
        before = tuple(sheet.moves)
        for k in reversed(at):
            _answering(sheet, k)
        for k in (k for k in at if k >= count):
            _once_struck(sheet, k)
        if before == tuple(sheet.moves):
            return


def _answering(sheet: _Sheet, index: int) -> None:
    """Put a move that is threatened without a condition after the first force of those whom the threat is against."""
    move = sheet.moves[index]
    if move.after or not (sheet.kind(move) == "force" or is_reply(move.action)):
        return
    threats = _threats(sheet.situation)
    own = [t for t in threats if t.by == move.by]
    made = [t for t in own if t.against == move.against and sheet.same(t) == move]
    if not made or any(t.trigger or t.condition for t in made) or move.id in _setting_off(sheet, threats):
        return
    said = {e for t in made for e in t.evidence}  # what is threatened against two in one breath answers either
    against = [t.against for t in made] + [t.against for t in own if said & set(t.evidence)]
    strikes = [m for other in dict.fromkeys(against) for m in _first_strikes(sheet, other, move)]
    # Force that nobody named is no reason to put off what somebody did.
    if any(m.basis.kind != "supplied" for m in strikes):
        after = tuple(m.id for m in strikes)
        sheet.change(index, after=after, basis=_as(move.basis, _COUNTER))


def _once_struck(sheet: _Sheet, index: int) -> None:
    """Let force that waits for something else be used as well once its maker has been struck."""
    move = sheet.moves[index]
    if not move.after or move.against is None or sheet.kind(move) != "force":
        return
    strikes = [m.id for m in _first_strikes(sheet, move.against, move) if m.id not in move.after]
    if strikes:
        basis = move.basis if move.basis.rule == _COUNTER else _as(move.basis, _STRUCK)
        sheet.change(index, after=(*move.after, *strikes), basis=basis)


def _first_strikes(sheet: _Sheet, by: str, answer: Move) -> list[Move]:
    """Return the force of one party against the maker of an answer that does not itself wait for force by that."""
    mine = {m.id for m in sheet.by(answer.by) if m == answer or sheet.kind(m) == "force"}
    others = [m for m in sheet.moves if m.id not in mine]
    possible: set[str] = set()
    more = {m.id for m in others if not m.after}
    while more:
        possible |= more
        more = {m.id for m in others if possible.intersection(m.after)} - possible
    aimed = [m for m in others if m.by == by and m.against == answer.by and m.id in possible]
    return [m for m in aimed if m.basis.rule != _PROXY.rule and sheet.kind(m) == "force"]


def _undone(sheet: _Sheet) -> None:
    """Let who begins pressure, denial or a rupture that a threat names end it."""
    drafted_from = len(sheet.situation.moves)
    for k, move in enumerate(sheet.moves):
        rules = _FROM_THREATS if k >= drafted_from else (_NAMED,)
        if move.basis.rule in rules and not move.undone_by and sheet.kind(move) in _UNDONE:
            sheet.change(k, undone_by=(move.by,))


def _fronts(sheet: _Sheet) -> None:
    """Add for each patron that is threatened or threatens the front that one of its proxies could open.

    One proxy stands for all of them, the one it controls most: against each that could strike the patron, once it has.
    """
    parties = dict.fromkeys(p for t in _threats(sheet.situation) for p in (t.by, t.against))
    for patron in parties:
        armed = proxies(sheet.situation, patron)
        strikes = [m for m in sheet.moves if m.against == patron and _is_first_force(sheet, m) and m.by not in armed]
        if armed and strikes and not any(sheet.kind(m) == "force" for p in armed for m in sheet.by(p)):
            for by in dict.fromkeys(m.by for m in strikes):
                after = tuple(m.id for m in strikes if m.by == by)
                sheet.add(Move(id=_NEW, by=armed[0], action=OPEN_FRONT, against=by, after=after, basis=_PROXY))


def _is_first_force(sheet: _Sheet, move: Move) -> bool:
    return not move.after and sheet.kind(move) == "force"


def _talks(sheet: _Sheet) -> None:
    """Add for each party at the main table conceding, where something is asked of it, and walking out."""
    at_table = consenting(sheet.situation)
    for party in at_table:
        others = [p for p in at_table if p != party]
        other = others[0] if len(others) == 1 else None
        ruptures = [m for m in sheet.by(party) if kind_of(m.action) == "rupture"]
        if not ruptures:
            sheet.add(Move(id=_NEW, by=party, action=WALK_OUT, against=other, undone_by=(party,), basis=_LEAVE))
            ruptures = [sheet.moves[-1]]
        yields = any(kind_of(m.action) == "concession" for m in sheet.by(party))
        if not yields and (_refuses(sheet.situation, party) or _is_pressed(sheet, party)):
            given = Move(id=_NEW, by=party, action=CONCEDE, against=other, undone_by=(party,), basis=_GIVE)
            sheet.add(given.model_copy(update={"excludes": tuple(m.id for m in ruptures)}))


def _refuses(situation: Situation, party: str) -> bool:
    """Does a party refuse an issue at the main table, or hold a red line on one?"""
    table = main_table(situation)
    if table is None:
        return False
    lines = [situation.stance(party, issue) for issue in bargained(situation, table)]
    return any(a.mode == "refused" and party in a.by for a in table.agenda) or any(s and s.red_line for s in lines)


def _is_pressed(sheet: _Sheet, party: str) -> bool:
    """Is force, pressure or a threat aimed at a party by another of the main table, or by an ally of one?"""
    others = [p for p in consenting(sheet.situation) if p != party]
    pressing = {*others, *(ally for p in others for ally in tied(sheet.situation, p, "ally"))}
    aimed = [m.by for m in sheet.moves if m.against == party and kind_of(m.action) in ("force", "pressure")]
    aimed += [t.by for t in _threats(sheet.situation) if t.against == party]
    return not pressing.isdisjoint(aimed)


def _as(basis: Basis, rule: str) -> Basis:
    """Return what something rests on, as what follows from it by a rule rests on it."""
    return basis.model_copy(update={"rule": rule})
