"""What do the model's own courses come to, world by world, apart from any rate?"""

from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.sections.no_deal.telling import WORLDS
from detente.brief.sections.outlook import content, pictures
from detente.brief.sections.outlook.telling import Standing, Telling, named, of_all, standing, words_of
from detente.brief.words import capital, counted, listed
from detente.figures import share_of

# What is said in short, beside what stands most often.
SHORT = ("an agreement is in force", "one side has given in under pressure", "talks have broken off")
NAMED = 0.01  # a smaller share of draws is passed over in prose; the tables hold it
LEVEL = "Such models settle too readily: read how the shares differ, not how high they are."
AGENDA = "which agenda is agreed on: put forward by the weight of what it gains, refused where it gives less than none"
EVERY = "all equilibria of every crisis; one of them is drawn by lot in each draw"


def blocks(told: Telling) -> tuple[Block, ...]:
    """Tell the courses: what stands after the last round, who begins, on which agenda, what is agreed, who blocks."""
    return (
        Paragraph((apart(told), no_dates(told))),
        Listing(in_worlds(told)),
        *pictures.states(told, range(len(told.worlds))),
        *_paragraph(force(told)),
        *_paragraph((*equilibria(told), *coexist(told))),
        agendas(told),
        *_paragraph(blocked(told)),
        *content.blocks(told),
    )


def _paragraph(sentences: tuple[Sentence, ...]) -> tuple[Block, ...]:
    return (Paragraph(sentences),) if sentences else ()


def apart(told: Telling) -> Sentence:
    """Say what the shares are, and what they count in the rates."""
    earned = "until past cases show what they add" if told.found.weight == 0 else "which they have earned on past cases"
    text = (
        f"The model's own courses stand apart: their weight in the rates is {told.found.weight:g}, {earned}. What "
        f"follows are shares of {told.found.draws:,} draws, not probabilities, in named worlds that are not averaged. "
        f"{LEVEL}"
    )
    return told.say(text)


def no_dates(told: Telling) -> Sentence:
    """Say that rounds have no dates."""
    text = (
        f"A draw is followed over {told.setting.rounds} rounds; a round is one round of talks, or the time that one "
        "would take: rounds have no dates."
    )
    return told.say(text)


def in_short(told: Telling) -> Sentence:
    """Say in one sentence what the shares are, what they count, and that their rounds have no dates."""
    return told.say(
        f"The model's own courses over {told.setting.rounds} undated rounds stand apart, with weight "
        f"{told.found.weight:g} in these rates: shares of its draws, world by named world. {LEVEL}"
    )


def in_worlds(told: Telling, *, short: bool = False) -> tuple[Sentence, ...]:
    """Say in one sentence for each world what stands after the last round, and whether force is used."""
    each = [standing(told.found.sums, w) for w in range(len(told.worlds))]
    return tuple(told.share(_in_world(one, told, short=short)) for one in each)


def _in_world(one: Standing, told: Telling, *, short: bool) -> str:
    world = told.setting.worlds[told.worlds.index(one.world)]
    lead = f"{named(one.world)} ({WORLDS[world]}):"
    if not one.draws:
        return f"{lead} no draw agrees with what parties are said to prefer, so that there is nothing to tell."
    ends = ((one.agreed, "an agreement is in force"), (one.conceded, "one side has given in under pressure"),
            (one.talking, "talks go on"), (one.broken, "talks have broken off"))  # fmt: skip
    shown = sorted((each for each in ends if each[0] >= NAMED * one.draws), key=lambda each: -each[0])
    shown = [shown[0], *(each for each in shown[1:] if each[1] in SHORT)] if short else shown
    parts = [f"{what} in {words_of(count, one.draws)}" for count, what in shown[1:]]
    after = "at the end" if short else f"after round {told.setting.rounds}"
    first = f"{after} {shown[0][1]} in {of_all(shown[0][0], one.draws)}"
    return f"{lead} {listed([first, *parts])}; {_force(one)}."


def _force(one: Standing) -> str:
    if not one.force:
        return "no draw sees force"
    war = f"war in {_few(one.war, one.draws)}" if one.war else "war in none"
    return f"force is used at some time in {_few(one.force, one.draws)}, {war}"


