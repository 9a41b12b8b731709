"""Bring tables of scores or of actors in from other programs as a case, and write a case out for them."""

import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.analyses.stability import stability
from detente.boards.conflict import Conflict
from detente.boards.outside.worlds import WORLDS
from detente.desk.body_file import BODIES, is_body, kind_of, open_body, read_body, sound
from detente.desk.case import open_case, situation_file
from detente.desk.conflict_file import is_conflict, open_conflict
from detente.desk.foreign import loaded
from detente.desk.no_agreement import conflict_in, crises_in
from detente.errors import FormatError, SituationError, UsageError
from detente.formats import (
    Source,
    actor_table,
    efg,
    genius,
    geniusweb,
    graphml,
    ktab,
    ktab_xml,
    scorable,
    situation_of,
    tabled,
)
from detente.formats.actors import ActorTable, Bodied, Scale, bodied, unkept
from detente.formats.score_table import MAX_PARTIES, POINTS, clean, shown
from detente.formats.situation_json import to_json
from detente.search.conflicts.values import GRADED
from detente.situation.check import check
from detente.situation.nouns import Situation
from detente.situation.store import settle, to_yaml, write_whole

READ = ("genius", "geniusweb", "csv", "xlsx", *BODIES)
WRITTEN = (*READ, "json", "yaml", "graphml", "efg")
STAKES = "Payoffs in units of the private stake; what each side keeps private (standard normal) is not in this file."
_FOLDERS = ("genius", "geniusweb")
_ENDINGS = {
    "genius": (".xml",),
    "geniusweb": (".json",),
    "csv": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx", ".xlsm"),
}
_KINDS = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings}


