"""Is a file a body that can be asked as it is, and who is in it?

A body comes as a plain table of actors (`.csv`, `.tsv`, `.xlsx`), or as a table or scenario of KTAB (`.csv`, `.xml`).
"""

import os
from pathlib import Path

import numpy as np

from detente.desk.foreign import loaded
from detente.desk.opened_body import OpenedBody
from detente.errors import SituationError, UsageError
from detente.formats import Source, actor_table, ktab, ktab_xml, scorable
from detente.formats.actors import ActorTable, Scale, situation_of_actors
from detente.formats.score_table import shown
from detente.formats.sheet import read_csv, read_xlsx
from detente.situation.check import check
from detente.situation.nouns import Situation
from detente.situation.values import slug

BODIES = ("actors", "ktab", "ktab-xml")
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_XML = ".xml"


def is_body(path: Path) -> bool:
    """Whether a path names a file of actors by its ending, and not a situation, a dossier or a conflict."""
    return path.suffix.lower() in (*TABLES, _XML) and not os.path.isdir(path)


def open_body(path: Path, *, scale: Scale | None = None) -> OpenedBody:
    """Open a file of actors; `scale` is that of the positions of a plain table, told from them unless given.

    Raises FormatError where the file is missing or holds no table of actors, with every fault of the table, UsageError
    where a scale is given for a file that has its own.
    """
    source = loaded(path)
    table = read_body(source, kind=kind_of(source) or "actors", scale=scale)
    return OpenedBody(
        situation=sound(table),
        table=table,
        settings=table.settings,
        affinity=None if table.affinity is None else np.array(table.affinity, dtype=np.float64),
        remarks=table.remarks,
        slug=slug(path.stem) or "body",
    )


def kind_of(source: Source) -> str | None:
    """Tell what holds actors by what stands in it: `actors`, `ktab` or `ktab-xml`; None for anything else.

    Raises FormatError where it is neither a table nor XML that can be read.
    """
    if source.name.lower().endswith(_XML):
        return "ktab-xml" if ktab_xml.is_ktab_xml(source) else None
    if not source.name.lower().endswith(TABLES):
        return None
    for sheet in read_xlsx(source) if source.content.startswith(b"PK") else (read_csv(source),):
        if scorable.is_score_table(sheet):
            return None
        if ktab.is_ktab(sheet):
            return "ktab"
        if actor_table.is_actor_table(sheet):
            return "actors"
    return None


def read_body(source: Source, *, kind: str, title: str | None = None, scale: Scale | None = None) -> ActorTable:
    """Read a file of actors of one of the three kinds.

    Raises FormatError where it cannot be read as that, UsageError where a scale is given for a file that has its own.
    """
    if kind == "actors":
        return actor_table.read(source, title=title, scale=scale)
    if scale is not None:
        name = shown(source.name)
        raise UsageError(f"'{name}' is a file of KTAB, whose positions lie from 0 to 100. Leave out --scale.")
    return ktab.read(source, title=title) if kind == "ktab" else ktab_xml.read(source, title=title)


def sound(table: ActorTable) -> Situation:
    """Return the situation of a table of actors.

    Raises SituationError where it has a fault.
    """
    situation = situation_of_actors(table)
    if faults := [p for p in check(situation) if p.severity == "fault"]:
        raise SituationError(f"What was read is not sound: {faults[0]}")
    return situation
