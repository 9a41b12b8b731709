"""What was found out about a situation, before it is put into words: names instead of indices, results of the analyses.

The desk fills these in; the sections read them. A `View` holds the answers for one reading of the situation: as
completed, or from the text alone.
"""

from dataclasses import dataclass

from detente.brief.compared import Agenda
from detente.brief.dealt import Dealt
from detente.brief.no_agreement import NoAgreement
from detente.brief.outlook import Outlook
from detente.brief.prevailing import Prevailing
from detente.brief.track_record import TrackRecord
from detente.levers import Silence
from detente.read.reviewed import Tally
from detente.situation.nouns import Situation


@dataclass(frozen=True, slots=True)
class Gap:
    """The two parties farthest apart on an issue, and how far, as a share of its scale."""

    issue: str
    one: str
    other: str
    share: float


@dataclass(frozen=True, slots=True)
class View:
    """Every answer for one reading of the situation; `table` is the first table, None where there is none.

    `dealt` is what follows at that table on its own agenda, `without` what follows if there is no deal, or why that
    cannot be asked; `prevailing` is who prevails inside the bodies that decide together; `outlook` is where
    it is heading, None where nobody talks; `blocs` are the parties that stand close together, per issue.
    """

    situation: Situation
    table: str | None
    gaps: tuple[Gap, ...] = ()
    prevailing: tuple[Prevailing, ...] = ()
    outlook: Outlook | None = None
    agendas: tuple[Agenda, ...] = ()
    blocs: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    dealt: Dealt | None = None
    without: NoAgreement | str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything a brief is written from; `record` is how right forecasts were, None where none are kept."""

    completed: View
    text_only: View
    silences: tuple[Silence, ...]
    texts: tuple[tuple[str, str], ...]  # document id, its text
    version: str
    fingerprint: str
    no_deal: str
    draws: int
    seed: int
    review: Tally | None = None
    record: TrackRecord | None = None