@dataclass(frozen=True, slots=True)
class Imported:
    """A case made of foreign files, and what they hold that it does not."""

    situation: Situation
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The files to write, whether they go into a folder of their own, and what they do not hold."""

    files: tuple[Source, ...]
    folder: bool
    lost: tuple[str, ...]


def read(
    sources: Sequence[Path],
    *,
    kind: str = "auto",
    title: str | None = None,
    points: float | None = None,
    no_agreement: Sequence[str] = (),
    scale: Scale | None = None,
) -> Imported:
    """Make a case of foreign files, or of the folder that holds them.

    `points` is what utility 1 is worth, 100 unless told; `no_agreement` names values that stand for no agreement;
    `scale` is that of the positions in a table of actors, which is told from them unless given.

    Raises UsageError where the files are of several kinds or an option does not belong to theirs, FormatError where
    they cannot be read.
    """
    files = [file for source in sources for file in _inside(source, kind)]
    if not files:
        raise UsageError(f"There is nothing to import. Give files that end in {', '.join(_KINDS)}, or their folder.")
    ending = _kind(files) if kind == "auto" else kind
    given = [loaded(file) for file in files[: MAX_PARTIES + 2]]
    found = (kind_of(given[0]) or ending) if kind == "auto" else kind
    named = None if title is None else clean(title)
    if found not in _FOLDERS and (points is not None or no_agreement):
        raise UsageError(
            "--points and --no-agreement are for utilities (genius, geniusweb); a table has its own points."
        )
    if found not in BODIES and scale is not None:
        raise UsageError("--scale is for the positions of a table of actors. Leave it out.")
    if found in BODIES:
        return _body(given, kind=found, title=named, scale=scale)
    rate = POINTS if points is None else points
    if found == "genius":
        table = genius.read(given, points=rate, no_agreement=[clean(n) for n in no_agreement], title=named)
    elif found == "geniusweb":
        table = geniusweb.read(given, points=rate, no_agreement=[clean(n) for n in no_agreement], title=named)
    else:
        table = scorable.read(given, title=named)
    situation = situation_of(table)
    if faults := [p for p in check(situation) if p.severity == "fault"]:
        raise SituationError(f"What was read is not sound: {faults[0]}")
    return Imported(situation, table.remarks)


def export(
    case: Path,
    *,
    kind: str,
    table: str | None = None,
    world: str | None = None,
    body: str | None = None,
    workbook: bool = False,
) -> Exported:
    """Write a case down for another program: a table's scores, a body's actors, all of it, a conflict's graph.

    The table is the first at which two or more must consent, the body the first that decides something, unless told.
    `workbook` asks for actors as a workbook.

    Raises UsageError where an option does not belong to the format or a format does not fit the case, what opening a
    case raises, BoardError where the table or body is unknown or cannot be put on a board, FormatError where its agenda
    leaves nothing to write, or a graph is too large to draw.
    """
    graph = kind in ("graphml", "efg") or (kind not in BODIES and is_conflict(case))
    _belonging(kind, graph=graph, table=table, world=world, body=body)
    if kind in BODIES:
        return _actors(case, kind=kind, body=body, workbook=workbook)
    if graph:
        return _conflict(case, kind=kind, world=world)
    opened = open_case(case)
    if kind in ("json", "yaml"):
        content = to_json(opened.situation) if kind == "json" else to_yaml(opened.situation).encode()
        return Exported((Source(f"{opened.slug}.{kind}", content),), False, ())
    found = tabled(opened.situation, table or _first_table(opened.situation))
    if kind == "genius":
        files, unsaid = genius.write(found.table)
    elif kind == "geniusweb":
        files, unsaid = geniusweb.write(found.table)
    else:
        content = scorable.to_csv(found.table) if kind == "csv" else scorable.to_xlsx(found.table)
        files, unsaid = (Source(f"{opened.slug}.{kind}", content),), ()
    return Exported(files, kind in _FOLDERS, (*found.lost, *unsaid))


def _belonging(kind: str, *, graph: bool, table: str | None, world: str | None, body: str | None) -> None:
    """Check that the options belong to what is written."""
    if body is not None and kind not in BODIES:
        raise UsageError(f"--body is for actors ({', '.join(BODIES)}). Leave it out.")
    if table is not None and kind in BODIES:
        raise UsageError("--table is for tables of scores. For actors, name a body with --body.")
    if table is not None and graph:
        raise UsageError("--table is for tables of scores, and this is of the whole conflict. Leave it out.")
    if world is not None and not graph:
        raise UsageError("--world is for graphml and efg, which are of what is done without a deal. Leave it out.")
    if kind in ("json", "yaml") and table is not None:
        raise UsageError(f"--table is for tables of scores; {kind} holds the whole case. Leave it out.")


def graph_file(board: Conflict, *, title: str) -> Exported:
    """Write the states and moves of a conflict as GraphML, each state with the ideas of stability by which it holds.

    Raises FormatError where there are more moves than a drawing can show.
    """
    drawn = graphml.write(board, title=title)  # first: it refuses what is too large, before the longer work
    if board.unknown is not None:
        return Exported((drawn,), False, ("Which states are better is partly unknown, and drawn as equally good.",))
    found = stability(board, concepts=GRADED, about=())
    held = {concept: [label - 1 for label in found.labels(concept)] for concept in found.concepts}
    return Exported((graphml.write(board, equilibria=held, title=title),), False, ())


def _conflict(case: Path, *, kind: str, world: str | None) -> Exported:
    """Write a conflict's graph; of a situation the one that is drafted from it, or its crises as game trees."""
    if is_conflict(case):
        if kind != "graphml" or world is not None:
            name = shown(case.name)
            raise UsageError(
                f"'{name}' is a conflict, without scores, worlds or crises. Write its graph: --format graphml."
            )
        opened = open_conflict(case)
        return graph_file(opened.conflict, title=opened.slug)
    known = open_case(case)
    chosen = next((w for w in WORLDS if w == world), WORLDS[-1])
    if kind == "graphml":
        return graph_file(conflict_in(known.situation, chosen), title=f"{known.slug}-{chosen}")
    return Exported(tuple(efg.write(game, comment=STAKES) for game in crises_in(known.situation, chosen)), True, ())


def _body(given: Sequence[Source], *, kind: str, title: str | None, scale: Scale | None) -> Imported:
    """Make a case of a file of actors."""
    if len(given) != 1:
        raise FormatError(f"A table of actors is one file; here are {len(given)}. Give them one by one.")
    table = read_body(given[0], kind=kind, title=title, scale=scale)
    return Imported(sound(table), (*table.remarks, *unkept(table)))


def _actors(case: Path, *, kind: str, body: str | None, workbook: bool) -> Exported:
    """Write the actors of a body; those of a file as they stand there."""
    if is_body(case):
        if body is not None:
            raise UsageError(f"'{shown(case.name)}' holds one body: --body has nothing to choose from. Leave it out.")
        file = open_body(case)
        found, name = Bodied(file.table, ()), file.slug
    else:
        opened = open_case(case)
        found, name = bodied(opened.situation, body), opened.slug
    content, unsaid, ending = _written(found.table, kind, workbook=workbook)
    return Exported((Source(f"{name}.{ending}", content),), False, (*found.lost, *unsaid))


def _written(table: ActorTable, kind: str, *, workbook: bool) -> tuple[bytes, tuple[str, ...], str]:
    if kind == "actors":
        return (*actor_table.to_xlsx(table), "xlsx") if workbook else (*actor_table.to_csv(table), "csv")
    return (*ktab.write(table), "csv") if kind == "ktab" else (*ktab_xml.write(table), "xml")


