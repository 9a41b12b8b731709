"""In which order is told what each source does to the answers?"""

from collections.abc import Iterator

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Grid, Listing, Paragraph, Section, Sentence
from detente.brief.evidence import Evidence
from detente.brief.register import Register
from detente.brief.sections import sources as documents
from detente.brief.sections.evidence import pictures
from detente.brief.sections.evidence.telling import HOW, SHARE, WEIGHED, Telling
from detente.brief.words import Names, capital, counted, listed
from detente.levers.sources import Diagnosis, Question, Reading, Shift, Weight

NAMED = 3
STILL = 0.005  # of draws: what moves less than this is not told as a move


def sections(found: Evidence, register: Register) -> tuple[Section, ...]:
    """Write the sections: what sources move, one line for each, the hypotheses, and the sentences where asked for."""
    told = Telling(found.situation, Names(found.situation), register)
    parts = [
        Section("evidence", "What each source does to the answers", tuple(_overview(found.sources, told))),
        Section("without", "Without it", tuple(_without(found.sources, told))),
        Section("hypotheses", "The answers that compete", tuple(_hypotheses(found.sources, told))),
    ]
    if found.sentences is not None:
        of = f" of {found.of}" if found.of else ""
        blocks = tuple(_sentences(found.sentences, told))
        parts.append(Section("sentences", f"What each quoted sentence{of} does", blocks))
    return tuple(s for s in parts if s.blocks)


