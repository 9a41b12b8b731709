"""Where does everything about one dispute lie on disk, and how does it survive a crash?

    gulf/
    ├── situation.yaml    what people edit; the situation that counts
    ├── documents/        untouched copies of what was read
    ├── runs/             work that is done in the background (`detente.dossier.runs`)
    └── dossier.sqlite    documents, readings, decisions about what was read, edits, scenarios, every situation they
                          name, and the ledger, whose rows are only ever added

Nothing else writes there. Every file is replaced in one step, every change of the database is one transaction
(`BEGIN IMMEDIATE`, write-ahead log, `synchronous=FULL`), and the database holds the lock while files change: a crash
leaves the state before or the state after.
"""

from detente.dossier.chain import ZERO, Fault, Row, canonical, faults, hash_of, head, is_time, sealed
from detente.dossier.database import DATABASE
from detente.dossier.decisions import Decision, NewDecision, Verdict, standing
from detente.dossier.edits import Edit, NewEdit
from detente.dossier.folder import Dossier, adopt, create, open, temporary
from detente.dossier.proposals import SITUATION, Proposal
from detente.dossier.scenarios import NewScenario, Scenario
from detente.dossier.stored import DOCUMENTS, NewReading, StoredDocument, StoredReading

__all__ = [
    "DATABASE",
    "DOCUMENTS",
    "SITUATION",
    "ZERO",
    "Decision",
    "Dossier",
    "Edit",
    "Fault",
    "NewDecision",
    "NewEdit",
    "NewReading",
    "NewScenario",
    "Proposal",
    "Row",
    "Scenario",
    "StoredDocument",
    "StoredReading",
    "Verdict",
    "adopt",
    "canonical",
    "create",
    "faults",
    "hash_of",
    "head",
    "is_time",
    "open",
    "sealed",
    "standing",
    "temporary",
]
