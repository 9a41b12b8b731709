"""Which sets of edits are kept in a dossier under a name, and how are edits that were only tried made in earnest?"""

from collections.abc import Sequence
from dataclasses import dataclass

from detente import dossier
from detente.desk.pieces import read_piece, require_sound, with_piece
from detente.desk.session import Conflict, Edited, Session
from detente.desk.trying import FIRST, Trying, effective, ready
from detente.desk.whatif import AGENDA, TRIED
from detente.dossier import NewScenario, Scenario
from detente.dossier.scenarios import last_standing, standing
from detente.errors import UsageError
from detente.outlook.courses.assumed import AREA

__all__ = ["Made", "Scenario", "drop", "keep", "make", "scenarios", "take_back", "undoable"]

LONGEST = 80


@dataclass(frozen=True, slots=True)
class Made:
    """The edits that were made, and the one that was not, because somebody changed the same meanwhile."""

    made: tuple[Edited, ...]
    conflict: Conflict | None


def scenarios(session: Session) -> tuple[Scenario, ...]:
    """List what is kept, by name in the order in which it was kept last."""
    return standing(dossier.open(session.folder).scenarios()) if session.is_dossier else ()


def keep(session: Session, name: str, asked: Trying, *, by: str) -> Scenario:
    """Keep what is tried under a name; what was kept under it before can be had back.

    Raises UsageError for a name that is none, or where nothing is tried, DossierError where nothing can be kept.
    """
    said = " ".join(name.split())
    if not said or len(said) > LONGEST or not said.isprintable():
        raise UsageError(f"Give the scenario a name of up to {LONGEST} characters.")
    if not effective(ready(session, asked, draws=FIRST[asked.about]), asked):
        raise UsageError("Nothing is tried yet that could be kept. Move a slider first.")
    session.opened().keep_scenario(NewScenario(said, tuple(asked.parameters.items()), by))
    return next(s for s in scenarios(session) if s.name == said)


def drop(session: Session, name: str, *, by: str) -> None:
    """Take a scenario away.

    Raises UsageError where none has that name.
    """
    if name not in {s.name for s in scenarios(session)}:
        raise UsageError(f"No scenario is called '{name[:LONGEST]}'. Somebody may have deleted it meanwhile.")
    session.opened().keep_scenario(NewScenario(name, None, by))


def undoable(session: Session, *, by: str) -> bool:
    """Return whether somebody did anything to a scenario that could be taken back."""
    return session.is_dossier and last_standing(session.opened().scenarios(), by) is not None


def take_back(session: Session, *, by: str) -> Scenario:
    """Take back the last thing that somebody did to a scenario, and return what that was.

    Raises UsageError where there is none.
    """
    made = session.opened()
    last = last_standing(made.scenarios(), by)
    if last is None:
        raise UsageError("There is no scenario of yours to take back.")
    made.keep_scenario(NewScenario(last.name, None, by, last.number))
    return last


def make(session: Session, hash: str, asked: Trying, *, by: str) -> Made:
    """Write every edit that is tried into the situation, one after the other, signed; stop where somebody was there.

    Raises UsageError where nothing is tried, or an assumption of the outlook, which is no part of the situation.
    """
    if assumed := next((path for path, _ in asked.edits if path.startswith(f"{AREA}.")), None):
        raise UsageError(
            f"'{assumed}' is an assumption of the outlook and no part of the situation. Take it off its slider, or "
            "keep all of it as a scenario."
        )
    held = ready(session, asked, draws=FIRST[asked.about])
    pairs = [_in_file(edit, held.at.table) for edit in effective(held, asked)]
    if not pairs:
        raise UsageError("Nothing is tried yet that could be entered. Move a slider first.")
    _require_possible(session, pairs)
    made: list[Edited] = []
    for path, value in pairs:
        done = session.edit(hash, path, value, by=by)
        if isinstance(done, Conflict):
            return Made(tuple(made), done)
        made.append(done)
    return Made(tuple(made), None)


def _require_possible(session: Session, pairs: Sequence[tuple[str, str]]) -> None:
    """Refuse all of the edits before the first is made, where they cannot be made together."""
    before = session.now().situation
    after = before
    for path, value in pairs:
        after = with_piece(after, path, read_piece(after, path, value, basis=TRIED))
    require_sound(before, after)


def _in_file(edit: str, table: str) -> tuple[str, str]:
    """Say where an edit would stand in the file."""
    path, _, value = edit.partition("=")
    return (f"{table}.agenda.{path.removeprefix(AGENDA)}" if path.startswith(AGENDA) else path), value
