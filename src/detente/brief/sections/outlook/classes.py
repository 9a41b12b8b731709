"""What became of cases like it: how often which event came about, in which class, and on which inference that hangs?"""

from collections.abc import Iterator
from dataclasses import replace

from detente import figures as draw
from detente.brief.document import Block, Figure, Grid, Listing, Paragraph, Sentence
from detente.brief.estimative import ClassRate, class_rate, five_point, likelihood, stepped_interval
from detente.brief.sections.outlook.telling import COMMAND, TellsClasses
from detente.brief.words import capital, listed
from detente.outlook.classes.chosen import Chain, Classes, Deciding, classes_for
from detente.outlook.classes.features import REASONS, Feature, Suggestion
from detente.outlook.classes.nested import Nested
from detente.outlook.classes.table import ReferenceClass
from detente.situation.values import Basis

ASKED: dict[str, str] = {
    "mediated": "whether it is mediated",
    "protracted": "whether the conflict is protracted",
    "subject": "what it is about",
    "trigger": "what set it off",
    "objective": "what the sanctions are for",
}
VALUES: dict[str, str] = {
    "mediated": "mediated",
    "not-mediated": "not mediated",
    "not-protracted": "not protracted",
    "protracted": "protracted without long war",
    "protracted-long-war": "protracted with long war",
    "proliferation": "a nuclear programme",
    "trigger-verbal-act": "a verbal act",
    "trigger-economic-act": "an economic act",
    "trigger-non-violent-military": "a military act without violence",
    "trigger-violent-act": "a violent act",
    "objective-prevent-war": "preventing a war",
    "objective-terrorism": "acting against armed groups",
    "objective-human-rights": "human rights",
    "objective-territorial-conflict": "territory",
    "objective-democracy": "democracy",
    "objective-end-war": "ending a war",
}
# By when: an event that says so itself, and one whose class has durations, which then stand below it.
BY = {"recurrence": "of its end", "agreement": "sooner or later"}
SHRUNK = (
    "k of n cases of every class, small classes drawn towards the larger ones around them as if these had lent them 15 "
    "cases; 95% intervals"
)
SELECTED = (
    "That goes with mediation and is no effect of it as it stands: who accepts a mediator is often ready to agree."
)


def said(one: Classes, told: TellsClasses) -> tuple[Sentence, ...]:
    """Say how likely an event is, by the class that was chosen; and where its cases alone would say another number."""
    rate, refs = rate_of(one, told), cited(one.chosen.last.of, told)
    lead = told.plain(likelihood(rate), SHRUNK, *refs)
    alone = five_point(rate.k / rate.n)
    if alone == five_point(rate.p):
        return (lead,)
    text = f"The cases of that class alone make {alone}; the rate is drawn towards the larger classes around it."
    return (lead, told.plain(text, SHRUNK, *refs))


def rate_of(one: Classes, told: TellsClasses) -> ClassRate:
    """Return the rate of the narrowest chosen class, with all that must stand beside it."""
    last, dated = one.chosen.last, one.event != "agreement" or bool(one.chosen.dated)
    by = BY.get(one.event) if dated else None
    return class_rate(last.of, p=last.rate, bounds=last.bounds, weight=told.found.weight, by=by)


def cited(of: ReferenceClass, told: TellsClasses) -> tuple[str, ...]:
    """Return the id of the data set that a class comes from."""
    source = of.source
    counted = "recomputed: yes" if of.recomputed else "recomputed: no"
    return (told.register.derive(f"{source.name}: {source.citation}; {counted}; {source.note}"),)


def deciding(one: Classes, told: TellsClasses) -> tuple[Sentence, ...]:
    """Name the inference that moves the rate most, and what the rate is by each of its values."""
    found = one.deciding[0] if one.deciding else None
    if found is None or not found.moves:
        return ()
    each = [(value, _chosen_as(one, found.feature, value)) for value, _ in found.rates]
    parts = [
        f"{five_point(last.rate)} if {VALUES[value]} ({last.of.k:,} of {last.of.n:,} cases, interval "
        f"{stepped_interval(last.bounds.low, last.bounds.high)})"
        for value, last in each
    ]
    text = f"What moves this most is {_hanging(one, found)}: {listed(parts)}."
    refs = tuple(dict.fromkeys(ref for _, last in each for ref in cited(last.of, told)))
    return (told.plain(text, SHRUNK, *refs),)


def deciding_in_short(one: Classes, told: TellsClasses) -> tuple[Sentence, ...]:
    """Name the inference that moves the rate most; the numbers stand with the classes."""
    found = one.deciding[0] if one.deciding else None
    if found is None or not found.moves:
        return ()
    return (told.plain(f"What moves this most is {_hanging(one, found)}.", SHRUNK),)


def _hanging(one: Classes, found: Deciding) -> str:
    hang = "which is left open here" if found.open else f"taken here as {_taken(one.chosen, found.feature)}"
    return f"{ASKED[found.feature]}, {hang}{' and coded in hindsight only' if found.feature == 'protracted' else ''}"


def selected(one: Classes, told: TellsClasses) -> tuple[Sentence, ...]:
    """Say that mediation goes with agreement, and is not its cause as it stands, where the rate hangs on it."""
    if not one.deciding or one.deciding[0].feature != "mediated" or one.event != "agreement":
        return ()
    return (told.plain(SELECTED, "mediation is coded during a crisis, and accepted by choice"),)


def _chosen_as(one: Classes, feature: Feature, value: str) -> Nested:
    """Return the narrowest class if one feature had this value."""
    taken_as = replace(one.features, period=one.features.period, **{feature: (value,)})
    return classes_for(taken_as, event=one.event, prior=one.prior).chosen.last


