"""Do parties, threats and quotes make sense?"""

from detente.situation.check.problem import Problem, Problems, doubt, listed, repeated
from detente.situation.nouns import Situation, Tie


def parties(situation: Situation) -> Problems:
    """Find decision bodies without members, and parties inside themselves."""
    members = {party.id: party.members for party in situation.parties}
    for party in situation.parties:
        at = f"{party.id}.members"
        if party.decision_body and not party.members:
            message = f"'{party.id}' decides by weighing its members, but has none."
            yield Problem(at, message, "Name its members, or take decision_body out.")
        if party.decision_body and len(set(party.members)) == 1:
            yield doubt(at, f"'{party.id}' has a single member to weigh.", "Name the others.")
        for twice in repeated(party.members):
            yield Problem(at, f"'{twice}' stands twice among the members of '{party.id}'.", "Name it once.")
        if party.id in _within(party.id, members):
            yield Problem(at, f"'{party.id}' is a member of itself, directly or through others.", "Break the circle.")


def threats(situation: Situation) -> Problems:
    """Find ties and threats of a party with itself, and threats that nothing sets off."""
    for threat in situation.threats:
        if threat.by == threat.against:
            yield Problem(f"{threat.id}.against", f"'{threat.by}' is set against itself.", "Name the other party.")
        if threat.trigger is None:
            message = f"nothing is named that sets '{threat.id}' off, so it answers no action."
            yield doubt(f"{threat.id}.trigger", message, "Give {actor: party, action: what it does}.")
        if threat.trigger is not None and threat.trigger.actor == threat.by:
            message = f"'{threat.id}' is set off by its own author '{threat.by}'."
            yield doubt(f"{threat.id}.trigger", message, "Check whose action sets it off.")
    for tie in situation.ties:
        yield from _tie(tie)


def quotes(situation: Situation) -> Problems:
    """Find evidence whose offsets cannot be those of its quote."""
    for evidence in situation.evidence:
        length = evidence.end - evidence.start
        if not evidence.quote:
            yield Problem(f"{evidence.id}.quote", "the quote is empty.", "Give the exact words, or take it out.")
        elif length != len(evidence.quote):
            message = f"the quote has {len(evidence.quote)} characters, its offsets {length}."
            yield Problem(f"{evidence.id}.end", message, "Give start and end so that text[start:end] is the quote.")


def rest(situation: Situation) -> Problems:
    """Find titles that say nothing, meetings with nobody to meet, and demands of oneself."""
    if not situation.title.strip():
        yield doubt("title", "the situation has no title.", "Say in a few words which dispute it is.")
    for meeting in situation.meetings:
        if len(set(meeting.parties)) < 2:
            have = listed(meeting.parties) or "nobody"
            message = f"'{meeting.id}' is a meeting of {have}."
            yield doubt(f"{meeting.id}.parties", message, "Name the others, if the reporting does.")
    for demand in situation.demands:
        if demand.by == demand.to:
            yield doubt(f"{demand.id}.to", f"'{demand.by}' demands something of itself.", "Check who is asked.")


def _within(start: str, members: dict[str, tuple[str, ...]]) -> set[str]:
    """Return everyone inside a party, at any depth."""
    found: set[str] = set()
    waiting = list(members.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(members.get(one, ()))
    return found


def _tie(tie: Tie) -> Problems:
    if tie.source == tie.target:
        yield Problem(f"{tie.id}.target", f"'{tie.source}' is tied to itself.", "Name the other party.")
    if tie.kind in ("ally", "lobby") and tie.weight is None:
        message = f"nothing says how much the tie '{tie.id}' weighs."
        yield doubt(f"{tie.id}.weight", message, "Give a range; it may be wide.")
    if tie.kind == "patron_proxy" and tie.control is None:
        message = f"nothing says how far '{tie.source}' controls '{tie.target}'."
        yield doubt(f"{tie.id}.control", message, "Give low, medium or high.")
    if tie.kind != "patron_proxy" and tie.control is not None:
        message = f"'{tie.id}' has a degree of control, but is of the kind '{tie.kind}'."
        yield doubt(f"{tie.id}.control", message, "Make the kind patron_proxy, or take the control out.")
