"""What the notices above the queue ask for: settling doubts about the outbox, and going where something waits."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.today.notices import Notices


class Attending(QObject):
    """Carries out what is pressed in a notice."""

    def __init__(self, context: Context, page: QWidget, notices: Notices) -> None:
        super().__init__(page)
        self._context, self._page, self._runner = context, page, context.runner
        notices.it_did.connect(self._on_it_did)
        notices.send_again.connect(self._on_send_again)
        notices.take_back.connect(self._on_take_back)
        notices.settings.connect(self._on_settings)
        notices.promises.connect(self._on_promises)

    @Slot(int)
    def _on_it_did(self, message: int) -> None:
        from followup_desktop.commands.outbox import it_did

        self._runner.do(self._page, it_did, None, message)

    @Slot(int)
    def _on_take_back(self, message: int) -> None:
        from followup_desktop.commands.outbox import take_back

        self._runner.do(self._page, take_back, None, message)

    @Slot(int)
    def _on_send_again(self, message: int) -> None:
        from followup_desktop.commands.outbox import send_again

        self._runner.do(self._page, send_again, self._wake, message)

    def _wake(self, _done: object) -> None:
        self._context.wake_outbox()

    @Slot()
    def _on_settings(self) -> None:
        self._context.go("settings")

    @Slot()
    def _on_promises(self) -> None:
        self._context.go("promises", found=True)
