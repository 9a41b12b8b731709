"""Which pages does the desk have, in the order of the navigation? To add one, add a module and its line here."""

from detente.web.page import Page
from detente.web.pages import dossiers, situation

PAGES: tuple[Page, ...] = (
    dossiers.PAGE,
    situation.PAGE,
)
