"""By when do cases like it end, as far as a class of them has durations?"""

from detente import figures as draw
from detente.brief.document import Block, Figure, Grid, Paragraph, Sentence
from detente.brief.estimative import dated_rate, five_point, stepped_interval
from detente.brief.estimative.rates import NO_DATE
from detente.brief.sections.outlook.telling import TellsClasses
from detente.brief.words import capital, listed
from detente.outlook.classes.chosen import Classes
from detente.outlook.classes.table import ENDS, Incidence

WORDS = {"agreement": "ended in agreement", "otherwise": "ended otherwise", "open": "not ended"}
FILLS: dict[str, draw.Fill] = {"agreement": "settled", "otherwise": "failed", "open": "open"}
HOW = "first and last days of the crises of the class; nothing is shrunk"


def blocks(one: Classes, told: TellsClasses) -> tuple[Block, ...]:
    """Say what had become of the cases of the narrowest class with durations, day by day."""
    dated = one.chosen.dated
    if not dated:
        return (Paragraph((told.plain(NO_DATE, HOW),)),)
    return (Paragraph((*_wider(one, told), *in_words(one, told))), _figure(dated, told))


def in_words(one: Classes, told: TellsClasses) -> tuple[Sentence, ...]:
    """Count by day, in one sentence, and say from when the days count."""
    dated = one.chosen.dated
    if not dated:
        return (told.plain(NO_DATE, HOW),)
    last, refs = dated[-1], _cited(dated[0], told)
    within = listed(f"{each.agreement:,} within {each.days}" for each in dated)
    text = (
        f"By day, of {last.n:,} cases ({last.words}; {last.source.name}) {within} days of the trigger had ended in a "
        f"formal or semi-formal agreement; {last.otherwise:,} had ended otherwise after {last.days} days and "
        f"{last.open:,} had not ended."
    )
    since = "The days count from the trigger of a crisis, not from today."
    return (told.plain(text, HOW, *refs), told.plain(since, HOW, *refs))


def in_short(one: Classes, told: TellsClasses) -> tuple[Sentence, ...]:
    """Count by a quarter and by a year, in one short sentence."""
    dated = {each.days: each for each in one.chosen.dated}
    if not {90, 365} <= dated.keys():
        return (told.plain(NO_DATE, HOW),)
    quarter, year = dated[90], dated[365]
    which = "such cases" if year.id == one.chosen.last.of.id else f"cases of the wider class ({year.words})"
    text = (
        f"Of the {year.n:,} {which} with dates {quarter.agreement:,} had ended in agreement within 90 days of the "
        f"trigger and {year.agreement:,} within 365; {year.open:,} had not ended by then."
    )
    return (told.plain(text, HOW, *_cited(year, told)),)


def _wider(one: Classes, told: TellsClasses) -> tuple[Sentence, ...]:
    dated, last = one.chosen.dated[0], one.chosen.last.of
    if dated.id == last.id:
        return ()
    return (told.plain(f"Days are not counted for {last.words}; the wider class stands in.", HOW),)


def _cited(of: Incidence, told: TellsClasses) -> tuple[str, ...]:
    return (told.register.derive(f"{of.source.name}: {of.source.citation}; {of.source.note}"),)


def _figure(dated: tuple[Incidence, ...], told: TellsClasses) -> Figure:
    rows = tuple(
        (
            f"{each.days} days",
            (
                draw.StackedCell(
                    tuple(each.count(end) / each.n for end in ENDS),
                    f"{each.agreement} · {each.otherwise} · {each.open} of {each.n}",
                    (each.bounds("agreement").low, each.bounds("agreement").high),
                ),
            ),
        )
        for each in dated
    )
    parts = tuple((WORDS[end], FILLS[end]) for end in ENDS)
    data = draw.Stacked(parts, ("",), rows, interval="95% interval of the share that ended in agreement")
    title = "What had become of such cases, so many days after the trigger"
    desc = f"{capital(dated[0].words)}: one bar for each day, all {dated[0].n:,} cases in each."
    svg = draw.stacked(data, id="fig-dated", title=title, desc=desc)
    svg += draw.stacked(data, id="fig-dated-narrow", title=title, desc=desc, width=draw.NARROW)
    refs = _cited(dated[0], told)
    cells = tuple(_row(each, refs) for each in dated)
    weight = "the weight of the model in it is 0"
    caption = told.plain(f"{title}; {weight}.", HOW, *refs)
    grid = Grid(caption, ("after", *(WORDS[end] for end in ENDS), "what is counted"), cells)
    return Figure("dated", svg, told.plain(f"{title}. {desc}", HOW, *refs), grid, draw.stacked_as_text(data))


def _row(each: Incidence, refs: tuple[str, ...]) -> tuple[Sentence, ...]:
    rates = (dated_rate(each, "agreement"), dated_rate(each, "otherwise"), dated_rate(each, "open"))
    told = [
        f"{rate.k:,} of {rate.n:,} cases: {five_point(rate.p)} ({stepped_interval(rate.low, rate.high)})"
        for rate in rates
    ]
    return tuple(Sentence(text, refs) for text in (f"{each.days} days", *told, rates[0].definition))
