"""What must, and what must not, be read into single sentences of our own?

A probe lists sentences with the readings expected of each (act, actor, and where told recipient, stance, condition and
modality) and those that would be errors. Alternatives are joined by a bar. Two probes have this form; the second was
written before the rules that read it, and keeps the score of its first run.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _records import Reader

from detente.read.items import Actor, Item

# What the first probe says beside a sentence, as a sentence.
BEFORE = {
    "P07": "Abbas Araghchi is Iran's foreign minister. ",
    "P16": "Iran's foreign minister is Abbas Araghchi. ",
    "P28": "The United States and Iran held talks. ",
}
PREVIOUS = "Previous sentence:"
RESPECTS = ("recipient", "stance", "condition", "modality")


@dataclass(frozen=True, slots=True)
class Probed:
    """How many expected readings were found, of how many, in which respects they are right, and what was forbidden.

    `right` and `asked` count by respect, over the readings that were found.
    """

    found: int
    expected: int
    made: int
    forbidden: int
    right: dict[str, int]
    asked: dict[str, int]
    missed: tuple[str, ...] = ()


def probe(reader: Reader, file: Path, codes: dict[str, str]) -> Probed:
    """Ask each sentence of the probe for the act and the actor that it must give, and for what it must not give."""
    found = expected = made = forbidden = 0
    right, asked = dict.fromkeys(RESPECTS, 0), dict.fromkeys(RESPECTS, 0)
    missed: list[str] = []
    for row in json.loads(file.read_text(encoding="utf-8"))["items"]:
        items = _items(reader, row)
        for want in row["expect"]:
            expected += 1
            hits = [i for i in items if _hits(i, want, codes)]
            if not hits and not (want.get("soft", False) and not items):
                missed.append(f"{row['id']} {want['act']} {want['actor']['party']}")
                continue
            found += 1
            for respect, tests in _respects(want, hits, codes).items():
                asked[respect] += 1
                right[respect] += tests
        for rule in row["must_not"]:
            forbidden += 1
            broken = any(_is_made(item, rule, codes) for item in items)
            made += broken
            missed += [f"{row['id']} made {rule}"] * broken
    return Probed(found, expected, made, forbidden, right, asked, tuple(missed))


def _items(reader: Reader, row: dict[str, Any]) -> list[Item]:
    told = row["context"] or ""
    before = told.removeprefix(PREVIOUS).strip() + " " if told.startswith(PREVIOUS) else BEFORE.get(row["id"], "")
    return [i for i in reader.read(before + row["text"]).items if i.evidence[0].start >= len(before) - 1]


def _codes_of(party: str | None) -> set[str]:
    named = (party or "").split("|")
    return {"IGO" if code == "EUR" else code.partition(".")[0] for code in named if code}


def _hits(item: Item, want: dict[str, Any], codes: dict[str, str]) -> bool:
    wanted = _codes_of(want["actor"]["party"])
    return item.act in want["act"].split("|") and (not wanted or bool(wanted & _coded(item.actors, codes)))


def _coded(actors: tuple[Actor, ...], codes: dict[str, str]) -> set[str]:
    return {codes[a.party] for a in actors if a.party in codes}


def _respects(want: dict[str, Any], hits: list[Item], codes: dict[str, str]) -> dict[str, bool]:
    """Tell in which respects that were told any of the hits is right."""
    found: dict[str, bool] = {}
    if want["recipient"] is not None and want["recipient"]["party"]:
        to = _codes_of(want["recipient"]["party"])
        found["recipient"] = any(to & _coded(i.recipients, codes) for i in hits)
    if want["stance"]:
        found["stance"] = any(_stanced(i, issue, kind) for i in hits for issue, kind in want["stance"].items())
    if want["condition"] is not None:
        words = want["condition"]["text"]
        found["condition"] = any(_overlap(i.condition.text, words) > 0.5 for i in hits if i.condition is not None)
    if want.get("modality") is not None:
        found["modality"] = any(i.modality in want["modality"].split("|") for i in hits)
    return found


def _stanced(item: Item, issues: str, kinds: str) -> bool:
    """The first probe writes 'against-inclusion' and the like, of which the first word is the stance."""
    wanted = {kind if kind == "only-this" else kind.partition("-")[0] for kind in kinds.split("|")}
    return any(s.issue in issues.split("|") and s.stance in wanted for s in item.issues)


def _overlap(got: str, words: str) -> float:
    mine, theirs = set(got.lower().split()), set(words.lower().split())
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def _is_made(item: Item, rule: dict[str, Any], codes: dict[str, str]) -> bool:
    if item.act != rule["act"] or item.modality != rule.get("modality", item.modality):
        return False
    if item.negated != rule.get("negated", item.negated) or ("attributed_to" in rule and item.attribution):
        return False
    if "actor" in rule and not _codes_of(rule["actor"]) & _coded(item.actors, codes):
        return False
    if "issue" in rule and rule["issue"] not in {s.issue for s in item.issues}:
        return False
    return not rule.get("actor_party_any") or any(a.party for a in item.actors)
