"""The place called Today."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class TodayPage(PageBase):
    """Today, still empty."""

    key: ClassVar[str] = "today"
    title: ClassVar[str] = "Today"
    icon: ClassVar[str] = "sun"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "sun",
                "Nobody waits to hear from you today",
                "Bring your customers, and tomorrow morning this says who to contact, and why.",
            )
        )
