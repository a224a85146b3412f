"""Calls and texts go through the owner's phone: a code carries number and text, a link does where there is one."""

import pytest

from followup_desktop.ui.today.sheets import PhoneSheet


@pytest.mark.row("A4")
def test_a_code_beside_a_text_follows_its_words(theme, qtbot):
    sheet = PhoneSheet(theme, call=False)
    qtbot.addWidget(sheet)
    dialled = []
    sheet.dial.connect(dialled.append)
    sheet.show_person("Ana", "+15552103344", "US", "Hi Ana, Luis comes at 9.")
    assert sheet.code.words() == "SMSTO:+15552103344:Hi Ana, Luis comes at 9."
    assert not sheet.code.isHidden()
    assert sheet.code.sizeHint().width() >= theme.px(140)
    sheet.words.set_text("Later?")
    assert sheet.code.words() == "SMSTO:+15552103344:Later?"
    sheet.ring.click()
    assert dialled == ["sms:+15552103344?body=Later%3F"]
    sheet.words.set_text("long " * 300)
    assert sheet.code.isHidden()
    assert "too long" in sheet.code_says.text()


@pytest.mark.row("A4")
def test_a_call_has_the_number_alone_and_nobody_without_one_has_a_code(theme, qtbot):
    sheet = PhoneSheet(theme, call=True)
    qtbot.addWidget(sheet)
    sheet.show_person("Ana", "+15552103344", "US")
    assert sheet.code.words() == "tel:+15552103344"
    sheet.show_person("Bo", "", "US")
    assert sheet.code.isHidden()
    assert sheet.code_says.isHidden()
