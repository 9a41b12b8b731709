"""Which file is a party's, on any system, and what is a level called that is only a number?"""

import re
from collections.abc import Sequence

from detente.formats.score_table import clean
from detente.situation.values import slug

# Names that one system or another keeps for itself.
_KEPT = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


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
