"""The place called Routes."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class RoutesPage(PageBase):
    """Routes, still empty."""

    key: ClassVar[str] = "routes"
    title: ClassVar[str] = "Routes"
    icon: ClassVar[str] = "path"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "path",
                "No stops on this day",
                "Give customers a route and a stop, and their day appears here.",
            )
        )
