"""The places of the program, in the order of the rail. To add a page: one line here and `ui/<page>/page.py`."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import cast

from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.page import PageBase


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One place. `factory` is "module:Class", loaded when the place is first shown.

    A place with `under` is not in the rail; while it is shown, the rail marks the place it stands under.
    """

    key: str
    label: str
    icon: str
    shortcut: str
    factory: str
    at_bottom: bool = False
    under: str = ""
    found: bool = False
    """Whether Ctrl+K finds it though it is not in the rail."""


PAGES: tuple[PageEntry, ...] = (
    PageEntry("today", "Today", "sun", "Ctrl+1", "followup_desktop.ui.today.page:TodayPage"),
    PageEntry("promises", "Promises", "handshake", "Ctrl+2", "followup_desktop.ui.promises.page:PromisesPage"),
    PageEntry("customers", "Customers", "users-three", "Ctrl+3", "followup_desktop.ui.customers.page:CustomersPage"),
    PageEntry("routes", "Routes", "path", "Ctrl+4", "followup_desktop.ui.routes.page:RoutesPage"),
    PageEntry("recovery", "Recovery", "lifebuoy", "Ctrl+5", "followup_desktop.ui.recovery.page:RecoveryPage"),
    PageEntry("insights", "Insights", "chart-line-up", "Ctrl+6", "followup_desktop.ui.insights.page:InsightsPage"),
    PageEntry("journeys", "Journeys", "map-trifold", "Ctrl+7", "followup_desktop.ui.journeys.page:JourneysPage"),
    PageEntry(
        "settings", "Settings", "gear-six", "Ctrl+8", "followup_desktop.ui.settings.page:SettingsPage", at_bottom=True
    ),
    PageEntry(
        "templates",
        "Templates",
        "chat-text",
        "",
        "followup_desktop.ui.templates.page:TemplatesPage",
        under="journeys",
        found=True,
    ),
    PageEntry(
        "listening",
        "Listening",
        "ear",
        "",
        "followup_desktop.ui.listening.page:ListeningPage",
        under="insights",
        found=True,
    ),
    PageEntry("start", "Start", "sun", "", "followup_desktop.ui.start.page:StartPage", under="today"),
    PageEntry(
        "importing",
        "Import",
        "upload-simple",
        "",
        "followup_desktop.ui.importing.page:ImportingPage",
        under="customers",
    ),
    PageEntry(
        "campaigns", "Campaigns", "megaphone", "", "followup_desktop.ui.campaigns.page:CampaignsPage", under="journeys"
    ),
)


def build(entry: PageEntry, context: Context) -> PageBase:
    """Load and make a page. What a page needs is loaded with it, not at the start of the program."""
    module, name = entry.factory.split(":")
    return cast("PageBase", getattr(importlib.import_module(module), name)(context))