def composed(found: Evidence) -> Brief:
    """Write everything about what sources do to the answers."""
    register = Register()
    told = sections(found, register)
    view = View(situation=found.situation, table=found.table)
    draws, seed = found.sources.draws, found.sources.seed
    answers = Answers(view, view, (), found.texts, found.version, found.fingerprint, found.no_deal, draws, seed)
    shown = documents.sources(answers, register)
    day = found.situation.as_of
    return Brief(
        title="What each source does to the answers",
        subtitle=f"{found.situation.title}, {f'as of {day.isoformat()}' if day else 'undated'}",
        sections=told,
        quotes=documents.quotes(found.situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=(
            Fact("detente", found.version),
            Fact("situation", found.fingerprint),
            Fact("table", found.table),
            Fact("no-deal values", found.no_deal),
            Fact("draws", str(draws)),
            Fact("seed", str(seed)),
        ),
    )


def _overview(found: Diagnosis, told: Telling) -> Iterator[Block]:
    if not found.weights:
        yield Paragraph((told.say("The situation names no document, so no source can be switched off.", HOW),))
        return
    yield Paragraph(tuple(_lead(found, told)))
    yield from pictures.matrix(found, told, id="evidence")
    heads = ("source", "quotes", "doublings of a ratio", "greatest shift", "verdicts turned", "asked only with it")
    rows = tuple(_ranked(w, told) for w in found.weights)
    yield Grid(told.say("The sources by how far they move any balance between hypotheses.", WEIGHED), heads, rows)


def _lead(found: Diagnosis, told: Telling) -> Iterator[Sentence]:
    clear = [w for w in found.weights if w.is_diagnostic]
    raising = [w for w in found.weights if w.raises and not w.is_diagnostic]
    rest = [w for w in found.weights if not w.is_diagnostic and not w.raises]
    what = counted(len(found.weights), "source", "sources")
    if clear:
        verb = "moves" if len(clear) == 1 else "move"
        first = (
            f"{len(clear)} {verb} an answer clearly (five draws in a hundred, or another verdict), "
            f"{told.source(clear[0].unit)} the most"
        )
    else:
        first = "none moves an answer clearly on its own: by five draws in a hundred, or to another verdict"
    yield told.say(f"Of {what}, {first}.", WEIGHED)
    if raising:
        names = listed(told.source(w.unit) for w in raising)
        text = f"Without {names} some questions would not be asked at all; the other answers hardly move."
        yield told.say(text, HOW, [q for w in raising for q in w.unit.quotes])
    if rest:
        names = listed(told.source(w.unit) for w in rest)
        text = f"Not diagnostic on its own, whatever it says: {names}."
        yield told.say(text, HOW, [q for w in rest for q in w.unit.quotes])
    yield told.say(
        "What two sources say both moves nothing when one of them is switched off: this tells on which one alone an "
        f"answer rests, not which one is true; {SHARE}.", HOW,
    )  # fmt: skip


def _ranked(weight: Weight, told: Telling) -> tuple[Sentence, ...]:
    cells = (
        told.source(weight.unit), str(len(weight.unit.quotes)), f"{weight.doublings:.1f}",
        f"{100 * weight.difference:.0f} of 100 draws", str(len(weight.turns)), str(len(weight.raises)),
    )  # fmt: skip
    return told.row(cells, WEIGHED, weight.unit.quotes)


def _without(found: Diagnosis, told: Telling) -> Iterator[Block]:
    if found.weights:
        yield Listing(tuple(told.say(_line(w, found, told), HOW, w.unit.quotes) for w in found.weights))


def _line(weight: Weight, found: Diagnosis, told: Telling) -> str:
    """Say in one line what the answer would be without a source."""
    parts = [*_moves(weight, found, told), *_not_asked(weight, found, told)]
    fell = f"what falls: {told.falls(weight.fallen)}" if weight.fallen else "nothing rests on it alone"
    if not parts:
        return f"Without {told.source(weight.unit)} no answer moves; {fell}."
    return f"Without {told.source(weight.unit)}, {'; '.join(parts)}; {fell}."


def _moves(weight: Weight, found: Diagnosis, told: Telling) -> Iterator[str]:
    """Tell the deal or crisis it moves most, whose verdict turns, and count the rest."""
    known = {q.id: (q, r) for q, r in zip(found.questions, found.standing, strict=True)}
    moved = [s for s in weight.shifts if s.turns or abs(s.difference) >= STILL]
    order = sorted(moved, key=lambda s: (-round(s.doublings, 9), not s.turns))
    for shift in order[:1]:
        yield shifted(*known[shift.question], shift, told)
    more = len(order) - 1
    if more > 0:
        yield f"{counted(more, 'other answer moves', 'other answers move')} as well"


def shifted(question: Question, stands: Reading, shift: Shift, told: Telling) -> str:
    """Say what an answer would be without a source, in place of what it is."""
    then = shift.without
    assert then is not None  # what could not be asked has not moved
    if stands.shares is None or then.shares is None:
        was, now = told.verdict(question, stands), told.verdict(question, then)
        return f"in the way of a deal on {question.agenda} would be {now}, in place of {was}"
    text = f"{told.would(question, shift.at, told.share(then, shift.at))}, in place of {told.share(stands, shift.at)}"
    return text + (f" (verdict: {told.verdict(question, then)})" if shift.turns else "")


def _not_asked(weight: Weight, found: Diagnosis, told: Telling) -> Iterator[str]:
    known = {q.id: q for q in found.questions}
    lost = [known[s.question] for s in weight.raises if known[s.question].kind != "blocked"]
    if lost:
        names = [told.question(q) for q in lost]
        kept = names if len(names) <= NAMED else [*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"]
        yield f"nobody would ask about {listed(kept)}"


def _hypotheses(found: Diagnosis, told: Telling) -> Iterator[Block]:
    if not found.questions:
        text = "Nothing can be asked of this table: nobody is known to want anything there. Add stances and an agenda."
        yield Paragraph((told.say(text, HOW),))
        return
    rows = tuple(told.row(_stands(q, r, told), SHARE) for q, r in zip(found.questions, found.standing, strict=True))
    caption = told.say(f"Every question with the answers that compete, all sources on; {SHARE}.", SHARE)
    yield Grid(caption, ("question", "verdict", "shares of draws"), rows, fold="Every question as it stands")


def _stands(question: Question, reading: Reading, told: Telling) -> tuple[str, str, str]:
    shares = "not sampled: at the best guess"
    if reading.shares is not None:
        named = question.hypotheses if question.kind == "deal" else [told.end(k) for k in range(len(reading.shares))]
        parts = (f"{name} in {told.share(reading, k)}" for k, name in enumerate(named) if reading.shares[k])
        shares = "; ".join(parts)
    return capital(told.question(question)), told.verdict(question, reading), shares


def _sentences(found: Diagnosis, told: Telling) -> Iterator[Block]:
    moving = [w for w in found.weights if w.doublings or w.turns or w.raises]
    still = len(found.weights) - len(moving)
    count = counted(len(found.weights), "quoted sentence", "quoted sentences")
    text = f"Of {count}, {len(moving)} would change something if it alone were missing; {still} would change nothing."
    yield Paragraph((told.say(text, WEIGHED),))
    yield from pictures.matrix(found, told, id="evidence-sentences")
    if moving:
        yield Listing(tuple(told.say(_line(w, found, told), HOW, w.unit.quotes) for w in moving))
