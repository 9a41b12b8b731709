"""What is agreed where tables bind one another, and how much would an ally have to weigh to change it?"""

from collections.abc import Iterator

from detente.analyses.ally_weight import AllyWeight
from detente.analyses.linked import Linked
from detente.analyses.nash_in_nash import NashInNash
from detente.brief.document import Block, Grid, Listing, Sentence
from detente.brief.sections.deals.telling import POINTS, Telling
from detente.brief.words import capital, listed, moved
from detente.figures.text import tenths

FORESEEN = "each table is solved with what its deal leads to at the tables it binds; Nash choice at each"
HUB = "equal shares of what each agreement adds, the others standing; gains of different parties are added up"
LEANT = "the ally's gains count with a weight in the mandate of the party leant on; the weight is swept, exactly"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for the whole situation: the tables that are linked, and the allies that lean on a party at this table."""
    parts: list[Block] = []
    if told.dealt.linked is not None:
        if any(link.kind != "consultation" for t in told.dealt.situation.tables for link in t.links):
            parts.append(_grid(told, told.dealt.linked))
        rest = tuple(_rest(told, told.dealt.linked))
        parts += [Listing(rest)] if rest else []
    hubs = tuple(_hub(told, found) for found in told.dealt.hubs)
    parts += [Listing(hubs)] if hubs else []
    weights = tuple(s for found in told.dealt.weights for s in _weight(told, found))
    return (*parts, *((Listing(weights),) if weights else ()))


def _grid(told: Telling, found: Linked) -> Grid:
    caption = told.say("What linked tables agree on, each foreseeing what its deal leads to at the others.", FORESEEN)
    rows = []
    for one in found.agreed:
        deal = _levels(told, one.issues, one.package.tolist(), one.table) if bool(one.found) else "no deal"
        apart = _levels(told, one.issues, one.apart.tolist(), one.table) if bool(one.apart_found) else "no deal"
        gains = told.gains(one.parties, one.gains.tolist())
        rows.append(
            (
                told.say(capital(told.names.table(one.table)), FORESEEN),
                told.say(deal, FORESEEN),
                told.say(gains if bool(one.found) else "-", FORESEEN),
                told.say("the same" if apart == deal else apart, FORESEEN),
            )
        )
    return Grid(caption, ("table", "deal", "gains there", "if no mandate bound it"), tuple(rows))


def _levels(told: Telling, issues: tuple[str, ...], options: list[int], table: str) -> str:
    """Name the levels of another table's package, those that move away from how things stand."""
    board = next((b for name, b in told.dealt.boards if name == table), None)
    if board is None:
        return "a package of its own"
    moved = [
        (i, float(lev[o]))
        for i, lev, o, now in zip(issues, board.levels, options, board.status_quo, strict=True)
        if o != now
    ]
    return told.names.package(moved) or "everything as it stands"


def otherwise(told: Telling, found: Linked, table: str) -> str | None:
    """Say where a table agrees on something else than it would alone, and who would lose by what that leads to."""
    one = next((a for a in found.agreed if a.table == table), None)
    if one is None or (bool(one.found), one.package.tolist()) == (bool(one.apart_found), one.apart.tolist()):
        return None
    alone = _levels(told, one.issues, one.apart.tolist(), table) if bool(one.apart_found) else "nothing"
    here = _levels(told, one.issues, one.package.tolist(), table) if bool(one.found) else "nothing"
    text = f"Alone, {told.names.at(table)} would agree on {alone}; with what binds it and what follows elsewhere, on "
    text += here
    then = {i.package: i for i in found.induced if i.table == table}
    chosen = then.get(tuple(one.apart.tolist()))
    instead = then.get(tuple(one.package.tolist()) if bool(one.found) else ())
    if chosen is None or instead is None:
        return f"{text}."
    lose = [p for p, a, b in zip(one.parties, chosen.values, instead.values, strict=True) if a < b]
    led = [f"{_after(told, found, a.table, a.package)} at {told.names.at(a.table)}" for a in chosen.after]
    why = f", because {told.parties(lose)} would lose by what that leads to" if lose else ", because that leads to"
    return f"{text}{why}: {'; '.join(led)}."


