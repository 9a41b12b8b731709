"""How far do the answers hold over the ranges of the inputs: shares of draws, and where critical lines run?"""

from collections.abc import Iterator

from detente.analyses.robust import Robust
from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.sections.deals.telling import Telling, signed
from detente.brief.words import capital, listed, number, of_draws, percent
from detente.levers import Line

SHARES = "a share of draws is a share of the model's draws over the ranges, not a probability"
UNASKED = "what was not asked of this table, and why"
KINDS = {"holds": "a deal", "none": "no deal", "depends": "a deal or none, depending on the rest"}
SWEEP = "the input swept over its range, every part of it settled by exact bounds, the rest at its best guess"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Answer for one agenda."""
    swept = tuple(_lines(told))
    unasked = tuple(told.say(why, UNASKED) for why in told.dealt.left_out)
    return (
        *_over_draws(told),
        *((Listing(swept),) if swept else ()),
        *((Listing(unasked),) if unasked else ()),
    )


def _over_draws(told: Telling) -> Iterator[Block]:
    found = told.dealt.robust
    if found is None:
        return
    who = [
        f"{told.names.party(p)} alone in {percent(share)}"
        for p, share in zip(found.needed, found.alone_share, strict=True)
        if share > 0
    ]
    share = found.deal_share
    lines = [f"There is a deal in {of_draws(share, found.draws)}; {SHARES}."]
    if who and len(found.needed) > 2 and _all_decide(told):
        lines.append(f"What all the others accept is refused by {listed(who)} of draws.")
    if found.coalitions and share < 1:
        sets = [(told.parties(c.parties), percent(c.share)) for c in found.coalitions[:3] if c.parties]
        if sets:
            lines.append(_refusing(told, sets))
    yield Paragraph(tuple(told.say(line, SHARES) for line in lines))
    if found.packages and found.packages[0].share > 0:
        caption = told.say("The packages that are a deal in the most draws.", SHARES)
        heads = ("package", "a deal in", *(f"accepted by {told.names.party(p)}" for p in found.needed))
        rows = tuple(
            (
                told.say(told.package(one.package), SHARES),
                told.say(percent(one.share), SHARES),
                *(told.say(percent(share), SHARES) for share in one.accepted),
            )
            for one in found.packages[:3]
        )
        yield Grid(caption, heads, rows)
    if len(found.gains):
        yield Paragraph(tuple(told.say(text, SHARES) for text in _gained(told, found)))


def _refusing(told: Telling, sets: list[tuple[str, str]]) -> str:
    """Say who between them refuses every package, and how often."""
    if not _all_decide(told):
        return f"The smallest sets that can stop every package: {'; '.join(f'{who} ({share})' for who, share in sets)}."
    each = "; none to ".join(f"{who} in {share}" for who, share in sets)
    return f"No package is acceptable to {each} of draws."


def _all_decide(told: Telling) -> bool:
    return told.dealt.situation.table(told.dealt.table).rule == "unanimity"


def _gained(told: Telling, found: Robust) -> Iterator[str]:
    """Say what the Nash deal gains over the draws, and why a best guess may lie outside of that."""
    low, high = (tuple(map(signed, found.gains[k].tolist())) for k in (0, -1))
    each = [
        f"{told.names.party(p)} {low[k]}" + (f" to {high[k]}" if low[k] != high[k] else "")
        for k, p in enumerate(found.parties)
    ]
    yield f"Where there is a deal, the Nash deal gains in nine draws of ten, in points: {'; '.join(each)}."
    nash = next((s for s in told.dealt.packages.solutions if s.concept == "nash" and s.found), None)
    outside = [
        f"{told.names.party(p)} ({signed(nash.gains[k])})"
        for k, p in enumerate(found.parties)
        if nash is not None and not found.gains[0][k] <= nash.gains[k] <= found.gains[-1][k]
    ]
    if outside:
        yield (
            f"The best guess lies outside of that for {listed(outside)}: it is not the middle of the ranges, and red "
            "lines that are in doubt are real in some draws only."
        )


def _lines(told: Telling) -> Iterator[Sentence]:
    """Tell each input that opens or closes a deal alone, and in one sentence those that do not."""
    yield from (_line(told, line) for line in told.dealt.lines if line.flips)
    idle: dict[str, list[str]] = {}
    for line in told.dealt.lines:
        if not line.flips:
            idle.setdefault(line.stretches[0].kind, []).append(told.names.input(line.path))
    for kind, what in idle.items():
        rest = "the rest at its best guess"
        if len(what) == 1:
            yield told.say(f"{capital(what[0])}: {KINDS[kind]} over the whole range, {rest}.", SWEEP)
        else:
            yield told.say(f"None of these alone turns the answer over its range, {rest}: {'; '.join(what)}.", SWEEP)


def _line(told: Telling, line: Line) -> Sentence:
    what = capital(told.names.input(line.path))
    parts, start = [], line.stretches[0].low
    ends = [*line.flips, line.stretches[-1].high]
    for end in ends:
        inside = next(s for s in line.stretches if s.low <= (start + end) / 2 <= s.high)
        parts.append(f"{KINDS[inside.kind]} from {number(start)} to {number(end)}")
        start = end
    return told.say(f"{what}: {'; '.join(parts)}.", SWEEP)