def template(target: Path, *, kind: str = "auto") -> Exported:
    """Return a table to fill in, as CSV or as a workbook, after the ending of its place: of scores, or of actors.

    Raises UsageError for another ending, or a format that has no table to fill in.
    """
    ending = _KINDS.get(target.suffix.lower())
    if ending not in ("csv", "xlsx"):
        raise UsageError(f"'{target}' is neither CSV nor a workbook. Name a file that ends in .csv or .xlsx.")
    if kind == "actors":
        content, _, _ = _written(actor_table.template(), kind, workbook=ending == "xlsx")
    elif kind in ("auto", ending):
        content = scorable.to_csv(scorable.template()) if ending == "csv" else scorable.to_xlsx(scorable.template())
    else:
        raise UsageError(f"There is no table to fill in for {kind} in '{target}'. Leave --format out, or say actors.")
    return Exported((Source(target.name, content),), False, ())


def save_case(made: Imported, target: Path, *, force: bool = False) -> None:
    """Write a case to a new file; `force` replaces one that is there.

    Raises UsageError where there is one, or the place cannot be written to.
    """
    if situation_file(target) != target:
        raise UsageError(f"'{target}' would not be taken for a case. Name a file that ends in .yaml.")
    save(Exported((Source(target.name, to_yaml(made.situation).encode()),), False, ()), target, force=force)


def save(made: Exported, place: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write files to their place, each whole or not at all; `force` replaces those that are there. Returns where.

    Raises UsageError where something is there, or the place cannot be written to.
    """
    targets = tuple(place / f.name for f in made.files) if made.folder else (place,)
    if made.folder and os.path.lexists(place) and not os.path.isdir(place):
        raise UsageError(f"'{place}' is no folder. Name a new folder for {len(targets)} files.")
    for target in targets:
        if os.path.isdir(target):
            raise UsageError(f"'{target}' is a folder. Name a file.")
        if os.path.lexists(target) and not force:
            raise UsageError(f"'{target}' exists already. Name another place, or replace it with --force.")
    try:
        if made.folder and not os.path.lexists(place):
            _save_folder(made.files, place)
        else:
            for target, file in zip(targets, made.files, strict=True):
                write_whole(target, file.content)
    except OSError as error:
        raise UsageError(
            f"'{place}' cannot be written: {error.strerror}. Name another place with -o, in a folder that exists."
        ) from error
    return targets


def in_words(made: Imported, target: Path) -> str:
    """Say in one line what a case holds."""
    situation = made.situation
    options = sum(len(i.options) for i in situation.issues)
    issues = len(situation.issues)
    settled = f"{issues} issue{'s' * (issues != 1)}"
    inside = max((len(p.members) for p in situation.parties if p.decision_body), default=0)
    if inside and not situation.tables:
        told = f"a body of {inside} actors, {settled}. `detente positions` asks who prevails in it"
    else:
        counts = f"{len(situation.parties)} parties, {settled}, {options} options"
        told = f"{counts}. `detente check` and `detente brief` take it as a case"
    return f"{shown(str(target), 200)}: {told}."


def _first_table(situation: Situation) -> str:
    found = next((t.id for t in situation.tables if len(t.consent) > 1), None)
    if found is None:
        raise FormatError(
            f"'{shown(situation.title)}' has no table at which two parties must consent, so there are no scores to "
            "write. Add a table, or export as json or yaml."
        )
    return found


def _inside(source: Path, kind: str) -> Iterable[Path]:
    """Return the files of one kind in a folder, in the order of their names; a file is itself."""
    if not os.path.isdir(source):
        return (source,)
    wanted = _ENDINGS[kind] if kind in _ENDINGS else tuple(_KINDS)
    found = sorted(f for f in source.iterdir() if f.suffix.lower() in wanted and f.is_file())
    if not found:
        raise FormatError(
            f"'{shown(str(source), 200)}' holds no file that ends in {', '.join(wanted)}. Name the files."
        )
    return found


def _kind(files: Sequence[Path]) -> str:
    kinds = dict.fromkeys(_KINDS.get(f.suffix.lower()) for f in files)
    odd = [f.name for f in files if f.suffix.lower() not in _KINDS]
    if odd:
        raise UsageError(
            f"What '{shown(odd[0])}' is cannot be told by its ending. "
            "Say it with --format, or save it as .xlsx or .csv."
        )
    if len(kinds) > 1:
        told = " and ".join(str(k) for k in kinds)
        raise UsageError(f"These files are of several kinds: {told}. Import one kind, or say which with --format.")
    return str(next(iter(kinds)))


def _save_folder(files: Sequence[Source], place: Path) -> None:
    """Make a folder that appears with all its files or not at all."""
    target = place.absolute()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".detente-") as made:
        inside = Path(made) / "files"
        inside.mkdir()
        for file in files:
            write_whole(inside / file.name, file.content)
        inside.replace(target)
    settle(target.parent)
