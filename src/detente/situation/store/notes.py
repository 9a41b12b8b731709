"""What does each field of the file mean, in one line?"""

from typing import Final

from detente.situation.values import Record

_COMMON: Final = {
    "id": "the short name by which everything else refers to it",
    "evidence": "ids of the evidence behind it",
    "basis": "where it comes from: read, entered, supplied or assumed",
    "note": "a remark for people",
    "party": "which party",
    "issue": "which issue",
    "table": "which table",
    "by": "which party does it",
    "against": "which party it is aimed at",
    "action": "what is done, in a few words",
    "date": "the day, as YYYY-MM-DD",
    "when": "the time in the words of the text, where no day can be told",
    "venue": "the place",
    "host": "the party that hosts",
    "name": "the name as people write it",
    "aliases": "other names for it",
    "url": "where it can be found",
}

_OWN: Final[dict[str, dict[str, str]]] = {
    "Situation": {
        "title": "what the dispute is called",
        "as_of": "the last day whose news the situation may know, as YYYY-MM-DD",
        "documents": "what was read",
        "evidence": "the quotes that values rest on",
        "parties": "who wants, refuses, threatens or pays",
        "issues": "what is bargained over",
        "stances": "what each party wants on each issue",
        "demands": "who asks whom to do what with an issue",
        "influence": "weights of parties, where somebody gave them",
        "scores": "explicit scores of levels, instead of scores derived from stances",
        "interactions": "what two levels are worth to a party together, beyond what each is worth alone",
        "tables": "where something is bargained over",
        "meetings": "meetings planned, held or cancelled",
        "deadlines": "by when something must have happened",
        "incidents": "what was done outside the tables",
        "ties": "what binds two parties",
        "threats": "threats and commitments",
        "moves": "what parties can do outside the tables",
        "effects": "what moves are worth to whom",
        "preferences": "which states of the world a party prefers to which",
        "questions": "questions about the future that can be resolved",
    },
    "Document": {
        "title": "its headline",
        "publisher": "who published it",
        "published": "the day it was published, as YYYY-MM-DD",
        "reported": "the first day on which it could be known, as YYYY-MM-DD",
        "sha256": "the SHA-256 of the untouched file",
    },
    "Evidence": {
        "document": "the document that holds the quote",
        "sentence": "the id of its sentence",
        "start": "the offset of its first character in the document",
        "end": "the offset after its last character",
        "quote": "the exact words",
        "item": "the item that the reader made of it",
        "speaker": "who says it",
        "grade": "an Admiralty grade, A1 to F6",
    },
    "Party": {
        "kind": "state, organisation, armed group, person ...",
        "members": "the parties inside it",
        "decision_body": "true where its members are weighed inside it",
    },
    "Landmark": {"at": "the level", "name": "what the level means"},
    "Issue": {
        "scale": "the two ends of the scale, [low, high]",
        "unit": "the unit of the scale",
        "landmarks": "named levels, as level: name",
        "status_quo": "where things stand today",
        "options": "the only levels a deal may take, where they are few",
    },
    "RedLine": {
        "at": "the level it will not pass",
        "accepts": "on which side of the level it still accepts",
        "hardness": "the probability that it means it, 0 to 1",
    },
    "Stance": {
        "position": "the level it wants",
        "salience": "how much the issue matters to it, 0 to 100",
        "red_line": "what it will not accept: {at_most: level, hardness: 0 to 1} or {at_least: ...}",
    },
    "Demand": {
        "to": "which party is asked",
        "ask": "include the issue, exclude it or settle it",
        "status": "a topic, an aim, or a condition that must come first",
    },
    "Influence": {"weight": "the weight, 0 or more"},
    "Score": {"at": "the level that is scored", "value": "its score"},
    "Interaction": {
        "at": "the level of the issue",
        "other": "the other issue",
        "other_at": "the level of the other issue",
        "value": "what the two are worth together, beyond what each is worth alone",
    },
    "AgendaItem": {
        "mode": "how the issue stands on the agenda",
        "by": "by whose doing",
        "elsewhere": "the table that settles it instead",
    },
    "ListingCost": {"cost": "the cost; one full-scale move on an issue of salience 100 is 100"},
    "NoDeal": {"value": "what it has without a deal, in the unit of listing costs, relative to the status quo"},
    "Requirement": {
        "issue": "the issue that is settled at the other table",
        "at": "the level that is agreed on there",
        "of": "the issue at this table of which something is then required",
        "accepts": "on which side of `level` it must lie",
        "level": "the level that it must not pass",
    },
    "Link": {
        "kind": "what the other table does for this one",
        "table": "the other table",
        "requires": "what a level agreed there requires here",
    },
    "Mediator": {"stated": "false where nobody said so", "party": "the party that mediates"},
    "Table": {
        "consent": "the parties that bargain, and can each say no unless the rule is another",
        "consulted": "the parties that are asked but cannot say no",
        "mediator": "the party that mediates",
        "direct": "true face to face, false through others",
        "rule": "whose acceptance carries a package: all, more than half, more than half by influence, or `quorum`",
        "quorum": "how many must accept, where the rule is `quorum`",
        "vetoes": "the consenting parties that must accept under any rule",
        "ratifiers": "the parties that do not bargain, and must not lose by a package",
        "agenda": "each issue and how it stands, as issue: mode",
        "listing_costs": "what merely listing an issue costs a party, as party: {issue: cost}",
        "no_deal": "what each party has without a deal, as party: value",
        "links": "how other tables bear on this one, as table: kind",
    },
    "Meeting": {"parties": "who meets", "status": "planned, held or cancelled"},
    "Deadline": {"what": "what must have happened by then", "by": "the party that set it"},
    "Incident": {
        "act": "the kind of act",
        "actor": "the party that did it, where that is stated",
        "target": "the party it was done to",
        "what": "what happened, in a few words",
    },
    "Tie": {
        "kind": "what binds them",
        "source": "the ally, lobby or patron",
        "target": "the party it bears on",
        "weight": "how much it weighs",
        "control": "how far a patron controls its proxy",
    },
    "Trigger": {"actor": "whose action sets it off", "action": "the action that sets it off"},
    "Threat": {
        "kind": "a threat, or a commitment",
        "condition": "the condition in words",
        "trigger": "the condition as actor and action",
        "cost": "what carrying it out costs its author",
        "audience_cost": "what letting it drop costs its author",
        "credibility": "the probability that it would be carried out, 0 to 1",
    },
    "Move": {
        "alone": "true where the party can do it alone",
        "in_force": "true where it is being done today",
        "after": "the moves of which one must have been made before it",
        "undone_by": "the parties that can undo it",
        "excludes": "the moves that cannot go with it",
    },
    "Effect": {
        "move": "which move",
        "given": "another move, where the two are valued together beyond each alone",
        "world": "the named world in which it counts, where it is not all of them",
        "value": "what it is worth, in points",
    },
    "Preference": {
        "prefers": "the moves made in the preferred state",
        "over": "the moves made in the other state",
        "strength": "how strongly",
    },
    "Condition": {
        "question": "which question",
        "outcome": "how it has to come out",
        "within_days": "how many days after that the question closes",
    },
    "About": {
        "event": "what comes about",
        "by": "who does it",
        "against": "against whom",
        "issue": "which issue",
        "threat": "which threat",
    },
    "Question": {
        "text": "the question",
        "kind": "what an answer looks like",
        "choices": "the possible answers",
        "criteria": "what decides it",
        "low": "the lower end of the scale of a number",
        "high": "the upper end of the scale of a number",
        "unit": "what the number counts",
        "sources": "where the outcome will be looked up",
        "opens": "the first day for forecasts, as YYYY-MM-DD",
        "closes": "the last day for forecasts, as YYYY-MM-DD",
        "given": "how another question has to come out before this one is asked",
        "cluster": "the event that it hangs on, with other questions",
        "topics": "what it is about, in short words",
        "about": "the event that it is about, in the words of the situation",
    },
}


def noted_fields(model: type[Record]) -> dict[str, str]:
    """Say in one line each what the fields of a noun mean.

    >>> from detente.situation.nouns import NoDeal
    >>> noted_fields(NoDeal)["party"]
    'which party'
    """
    own = _OWN.get(model.__name__, {})
    return {name: own.get(name, _COMMON.get(name, "")) for name in model.model_fields}
