"""A case is opened wherever one learns that something went wrong, in the words they used."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from followup_desktop.commands import mailbox
from followup_desktop.commands.cases import open_case
from followup_desktop.commands.history import log
from followup_desktop.commands.messages import add_account
from followup_desktop.core.cases.queries import cases
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.core.history.queries import history
from followup_desktop.core.messages.model import Arrived
from followup_desktop.ui.capture.case import CaseDialog
from tests.conftest import MONDAY
from tests.ui.everything import running
from tests.ui.today.scene import ACCOUNT

__all__ = ["running"]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WORDS = "The gate was open again and the dog got out."


@pytest.fixture
def desk(running):
    return running._program.desk


@pytest.fixture
def settle(running, qtbot):
    def wait():
        qtbot.waitUntil(lambda: not running.runner._waiting and not running.runner._letterbox._letters)
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not running.runner._waiting)

    return wait


@pytest.fixture
def dialog(running, qtbot, settle):
    """Return the small window that asks what went wrong, once it knows whose case it is."""

    def found():
        qtbot.waitUntil(lambda: any(each.isVisible() for each in running.window.findChildren(CaseDialog)))
        settle()
        return next(each for each in running.window.findChildren(CaseDialog) if each.isVisible())

    return found


@pytest.fixture
def opened(running, desk, settle):
    """Press Ctrl+Enter and return the case that was opened; it is shown in Recovery."""

    def save(qtbot, small):
        qtbot.keyClick(small.words, Qt.Key.Key_Return, CTRL)
        settle()
        with desk.store.read() as session:
            [case] = cases(session)
        assert running.window.current() == "recovery"
        assert running.window.page("recovery").list.selected() == int(case.id)
        return case

    return save


def written(desk, customer=1, words=WORDS):
    """Ana's mail of two hours ago; return its number."""
    account = add_account(desk, ACCOUNT).result.id
    mail = Arrived(
        "reply",
        "<g@x.example>",
        "ana@example.com",
        "Ana",
        "The gate",
        MONDAY - timedelta(hours=2),
        customer,
        text=words,
    )
    mailbox.file(desk, mailbox.Folder(account, "INBOX", 1, 1), (mail,))
    with desk.store.read() as session:
        return next(event for event in history(session, customer) if event.what is Happening.MESSAGE_IN)


def customers_page(running, qtbot, settle):
    running.window.go("customers", customer_id=1)
    page = running.window.page("customers")
    qtbot.waitUntil(lambda: page.selected() == 1)
    settle()
    return page


@pytest.mark.row("R1", "R4")
def test_from_the_palette_whoever_was_found(running, qtbot, dialog, opened):
    box = running.window.palette_box
    qtbot.keyClick(running.window, Qt.Key.Key_K, CTRL)
    qtbot.keyClicks(box.field, "ben")
    wanted = "Something went wrong for Ben Abel"
    qtbot.waitUntil(lambda: any(entry.title == wanted for entry in box._found), timeout=5000)
    next(entry for entry in box._shown if entry.title == wanted).run()
    small = dialog()
    assert small.finder.name() == "Ben Abel"
    qtbot.keyClick(small.words, Qt.Key.Key_Return, CTRL)
    assert small.isVisible()  # nothing is said yet
    qtbot.keyClicks(small.words, "The pump leaks")
    small.how.setCurrentIndex(small.how.findData("phone"))
    case = opened(qtbot, small)
    assert (case.name, case.what, case.how) == ("Ben Abel", "The pump leaks", "phone")


@pytest.mark.row("R1")
def test_from_anywhere_by_a_key_and_from_the_customer_with_theirs(running, qtbot, dialog, settle):
    qtbot.keyClick(running.window, Qt.Key.Key_R, CTRL | SHIFT)
    small = dialog()
    assert small.finder.customer() is None
    small.reject()
    page = customers_page(running, qtbot, settle)
    page.pane.put_right_button.click()
    assert dialog().finder.customer() == 1


@pytest.mark.row("R1", "A3")
def test_from_their_letter_in_their_words_once(running, qtbot, desk, dialog, opened, settle):
    letter = written(desk)
    page = customers_page(running, qtbot, settle)
    page.pane.choose_tab("mail")
    page.pane.mail.show_letter(letter.message)
    qtbot.waitUntil(page.pane.mail.wrong_button.isVisible)
    page.pane.mail.wrong_button.click()
    small = dialog()
    assert small.words.toPlainText() == WORDS
    case = opened(qtbot, small)
    assert (case.what, case.how, case.opened_at) == (WORDS, "email", MONDAY - timedelta(hours=2))
    done = open_case(desk, 1, "again", message=letter.message)
    assert int(done.result) == int(case.id)
    assert "already" in done.says
    with desk.store.read() as session:
        complaints = [event for event in history(session, 1) if event.what is Happening.COMPLAINT]
    assert [event.message for event in complaints] == [letter.message]


@pytest.mark.row("R1", "D2")
def test_from_what_happened_by_the_menu_of_a_line(running, qtbot, desk, dialog, opened, settle):
    log(desk, 1, NewEvent(Happening.CALL, note="The filter is loud since Friday"))
    page = customers_page(running, qtbot, settle)
    shown = page.pane.history
    shown.setCurrentIndex(shown.model().index(0, 0))
    shown.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    shown.menu.actions()[0].trigger()
    shown.menu.close()
    case = opened(qtbot, dialog())
    assert (case.what, case.how) == ("The filter is loud since Friday", "phone")


@pytest.mark.row("R1", "Q1")
def test_from_the_card_that_answers_them(running, qtbot, desk, dialog, opened, settle):
    written(desk)
    settle()
    running.window.go("today", customer_id=1)
    page = running.window.page("today")
    qtbot.waitUntil(lambda: page.sight.card is not None, timeout=5000)
    qtbot.keyClick(page.list, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: running._capture is not None and running._capture.isVisible())
    assert running._capture.line._message is not None  # what is promised now is promised in answer to their letter
    running._capture.reject()
    page.pane.button("put_right").click()
    small = dialog()
    assert small.words.toPlainText() == WORDS
    assert opened(qtbot, small).how == "email"


@pytest.mark.row("R1")
def test_whose_it_is_cannot_be_changed_where_it_is_about_a_letter(running, desk, dialog):
    letter = written(desk)
    running.put_right(customer_id=1, text=WORDS, message=letter.message)
    assert not dialog().finder._change.isVisible()


@pytest.mark.row("P1", "A3")
def test_a_promise_made_beside_a_letter_says_so_and_opens_it(running, qtbot, desk, settle):
    letter = written(desk)
    page = customers_page(running, qtbot, settle)
    page.pane.show_letter(letter.message)
    qtbot.waitUntil(page.pane.mail.promise_button.isVisible)
    page.pane.mail.promise_button.click()
    qtbot.waitUntil(lambda: running._capture is not None and running._capture.isVisible())
    line = running._capture.line
    qtbot.waitUntil(lambda: line._given is not None)
    line.field.setText("fix the latch Friday 9am")
    qtbot.keyClick(line.field, Qt.Key.Key_Return)
    settle()
    running.window.go("promises", promise_id=1)
    promises = running.window.page("promises")
    settle()
    assert promises.selected().message == letter.message
    button = promises.pane.source_button
    assert button.text() == "Open the letter"
    page.pane.choose_tab("history")
    button.click()
    settle()
    assert running.window.current() == "customers"
    assert page.pane.mail.shown().id == letter.message
    assert page.pane.mail.words.isVisible()
