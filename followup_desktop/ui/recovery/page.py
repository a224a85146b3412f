"""The place called Recovery."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class RecoveryPage(PageBase):
    """Recovery, still empty."""

    key: ClassVar[str] = "recovery"
    title: ClassVar[str] = "Recovery"
    icon: ClassVar[str] = "lifebuoy"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "lifebuoy",
                "Nothing to put right",
                "When something went wrong for a customer, the case stays here until it is solved.",
            )
        )
