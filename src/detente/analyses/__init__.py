"""One question, one file; `CATALOGUE` lists them with their sources and the laws they claim."""

from collections.abc import Callable
from dataclasses import dataclass

from detente.analyses.agenda import agenda
from detente.analyses.compromise import compromise
from detente.analyses.coverage import coverage
from detente.analyses.packages import packages
from detente.analyses.wants import wants
from detente.analyses.zone import zone
from detente.boards import Box, Deals, Moves, Positions

LAWS = {
    "relabelling": "renaming and reordering the parties renames and reorders the answer, and changes nothing else",
    "rescaling": "multiplying an issue's scale and all that stands on it changes no share, choice or verdict",
    "draws": "an ensemble of one draw gives the answer of that one case",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One analysis: what it asks, of which board, after whom, and which of the `LAWS` it claims.

    `exempt` gives a reason for each law that is not claimed.
    """

    name: str
    question: str
    ask: Callable[..., object]
    board: type
    source: str
    laws: tuple[str, ...]
    exempt: tuple[tuple[str, str], ...] = ()


CATALOGUE: tuple[Record, ...] = (
    Record(
        name="agenda",
        question="What does widening the agenda by one issue do to the deal, and to whom?",
        ask=agenda,
        board=Deals,
        source="Sebenius 1983; Tollison and Willett 1979",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="compromise",
        question="Where does the weight lie, issue by issue, inside a body that decides?",
        ask=compromise,
        board=Positions,
        source="Van den Bos 1991; Achen 2006",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="coverage",
        question="Which actions do the threats answer, and which do they leave open?",
        ask=coverage,
        board=Moves,
        source="Schelling 1966",
        laws=("relabelling",),
        exempt=(("rescaling", "its board has no scale"), ("draws", "its board has no numbers")),
    ),
    Record(
        name="packages",
        question="What deals does this agenda allow, and which would the Nash product choose?",
        ask=packages,
        board=Deals,
        source="Nash 1950",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="wants",
        question="How far apart is everybody on every issue, who stands together, and who stands alone?",
        ask=wants,
        board=Positions,
        source="Downs 1957; Sneath 1957",
        laws=("relabelling", "rescaling", "draws"),
    ),
    Record(
        name="zone",
        question="Is there a package that everybody accepts, whatever the values in the ranges?",
        ask=zone,
        board=Box,
        source="Moore 1966; Raiffa 1982",
        laws=("relabelling", "rescaling"),
        exempt=(("draws", "it is proved over whole ranges, which takes the place of draws"),),
    ),
)

__all__ = [
    "CATALOGUE",
    "LAWS",
    "Record",
    "agenda",
    "compromise",
    "coverage",
    "packages",
    "wants",
    "zone",
]
