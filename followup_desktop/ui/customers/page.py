"""The place called Customers."""

from __future__ import annotations

from typing import ClassVar

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.widgets.emptyplace import EmptyPlace


class CustomersPage(PageBase):
    """Customers, still empty."""

    key: ClassVar[str] = "customers"
    title: ClassVar[str] = "Customers"
    icon: ClassVar[str] = "users-three"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_content(
            EmptyPlace(
                context.theme,
                "users-three",
                "No customers yet",
                "Import a file, or add the person you saw today.",
            )
        )
