"""Which pages does the desk have, in the order of the navigation? To add one, add a module and its line here."""

from detente.web.page import Page
from detente.web.pages import (
    brief,
    changes,
    deals,
    documents,
    dossiers,
    evidence,
    ledger,
    no_deal,
    outlook,
    positions,
    runs,
    silences,
    situation,
    what_if,
)

PAGES: tuple[Page, ...] = (
    dossiers.PAGE,
    situation.PAGE,
    documents.PAGE,
    positions.PAGE,
    deals.PAGE,
    no_deal.PAGE,
    outlook.PAGE,
    what_if.PAGE,
    silences.PAGE,
    evidence.PAGE,
    changes.PAGE,
    ledger.PAGE,
    brief.PAGE,
    runs.PAGE,
)
