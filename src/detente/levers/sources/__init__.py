"""What does each source, and each sentence of it, do to the answers: which of them would be others without it?"""

from detente.levers.sources.asked import Asked, Question, Reading, readings
from detente.levers.sources.fallen import Fallen, fallen
from detente.levers.sources.taken import without
from detente.levers.sources.weighed import FLOOR, Diagnosis, Shift, Unit, Weight, diagnosis, sentences, shift, sources

__all__ = [
    "FLOOR",
    "Asked",
    "Diagnosis",
    "Fallen",
    "Question",
    "Reading",
    "Shift",
    "Unit",
    "Weight",
    "diagnosis",
    "fallen",
    "readings",
    "sentences",
    "shift",
    "sources",
    "without",
]
