"""The place called Promises."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class PromisesPage(PageBase):
    """Promises, still empty."""

    key: ClassVar[str] = "promises"
    title: ClassVar[str] = "Promises"
    icon: ClassVar[str] = "handshake"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "handshake",
                "No promises yet",
                "Whatever you told a customer you would do becomes a reminder here.",
            )
        )
