"""How does the reader code single sentences that others coded by hand: who does what to whom?

Three sets, each with its own coding: the PLOVER gold records (one event a sentence), the validation records of
PETRARCH2 (dyads), and a probe of sentences with what must and what must not be read into them. Codes are those of
countries, three letters; the sectors behind them (government, military, rebels) are cut off, because the reader
resolves parties and not sectors.
"""

import ast
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.read.documents import from_text
from detente.read.extract import lines_of, read, scenes_of
from detente.read.frames import Frames, load_frames
from detente.read.items import Actor, Reading
from detente.read.language import Pipeline, load_pipeline
from detente.read.parties import Lexicon, all_mentions, load_lexicon
from detente.read.summary import MUTUAL, is_event, sides

NO_EVENT = {"ASSESS", "WANT"}  # attitudes, which the event codings have no code for
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}  # since PLOVER 0.5
MISSPELT = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM", "TMP": "TLS"}
QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """The whole reader, loaded once."""

    pipeline: Pipeline
    lexicon: Lexicon
    frames: Frames

    def read(self, text: str) -> Reading:
        document = from_text(text, name="text")
        return read(document, self.pipeline.sentences(document), lexicon=self.lexicon, frames=self.frames)


def load_reader() -> Reader:
    return Reader(load_pipeline(), load_lexicon(), load_frames())


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event: PLOVER category, and the countries it goes from and to, where they are known."""

    act: str
    source: str | None
    target: str | None


def country_codes(lexicon: Lexicon, synonyms: Path) -> dict[str, str]:
    """Give every party of the lexicon a country code: its own by name, else that of its home; IGO for organisations."""
    listed: dict[str, list[str]] = json.loads(synonyms.read_text(encoding="utf-8"))["countries"]
    by_name = {_key(name): code for code, names in listed.items() for name in names}
    found: dict[str, str] = {}
    for party in lexicon.parties:
        names = (party.name, *party.aliases) if party.kind in ("state", "entity") else ()
        code = next((by_name[_key(name)] for name in names if _key(name) in by_name), None)
        if code is None and party.kind in ("organisation", "bloc"):
            code = "IGO"
        if code is not None:
            found[party.id] = MISSPELT.get(code, code)
    for party in lexicon.parties:
        if party.id not in found and party.home in found:
            found[party.id] = found[party.home]
    return found


def _key(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").replace("_", " ").split())


def events(reading: Reading, codes: dict[str, str], *, summary_only: bool) -> tuple[set[Event], int]:
    """Return the coded events, those of meetings and agreements in both directions, and how many there are at all."""
    found: set[Event] = set()
    outputs: set[tuple[str, ...]] = set()
    for item in reading.items:
        if item.negated or item.act in NO_EVENT or (summary_only and not is_event(item)):
            continue
        for source, target in tuple(sides(item)) or ((None, None),):
            homes = (source or _home(item.actors), target or _home(item.recipients))
            ends = (codes.get(homes[0] or ""), codes.get(homes[1] or ""))
            named = [homes[0] or "", homes[1] or ""]
            outputs.add((item.act, *(sorted(named) if item.act in MUTUAL else named)))
            found.add(Event(item.act, *ends))
            if item.act in MUTUAL and not (item.act == "AGREE" and item.recipients):
                found.add(Event(item.act, *ends[::-1]))
    return found, len(outputs)


def _home(actors: tuple[Actor, ...]) -> str | None:
    """Tell where people whom no lexicon knows are at home: the codings give opposition and rebels their country."""
    return next((a.country for a in actors if a.country), None)


@dataclass(frozen=True, slots=True)
class Coded:
    """How many of the records were coded as by hand, in each respect, and with how many outputs."""

    records: int
    act: int
    quad: int
    source: int
    target: int
    dyad: int
    full: int
    outputs: int


@dataclass(frozen=True, slots=True)
class _Gold:
    act: str
    sources: frozenset[str | None]
    targets: frozenset[str | None]

    def checks(self, got: set[Event]) -> dict[str, bool]:
        """Tell in which respects any of the outputs is right."""
        dyads = [e for e in got if e.source in self.sources and e.target in self.targets]
        return {
            "act": any(e.act == self.act for e in got),
            "quad": any(QUAD[e.act] == QUAD[self.act] for e in got),
            "source": any(e.source in self.sources for e in got),
            "target": any(e.target in self.targets for e in got),
            "dyad": bool(dyads),
            "full": any(e.act == self.act for e in dyads),
        }


def plover_records(reader: Reader, file: Path, codes: dict[str, str], *, summary_only: bool) -> Coded:
    """Code the PLOVER gold records; a record is right in a respect when any of its outputs is.

    Where several sources and no target are coded by hand, they do it to one another. Where one source and no target
    is, an output without a target is right.
    """
    rows = [r for r in json.loads(file.read_text(encoding="utf-8")) if r["event"] != "DOCUMENT"]
    counts = dict.fromkeys(("act", "quad", "source", "target", "dyad", "full"), 0)
    outputs = 0
    for row in rows:
        got, made = events(reader.read(row["text"]), codes, summary_only=summary_only)
        outputs += made
        for respect, right in _gold(row).checks(got).items():
            counts[respect] += right
    return Coded(records=len(rows), outputs=outputs, **counts)


def _gold(row: dict[str, Any]) -> _Gold:
    sources, targets = (_coded(row.get(end)) for end in ("source", "target"))
    if not targets and len(sources) > 1:
        targets = sources
    act = RENAMED.get(row["event"], row["event"])
    return _Gold(act, sources or frozenset((None,)), targets or frozenset((None,)))


def _coded(actors: Any) -> frozenset[str | None]:
    codes = (str(actor["code"])[:3] for actor in actors) if isinstance(actors, list) else ()
    return frozenset(MISSPELT.get(code, code) for code in codes)


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked for, what came out, and what of it was right."""

    asked: int
    got: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.got if self.got else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.asked + self.got) if self.asked + self.got else 0.0


