"""The place called Insights."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class InsightsPage(PageBase):
    """Insights, still empty."""

    key: ClassVar[str] = "insights"
    title: ClassVar[str] = "Insights"
    icon: ClassVar[str] = "chart-line-up"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "chart-line-up",
                "Nothing to count yet",
                "After the first messages and visits this shows what was answered and what was kept.",
            )
        )
