"""Everything Detente raises on purpose.

    DetenteError                      exit code 3 unless a subclass says otherwise
    ├── UsageError                    2  the command or call was put wrongly
    ├── DocumentError                 3  a document cannot be read: which, why, what to do instead
    ├── QuoteError                    3  a quote is not in its document where it claims to be
    ├── SituationError                3  a situation file is not one; lists every fault with path, line and cure
    ├── BoardError                    3  a situation lacks what an analysis needs
    ├── AnalysisError                 3  a question has no answer on this board
    ├── DossierError                  3  a dossier on disk is missing, damaged or in use
    ├── LedgerError                   3  a ledger is broken, or an entry cannot stand in it
    ├── FormatError                   3  a foreign file is not what it should be, or cannot hold what is asked of it
    └── ModelError                    3  the language model that was named cannot be asked, or gives no usable answer

Every message says what is wrong, where (by name), and how to cure it.

>>> raise DocumentError("'notes.txt' is empty. Give a file with at least one sentence of text.")
Traceback (most recent call last):
detente.errors.DocumentError: 'notes.txt' is empty. Give a file with at least one sentence of text.
"""


class DetenteError(Exception):
    """Anything Detente raises on purpose; carries the exit code of the command line."""

    exit_code = 3


class UsageError(DetenteError):
    """A command or a call was put wrongly."""

    exit_code = 2


class DocumentError(DetenteError):
    """A document cannot be read."""


class QuoteError(DetenteError):
    """A quote does not stand in its document at the offsets it claims."""


class SituationError(DetenteError):
    """A situation file is not a situation; the message lists every fault found."""


class BoardError(DetenteError):
    """A situation lacks something that an analysis needs."""


class AnalysisError(DetenteError):
    """A question has no answer on this board."""


class DossierError(DetenteError):
    """A dossier on disk is missing, damaged, or held by another process."""


class LedgerError(DetenteError):
    """A ledger is broken, or what is to be written into it cannot stand there."""


class FormatError(DetenteError):
    """A foreign file cannot be read as what it should be, or a case cannot be written as one."""


class ModelError(DetenteError):
    """The language model that the user named cannot be asked, or its answers cannot be used."""