def _few(count: int, draws: int) -> str:
    """Return a share in round words, or the count where it is hardly any."""
    words = words_of(count, draws) if draws > 1 else "the one draw made"
    return counted(count, "draw", "draws") if words == "hardly any" else words


def force(told: Telling) -> tuple[Sentence, ...]:
    """Say who uses force first, of all draws in which anybody does."""
    sums, found = told.found.sums, []
    for w, world in enumerate(told.worlds):
        first = sums.first[w].sum(axis=0).tolist()
        order = [d for d in sorted(range(len(first)), key=lambda d: -first[d]) if first[d]]
        if order:
            parts = listed(f"{told.who(told.setting.dyads[d])} in {first[d]:,}" for d in order)
            found.append(f"in {named(world)}, of {counted(sum(first), 'draw', 'draws')}, {parts}")
    return (told.share(f"Who uses force first, where anybody does: {'; '.join(found)}."),) if found else ()


def coexist(told: Telling) -> tuple[Sentence, ...]:
    """Say where talks or a settlement stand while force is used: the two do not exclude one another."""
    sums, found = told.found.sums, []
    for w, world in enumerate(told.worlds):
        both, draws = int(sums.state[w, :, 1:4, 1:].sum(axis=(1, 2)).max()), int(sums.count[w])
        if both >= NAMED * max(draws, 1):
            found.append(f"up to {both:,} of {draws:,} draws in {named(world)}")
    if not found:
        return ()
    text = f"Force and talks, or a deal, do not exclude each other: in the same round both stand in {listed(found)}."
    return (told.share(text),)


def equilibria(told: Telling) -> tuple[Sentence, ...]:
    """Say how often a crisis has several equilibria, and that one of them is drawn."""
    sums, dyads, found = told.found.sums, told.setting.dyads, []
    for d, dyad in enumerate(dyads):
        many = [(world, int(sums.several[w, d])) for w, world in enumerate(told.worlds)]
        if any(count for _, count in many):
            told_of = listed(f"{counted(count, 'draw', 'draws')} of {named(world)}" for world, count in many if count)
            found.append(f"{told.who(dyad)} in {told_of}")
    if not dyads:
        text = "Nobody is in a position to challenge anybody, so that no draw has a crisis outside the table."
    elif found:
        text = f"Crises with several equilibria, one of which is drawn by lot: {'; '.join(found)}."
    else:
        text = "In every draw every crisis has one equilibrium, so that none was chosen among several."
    return (told.share(text, EVERY),)


def agendas(told: Telling) -> Grid:
    """Set out on which agenda talks agree, world by world."""
    sums, worlds = told.found.sums, range(len(told.worlds))
    rows = tuple(
        told.row(
            capital(told.agenda(m)), (share_of(sums.modes[w, m] / max(int(sums.count[w]), 1)) for w in worlds), AGENDA
        )
        for m in range(sums.modes.shape[1])
        if sums.modes[:, m].any()
    )
    who = capital(told.names.party(told.setting.proposer))
    caption = told.share(f"On which agenda talks agree, as shares of the draws. {who} puts agendas forward.", AGENDA)
    heads = (f"{world} ({int(sums.count[w]):,} draws)" for w, world in enumerate(told.worlds))
    return Grid(caption, ("agenda", *heads), rows)


def blocked(told: Telling) -> tuple[Sentence, ...]:
    """Say who alone could open a deal where no agenda is agreed on."""
    sums, found = told.found.sums, []
    for w, world in enumerate(told.worlds):
        counts = sums.blocked[w].tolist()
        if sum(counts):
            order = sorted((m for m in range(len(counts)) if counts[m]), key=lambda m: -counts[m])
            parts = [f"{told.parties(m)} in {counts[m]:,}" for m in order]
            found.append(f"in {named(world)}, of {counted(sum(counts), 'draw', 'draws')}, {listed(parts)}")
    if not found:
        return ()
    text = (
        "Where no agenda is agreed on, who alone could open a deal on the last one put forward, by setting its red "
        f"lines and its value of no deal aside: {'; '.join(found)}."
    )
    return (told.share(text),)
