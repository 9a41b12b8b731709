"""Who acts on whom in the unit records of PETRARCH2, whose countries are invented?

The parties of those records are given to the reader as a user gives names of his own: from the dictionary of actors
that comes with the records, a party for each three letters of a code.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from _records import Found, Reader, compared, directed, dyads, events

from detente.read.parties import LexiconFile, PartyEntry, lexicon_of

_CODE = re.compile(r"\[([A-Z]{3})")


def unit_dyads(reader: Reader, records: Path, actors: Path, shipped: dict[str, str]) -> Found:
    """Find who acts on whom, from the raw sentence; directions count, sectors do not. `shipped`: other codes."""
    parties = dict(_named(actors))
    own = LexiconFile(
        parties=tuple(
            PartyEntry(id=code.lower(), name=names[0], aliases=tuple(names[1:]), kind="state")
            for code, names in parties.items()
        )
    )
    known = replace(reader, lexicon=lexicon_of(own))
    codes = shipped | {code.lower(): code for code in parties}
    pairs = []
    for row in map(json.loads, records.read_text(encoding="utf-8").splitlines()):
        gold = dyads((e["source"] or "---", e["target"] or "---") for e in row["events"])
        got = events(known.read(row["text"]), codes, summary_only=False)[0] if row["text"].strip() else set()
        pairs.append((gold, directed(got, gold)))
    return compared(pairs)


def _named(actors: Path) -> Iterator[tuple[str, list[str]]]:
    """Which names has each code? Names that change their code with the date go by the first; discards have none."""
    found: dict[str, list[str]] = {}
    for names, codes in _entries(actors):
        code = next(iter(codes), None)
        if code is not None:
            found.setdefault(code, []).extend(names)
    yield from ((code, list(dict.fromkeys(names))) for code, names in found.items())


def _entries(actors: Path) -> Iterator[tuple[list[str], list[str]]]:
    """A name, the synonyms below it that begin with a plus, and the codes beside or below them."""
    names: list[str] = []
    codes: list[str] = []
    for line in actors.read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0]
        name = line.partition("[")[0].strip(" _\t+").replace("_", " ").title()
        if line[:1].isalnum():
            yield names, codes
            names, codes = [name], []
        elif line.startswith("+"):
            names.append(name)
        codes += _CODE.findall(line)
    yield names, codes
