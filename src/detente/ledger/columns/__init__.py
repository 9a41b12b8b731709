"""Which forecasts are scored, each beside what happened, as arrays?

A question is scored once it is resolved: not while it is ambiguous, annulled or void. What was said as of the day on
which it came out, or later, is left out: it may have known. Retrospective forecasts never stand beside those recorded
in time: they make columns of their own.

    first       the first forecast of every forecaster on every question: what crowds are compared at
    last        the last one that stood before the question closed or came out
    over-time   every forecast, weighted by the share of the question's open life for which it stood

Forecasters are the authors ("author (analysis)" where one used several), the names of comparisons, and two that are
worked out here: "one half", which spreads chance evenly over the answers or the scale, and "climatology",

    (k + 1) / (n + 2)                                                                                              (1)

with n the yes-or-no questions of the ledger that came out before the day of the first forecast scored, k of them yes.
What comes true early is resolved early, so that while many questions are open (1) leans towards yes.
"""

from detente.ledger.columns.chosen import Moment, Statement, statements
from detente.ledger.columns.table import Columns, LeftOut, columns
from detente.ledger.columns.worked_out import CLIMATOLOGY, ONE_HALF

__all__ = [
    "CLIMATOLOGY",
    "ONE_HALF",
    "Columns",
    "LeftOut",
    "Moment",
    "Statement",
    "columns",
    "statements",
]
