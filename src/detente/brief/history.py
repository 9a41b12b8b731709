"""What was said of negotiations that are over, beside what came of them, and what that does and does not show?"""

from collections.abc import Iterator, Sequence
from textwrap import fill

from detente.backtest.history import EXISTS, MEAN, MEDIAN, NASH, Chance, Predicted, TalksTrial, mean_scores
from detente.backtest.past_talks import PAST_EVENTS, Event
from detente.backtest.permuted import MEASURES, PLACEBO_DRAWS, Placebo
from detente.outlook.classes import EARNED

WIDEST = 100
_HUNDRED = 100.0
_EVENTS: dict[Event, str] = {
    "agreement": "Agreement, at any time after the day of the coding",
    "force": "Force used between the two, at any time after the day of the coding",
    "war": "War between the two, at any time after the day of the coding",
}
_SCOPE = (
    "Each was coded by hand as of a day before its end, from memory of the literature, by a coder who knew the end; "
    "nothing is tuned on them. They were chosen because they are well known, which is no sample: rates among them say "
    "nothing of rates elsewhere, and with so few no difference between scores counts for more than an anecdote."
)
_COLUMNS = (
    "Classes: the rate, with k of n past cases, without the case itself where it is one of them. They count what came "
    "about over whole crises, in today's data set, which holds later ones too. The other columns are shares of the "
    "model's draws, world by named world, which rest on assumed ranges and are no probabilities; they are scored as if "
    "they were."
)
_MIXED = {
    "within": "stances change hands within each issue",
    "between": "stances change places between all issues of all cases",
}


def told(trials: Sequence[TalksTrial], placebos: Sequence[Placebo], *, draws: int, seed: int) -> str:
    """Write a backtest on coded cases down for a terminal."""
    parts = [
        f"{len(trials)} negotiations that are over.",
        _SCOPE,
        *(_event(event, trials) for event in PAST_EVENTS),
        _COLUMNS,
        *_terms(trials),
        _standing(trials),
        *_placebos(placebos),
        *_notes(trials),
        f"{draws:,} draws of every case, seed {seed}.",
    ]
    return "\n\n".join(part if "\n" in part else fill(part, WIDEST) for part in parts) + "\n"


def _event(event: Event, trials: Sequence[TalksTrial]) -> str:
    chances = [c for trial in trials for c in trial.chances if c.event == event]
    scores = mean_scores(chances)
    names = [name for name, _, _ in scores]
    rows: list[tuple[str, ...]] = [("", "came", *names)]
    for trial in trials:
        own = {c.forecaster: c for c in chances if c.case == trial.talks.name}
        came = "yes" if trial.talks.outcome.happened(event) else "no"
        rows.append((trial.talks.name, came, *(_chance(own[name]) for name in names)))
    rows.append(("Brier score", "", *(f"{b:.3f}" for _, b, _ in scores)))
    rows.append(("log loss", "", *(f"{loss:.3f}" for _, _, loss in scores)))
    return "\n".join([f"{_EVENTS[event]}.", _table(rows), *_classes(chances)])


def _classes(chances: Sequence[Chance]) -> Iterator[str]:
    """Name every class with its interval, the widest there is among its cases."""
    classes = [c for c in chances if c.bounds is not None]
    for name, among in dict.fromkeys((c.forecaster, c.among) for c in classes):
        ends = [c.bounds for c in classes if (c.forecaster, c.among) == (name, among) and c.bounds is not None]
        low, high = min(e[0] for e in ends), max(e[1] for e in ends)
        yield f"{name}: {among} [{low:.2f}, {high:.2f}]"


def _chance(one: Chance) -> str:
    return f"{one.value:.2f}" + (f" ({one.count}/{one.of})" if one.kind == "class" else "")


