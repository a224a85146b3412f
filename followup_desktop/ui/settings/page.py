"""The place called Settings."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class SettingsPage(PageBase):
    """Settings, still empty."""

    key: ClassVar[str] = "settings"
    title: ClassVar[str] = "Settings"
    icon: ClassVar[str] = "gear-six"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "gear-six",
                "Settings",
                "Nothing can be set yet.",
            )
        )
