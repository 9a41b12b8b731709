"""Which parties, persons, places, roles and issues does the reader know, and which did the user add?"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from detente.errors import DocumentError, SituationError
from detente.read.parties.entries import IssueEntry, LexiconFile, PartyEntry, Person
from detente.read.parties.index import Names, Roles, Topics, name_index, role_index, topic_index
from detente.situation.values import slug

SHIPPED = ("parties.json", "issues.json")
LIMIT_BYTES = 2_000_000
_LISTS = ("aliases", "demonyms", "capitals", "metonyms", "shy", "places", "people", "members", "weak", "not_in")
Entry = TypeVar("Entry", PartyEntry, IssueEntry)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What does the reader know by name? The user's own entries come first."""

    parties: tuple[PartyEntry, ...]
    issues: tuple[IssueEntry, ...]
    names: Names
    roles: Roles
    role_words: frozenset[str]
    topics: Topics
    party_names: dict[str, str]
    party_kinds: dict[str, str]
    issue_names: dict[str, str]
    by_id: dict[str, PartyEntry]
    issue_by_id: dict[str, IssueEntry]

    def party(self, party_id: str) -> PartyEntry | None:
        """Which entry has this id?"""
        return self.by_id.get(party_id)

    def issue(self, issue_id: str) -> IssueEntry | None:
        """Which issue has this id?"""
        return self.issue_by_id.get(issue_id)


def load_lexicon(*user_files: Path) -> Lexicon:
    """Which names does the reader know: the shipped ones, and those of the user's files, which come first?

    A user's file is YAML or JSON with any of the parts `parties`, `people`, `places`, `roles`, `not_parties` and
    `issues`. An entry with the id (or name) of a known one adds its names to it and overrides its other fields; with
    `replace: true` it takes its place. A name of a user's entry stands for that entry alone. Earlier files win.

    Raises DocumentError when a file cannot be read and SituationError, with every fault, when it is no lexicon.

    >>> lexicon = load_lexicon()
    >>> lexicon.party("oman").capitals
    ('Muscat',)
    """
    shipped = [LexiconFile.model_validate_json(_shipped(name)) for name in SHIPPED]
    return _compiled([_read(file) for file in user_files], shipped)


def lexicon_of(*parts: LexiconFile, shipped: bool = True) -> Lexicon:
    """Which names does a reader know that has these parts first, and the shipped ones after them?"""
    rest = [LexiconFile.model_validate_json(_shipped(name)) for name in SHIPPED] if shipped else []
    return _compiled(list(parts), rest)


def _shipped(name: str) -> bytes:
    return (files("detente.read.lexicon") / name).read_bytes()


def _compiled(own: list[LexiconFile], shipped: list[LexiconFile]) -> Lexicon:
    mine = [_settled(part) for part in own]
    parts = [*mine, *shipped]
    parties = _with_people(_merged(p for part in parts for p in part.parties), parts)
    issues = _merged(i for part in parts for i in part.issues)
    own_parties = frozenset(p.id for part in mine for p in part.parties)
    own_issues = frozenset(i.id for part in mine for i in part.issues)
    roles = role_index(row for part in parts for row in part.roles)
    return Lexicon(
        parties=parties,
        issues=issues,
        names=name_index(parties, [n for part in parts for n in part.not_parties], own_parties),
        roles=roles,
        role_words=frozenset(key for group in roles.values() for role in group for key in role.pattern.keys),
        topics=topic_index(issues, own_issues),
        party_names={party.id: party.name for party in parties},
        party_kinds={party.id: party.kind for party in parties},
        issue_names={issue.id: issue.name for issue in issues},
        by_id={party.id: party for party in parties},
        issue_by_id={issue.id: issue for issue in issues},
    )


def _settled(part: LexiconFile) -> LexiconFile:
    """Give every entry without an id the one its name makes."""
    parties = tuple(p if p.id else p.model_copy(update={"id": slug(p.name)}) for p in part.parties)
    issues = tuple(i if i.id else i.model_copy(update={"id": slug(i.name)}) for i in part.issues)
    return part.model_copy(update={"parties": parties, "issues": issues})


def _merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """One entry per id: the first one's fields, with the lists of the later ones behind its own."""
    found: dict[str, Entry] = {}
    for entry in entries:
        first = found.get(entry.id)
        if first is None:
            found[entry.id] = entry
        elif not first.replace:
            found[entry.id] = _joined(first, entry)
    return tuple(found.values())