def _after(told: Telling, found: Linked, table: str, package: tuple[int, ...]) -> str:
    issues = next((a.issues for a in found.agreed if a.table == table), ())
    return _levels(told, issues, list(package), table) if package else "no deal"


def _rest(told: Telling, found: Linked) -> Iterator[Sentence]:
    for table in found.tables:
        changed = otherwise(told, found, table)
        if changed is not None:
            yield told.say(changed, FORESEEN)
    if found.circles or not bool(found.converged.all()):
        many = sum(len(c.fixed) for c in found.circles)
        states = "one state in which they rest was" if many == 1 else f"{many} states in which they rest were"
        rests = "they come to rest" if bool(found.converged.all()) else "they do not come to rest by themselves"
        text = f"The tables bind one another in a circle: {rests}, and {states} found. Say which of them is settled "
        yield told.say(f"{text}first by taking a requirement out, and the others follow.", FORESEEN)
    for table, about in found.heard:
        here, there = told.names.at(table), told.names.at(about)
        yield told.say(f"What is agreed at {there} is talked over at {here}; that binds nothing.", FORESEEN)
    for party, table in found.indifferent:
        text = f"{capital(told.names.party(party))} has no stance on anything at {told.names.at(table)}"
        yield told.say(f"{text}, and counts as indifferent.", FORESEEN)
    change = [(p, int(c)) for p, c in zip(found.parties, found.change.tolist(), strict=True) if c]
    if change:
        each = listed(f"{told.names.party(p)} {moved(c / POINTS)}" for p, c in change)
        yield told.say(f"Because tables bind one another, over all tables {each} points.", FORESEEN)


def _hub(told: Telling, found: NashInNash) -> Sentence:
    """Say how a party with several tables and its partners split what the agreements add, in both readings."""
    who = told.names.party(found.hub)
    parts = [
        f"{tenths(float(one)):.1f} at {told.names.at(t)} (or {tenths(float(other)):.1f})"
        for t, one, other in zip(found.spokes, found.nash, found.shapley, strict=True)
    ]
    text = f"If points could be handed over, {who} would keep {tenths(float(found.nash_hub)):.1f} of the "
    text += f"{tenths(float(found.surplus)):.1f} that all its tables add, and its partners get "
    text += f"{listed(parts)}: Nash in Nash, "
    return told.say(f"{text}in brackets where a breakdown opens every table again (Shapley).", HUB)


def _weight(told: Telling, found: AllyWeight) -> Iterator[Sentence]:
    ally, principal = told.names.party(found.ally), told.names.party(found.principal)
    swept = found.swept[0]
    if not swept.flips:
        what = (
            f"the deal stays {told.package(swept.steps[0].package)}" if swept.steps[0].package else "there is no deal"
        )
        text = f"Whatever weight {principal} gives {ally}, from {float(found.low):g} to {float(found.high):g}, {what}."
        yield told.say(text, LEANT)
    for flip in swept.flips[:3]:
        text = f"From a weight of {float(flip.at):.2g} that {principal} gives {ally}, "
        if flip.before and flip.after:
            text += f"the deal moves {told.steps(flip.after, flip.before)}"
        else:
            text += f"there is a deal, {told.package(flip.after)}" if flip.after else "there is no deal any more"
        yield told.say(f"{text}; {ally} {moved(flip.ally / POINTS)} points.", LEANT)
    agendas = list(dict.fromkeys(p.agenda for p in found.preferred))
    if len(agendas) > 1:
        turns = [f"{p.agenda} from {float(p.start):.2g}" for p in found.preferred]
        yield told.say(f"With that weight, {principal} would prefer: {'; '.join(turns)}.", LEANT)
