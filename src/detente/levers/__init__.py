"""What would change the answer? Verdicts over whole ranges, and the inputs that decide where no verdict holds."""

from detente.levers.silence import Change, Silence, silences
from detente.levers.verdict import Answer, Deciding, Verdict, Witness, answer, verdict

__all__ = ["Answer", "Change", "Deciding", "Silence", "Verdict", "Witness", "answer", "silences", "verdict"]
