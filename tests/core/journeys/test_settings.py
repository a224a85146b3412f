from followup_desktop.commands.business import change_settings
from tests.conftest import MONDAY


def test_quiet_hours_move_what_would_close_in_them(add, log, queue, desk):
    log(add("Sam Osei"), "visit_done", visit="repair", about="pump", at=MONDAY)
    before = queue().cards[0].closes
    change_settings(desk, {"business.quiet_until": "11:00"})
    assert queue().cards[0].closes.hour == 20, "a morning after the quiet hours"
    assert before.hour == 14
