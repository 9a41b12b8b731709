"""What do the courses rest on: which ranges are assumed, what is reported, and what is left out?"""

from collections.abc import Iterator

from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.sections.outlook.telling import Telling, named
from detente.brief.words import capital, counted
from detente.figures import written
from detente.outlook.courses import Assumed
from detente.outlook.courses.question import FRESH
from detente.situation.nouns import Incident
from detente.situation.rules import RULES
from detente.situation.values import Range

NO_DEAL = {
    "computed": "What parties have without a deal is computed from their crises, world by world.",
    "entered": "What parties have without a deal is as an analyst entered it.",
    "status-quo": "What parties have without a deal is taken to be today's state.",
    "auto": "What parties have without a deal is as entered where everybody has one, else today's state.",
}
HINT = "--hold NAME=LOW,BEST,HIGH holds one to a range of yours."
OF = {"all": "", "party": ", of every party", "dyad": ", of everybody who could challenge somebody"}


def blocks(told: Telling, *, hint: str = HINT) -> tuple[Block, ...]:
    """Set out what is reported and used, what is left out, and every assumed range; `hint` says how one is held."""
    lead = told.plain(NO_DEAL.get(told.setting.no_deal, NO_DEAL["auto"]), "what no deal is worth")
    return (Paragraph((lead,)), Listing((*_reported(told), *_left_out(told))), _assumed(told, hint))


def _reported(told: Telling) -> Iterator[Sentence]:
    situation, setting, names = told.found.situation, told.setting, told.names
    due = next((d for d in situation.deadlines if d.id == setting.deadline), None)
    if due is None:
        yield told.plain("No deadline is set at this table, so that none pushes.", "the deadlines of the situation")
    else:
        by = f" set by {names.party(due.by)}" if due.by else ""
        day = f", {due.date.isoformat()}" if due.date else ""
        text = f"A deadline{by}{day} pushes; in which round it falls is assumed, because rounds have no dates."
        yield Sentence(text, told.register.basis(due.basis), due.basis.kind if due.basis.kind != "read" else None)
    for dyad, forceful in zip(setting.dyads, setting.forceful, strict=True):
        means = "by force" if forceful else "by pressure"
        text = f"{capital(names.party(dyad.challenger))} could challenge {names.party(dyad.target)} {means}."
        yield told.share(text, "moves that are reported, threatened or supplied")
    fresh = _fresh(told)
    if fresh:
        refs = tuple(dict.fromkeys(ref for one in fresh for ref in told.register.basis(one.basis)))
        many = counted(len(fresh), "reported incident counts", "reported incidents count")
        text = f"{many} as tension before the first round: those of the last {FRESH.days} days, and undated ones."
        yield Sentence(text, refs)


def _fresh(told: Telling) -> tuple[Incident, ...]:
    situation = told.found.situation
    since = None if situation.as_of is None else situation.as_of - FRESH
    return tuple(i for i in situation.incidents if i.date is None or since is None or i.date >= since)


def _left_out(told: Telling) -> Iterator[Sentence]:
    for text in told.setting.left_out:
        yield told.plain(f"Left out: {text.rstrip('.')}.", "what the situation says and the courses do not use")
    for w, world in enumerate(told.worlds):
        gone = told.found.sums.draws - int(told.found.sums.count[w])
        if gone:
            text = (
                f"In {named(world)} {gone:,} of {told.found.sums.draws:,} draws go against what parties are said to "
                "prefer, and count nowhere."
            )
            yield told.share(text)


def _assumed(told: Telling, hint: str) -> Grid:
    rows = tuple(_row(row, at, told) for row, at in told.found.swept)
    caption = told.say(
        f"What is assumed of rounds, crises and waiting: every number is drawn from its range around the best guess. "
        f"{hint}".rstrip(),
        "the table of what the courses assume",
    )
    return Grid(caption, ("what", "least", "best guess", "most", "why so far"), rows)


def _row(row: Assumed, at: Range, told: Telling) -> tuple[Sentence, ...]:
    refs, kind = told.register.basis(at.basis), at.basis.kind
    name = f"{row.name}: {RULES.get(row.rule, row.rule)}{OF[row.of]}"
    numbers = (Sentence(_written(value), refs) for value in (at.low, at.best, at.high))
    why = row.why if kind == "assumed" else "held by the analyst"
    return (Sentence(name, refs, kind), *numbers, Sentence(why, refs))


def _written(value: float) -> str:
    return written(value) if value >= 1 else f"{value:g}"
