"""That every word form of the lexicon leads to its frame, and to no spelling that does not exist."""

from typing import get_args

import pytest

from detente.read.frames import Frames, load_frames, noun_forms, verb_forms
from detente.read.items import Act

ACTS = set(get_args(Act))


@pytest.fixture(scope="module")
def frames() -> Frames:
    return load_frames()


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("refuse", "refuse refuses refused refusing"),
        ("deny", "deny denies denied denying"),
        ("signal", "signal signals signaled signalled signaling signalling"),
        ("ban", "ban bans banned banning"),
        ("agree", "agree agrees agreed agreeing"),
        ("seek", "seek seeks sought seeking"),
        ("withdraw", "withdraw withdraws withdrew withdrawn withdrawing"),
        ("veto", "veto vetoes vetoed vetoing"),
        ("attack", "attack attacks attacked attacking"),
        ("shut", "shut shuts shutting"),
        ("visit", "visit visits visited visiting"),
    ],
)
def test_all_forms_of_a_verb_are_made(lemma: str, forms: str) -> None:
    assert {form for form, _ in verb_forms(lemma)} == set(forms.split())


def test_plural_nouns_stay_as_they_are() -> None:
    assert noun_forms("talks") == ("talks",)
    assert noun_forms("deployment") == ("deployment", "deployments")


def test_every_frame_has_an_act_that_exists_or_none(frames: Frames) -> None:
    assert {frame.act for frame in frames.by_id.values() if frame.act} <= ACTS


def test_longer_expressions_are_tried_first(frames: Frames) -> None:
    for entries in frames.entries.values():
        lengths = [len(entry.rest) for entry in entries]
        assert lengths == sorted(lengths, reverse=True)


def test_every_stance_is_one_of_six(frames: Frames) -> None:
    moves = {frame.move for frame in frames.by_id.values() if frame.move}
    assert moves <= {"demand", "refuse", "offer", "accept", "open", "condition"}
