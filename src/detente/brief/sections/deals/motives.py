"""Does a party that presses a condition seek a better deal, or no deal? What would tell them apart?"""

from collections.abc import Iterator

from detente.analyses.motive import Motive, Offer
from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.sections.deals.telling import Telling, points, signed
from detente.brief.words import capital, listed
from detente.search.pressing.stretches import Column

LABELS = {
    "improves": "the demand gets it a better deal",
    "softens": "the demand makes a deal it likes too little less bad",
    "idle": "the demand changes nothing",
    "worsens": "the demand gets it a worse deal",
    "self_defeating": "the demand loses a deal it would have taken",
    "blocks": "the demand blocks a deal it likes less than none",
}
OFFERS = {
    "met": "its condition met",
    "narrow": "the issues left out",
    "option": "the issues as options, with caps",
    "later": "the issues left for later",
    "elsewhere": "the issues at a table of their own",
    "declaratory": "the issues declared only",
}
COSTLY = {"self_defeating", "blocks"}  # what costs a deal
TELLS = "tells what the demand is for"
MOST = 4  # labels along the no-deal values that are told one by one
SWEPT = "what the party has without a deal, and how much the pressed issues matter to it, are swept; nobody knows them"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for every party that presses."""
    return tuple(block for found in told.dealt.motives for block in _one(told, found))


def _one(told: Telling, found: Motive) -> Iterator[Block]:
    who, what = told.names.party(found.presser), told.names.issues(found.pressed)
    body = told.names.body(found.presser)
    member = f", a member of {told.names.party(body)}," if body is not None else ""
    text = capital(f"{who}{member} presses for {what}. {_today(told, found)}")
    yield Paragraph((told.say(text, SWEPT), *_thresholds(told, found), *_elsewhere(told, found)))
    if found.offers:
        caption = told.say(
            f"What the answer of {who} to an offer would show of what it has without a deal, in points beside today.",
            "accepting an offer shows a no-deal value of at most its worth; refusing it shows more, or that the party "
            "expects a better one",
        )
        alike: dict[int, list[Offer]] = {}
        for one in found.offers:
            alike.setdefault(one.worth, []).append(one)
        apart = any(tells(one) for one in found.offers)
        heads = ("offer", "worth to it", "if it accepts", "if it refuses", *((TELLS,) if apart else ()))
        yield Grid(caption, heads, tuple(_offer(told, group, apart=apart) for group in alike.values()))
    others = tuple(_others(told, found))
    if others:
        yield Listing(others)


def _middle(found: Motive) -> int:
    return min(range(len(found.weights)), key=lambda k: abs(found.weights[k] - 1))


def _today(told: Telling, found: Motive) -> str:
    column = found.columns[_middle(found)]
    if column.narrow is None and column.met is None:
        return "There is no deal with or without its condition, so the demand decides nothing."
    if column.met is None:
        return "On its condition there is no deal; without it there is one."
    if column.narrow is None:
        return "Without its condition there is no deal; on it there is one."
    met, narrow = found.offer("met"), found.offer("narrow")
    if met is not None and narrow is not None:
        return (
            f"There is a deal with and without its condition: the Nash deal is worth {signed(met.worth)} points to it "
            f"with the condition and {signed(narrow.worth)} without, beside today.{_most(found, column)}"
        )
    return (
        f"There is a deal with and without its condition, worth at most {signed(float(column.met))} points to it with "
        f"the condition and {signed(float(column.narrow))} without, beside today."
    )


def _most(found: Motive, column: Column) -> str:
    """Say how much more than the Nash deal the others would let a party have that sits at the table."""
    if found.seat == "outside" or column.met is None or column.narrow is None:
        return ""
    most, other = signed(float(column.met)), signed(float(column.narrow))
    return f" The most that the others would let it have is {most} and {other}."


def _thresholds(told: Telling, found: Motive) -> Iterator[Sentence]:
    """Say from which no-deal value on the demand is something else."""
    stretches = found.columns[_middle(found)].stretches
    kinds = list(dict.fromkeys(s.label for s in stretches))
    if len(kinds) == 1:
        yield told.say(f"Whatever it has without a deal, {LABELS[kinds[0]]}.", SWEPT)
        return
    seen: list[tuple[str, float]] = []
    for stretch in stretches:
        if not seen or seen[-1][0] != stretch.label:
            seen.append((stretch.label, float(stretch.low)))
    parts = _in_short(seen) if len(seen) > MOST else []
    if not parts:
        parts = [f"up to {signed(seen[1][1])} points, {LABELS[seen[0][0]]}"]
        parts += [f"from there on, {LABELS[label]}" for label, _ in seen[1:2]]
        parts += [f"from {signed(low)} points on, {LABELS[label]}" for label, low in seen[2:]]
    yield told.say(f"It turns on what it has without a deal: {'; '.join(parts)}.", SWEPT)


def _in_short(seen: list[tuple[str, float]]) -> list[str]:
    """Merge the stretches between which the bargain goes to and fro, and say from where on one label stays."""
    costly = next(k for k in range(len(seen)) if {label for label, _ in seen[k:]} <= COSTLY or k == len(seen) - 1)
    before, (first, low), after = seen[:costly], seen[costly], seen[costly + 1 :]
    first_kind, *others = [LABELS[k] for k in dict.fromkeys(label for label, _ in before)]
    kinds = [first_kind, *(k.removeprefix("the demand ") for k in others)]
    by_turns = ", by turns, as the bargain itself moves with that value" if len(kinds) > 1 else ""
    told = [f"up to {signed(low)} points, {' or '.join(kinds)}{by_turns}", f"from there on, {LABELS[first]}"]
    return [*told, *(f"from {signed(at)} points on, {LABELS[label]}" for label, at in after)]


def _elsewhere(told: Telling, found: Motive) -> Iterator[Sentence]:
    """Name what the map has at other weights of the pressed issues, and this weight has not."""
    here = {s.label for s in found.columns[_middle(found)].stretches}
    others = [LABELS[k] for n, k in enumerate(found.labels) if k not in here and (found.cells == n).any()]
    if others:
        what = told.names.issues(found.pressed)
        yield told.say(
            f"Where {what} weigh less or more for it than taken here, it can also be that {_or(others)}.", SWEPT
        )


def _or(clauses: list[str]) -> str:
    return " or that ".join(clauses)


def tells(one: Offer) -> bool:
    """Return whether accepting and refusing an offer leave different things that the demand can be."""
    return one.discriminates and len(set(one.if_accepted) ^ set(one.if_refused)) > 1


def _offer(told: Telling, alike: list[Offer], *, apart: bool) -> tuple[Sentence, ...]:
    """Offers that are worth the same to it say the same."""
    how, one = "the package that the offer leads to, at the best guess of everybody's inputs", alike[0]
    return (
        told.say(capital("; ".join(OFFERS[o.name] for o in alike)), how),
        told.say(signed(one.worth), how),
        told.say(f"at most {signed(one.worth)}", how),
        told.say(f"more than {signed(one.worth)}, or it expects more", how),
        *((told.say("yes" if tells(one) else "no", how),) if apart else ()),
    )


def _others(told: Telling, found: Motive) -> Iterator[Sentence]:
    who = told.names.party(found.presser)
    empty = [name for name in ("met", "option", "later", "elsewhere") if found.offer(name) is None]
    if found.offer("narrow") is not None and empty:
        what = listed(OFFERS[name] for name in empty)
        text = f"Offered {what}, it would be offered nothing that the table can agree on beyond the deal without them."
        yield told.say(text, "each offer followed to the package it leads to, at the best guess")
    insisting = found.insisting
    if insisting.no_deal_above is not None and insisting.turned_down:
        or_else = ", or it holds out for its condition" if insisting.better_deal else ""
        text = f"Insisting on all of it before anything, with every other offer turned down, would show that {who} has "
        yield told.say(f"{text}more than {signed(insisting.no_deal_above)} points without a deal{or_else}.", SWEPT)
    payment = found.payment
    if payment is not None:
        text = f"If {who} has more than {signed(payment.narrow)} points without a deal, paying it the difference "
        text += "elsewhere makes it accept the deal without the issues."
        yield told.say(text, "least payment: the no-deal value less what the narrow deal is worth to it")
        for level in payment.levels[:3]:
            text = f"At {told.names.table(level.table)}, {told.names.issue(level.issue)} at "
            text += f"{told.names.level(level.issue, level.level)} is worth {points(level.worth)} to it: enough up to "
            refused = f"; {told.parties(level.refused_by)} would lose by it" if level.refused_by else ""
            yield told.say(
                f"{text}a no-deal value of {signed(level.enough_up_to)}{refused}.", "scores at the linked table"
            )
    move = found.own_move
    if move.moves and move.narrow_safe_up_to is not None:
        what = listed(m.replace("-", " ") for m in move.moves)
        text = (
            f"{capital(who)} can act alone ({what}): the narrow deal is safe from that as long as it is worth no more "
        )
        yield told.say(f"{text}than {signed(move.narrow_safe_up_to)} points to it.", "an own move is an outside option")
