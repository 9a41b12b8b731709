"""In which order is everything about what moves one answer told?"""

from collections.abc import Iterator

from detente.brief.answers import Answers, View
from detente.brief.document import Block, Brief, Fact, Grid, Paragraph, Section, Sentence
from detente.brief.levers import Levers
from detente.brief.register import Register
from detente.brief.sections import sources, verdicts
from detente.brief.sections.levers import corner, pictures, worth
from detente.brief.sections.levers.telling import SHARE, Telling, sentence
from detente.brief.words import Names, capital, counted, listed
from detente.figures import written

AT_BEST = "every input at its low and its high end and between, all others at their best guess, red lines taken as real"
OVER = "the answer where the input is in its top fifth less where it is in its bottom fifth, over the same draws"
SOBOL = "first-order and total Sobol indices (Saltelli and others 2010; Jansen 1999), 95 % bootstrap intervals"
NAMED = 3  # inputs named in a sentence
LEAST = 0.02  # of the variance: an input that accounts for less is not named


def composed(found: Levers) -> Brief:
    """Write everything about what moves one answer."""
    register = Register()
    told = Telling(Names(found.situation), register, found.ranges)
    situation = found.situation
    sections = (
        Section("answer", "The answer, and what it rests on", tuple(_answer(found, told))),
        Section("tornado", "Which inputs move it", tuple(_moving(found, told))),
        Section("parts", "How much of the doubt each accounts for", tuple(_parts(found, told))),
        Section("corner", "In which corner it is otherwise", corner.blocks(found, told)),
        Section("turns", "From where on it turns", (*pictures.strips(found, told), *pictures.square(found, told))),
        Section("worth", "What is most worth knowing", worth.blocks(found, told)),
    )
    view = View(situation=situation, table=found.table)
    answers = Answers(
        view, view, (), found.texts, found.version, found.fingerprint, found.no_deal, found.draws, found.seed
    )
    shown = sources.sources(answers, register)
    return Brief(
        title=f"What moves it: {told.answer(found.answer)}",
        subtitle=f"{situation.title}, {f'as of {situation.as_of.isoformat()}' if situation.as_of else 'undated'}",
        sections=tuple(s for s in sections if s.blocks),
        quotes=sources.quotes(situation),
        sources=shown,
        notes=tuple(register.notes.values()),
        facts=_facts(found),
    )


def _answer(found: Levers, told: Telling) -> Iterator[Block]:
    paths = [one.path for one in found.inputs]
    rests = f"over {told.assumed(found.inputs)}"
    lines = []
    if found.verdict is not None:
        how = f"verdict over {counted(len(found.verdict.open_inputs), 'open input', 'open inputs')}, " + verdicts.proof(
            found.verdict
        )
        lines += [told.say(line, how, paths) for line in (verdicts.summary(found.verdict),)]
    if found.answer.kind == "holds":
        share = told.share(found.drift.mean, found.drift.draws)
        text = f"{capital(told.clause(found.answer))} in {share}"
        lines.append(told.say(f"{text}, {rests}; {SHARE}.", SHARE, paths))
    else:
        spread = f"{written(found.worth.spread)} around it (standard deviation)"
        text = sentence(
            told.answer(found.answer), "is", told.number(found.answer, found.drift.mean), "on average over",
            f"{found.drift.draws:,} draws, {spread}, {rests}",
        )  # fmt: skip
        lines.append(told.say(text, SHARE, paths))
    yield Paragraph(tuple(lines))


def _moving(found: Levers, told: Telling) -> Iterator[Block]:
    lines = [_seen(found, told), *_at_best(found, told)]
    yield Paragraph(tuple(lines))
    yield from pictures.swings(found, told)
    rows = [m for m in found.drift.moves if m.seen] or list(found.drift.moves[:NAMED])
    heads = ("input", "answer with it low", "answer with it high", "rank correlation", "alone, the rest at best")
    alone = {bar.path: bar for bar in found.tornado.bars}
    table = []
    for m in rows:
        bar = alone.get(m.path)
        ends = "nothing changes"
        if bar is not None:
            least, most = (told.number(found.answer, v) for v in (bar.least, bar.most))
            ends = f"{least} to {most}" if found.answer.kind != "holds" else "decides"
        texts = (
            capital(told.input(m.path)), told.number(found.answer, m.low), told.number(found.answer, m.high),
            f"{m.rank:+.2f}", ends,
        )  # fmt: skip
        table.append(told.row(texts, OVER, [m.path]))
    text = "The answer by each input: in the bottom and the top fifth of it, or with a red line not real and real."
    yield Grid(
        told.say(text, OVER, [m.path for m in rows]),
        heads,
        tuple(table),
        fold="The answer by each input, over draws and alone",
    )


