"""What would change the answer? Verdicts over whole ranges, the inputs that decide, and where critical lines run."""

from detente.levers.critical import Line, Plane, Stretch, Swept, swept
from detente.levers.silence import Change, Silence, silences
from detente.levers.verdict import Answer, Deciding, Effort, Verdict, Witness, answer, verdict

__all__ = [
    "Answer",
    "Change",
    "Deciding",
    "Effort",
    "Line",
    "Plane",
    "Silence",
    "Stretch",
    "Swept",
    "Verdict",
    "Witness",
    "answer",
    "silences",
    "swept",
    "verdict",
]
