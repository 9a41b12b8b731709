"""Where does a body's decision lie on an issue, in sentences?"""

from detente.brief.document import Sentence
from detente.brief.prevailing import OnIssue, Standing
from detente.brief.sections.prevailing.telling import HOW, WEAKEST, Telling, few, roughly, weights
from detente.brief.words import capital, listed

TRACE = 0.025  # of the weight: less is not told
FEW = 4  # levels of an issue that can be decided at these only
ENOUGH, LITTLE = 0.25, 0.2  # of the weight: in an outer third each, and in the middle, where the model is split
HEAPED = 0.4  # of the weight at one level: that level is told
SAME = 0.05  # of the scale: closer than this two values are told as one


def where(one: OnIssue, told: Telling) -> Sentence:
    """Say in one sentence where the decision lies."""
    if one.agreed:
        return _agreed(one, told)
    name = told.names.issue(one.issue)
    if 0 < len(told.issue(one).options) <= FEW:
        return told.say(f"On {name} {_by_option(one, told)}.", one)
    if (split := _split(one)) is not None:
        low, high = (told.level(one, at) for at in told.ends(one))
        text = (
            f"On {name} {told.forecast} is split: {roughly(split[0])} of its weight lies in the third of the scale "
            f"next to {low}, {roughly(split[2])} in the third next to {high}, and {roughly(split[1])} between."
        )
        return told.say(text, one)
    at, share = _peak(one, told)
    low, high = (told.number(one, at) for at in (one.forecast.low, one.forecast.high))
    most = f"and most of it from {low} to {high}" if low != high else f"and most of it at {low}"
    if low == high == told.number(one, at) and share >= HEAPED:
        return told.say(f"On {name} {roughly(share)} of the model's weight lies at {told.level(one, at)}.", one)
    if share >= HEAPED:
        return told.say(f"On {name} {roughly(share)} of the model's weight lies at {told.level(one, at)}, {most}.", one)
    middle, below = told.level(one, one.forecast.median), _below(one, told)
    return told.say(f"On {name} {below} of the model's weight lies at or below {middle}, {most}.", one)


def _below(one: OnIssue, told: Telling) -> str:
    """Say how much lies at or below the median: with much of it at the median itself that is more than half."""
    low, high = told.ends(one)
    step = (high - low) / max(len(one.shares) - 1, 1)
    found = sum(share for k, share in enumerate(one.shares) if low + k * step <= one.forecast.median + step / 2)
    return roughly(found).replace("about half", "half")


def _peak(one: OnIssue, told: Telling) -> tuple[float, float]:
    """Return the level at which most of the weight lies, and how much."""
    low, high = told.ends(one)
    top = max(range(len(one.shares)), key=lambda k: one.shares[k])
    return low + (high - low) * top / max(len(one.shares) - 1, 1), one.shares[top]


def _by_option(one: OnIssue, told: Telling) -> str:
    """Say how much of the weight lies at each of the few levels that the issue can be decided at."""
    (low, high), options = told.ends(one), sorted(told.issue(one).options)
    last, found = max(len(one.shares) - 1, 1), dict.fromkeys(options, 0.0)
    for k, share in enumerate(one.shares):
        at = low + (high - low) * k / last
        found[min(options, key=lambda option: abs(option - at))] += share
    ordered = sorted(((share, at) for at, share in found.items() if share >= TRACE), key=lambda each: -each[0])
    parts = [
        f"{roughly(share)}{'' if k else ' of the weight of the model lies'} at {told.level(one, at)}"
        for k, (share, at) in enumerate(ordered)
    ]
    return listed(parts)


def _agreed(one: OnIssue, told: Telling) -> Sentence:
    at = told.level(one, one.standings[0].position.best)
    text = (
        f"On {told.names.issue(one.issue)} all who have a stance stand at {at}, whatever the draw: there is nothing to "
        "decide, and every model answers that. Give a member another position, or a range, where that is not so."
    )
    kinds = {s.position.basis.kind for s in one.standings} - {"read"}
    derived = told.register.derive("one position for all", *told.register.ranges(*(s.position for s in one.standings)))
    return Sentence(text, (derived,), max(kinds, key=WEAKEST.index) if kinds else None)


