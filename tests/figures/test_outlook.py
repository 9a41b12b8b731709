"""Where it is heading, drawn: states over rounds, rates of classes, bars in parts; the same in characters."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from detente.errors import UsageError
from detente.figures.classpanel import ClassPanel, ClassRow, class_panel
from detente.figures.outlook_text import class_panel_as_text, round_states_as_text, stacked_as_text
from detente.figures.round_states import RoundState, RoundStates, RoundWorld, round_states
from detente.figures.stacked import Stacked, StackedCell, stacked

SVG = "{http://www.w3.org/2000/svg}"
TABLE = (RoundState("full deal", "settled"), RoundState("talks", "open"), RoundState("broken off", "failed"))
FORCE = (RoundState("war", "struck"), RoundState("limited force", "hit"))
CALM = RoundWorld("drift", ((0.1, 0.8, 0.1), (0.3, 0.5, 0.2), (0.6, 0.2, 0.2)), ((0.0, 0.0),) * 3, "2,048 draws")
WILD = RoundWorld("force", ((0.1, 0.8, 0.1), (0.1, 0.4, 0.5), (0.2, 0.2, 0.6)), ((0.0, 0.04), (0.02, 0.1), (0.02, 0.2)))
OVER = RoundStates(TABLE, FORCE, (CALM, replace(CALM, name="squeeze"), WILD))
PANEL = ClassPanel(
    "How often a crisis ends in agreement",
    (
        ClassRow("International crises", "chosen", 136, 377, 0.36, (0.31, 0.41), "35% (30% to 45%)"),
        ClassRow("Mediated", "chosen", 84, 135, 0.6, (0.52, 0.67), "60% (50% to 70%)", deciding=True),
        ClassRow("Over a programme", "beside", 6, 10, 0.45, (0.25, 0.65), "45% (25% to 65%)"),
        ClassRow("Disputes of states", "kindred", 276, 1524, 0.18, (0.16, 0.2), "20% (15% to 20%)", taken_over=True),
    ),
)  # fmt: skip
BARS = Stacked(
    (("agreed", "settled"), ("talks", "open"), ("broken off", "failed")),
    ("drift", "force"),
    (
        ("today's agenda", (StackedCell((0.5, 0.3, 0.2), "0.50"), StackedCell((0.4, 0.3, 0.3), "0.40"))),
        ("a precondition", (StackedCell((0.0, 0.2, 0.8), "0.00"), StackedCell((0.1, 0.1, 0.8), "0.10"))),
    ),
)


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


def hints(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}title")]


def panels(data: RoundStates, width: float = 720) -> ElementTree.Element:
    return tree(round_states(data, id="s", title="Courses", desc="Three.", width=width))


def test_every_state_of_every_round_says_its_share() -> None:
    told = hints(panels(OVER))
    assert "full deal, after round 3: 0.60 of draws" in told
    assert "limited force, after round 2: 0.10 of draws" in told


def test_columns_of_a_round_are_as_high_together_as_all_draws() -> None:
    one = panels(replace(OVER, worlds=(CALM,)))
    boxes = [g.find(f"{SVG}rect") for g in one.iter(f"{SVG}g") if "after round 3" in (g.findtext(f"{SVG}title") or "")]
    assert sum(float(box.get("height", "0")) for box in boxes if box is not None) == pytest.approx(168, abs=0.2)


def test_the_shares_after_the_last_round_stand_beside_it_and_apart() -> None:
    picture = panels(replace(OVER, worlds=(CALM,)))
    rows = {t.text: float(t.get("y", "0")) for t in picture.iter(f"{SVG}text") if t.text in ("0.60", "0.20")}
    assert set(rows) == {"0.60", "0.20"}
    assert rows["0.20"] < rows["0.60"]


def test_where_no_draw_sees_force_there_is_no_strip_for_it() -> None:
    assert "force" not in words(panels(replace(OVER, worlds=(CALM,))))
    assert "war" not in words(panels(replace(OVER, worlds=(CALM,))))
    assert words(panels(OVER)).count("limited force") == 1


def test_a_little_force_is_drawn_on_a_scale_of_its_own_that_is_named() -> None:
    assert OVER.top == 0.25
    assert "0.25" in words(panels(OVER))
    most = replace(WILD, force=((0.5, 0.4),) * 3)
    assert replace(OVER, worlds=(most,)).top == 1


def test_worlds_stand_side_by_side_or_one_under_the_other() -> None:
    for width, columns in ((720, 3), (360, 1)):
        names = [t for t in panels(OVER, width).iter(f"{SVG}text") if t.text in ("drift", "squeeze", "force")]
        bold = [t for t in names if t.get("font-weight")]
        assert len({t.get("x") for t in bold}) == columns
        assert panels(OVER, width).get("width") == str(width)


def test_worlds_without_the_same_rounds_are_refused() -> None:
    short = replace(CALM, table=CALM.table[:1])
    for wrong in (replace(OVER, worlds=()), replace(OVER, worlds=(CALM, short)), replace(OVER, table=TABLE[:1])):
        with pytest.raises(UsageError, match="one share for every state"):
            panels(wrong)


def test_every_class_shows_its_cases_and_its_rate() -> None:
    for width in (720, 360):
        said = words(tree(class_panel(PANEL, id="c", title="Classes", desc="Four.", width=width)))
        assert {"84 of 135", "60% (50% to 70%)", "276 of 1,524*", "* counts taken over, not recomputed"} <= set(said)
    recomputed = replace(PANEL, rows=PANEL.rows[:3])
    assert "* counts" not in class_panel(recomputed, id="c", title="Classes", desc="Three.")


def test_the_rate_that_is_said_is_told_apart_without_colour() -> None:
    picture = tree(class_panel(PANEL, id="c", title="Classes", desc="Four."))
    heavy = [t.text for t in picture.iter(f"{SVG}text") if t.get("font-weight") == "700"]
    assert heavy == ["Mediated", "60% (50% to 70%)"]


def test_parts_of_the_panel_are_named_once_in_their_order() -> None:
    said = words(tree(class_panel(PANEL, id="c", title="Classes", desc="Four.")))
    heads = [w for w in said if w.startswith(("the classes that", "classes that", "kindred events"))]
    assert [w.split()[0] for w in heads] == ["the", "classes", "kindred"]


def test_a_class_without_cases_is_refused() -> None:
    for rows in ((), (replace(PANEL.rows[0], n=0, k=0),), (replace(PANEL.rows[0], k=400),)):
        with pytest.raises(UsageError, match="without cases"):
            class_panel(replace(PANEL, rows=rows), id="c", title="Classes", desc="None.")


def test_a_bar_is_as_long_as_its_shares() -> None:
    picture = tree(stacked(BARS, id="b", title="Bars", desc="Two."))
    boxes = {
        told: float(box.get("width", "0"))
        for g in picture.iter(f"{SVG}g")
        if (told := g.findtext(f"{SVG}title") or "") and (box := g.find(f"{SVG}rect")) is not None
    }
    assert boxes["a precondition, drift: broken off 0.80"] == pytest.approx(
        4 * boxes["a precondition, drift: talks 0.20"], abs=0.5
    )
    assert not [told for told in boxes if told.startswith("a precondition, drift: agreed")]


def test_long_names_of_agendas_stay_inside_the_picture() -> None:
    name = "Ballistic missiles, support for armed groups and human rights as a precondition of the Government " * 2
    five = replace(BARS, rows=tuple((f"{name}{k}", cells) for k, (_, cells) in enumerate([*BARS.rows, *BARS.rows] * 2)))
    for width in (360, 720):
        picture = tree(stacked(five, id="b", title="Bars", desc="Five.", width=width))
        assert picture.get("width") == str(width)
        lowest = max(float(t.get("y", "0")) for t in picture.iter(f"{SVG}text"))
        assert lowest < float(picture.get("height", "0"))


def test_rows_that_lack_a_cell_or_a_share_are_refused() -> None:
    for wrong in (replace(BARS, columns=("drift",)), replace(BARS, parts=BARS.parts[:2])):
        with pytest.raises(UsageError, match="one cell for every column"):
            stacked(wrong, id="b", title="Bars", desc="Two.")


def test_the_pictures_in_characters_fit_a_terminal_and_say_the_same() -> None:
    drawn = (round_states_as_text(OVER), class_panel_as_text(PANEL), stacked_as_text(BARS))
    assert max(len(line) for lines in drawn for line in lines) <= 80
    told = ["\n".join(lines) for lines in drawn]
    assert "0.10  0.30  0.60" in told[0]
    assert "84 of 135" in told[1]
    assert "drift          ███████████████░░░░░░░░░╳╳╳╳╳╳ 0.50" in told[2]


def test_a_bar_in_characters_is_as_long_as_its_shares_together() -> None:
    thirds = Stacked(BARS.parts, ("",), (("thirds", (StackedCell((1 / 3, 1 / 3, 1 / 3)),)),))
    assert len(stacked_as_text(thirds)[1].strip()) == 30