def _seen(found: Levers, told: Telling) -> Sentence:
    """Name the inputs that the answer goes with over draws."""
    seen = [m for m in found.drift.moves if m.seen]
    paths = [m.path for m in seen[:NAMED]]
    if not seen:
        text = "Over the draws the answer is not seen to go with any single input"
        return told.say(f"{text}.", OVER, [m.path for m in found.drift.moves])
    parts = [f"{told.input(m.path)} ({told.ends(found.answer, m)})" for m in seen[:NAMED]]
    rest = f"; {counted(len(seen) - NAMED, 'other moves', 'others move')} it less" if len(seen) > NAMED else ""
    verb = "What moves it most over the draws is" if len(parts) == 1 else "What moves it most over the draws are"
    return told.say(f"{verb} {listed(parts)}{rest}.", OVER, paths)


def _at_best(found: Levers, told: Telling) -> tuple[Sentence, ...]:
    """Say what single inputs do while the others stand at their best guess."""
    swung = found.tornado
    paths = [bar.path for bar in swung.bars[:NAMED]]
    if swung.at_best is None:
        return ()
    best = _stands(found, swung.at_best)
    if not swung.bars:
        return (
            told.say(f"At the best guess {best}; no single input changes that, moved over its range alone.", AT_BEST),
        )
    named = listed(told.input(bar.path) for bar in swung.bars[:NAMED])
    many = len(swung.bars)
    if found.answer.kind == "holds" and swung.at_best in (0.0, 1.0):
        text = f"At the best guess {best}; {named} would alone change that"
    else:
        text = f"At the best guess {best}; alone, {named} swing it most"
    text += f", of {counted(many, 'input', 'inputs')} that can" if many > NAMED else ""
    return (told.say(f"{text}.", AT_BEST, paths),)


def _stands(found: Levers, at: float) -> str:
    if found.answer.kind != "holds":
        return f"it is {written(at)}"
    if at in (0.0, 1.0):
        return "it is so" if at else "it is not so"
    return f"it is so in {at:.0%} of draws of chance alone"


def _parts(found: Levers, told: Telling) -> Iterator[Block]:
    parts = found.sobol
    if not parts.variance[0]:
        yield Paragraph((told.say("Nothing moves the answer at all, so there is nothing to account for.", SOBOL),))
        return
    order = sorted(range(len(parts.factors)), key=lambda k: -float(parts.total[0, k]))
    kept = [k for k in order if parts.total[0, k] >= LEAST]
    alone, whole = float(parts.first[0].sum()), float(parts.total[0].sum())
    text = f"Alone, these inputs account for {_share(alone)} of the variance of the answer"
    if whole > 1.15 * max(alone, 0.01):
        text += "; the rest comes of several together, so that no one of them settles it"
    names = [parts.factors[k] for k in kept]
    yield Paragraph((told.say(f"{text}.", SOBOL, names),))
    rows = tuple(told.row(_cells(found, told, k), SOBOL, [parts.factors[k]]) for k in kept)
    if rows:
        caption = told.say("Shares of the variance, with the ends of their intervals.", SOBOL, names)
        yield Grid(caption, ("input", "alone", "with others"), rows)


def _cells(found: Levers, told: Telling, k: int) -> tuple[str, ...]:
    parts = found.sobol
    ends = (
        f"{max(0.0, float(at[0, k])):.2f} ({float(low[0, k]):.2f} to {float(high[0, k]):.2f})"
        for at, low, high in (
            (parts.first, parts.first_low, parts.first_high), (parts.total, parts.total_low, parts.total_high),
        )
    )  # fmt: skip
    return (capital(told.input(parts.factors[k])), *ends)


def _share(value: float) -> str:
    return f"{min(max(value, 0.0), 1.0):.2f}"


def _facts(found: Levers) -> tuple[Fact, ...]:
    others = ", ".join(one.name for one in found.others)
    return (
        Fact("detente", found.version),
        Fact("situation", found.fingerprint),
        Fact("table", found.table),
        *((Fact("agenda", found.agenda),) if found.agenda else ()),
        Fact("answer", found.answer.name),
        Fact("other answers", others),
        Fact("no-deal values", found.no_deal),
        Fact("Sobol rows", f"{found.sobol.rows} ({found.sobol.runs} runs)"),
        *((Fact("swept in", f"{found.flips[0].draws} draws"),) if found.flips else ()),
        Fact("draws", str(found.draws)),
        Fact("seed", str(found.seed)),
    )
