"""The place called Journeys."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class JourneysPage(PageBase):
    """Journeys, still empty."""

    key: ClassVar[str] = "journeys"
    title: ClassVar[str] = "Journeys"
    icon: ClassVar[str] = "map-trifold"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "map-trifold",
                "No journeys yet",
                "A journey says who hears from you after a visit, a quote or a complaint, and when.",
            )
        )