def _taken(chain: Chain, feature: Feature) -> str:
    return VALUES[dict(chain.taken)[feature]]


def taken_as(told: TellsClasses, *, entered: Basis = COMMAND) -> tuple[Sentence, ...]:
    """Say what the case is taken to be, feature by feature, and why; `entered` is how an analyst chose."""
    own = dict(told.found.chosen)
    rows = [_feature(s, told) for s in told.found.suggested if s.feature not in own]
    entry = told.register.basis(entered)
    rows += [
        Sentence(f"{capital(ASKED[name])}: {values_in_words(values)}, as the analyst chose.", entry, "entered")
        for name, values in own.items()
    ]
    return tuple(rows)


def taken(told: TellsClasses) -> Listing:
    """Say what the case is taken to be, why, and how an analyst takes it to be something else."""
    rows = taken_as(told)
    how = "classes are proposed from what the situation says; the choice is the analyst's"
    text = (
        "The analyst chooses what kind of case this is, one feature at a time: for instance --class "
        "mediated=not-mediated, or --class protracted=protracted."
    )
    return Listing((*rows, told.plain(text, how)))


def _feature(one: Suggestion, told: TellsClasses) -> Sentence:
    text = f"{capital(ASKED[one.feature])}: {values_in_words(one.values)}; {REASONS[one.reason]}."
    return told.plain(text, f"proposed by rule {one.reason}", *_refs(one, told))


def values_in_words(values: tuple[str, ...]) -> str:
    """Say what a feature is taken to be.

    >>> values_in_words(()), values_in_words(("mediated",))
    ('left open', 'taken as mediated')
    """
    if not values:
        return "left open"
    return f"taken as {VALUES[values[0]]}" if len(values) == 1 else f"side by side {listed(VALUES[v] for v in values)}"


def _refs(one: Suggestion, told: TellsClasses) -> tuple[str, ...]:
    situation = told.found.situation
    known = [(t.id, t.basis) for t in situation.tables]
    known += [(i.id, i.basis) for i in situation.issues]
    known += [(i.id, i.basis) for i in situation.incidents]
    known += [(t.id, t.basis) for t in situation.threats]
    known += [(t.id, t.basis) for t in situation.ties]
    bases = (basis for id_, basis in known if id_ in one.refs)
    return tuple(dict.fromkeys(ref for basis in bases for ref in told.register.basis(basis)))


def panel(one: Classes, told: TellsClasses) -> Figure:
    """Draw the classes of one event: those chosen, those beside them, kindred events."""
    rows = tuple(_rows(one))
    data = draw.ClassPanel(f"How often a crisis {one.chosen.last.of.event.words}", rows)
    title = f"How often a crisis {one.chosen.last.of.event.words}, class by class"
    desc = "A row for each class with its cases, the rate and its 95% interval; kindred events have definitions of "
    desc += "their own, which the table gives."
    id_ = f"classes-{one.event}"
    svg = draw.class_panel(data, id=f"fig-{id_}", title=title, desc=desc)
    svg += draw.class_panel(data, id=f"fig-{id_}-narrow", title=title, desc=desc, width=draw.NARROW)
    weight = f"the weight of the model in every rate is {told.found.weight:g}"
    caption = told.plain(f"{title}. {desc} Rates are in steps of five; {weight}.", SHRUNK)
    of = [*(n.of for n in _chosen(one)), *one.kindred]
    cells = tuple(_cells(row, each, told) for row, each in zip(rows, of, strict=True))
    heads = ("class", "cases with the event", "rate and 95% interval", "what is counted", "counts")
    grid = Grid(told.plain(f"{title}; {weight}.", SHRUNK), heads, cells)
    return Figure(id_, svg, caption, grid, draw.class_panel_as_text(data))


def _chosen(one: Classes) -> tuple[Nested, ...]:
    """Return every class of the case itself: the chain that was chosen, then the last of every other chain."""
    return (*one.chosen.classes, *(chain.last for chain in one.beside if chain.last.of not in _of(one.chosen)))


def _of(chain: Chain) -> list[ReferenceClass]:
    return [each.of for each in chain.classes]


def _rows(one: Classes) -> Iterator[draw.ClassRow]:
    chosen = len(one.chosen.classes)
    for k, each in enumerate(_chosen(one)):
        of, within = each.of, each.bounds
        yield draw.ClassRow(
            capital(of.words), "chosen" if k < chosen else "beside", of.k, of.n, each.rate, (within.low, within.high),
            _words(each.rate, within.low, within.high), each is one.chosen.last, not of.recomputed,
        )  # fmt: skip
    for of in one.kindred:
        yield draw.ClassRow(
            f"{of.event.words}: {of.words}", "kindred", of.k, of.n, of.rate, (of.bounds.low, of.bounds.high),
            _words(of.rate, of.bounds.low, of.bounds.high), taken_over=not of.recomputed,
        )  # fmt: skip


def _words(rate: float, low: float, high: float) -> str:
    """Return a rate with its interval; where that is one step, it says as much as can be said."""
    within = stepped_interval(low, high)
    return f"{five_point(rate)} ({within})" if " to " in within else within


def _cells(row: draw.ClassRow, of: ReferenceClass, told: TellsClasses) -> tuple[Sentence, ...]:
    refs = cited(of, told)
    texts = (row.name, row.counted.rstrip("*"), row.words, of.event.definition)
    counted = "recomputed" if of.recomputed else "not recomputed: taken over"
    return tuple(Sentence(text, refs) for text in (*texts, f"{of.source.name}; {counted}"))


def of_event(one: Classes, told: TellsClasses) -> tuple[Block, ...]:
    """Say how likely one event is, on what that hangs, and draw the classes."""
    return (Paragraph((*said(one, told), *deciding(one, told), *selected(one, told))), panel(one, told))
