"""What does each named rule mean that put a value into a situation?

A rule that is not here is an analyst's own, and is shown under its name.
"""

# Rules by which a draft is made from what was read; `docs/rules.md` shows them.
DRAFT_RULES = {
    "salience-unstated": "how much an issue matters is never in the text: 10 to 90 of 100, 50 at best",
    "hardness-swept": "whether a red line is real is never in the text: 0 to 1",
    "ally-weight-swept": "how much an ally's wish weighs with its partner is never in the text: 0 to 1",
    "scale-of-what-is-asked": "0 is how things stand, 100 is all that is asked for",
    "named-in-text": "the party stands in the text, as somebody who acts or in passing",
    "venue-host": "the party hosts the talks, or the place they meet in is its own",
    "issue-in-stance": "somebody takes a stance on the issue",
    "issue-named": "the issue is named, and nobody is read as taking a stance on it",
    "talks-reported": "those reported as talking to each other are those whose consent a deal needs",
    "talks-assumed": "no talks are reported: the two with most between them are put at a table",
    "third-at-the-table": "a third who meets with two adversaries is taken to go between them, though nobody says so",
    "stated-mediator": "the text says that it mediates",
    "shared-party": "a party of the talks that meets somebody else consults with it",
    "agenda-in": "a party at the table brings the issue or takes it up",
    "agenda-refused": "a party at the table refuses to discuss the issue",
    "agenda-precondition": "a party at the table makes the issue a condition of the rest",
    "agenda-procedural": "format and venue are arranged, not traded: listed, without a level to settle",
    "demand-as-made": "who asks whom for what, as the words say",
    "meeting-reported": "held, planned or called off, as the words say",
    "incident-reported": "done outside the table, as the words say",
    "threat-as-made": "a conditional warning is a threat; the act in its condition is not",
    "named-in-threat": "what a threat names, or would be set off by, is something its actor can do",
    "tie-stated": "backing or alliance, as the words say",
    "coordination": "two parties that coordinate or cooperate, as the words say, are allies",
    "lexicon-patron": "the lexicon knows the state that stands behind an armed group",
    "counterpart-benefit": "a trade needs something for everybody: relief under pressure, assurances elsewhere",
    "verifier-needed": "limits need somebody who checks them",
}
# All of them: also the rows of the stance table, and the rules of coded cases.
RULES = DRAFT_RULES | {
    "demand-firm": "a demand put as a must is placed at 75 to 100 of what is asked, 100 at best",
    "demand": "a demand is placed at 50 to 100 of what is asked, 75 at best",
    "demand-soft": "a wish is placed at 25 to 100 of what is asked, 50 at best",
    "demand-to-stop": "rejecting what another does is asking for its end: placed at 50 to 100 of that, 75 at best",
    "condition": "a condition is placed at 75 to 100 of what is asked, with a red line at 50",
    "refusal": "a refusal is placed at how things stand, with a red line there",
    "topic-accepted": "taking up an issue is not wanting it: placed at how things stand, without a red line",
    "offer": "what is offered is a price, not a wish: placed at how things stand, without a red line",
    "acceptance": "going along may be a wish or a price, which is not said: anything from nothing to all of it",
    "addressee": "something is asked of this party and it has not answered: placed at how things stand",
    "broader-agenda": "seeking a broader deal without naming the issue is wanting anything from nothing to all of it",
    "counterpart": "it is the other side's to give; how much this party wants is not said: 25 to 100, 50 at best",
    "unstated": "no word of this party on it was read: anything from nothing to all of it",
    "ally-or-rival-could": "an ally of the one a threat names, or a rival of the one who threatens, could do it too",
    "walk-away-swept": "what a party has without a deal is not in the text: tried half a full-scale move up and down",
    "coded-from-quote": "a coder's number for what the quoted words say",
    "span-of-members": "a principal spans what the members of its decision body want",
    "refusal-of-topic": "a refusal to discuss an issue is a red line at how things stand",
    "tie-weight-swept": "how much an ally's or lobby's wish weighs is not known: swept from 0 to 1",
    "status-quo-unstated": "where the issue stands today is not said: anything on its scale",
    "unsigned": "nobody signed this entry",
}
