"""The place called Importing."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class ImportingPage(PageBase):
    """Importing, still empty."""

    key: ClassVar[str] = "importing"
    title: ClassVar[str] = "Importing"
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
