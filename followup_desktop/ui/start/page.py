"""The place called Start."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class StartPage(PageBase):
    """Start, still empty."""

    key: ClassVar[str] = "start"
    title: ClassVar[str] = "Start"
    icon: ClassVar[str] = "sun"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "sun",
                "Nothing here yet",
                "This place is being built.",
            )
        )