def _joined(first: Entry, later: Entry) -> Entry:
    update = _additions(first, later)
    if first.name != later.name:
        update["aliases"] = tuple(dict.fromkeys((*first.aliases, later.name, *later.aliases)))
    return first.model_copy(update=update)


def _additions(first: BaseModel, later: BaseModel) -> dict[str, object]:
    """What does a later entry add to an earlier one of the same id?"""
    update: dict[str, object] = {}
    for part in sorted(first.model_fields_set | later.model_fields_set):
        if part in _LISTS:
            update[part] = tuple(dict.fromkeys([*getattr(first, part), *getattr(later, part)]))
        elif part not in first.model_fields_set:
            update[part] = getattr(later, part)
    return update


def _with_people(parties: tuple[PartyEntry, ...], parts: list[LexiconFile]) -> tuple[PartyEntry, ...]:
    people: dict[str, list[Person]] = {}
    places: dict[str, list[str]] = {}
    for part in parts:
        for person in part.people:
            people.setdefault(person.party, []).append(person)
        for row in part.places:
            places.setdefault(row.party, []).extend(row.names)
    return tuple(_peopled(party, people.get(party.id, []), places.get(party.id, [])) for party in parties)


def _peopled(party: PartyEntry, people: list[Person], places: list[str]) -> PartyEntry:
    if not people and not places:
        return party
    return party.model_copy(update={"people": (*party.people, *people), "places": (*party.places, *places)})


def _read(file: Path) -> LexiconFile:
    """What does a user's file add?"""
    raw = _yaml(file)
    if not isinstance(raw, dict):
        parts = ", ".join(LexiconFile.model_fields)
        raise SituationError(f"'{file.name}' is no lexicon: at the top it needs one or more of the parts {parts}.")
    try:
        part = LexiconFile.model_validate(raw)
    except ValidationError as error:
        raise SituationError(_faults(file, raw, error)) from None
    lost = sorted({p.name for p in part.people if not p.party})
    if lost:
        raise SituationError(
            f"'{file.name}': the part people holds {', '.join(lost)} without a party. "
            "Add `party:` with the id of the party, such as iran, to each."
        )
    return part


def _yaml(file: Path) -> object:
    try:
        size, text = file.stat().st_size, file.read_text(encoding="utf-8")
    except OSError as error:
        raise DocumentError(
            f"The lexicon '{file.name}' cannot be read ({error.strerror}). Check its path and that you may read it."
        ) from None
    except UnicodeDecodeError:
        raise DocumentError(f"The lexicon '{file.name}' is not UTF-8 text. Save it as UTF-8.") from None
    if size > LIMIT_BYTES:
        raise DocumentError(
            f"The lexicon '{file.name}' has {size:,} bytes, over the limit of {LIMIT_BYTES:,}. Split it."
        )
    try:
        return YAML(typ="safe", pure=True).load(StringIO(text))
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise SituationError(f"'{file.name}'{where}: this is not YAML ({problem}). Mend that line.") from None


def _faults(file: Path, raw: dict[object, object], error: ValidationError) -> str:
    """Every fault of a file in one message: which entry, what is wrong, how to cure it."""
    lines = [_fault(raw, fault["loc"], fault["type"], fault["msg"]) for fault in error.errors()]
    return f"'{file.name}' has {len(lines)} fault(s):\n" + "\n".join(f"  {line}" for line in lines)


def _fault(raw: dict[object, object], place: tuple[int | str, ...], kind: str, message: str) -> str:
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in place)
    entry: object = raw
    name = ""
    for step in place:
        entry = _child(entry, step)
        if isinstance(entry, dict) and isinstance(entry.get("name"), str):
            name = f" ({entry['name']})"
    return f"{where}{name}: {_cure(kind, message)}"


def _child(entry: object, step: int | str) -> object:
    if isinstance(entry, dict):
        return entry.get(step)
    if isinstance(entry, list) and isinstance(step, int) and step < len(entry):
        return entry[step]
    return None


def _cure(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "this field is unknown. Check its spelling or take it out."
    if kind == "missing":
        return "this field is required. Add it."
    if kind in {"tuple_type", "string_type"}:
        want = "a list, such as [one, two]" if kind == "tuple_type" else "text; put it in quotes"
        return f"this must be {want}."
    return f"{message.removeprefix('Value error, ')}. Change it to that."
