"""What does each member state weigh in the Council of the European Union in a given year?

Votes under the treaties before Nice to 2004, under the treaty of Nice from 2005 to 2014, population after that. Until
2004 a state that had no votes yet weighs as the least of those present. After 2014 one population stands for all years,
in millions, of the early 2020s: the figures that published comparisons on these data used. Commission and Parliament
weigh as the largest state that has a stance. The largest is set to 100.

Sources: Treaty establishing the European Community, article 205(2) before and after the treaty of Nice; the acts of
accession of 2003, 2005 and 2012.
"""

from collections.abc import Mapping, Sequence

INSTITUTIONS = ("com", "ep")
LAST_BEFORE_NICE = 2004
LAST_OF_NICE = 2014
_BEFORE_NICE: Mapping[str, float] = {
    **dict.fromkeys(("de", "fr", "it", "uk"), 10.0),
    "es": 8.0,
    **dict.fromkeys(("be", "el", "nl", "pt"), 5.0),
    **dict.fromkeys(("at", "se"), 4.0),
    **dict.fromkeys(("dk", "ie", "fi"), 3.0),
    "lu": 2.0,
}
_NICE: Mapping[str, float] = {
    **dict.fromkeys(("de", "fr", "it", "uk"), 29.0),
    **dict.fromkeys(("es", "pl"), 27.0),
    "ro": 14.0,
    "nl": 13.0,
    **dict.fromkeys(("be", "el", "pt", "cz", "hu"), 12.0),
    **dict.fromkeys(("at", "se", "bu"), 10.0),
    **dict.fromkeys(("dk", "ie", "lt", "sk", "fi", "cr"), 7.0),
    **dict.fromkeys(("ee", "cy", "lv", "lu", "si"), 4.0),
    "mt": 3.0,
}
_MILLIONS: Mapping[str, float] = {
    "at": 8.93, "be": 11.57, "bu": 6.92, "cr": 4.04, "cy": 0.90, "cz": 10.57, "de": 83.12, "dk": 5.83, "ee": 1.33,
    "el": 10.38, "es": 48.95, "fi": 5.53, "fr": 67.44, "hu": 9.73, "ie": 5.01, "it": 58.97, "lt": 2.80, "lu": 0.63,
    "lv": 1.86, "mt": 0.52, "nl": 17.61, "pl": 37.84, "pt": 10.75, "ro": 19.19, "se": 10.37, "si": 2.11, "sk": 5.42,
    "uk": 67.79,
}  # fmt: skip
STATES = tuple(_MILLIONS)


def weights(actors: Sequence[str], year: int) -> tuple[float, ...]:
    """Return what each actor weighs among those present, the largest 100, by the two-letter codes of the data set.

    >>> weights(("com", "de", "es", "lu"), 2001)
    (100.0, 100.0, 80.0, 20.0)
    >>> weights(("es", "mt"), 2008)
    (100.0, 11.11111111111111)
    """
    table = _BEFORE_NICE if year <= LAST_BEFORE_NICE else _NICE if year <= LAST_OF_NICE else _MILLIONS
    least = min((table[a] for a in actors if a in table), default=1.0)
    votes = [0.0 if a in INSTITUTIONS else table.get(a, least) for a in actors]
    most = max(votes, default=0.0) or 1.0
    return tuple(100.0 * (most if a in INSTITUTIONS else v) / most for a, v in zip(actors, votes, strict=True))
