"""How does the ledger stand: which questions are open, due or resolved, and which forecasts stood when?

A forecast stands from the moment it was recorded, a retrospective one from the end of the day it claims, until its
author, by the same analysis, says something else, withdraws it or lets it lapse, or the question closes, comes out or
becomes void. What was recorded later than its day never cuts short what was recorded in time: the two are kept apart.
"""

from detente.ledger.book.folded import Folded, book, fold, stood, with_entry
from detente.ledger.book.shapes import AskedQuestion, Book, Change, Ending, Resolved, Standing, State
from detente.ledger.book.standing import Settled, end_of, moment_of

__all__ = [
    "AskedQuestion",
    "Book",
    "Change",
    "Ending",
    "Folded",
    "Resolved",
    "Settled",
    "Standing",
    "State",
    "book",
    "end_of",
    "fold",
    "moment_of",
    "stood",
    "with_entry",
]
