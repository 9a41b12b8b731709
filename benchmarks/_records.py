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
from detente.read.extract import read
from detente.read.frames import Frames, load_frames
from detente.read.items import Item, Reading
from detente.read.language import Pipeline, load_pipeline
from detente.read.parties import Lexicon, load_lexicon
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
# What the probe says beside a sentence, as a sentence.
BEFORE = {
    "P07": "Abbas Araghchi is Iran's foreign minister. ",
    "P16": "Iran's foreign minister is Abbas Araghchi. ",
    "P28": "The United States and Iran held talks. ",
}
PREVIOUS = "Previous sentence:"


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
            ends = (codes.get(source or ""), codes.get(target or ""))
            named = [source or "", target or ""]
            outputs.add((item.act, *(sorted(named) if item.act in MUTUAL else named)))
            found.add(Event(item.act, *ends))
            if item.act in MUTUAL:
                found.add(Event(item.act, *ends[::-1]))
    return found, len(outputs)


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
        dyads = [e for e in got if e.source in self.sources and e.target in self.targets and e.source != e.target]
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
        pairs.append((_dyads((e["source"], e["target"]) for e in row["events"]), _dyads(_named(got))))
    return _compared(pairs)


def recorded_dyads(file: Path) -> Found:
    """Score a recorded run of another coder on the same records in the same way."""
    pairs = []
    for row in json.loads(file.read_text(encoding="utf-8")):
        gold, got = (_dyads(ast.literal_eval(event)[:2] for event in row[part]) for part in ("gold", "got"))
        pairs.append((gold, got))
    return _compared(pairs)


def _named(got: Iterable[Event]) -> Iterator[Dyad]:
    return ((e.source, e.target) for e in got if e.source is not None and e.target is not None)


def _dyads(coded: Iterable[Dyad]) -> set[Dyad]:
    """Cut codes down to countries; an end without one is no end."""
    return {(a[:3], b[:3]) for a, b in coded if "---" not in (a[:3], b[:3])}


def _compared(pairs: Iterable[tuple[set[Dyad], set[Dyad]]]) -> Found:
    told = list(pairs)
    return Found(
        asked=sum(len(gold) for gold, _ in told),
        got=sum(len(got) for _, got in told),
        right=sum(len(gold & got) for gold, got in told),
    )


@dataclass(frozen=True, slots=True)
class Probed:
    """How many expected readings were found, of how many, and how many forbidden ones were made, of how many."""

    found: int
    expected: int
    made: int
    forbidden: int


def probe(reader: Reader, file: Path, codes: dict[str, str]) -> Probed:
    """Ask each sentence of the probe for the act and the actor that it must give, and for what it must not give."""
    found = expected = made = forbidden = 0
    for row in json.loads(file.read_text(encoding="utf-8"))["items"]:
        told = row["context"] or ""
        before = told.removeprefix(PREVIOUS).strip() + " " if told.startswith(PREVIOUS) else BEFORE.get(row["id"], "")
        items = [i for i in reader.read(before + row["text"]).items if i.evidence[0].start >= len(before) - 1]
        expected += len(row["expect"])
        found += sum(_is_found(items, want, codes) for want in row["expect"])
        forbidden += len(row["must_not"])
        made += sum(any(_is_made(item, rule) for item in items) for rule in row["must_not"])
    return Probed(found=found, expected=expected, made=made, forbidden=forbidden)


def _is_found(items: list[Item], want: dict[str, Any], codes: dict[str, str]) -> bool:
    named = (want["actor"]["party"] or "").split("|")
    wanted = {"IGO" if code == "EUR" else code.partition(".")[0] for code in named if code}
    hits = [i for i in items if i.act == want["act"] and (not wanted or wanted & _actors(i, codes))]
    return bool(hits) or (want.get("soft", False) and not items)


def _actors(item: Item, codes: dict[str, str]) -> set[str]:
    return {codes[a.party] for a in item.actors if a.party in codes}


def _is_made(item: Item, rule: dict[str, Any]) -> bool:
    if item.act != rule["act"] or item.modality != rule.get("modality", item.modality):
        return False
    if item.negated != rule.get("negated", item.negated) or ("attributed_to" in rule and item.attribution):
        return False
    return not rule.get("actor_party_any") or any(a.party for a in item.actors)
