import pytest
from PySide6.QtCore import Qt

from followup_desktop.core.drafts.model import Advice, Span
from followup_desktop.ui.parts.advice import AdviceChips

KEPT = [Advice(f"kind{n}", ok=True, text=f"Measure {n}") for n in range(7)]
LONG = Advice(
    "long",
    ok=False,
    text="Say first what happened, and on which day, such as “on 3 November”",
    where=Span("text", 3, 9),
)


@pytest.fixture
def chips(theme, qtbot):
    shown = AdviceChips(theme)
    qtbot.addWidget(shown)
    shown.resize(260, 200)
    shown.show()
    return shown


def words(chips):
    return [chips._flow.itemAt(n).widget().advice.text for n in range(chips._flow.count())]


def test_few_kept_measures_are_all_named(chips):
    chips.show_advice(KEPT[:5])
    assert words(chips) == [advice.text for advice in KEPT[:5]]


def test_many_are_counted_and_named_on_demand(chips, qtbot):
    chips.show_advice([*KEPT, LONG])
    assert words(chips) == ["Measure 0", "Measure 1", "Measure 2", "Measure 3", "3 more", LONG.text]
    more = chips._flow.itemAt(4).widget()
    qtbot.keyClick(more, Qt.Key.Key_Return)
    assert len(words(chips)) == 8


def test_a_long_advice_wraps_instead_of_widening_the_pane(chips, qtbot):
    chips.show_advice([LONG])
    chip = chips._flow.itemAt(0).widget()
    qtbot.waitUntil(lambda: chip.width() <= 260)
    assert chip.height() > chip.sizeHint().height()
    assert chips.minimumSizeHint().width() <= 260


def test_a_press_points_at_the_words(chips, qtbot):
    chips.show_advice([LONG])
    with qtbot.waitSignal(chips.pointed) as pointed:
        qtbot.mouseClick(chips._flow.itemAt(0).widget(), Qt.MouseButton.LeftButton)
    assert pointed.args == [Span("text", 3, 9)]


def test_a_press_asks_why(chips, qtbot):
    chips.show_advice([KEPT[0]])
    with qtbot.waitSignal(chips.asked_why) as asked:
        qtbot.mouseClick(chips._flow.itemAt(0).widget(), Qt.MouseButton.LeftButton)
    assert asked.args == [KEPT[0]]


def test_what_would_be_unlawful_comes_before_other_advice_and_says_so(chips):
    must = Advice("footer", ok=False, text="The law asks for a footer", must=True)
    chips.show_advice([KEPT[0], LONG, must])
    assert words(chips) == [KEPT[0].text, must.text, LONG.text]
    assert chips._flow.itemAt(1).widget().accessibleName() == "Not allowed: The law asks for a footer"


def test_only_what_could_be_better_is_on_the_way_of_the_tab_key(chips):
    chips.show_advice([KEPT[0], LONG])
    policies = [chips._flow.itemAt(n).widget().focusPolicy() for n in range(2)]
    assert policies == [Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.TabFocus]
