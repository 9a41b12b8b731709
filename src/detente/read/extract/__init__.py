"""Who does or says what in a document? Rules over parsed sentences, every item with its exact quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.read.documents import Document
from detente.read.extract.build import Naming
from detente.read.extract.matters import with_matters
from detente.read.extract.merge import remember
from detente.read.extract.names import hits_of, names_of
from detente.read.extract.people import Memory, group_names
from detente.read.extract.reading import assemble
from detente.read.extract.repairs import repaired
from detente.read.extract.scene import Scene, build_scene
from detente.read.extract.talks import main_table, table_of
from detente.read.extract.verbs import list_right
from detente.read.extract.words import TALK_WORDS, Line, build_line, words_of
from detente.read.frames import Frames
from detente.read.issues import issue_hits
from detente.read.items import Reading
from detente.read.language import Sentence
from detente.read.parties import Lexicon, Mention, all_mentions

__all__ = ["assemble", "lines_of", "naming_of", "read", "scenes_of"]


def read(document: Document, sentences: Sequence[Sentence], *, lexicon: Lexicon, frames: Frames) -> Reading:
    """What does the document say: items with exact quotes, parties, issues, mediators, hosts and venues?"""
    found = all_mentions(sentences, lexicon, when=document.published)
    lines = lines_of(sentences, found, lexicon=lexicon, frames=frames)
    return assemble(document, scenes_of(lines, frames), naming_of(lexicon))


def naming_of(lexicon: Lexicon) -> Naming:
    """Under which names does the lexicon show parties and issues?"""
    return Naming(parties=lexicon.party_names, kinds=lexicon.party_kinds, issues=lexicon.issue_names)


def lines_of(
    sentences: Iterable[Sentence], found: Iterable[tuple[Mention, ...]], *, lexicon: Lexicon, frames: Frames
) -> tuple[Line, ...]:
    """Which words, names and issues has each sentence, with common tagging mistakes mended?"""
    kinds = {entry.id: entry.kind for entry in lexicon.issues}
    lines = []
    for sentence, mentions in zip(sentences, found, strict=True):
        words = words_of(list(sentence.span), base=sentence.base)
        names = names_of(words, mentions)
        hits = hits_of(words, issue_hits(sentence, lexicon, mentions), kinds)
        place = (sentence.id, sentence.start, sentence.end, sentence.block, sentence.text)
        line = build_line(repaired(words, names, frames), sentence=place)
        lines.append(replace(line, names=names, hits=hits))
    return with_matters(lines)


def scenes_of(lines: Iterable[Line], frames: Frames) -> tuple[Scene, ...]:
    """What is known of each sentence before the rules run, with what the sentences before it leave behind?"""
    lines = tuple(lines)
    memory = Memory(sides=_sides(lines, frames))
    scenes = []
    for line in lines:
        scene = build_scene(line, memory, frames)
        scenes.append(scene)
        memory = remember(memory, scene)
    return tuple(scenes)


def _sides(lines: tuple[Line, ...], frames: Frames) -> tuple[str, ...]:
    pairs = []
    for line in lines:
        scene = Scene(line, Memory(), frames)
        for group in (g for g in line.groups if line.low(g.head) in TALK_WORDS):
            pairs.append(tuple(f.party for f in table_of(scene, group) if f.party))
    return main_table(pairs) or _foremost(lines) or main_table(_joined(line) for line in lines)


def _foremost(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Which two parties are named more often than all others, where no talks are named?"""
    told = Counter(n.party for line in lines for n in line.names if not n.is_place and n.how != "pronoun")
    top = told.most_common(3)
    clear = len(top) > 1 and top[1][1] > (top[2][1] if len(top) > 2 else 1)
    return tuple(sorted(party for party, _ in top[:2])) if clear else ()


def _joined(line: Line) -> tuple[str, ...]:
    """Which two parties are named as a pair ("A and B", "between A and B"), where no talks are named?"""
    for group in line.groups:
        chain = list_right(line, group, whole=True)
        named = [n.party for g in chain for n in group_names(line, g)[:1]]
        if len(chain) == 2 and len(set(named)) == 2:
            return tuple(named)
    return ()
