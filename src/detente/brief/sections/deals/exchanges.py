"""What could be given for what, what does a concession buy, and can the chosen deal be improved?"""

from collections.abc import Iterator

from detente.analyses.trades import Concession, Exchange
from detente.brief.document import Block, Grid, Listing, Sentence
from detente.brief.sections.deals.telling import Telling, signed
from detente.brief.words import capital

MOST = 6
EXACT = "pairs of moves, one of each party, by which both gain; and for each concession the best package that costs "
EXACT += "nobody else"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for one agenda."""
    found = told.dealt.trades
    if found is None:
        return ()
    parts: list[Block] = []
    able = [e for e in found.exchanges if not e.losers]
    if found.exchanges:
        text = "Trades across issues that serve both sides and cost nobody else, best first."
        if not able:
            text = "Trades across issues that serve the two who make them, but cannot pass as they are: somebody else "
            text += "whose acceptance is needed would lose by them."
        caption = told.say(text, EXACT)
        rows = tuple(_exchange(told, e) for e in (able or found.exchanges)[:MOST])
        parts.append(Grid(caption, ("who gives", "who gives in return", "what both gain"), rows))
    lines = [_improved(told), *_concessions(told)]
    if not found.exchanges:
        lines.insert(0, told.say("No two moves on two issues serve two parties at once.", EXACT))
    parts.append(Listing(tuple(lines)))
    return tuple(parts)


def _exchange(told: Telling, one: Exchange) -> tuple[Sentence, ...]:
    trades = told.dealt.trades
    assert trades is not None
    first = f"{told.names.party(one.giver)}: {told.level(one.issue, one.level)}"
    back = f"{told.names.party(one.taker)}: {told.level(one.back, one.back_level)}"
    change = dict(zip(trades.needed, one.change, strict=True))
    gains = f"{told.names.party(one.giver)} {signed(change[one.giver])}, {told.names.party(one.taker)} "
    gains += signed(change[one.taker])
    lose = f"; {told.parties(one.losers)} would lose" if one.losers else ""
    return (told.say(capital(first), EXACT), told.say(capital(back), EXACT), told.say(capital(gains) + lose, EXACT))


def _improved(told: Telling) -> Sentence:
    trades = told.dealt.trades
    assert trades is not None
    what = {"given": "The package given", "nash": "The Nash deal", "status-quo": "How things stand"}[trades.chosen_by]
    if not trades.improved:
        return told.say(f"{what} cannot be improved for anybody without loss to somebody.", "no package dominates it")
    many = "another package is" if trades.improvements == 1 else f"{trades.improvements:,} other packages are"
    some = many if trades.improvements >= 0 else "another package is"
    text = f"{what} can be improved: {some} better for somebody and worse for nobody; the best of them moves "
    return told.say(f"{text}{told.moved(trades.better, trades.package)}.", "packages that dominate it")


def _concessions(told: Telling) -> Iterator[Sentence]:
    """Say which concessions can be made good in full, the dearest first: those are what has a price."""
    trades = told.dealt.trades
    assert trades is not None
    good = [c for c in trades.concessions if c.found and c.net >= 0]
    for one in sorted(good, key=lambda c: _cost(told, c))[:MOST]:
        text = f"{told.names.party(one.party)} can be made good for {told.level(one.issue, one.level)}: "
        text += f"{told.moved(one.package, _with(trades.package, told, one)) or 'nothing more is needed'}"
        yield told.say(capital(f"{text} ({signed(one.net)} points in the end)."), EXACT)


def _cost(told: Telling, one: Concession) -> int:
    trades = told.dealt.trades
    assert trades is not None
    return one.alone[trades.needed.index(one.party)]


def _with(package: tuple[int, ...], told: Telling, one: Concession) -> tuple[int, ...]:
    trades = told.dealt.trades
    assert trades is not None
    k = trades.issues.index(one.issue)
    return (*package[:k], one.level, *package[k + 1 :])
