"""Answers to a row that asks something: they never make the page wider than the window."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.ui.today.asking import STOPS, ChoiceRow


def test_answers_that_do_not_fit_beside_each_other_go_on_in_the_next_line(qtbot, theme):
    page = QWidget()
    qtbot.addWidget(page)
    row = ChoiceRow(theme)
    column = QVBoxLayout(page)
    column.addWidget(row)
    column.addStretch(1)
    row.show_choices(STOPS)
    page.resize(430, 300)
    page.show()
    buttons = [row.button(choice.action) for choice in STOPS]
    assert page.width() == 430
    assert all(button.geometry().right() <= row.width() for button in buttons)
    assert buttons[-1].y() > buttons[0].y()