Dyad = tuple[str, str]


def petrarch_dyads(reader: Reader, file: Path, codes: dict[str, str]) -> Found:
    """Find who acts on whom in the validation records, from the raw sentence; directions count."""
    pairs = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        # One record has a parse and no sentence: its dyad counts as asked for, and nothing can be read.
        text = row["text"].strip()
        got = events(reader.read(text), codes, summary_only=False)[0] if text else set()
        gold = dyads((e["source"], e["target"]) for e in row["events"])
        pairs.append((gold, directed(got, gold)))
    return compared(pairs)


def directed(got: set[Event], gold: set[Dyad]) -> set[Dyad]:
    """Give what several do together the direction it has in the gold records, which keep one of the two as a rule."""
    mutual = dyads(_named(e for e in got if e.act in MUTUAL))
    plain = dyads(_named(e for e in got if e.act not in MUTUAL))
    kept = {(a, b) for a, b in mutual if (a, b) in gold or ((b, a) not in gold and ((b, a) not in mutual or a < b))}
    return plain | kept


def recorded_dyads(file: Path) -> Found:
    """Score a recorded run of another coder on the same records in the same way."""
    pairs = []
    for row in json.loads(file.read_text(encoding="utf-8")):
        gold, got = (dyads(ast.literal_eval(event)[:2] for event in row[part]) for part in ("gold", "got"))
        pairs.append((gold, got))
    return compared(pairs)


def _named(got: Iterable[Event]) -> Iterator[Dyad]:
    return ((e.source, e.target) for e in got if e.source is not None and e.target is not None)


def dyads(coded: Iterable[Dyad]) -> set[Dyad]:
    """Cut codes down to countries; an end without one is no end."""
    return {(a[:3], b[:3]) for a, b in coded if "---" not in (a[:3], b[:3])}


def compared(pairs: Iterable[tuple[set[Dyad], set[Dyad]]]) -> Found:
    told = list(pairs)
    return Found(
        asked=sum(len(gold) for gold, _ in told),
        got=sum(len(got) for _, got in told),
        right=sum(len(gold & got) for gold, got in told),
    )


def speakers_found(reader: Reader, file: Path, genres: Iterable[str]) -> Found:
    """Find who is the source of what is said, where a cue is annotated; documents of the training set are left out."""
    asked = right = got = 0
    wanted = frozenset(genres)
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        if row["split"] == "train" or row["genre"] not in wanted or not row["cue"]:
            continue
        spans = _speaker_spans(reader, row["text"])
        asked, got = asked + 1, got + len(spans)
        right += any(a < s["end"] and s["start"] < b for a, b in spans for s in row["source"])
    return Found(asked=asked, got=got, right=right)


def _speaker_spans(reader: Reader, text: str) -> set[tuple[int, int]]:
    sentences = tuple(reader.pipeline.sentences(from_text(text, name="text")))
    found = all_mentions(sentences, reader.lexicon)
    scenes = scenes_of(lines_of(sentences, found, lexicon=reader.lexicon, frames=reader.frames), reader.frames)
    groups = ((s.line, f.group) for s in scenes for said in s.speech for f in said.speakers)
    return {line.offsets(group.first, group.last) for line, group in groups}
