"""What is a party, an issue, a level or a file called, so that no two are alike?"""

import re
from collections.abc import Sequence

from detente.formats.score_table import clean
from detente.situation.check.names import PATH_WORDS
from detente.situation.values import slug

# Names that one system or another keeps for itself.
_KEPT = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names with a number behind those that stand a second time.

    >>> distinct(["Attorney", "attorney", " "])
    ('Attorney', 'attorney (2)', 'unnamed')
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in (clean(n) or "unnamed" for n in names):
        number, one = 1, name
        while one.casefold() in taken:
            number += 1
            one = f"{name} ({number})"
        found.append(one)
        taken.add(one.casefold())
    return tuple(found)


def file_names(parties: Sequence[str], ending: str, *, taken: Sequence[str] = ()) -> tuple[str, ...]:
    """Return a name per party, no two alike even where capitals do not count.

    >>> file_names(("United States", "../etc", "united states"), ".xml")
    ('United States.xml', 'etc.xml', 'united states-2.xml')
    """
    used = {t.casefold() for t in taken}
    found = []
    for number, party in enumerate(parties, start=1):
        plain = clean(party)
        fits = re.fullmatch(r"\w[\w ()-]{0,60}", plain) and not plain.endswith(" ") and not _KEPT.fullmatch(plain)
        stem = plain if fits else slug(plain)[:60] or f"party-{number}"
        name, count = stem + ending, 1
        while name.casefold() in used or _KEPT.fullmatch(name.removesuffix(ending)):
            count += 1
            name = f"{stem}-{count}{ending}"
        used.add(name.casefold())
        found.append(name)
    return tuple(found)


def level_name(level: float) -> str:
    """Return a number as the name of an option: twelve digits, whole numbers without a point.

    >>> level_name(4000000.0), level_name(0.1 + 0.2)
    ('4000000', '0.3')
    """
    return f"{level:.12g}"


def new_id(name: str, kind: str, taken: set[str]) -> str:
    """Return an id that nobody has yet and that is no word of paths, and take it.

    >>> new_id("Côte d'Ivoire", "party", {"cote-divoire"}), new_id("position", "issue", set())
    ('cote-divoire-2', 'issue-position')
    """
    base = slug(clean(name)) or kind
    if base in PATH_WORDS:
        base = f"{kind}-{base}"
    found, count = base, 1
    while found in taken:
        count += 1
        found = f"{base[:70].rstrip('-')}-{count}"
    taken.add(found)
    return found
