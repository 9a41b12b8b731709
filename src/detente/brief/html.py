"""How does a brief become one HTML file that asks nothing of anybody else?

The file carries its style and its one small script; a content policy that names both by their SHA-256 forbids anything
else to load or run. Without the script everything still works: references are links, the switches are radio buttons.
"""

import base64
import hashlib

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente.brief.document import Brief
from detente.brief.page import Page, anchor, page, place_of
from detente.figures.svg import MEANINGS

WORDS: dict[str, str] = {**dict(MEANINGS.items()), "derived": "derived from other values", "missing": "missing"}


def render(brief: Brief) -> str:
    """Write a brief as one self-contained HTML file, the same bytes for the same brief.

    >>> from detente.brief.document import Brief
    >>> render(Brief("Dam talks", "Two states", (), (), (), ())).startswith("<!doctype html>")
    True
    """
    templates = Environment(
        loader=PackageLoader("detente.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    laid = page(brief)
    style = templates.get_template("style.css").render(targets=_targets(laid))
    script = templates.get_template("script.js").render()
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return templates.get_template("brief.html").render(
        page=laid,
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        words=WORDS,
        anchor=anchor,
        place_of=place_of,
    )


def _targets(laid: Page) -> tuple[tuple[str, str], ...]:
    """List the fragment of every quote that is found in a text with the class of its stretches."""
    return tuple((q.place, f"q-{q.anchor}") for reading in laid.readings for q in reading.quotes if q.place is not None)


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
