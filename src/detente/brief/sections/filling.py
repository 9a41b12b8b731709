"""What would fill a silence, and what is asked of who fills it in?"""

from dataclasses import dataclass
from typing import Literal

from detente.brief.sections.tables import Choice
from detente.brief.why import shown
from detente.brief.words import Names, capital, number
from detente.levers import Silence
from detente.situation.nouns import Issue, Situation, Table
from detente.situation.slots import filling, slot, written_filling
from detente.situation.values import Range

Kind = Literal["range", "words", "choice", "button"]
LISTED = ("in", "option", "precondition")
ASKS_RANGE = "a number, 0..50, or low,best,high"
SEATED = (
    Choice("consents", "Its consent is needed"),
    Choice("ratifies", "It must not lose by a result"),
    Choice("consulted", "A result stands without it; it is consulted"),
)
WITHOUT = (
    "0 is as good as today, below 0 is worse; 100 is one full-scale move on an issue of salience 100. It counts once "
    "every party whose consent is needed has a value."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value that would fill a silence: at which path, what is asked, in which form, what stands there now.

    A `button` writes its `value` at once; in a `choice` the `value` is the choice that stands.
    """

    path: str
    asks: str
    kind: Kind
    value: str
    stands: str
    hint: str
    choices: tuple[Choice, ...] = ()


def entries(one: Silence, situation: Situation, table: Table) -> tuple[Entry, ...]:
    """List the values that would fill a silence at a table; none where an agenda has to be made first."""
    names, party = Names(situation), one.party or ""
    match one.slot:
        case "benefit":
            listed = [i for i in situation.issues if i.id in {a.issue for a in table.agenda if a.mode in LISTED}]
            return tuple(_position(names, party, issue) for issue in listed)
        case "walk_away":
            return (_entry(names, f"{table.id}.no_deal.{party}", "range", f"{ASKS_RANGE}. {WITHOUT}"),)
        case "veto_holder":
            return (_entry(names, f"{table.id}.seat.{party}", "choice", "", SEATED),)
        case "ally_action":
            return (_entry(names, f"{party}.own_move", "words", "an act, in a few words"),)
        case "verifier":
            return (_entry(names, "verifier.name", "words", "the name of who checks"),)
        case "deadline":
            return (_entry(names, f"{table.id}.deadline", "words", "a day, such as 2026-03-01, or in words"),)
    outside = [p.id for p in situation.parties if p.id not in table.consent]
    asked = (_ratifying(names, table, p) for p in outside if p not in table.ratifiers)
    named = _entry(names, "ratifier.name", "words", "the name of a parliament, leader or council that is not listed")
    return (*asked, named)


def _entry(names: Names, path: str, kind: Kind, hint: str, choices: tuple[Choice, ...] = ()) -> Entry:
    situation = names.situation
    at = slot(situation, path)
    found = filling(situation, at) if at is not None else None
    value = "" if found is None else written_filling(found)
    stands = "" if found is None else shown(situation, path, found)
    return Entry(path, capital(names.input(path)), kind, value, stands, hint, choices)


def _position(names: Names, party: str, issue: Issue) -> Entry:
    return _entry(names, f"{party}.{issue.id}.position", "range", f"{ASKS_RANGE}; {scale(names, issue)}")


def scale(names: Names, issue: Issue) -> str:
    """Say from where to where an issue runs, and where it stands."""
    low, high = (names.level(issue.id, end) for end in issue.scale)
    unit = f" {issue.unit}" if issue.unit else ""
    return f"from {low} to {high}{unit}, today {_best(issue.status_quo)}"


def _best(value: Range) -> str:
    return number(value.best)


def _ratifying(names: Names, table: Table, party: str) -> Entry:
    return Entry(f"{table.id}.seat.{party}", capital(names.party(party)), "button", "ratifies", "", "")