def _split(one: OnIssue) -> tuple[float, float, float] | None:
    """Return the shares in the thirds of the scale where both outer ones hold much and the middle little."""
    last = max(len(one.shares) - 1, 1)
    thirds = [0.0, 0.0, 0.0]
    for k, share in enumerate(one.shares):
        thirds[min(int(3 * k / last), 2)] += share
    return (thirds[0], thirds[1], thirds[2]) if min(thirds[0], thirds[2]) >= ENOUGH and thirds[1] <= LITTLE else None


def beside(one: OnIssue, told: Telling) -> tuple[Sentence, ...]:
    """Say what the compromise mean and past decisions elsewhere would make of the same issue."""
    if one.agreed:
        return ()
    low, high = told.ends(one)
    near = abs(one.compromise - one.forecast.median) <= SAME * (high - low)
    text = f"The compromise mean is {'close to the median, at' if near else 'at'} {told.level(one, one.compromise)}"
    past = [told.number(one, at) for at in (one.climatology.low, one.climatology.high)]
    if one.climatology.low <= low and one.climatology.high >= high:
        text += "; past decisions elsewhere, put on this scale, lay all over it."
    else:
        text += f"; put on this scale, four fifths of past decisions elsewhere lay from {past[0]} to {past[1]}."
    return (told.say(text, one, HOW["compromise"] + "; decisions of the European Union, put on the scale"),)


def who(one: OnIssue, told: Telling) -> tuple[Sentence, ...]:
    """Say who stands on either side of the median, or at each of the few levels, and with how much of the weight."""
    if one.agreed:
        return ()
    parts = [_standing(words, side, one, told) for words, side in _sides(one, told) if side]
    return (told.say(f"At the best guess, {'; '.join(parts)}.", one, "positions and influence x salience at best"),)


def _sides(one: OnIssue, told: Telling) -> list[tuple[str, list[Standing]]]:
    """Return who stands where, the weightiest first, with the words for where."""
    shares, (low, high), options = weights(one), told.ends(one), sorted(told.issue(one).options)
    ordered = sorted(one.standings, key=lambda s: -shares[s.party])
    if 0 < len(options) <= FEW:
        nearest = {s.party: min(options, key=lambda option: abs(option - s.position.best)) for s in ordered}
        return [(f"at {told.level(one, at)}", [s for s in ordered if nearest[s.party] == at]) for at in options]
    close, at = SAME * (high - low), one.forecast.median
    return [
        (
            f"below the median of the model, {told.number(one, at)},",
            [s for s in ordered if s.position.best < at - close],
        ),
        ("close to the median", [s for s in ordered if abs(s.position.best - at) <= close]),
        ("above the median", [s for s in ordered if s.position.best > at + close]),
    ]


def _standing(words: str, side: list[Standing], one: OnIssue, told: Telling) -> str:
    shares = weights(one)
    names, verb = few([told.names.party(s.party) for s in side]), "stands" if len(side) == 1 else "stand"
    return f"{words} {verb} {names}, with {roughly(sum(shares[s.party] for s in side))} of the weight"


def veto(told: Telling) -> tuple[Sentence, ...]:
    """Say first that each can say no, where that is so."""
    found = told.found
    if not found.veto:
        return ()
    who_ = few([told.names.party(m) for m in found.members], most=8)
    text = (
        f"Each of {who_} can say no: what follows shows where the weight lies among them, as one lens, and is no "
        "forecast of a deal."
    )
    return (told.plain(text, "the rule of the table, and who must consent"),)


def unheard(told: Telling) -> tuple[Sentence, ...]:
    """Say which members have no stance, and what is left out for lack of one."""
    found, parts = told.found, []
    if found.unheard:
        many = len(found.unheard) > 1
        text = (
            f"{capital(few([told.names.party(p) for p in found.unheard], most=8))} "
            f"{'have' if many else 'has'} no stance on any of this and {'count' if many else 'counts'} for nothing "
            f"here. Add {'stances of theirs' if many else 'a stance of its own'} where that is wrong."
        )
        parts.append(told.plain(text, "members without a stance"))
    if found.left_out:
        rows = "; ".join(f"{told.names.issue(issue)} ({_why(only, told)})" for issue, only in found.left_out)
        parts.append(told.plain(f"Left out: {rows}.", "issues on which fewer than two members can be weighed"))
    return tuple(parts)


def _why(only: str | None, told: Telling) -> str:
    """Say why an issue is left out."""
    return "nobody cares about it" if only is None else f"only {told.names.party(only)} has a stance"
