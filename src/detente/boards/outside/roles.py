"""Who is tied to whom, whose talks are the main ones, and what part has a party in a move?"""

from detente.boards.outside.actions import Kind, kind_in, kind_of
from detente.boards.outside.worlds import Act, Role
from detente.situation.nouns import Move, Situation, Table

_CONTROL = {"high": 0, "medium": 1, "low": 2, None: 3}


def main_table(situation: Situation) -> Table | None:
    """Return the table that is asked about: the first at which several must consent.

    >>> main_table(Situation(title="Empty")) is None
    True
    """
    return next((t for t in situation.tables if len(t.consent) > 1), None)


def consenting(situation: Situation) -> tuple[str, ...]:
    """Return whose consent the main table needs.

    >>> consenting(Situation(title="Empty"))
    ()
    """
    table = main_table(situation)
    return () if table is None else tuple(dict.fromkeys(table.consent))


def tied(situation: Situation, party: str, kind: str) -> tuple[str, ...]:
    """Return who is tied to a party, whichever end of the tie it is.

    >>> tied(Situation(title="Empty"), "iran", "ally")
    ()
    """
    ends = [(t.source, t.target) for t in situation.ties if t.kind == kind]
    found = [b for a, b in ends if a == party] + [a for a, b in ends if b == party]
    return tuple(p for p in dict.fromkeys(found) if p != party)


def proxies(situation: Situation, patron: str) -> tuple[str, ...]:
    """Return a patron's proxies, those it controls most first.

    >>> proxies(Situation(title="Empty"), "iran")
    ()
    """
    ties = [t for t in situation.ties if t.kind == "patron_proxy" and t.source == patron and t.target != patron]
    return tuple(dict.fromkeys(t.target for t in sorted(ties, key=lambda t: _CONTROL[t.control])))


def kind_at(situation: Situation, move: Move) -> Kind:
    """Return the kind of a move of a situation; a reply takes it from what sets it off.

    >>> kind_at(Situation(title="t"), Move(id="reply", by="a", action="respond"))
    'pressure'
    """
    return kind_in(situation.moves, move, threats=situation.threats)


def act_of(situation: Situation, move: Move) -> Act:
    """Return what a move is in the table of assumed worth: its kind, with force told apart by who uses it when.

    >>> act_of(Situation(title="t"), Move(id="reply", by="a", action="strike", after=("raid",)))
    'answer'
    """
    kind = kind_at(situation, move)
    if kind == "concession":
        return "other"
    if kind == "pressure" and move.in_force:
        return "kept-up"
    if kind != "force":
        return kind
    if any(t.kind == "patron_proxy" and t.target == move.by for t in situation.ties):
        return "front"
    return "answer" if move.after else "force"


def role_of(situation: Situation, party: str, move: Move) -> Role | None:
    """Return which part a party has in a move, None where it has none.

    Who is tied to both ends has none: whether it gains or loses is the analyst's to say.

    >>> role_of(Situation(title="t"), "b", Move(id="raid", by="a", action="strike", against="b"))
    'target'
    """
    targets = targets_of(situation, move)
    if party == move.by:
        return "maker"
    if kind_of(move.action) == "rupture":
        return "table" if party in consenting(situation) else None
    if party in targets:
        return "target"
    near = {p for t in targets for kind in ("ally", "patron_proxy") for p in tied(situation, t, kind)}
    with_maker = party in tied(situation, move.by, "ally")
    if with_maker == (party in near):
        return None
    return "ally" if with_maker else "side"


def targets_of(situation: Situation, move: Move) -> tuple[str, ...]:
    """Return whom a move is aimed at: the one it names, else those whose moves it answers.

    >>> targets_of(Situation(title="t"), Move(id="raid", by="a", action="strike", against="b"))
    ('b',)
    """
    if move.against is not None:
        return (move.against,)
    return tuple(dict.fromkeys(m.by for m in situation.moves if m.id in move.after and m.by != move.by))