def _terms(trials: Sequence[TalksTrial]) -> Iterator[str]:
    agreed = [trial for trial in trials if trial.predicted]
    if not agreed:
        return
    ways = list(dict.fromkeys(p.way for trial in agreed for p in trial.predicted))
    rows: list[tuple[str, ...]] = [("", *ways)]
    every = [{p.way: p for p in trial.predicted} for trial in agreed]
    for trial, own in zip(agreed, every, strict=True):
        rows.append((trial.talks.name, *(_far(own.get(way)) for way in ways)))
    rows.append(("mean of cases", *(_mean([own[way] for own in every if way in own]) for way in ways)))
    head = (
        "How far from the terms that were agreed: mean distance over issues, in hundredths of the scale; * is with red "
        "lines set aside, because they leave no deal at the best guess."
    )
    yield f"{fill(head, WIDEST)}\n{_table(rows)}"
    shown = [way for way in ways if way in (MEAN, NASH, MEDIAN)]
    each: list[tuple[str, ...]] = [("", "agreed", *shown)]
    for trial, own in zip(agreed, every, strict=True):
        for k, terms in enumerate(trial.talks.outcome.settled):
            low, high = terms.interval
            at = f"{terms.at:g}" if low == high else f"{terms.at:g} ({low:g} to {high:g})"
            each.append((f"{trial.talks.name} {terms.issue}", at, *(f"{own[way].level[k]:.0f}" for way in shown)))
    yield f"Issue by issue, in the unit of the issue.\n{_table(each)}"


def _far(one: Predicted | None) -> str:
    return "" if one is None else f"{_HUNDRED * one.mean:.1f}" + ("*" if one.aside else "")


def _mean(some: Sequence[Predicted]) -> str:
    return f"{_HUNDRED * sum(p.mean for p in some) / len(some):.1f}"


def _standing(trials: Sequence[TalksTrial]) -> str:
    lines = ["Who blocks, at the best guess with red lines taken at their word, and whom history names."]
    for trial in trials:
        outcome = trial.talks.outcome
        lines.append(trial.talks.name)
        for one in trial.standing:
            about = f" over {_listed(one.issues)}" if one.issues else ""
            found = "a deal" if one.deal else f"no deal: {_listed(one.parties) or 'nobody alone'}{about}"
            lines.append(fill(f"{one.agenda}: {found}", WIDEST, initial_indent="  ", subsequent_indent="    "))
        named = f"{_listed(outcome.blocked_by) or 'nobody'}" + (
            f" over {_listed(outcome.blocked_on)}" if outcome.blocked_on else ""
        )
        lines.append(f"  history: {named}")
    return "\n".join(lines)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _placebos(placebos: Sequence[Placebo]) -> Iterator[str]:
    if not placebos or not placebos[0].scores.size:
        return
    rows: list[tuple[str, ...]] = [("", "coding", "rank", "median of mixed")]
    for one in placebos:
        of = one.scores.shape[0]
        for k, name in enumerate(MEASURES):
            unit, form = (1.0, ".3f") if name == EXISTS else (_HUNDRED, ".1f")
            half = sorted(one.scores[:, k].tolist())[of // 2]
            own = f"{unit * float(one.own[k]):{form}}"
            rows.append((f"{one.mixing}: {name}", own, f"{one.ranks[k]} of {of + 1}", f"{unit * half:{form}}"))
    head = (
        f"Placebo: the same with what parties want mixed up. In 'within' {_MIXED['within']}, in 'between' "
        f"{_MIXED['between']}. Measured are the distance to the terms, and of whether a deal exists the Brier score, "
        f"over {PLACEBO_DRAWS} draws; the rank is that of the coding among the mixed ones and itself, 1 the best."
    )
    yield f"{fill(head, WIDEST)}\n{_table(rows)}"


def _notes(trials: Sequence[TalksTrial]) -> Iterator[str]:
    agreed = sum(trial.talks.outcome.agreed for trial in trials)
    share = agreed / len(trials)
    yield (
        f"{agreed} of {len(trials)} ended in agreement, because such cases are written about: who says {share:.2f} of "
        f"each scores {share * (1 - share):.2f}, whatever the case. Whoever says agreement often does well here, and "
        "classes badly."
    )
    for event in PAST_EVENTS:
        wrong = [c for t in trials for c in t.chances if c.event == event and (c.value > 0.5) != c.happened]
        names = dict.fromkeys(c.forecaster for c in wrong)
        if names:
            each = "; ".join(f"{n} on {_listed([c.case for c in wrong if c.forecaster == n])}" for n in names)
            yield f"On the wrong side of one half, {event}: {each}."
    yield f"The weight of the model is {EARNED:g}, before and after: the classes alone are the forecast."


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Line columns up: the first to the left, the others to the right."""
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    return "\n".join(
        " ".join([f"{row[0]:<{widths[0]}}", *(f"{c:>{w}}" for c, w in zip(row[1:], widths[1:], strict=True))]).rstrip()
        for row in rows
    )
