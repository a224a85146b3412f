"""Facts about Qt that the program relies on."""

import sys

from PySide6.QtWidgets import QLabel


def test_calls_into_qt_lose_no_reference_to_none(qtbot):
    """PySide6 6.12.0 loses one with every void call and aborts after some thousands (decision 0001)."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(3000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 300
