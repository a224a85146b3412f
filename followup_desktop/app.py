"""Build everything once and pass it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from followup_desktop.base.clock import Clock, SystemClock
from followup_desktop.base.errors import Problem
from followup_desktop.base.resources import resource
from followup_desktop.system import paths

if TYPE_CHECKING:
    from followup_desktop.base.changes import Changes
    from followup_desktop.commands.desk import Desk
    from followup_desktop.commands.library import Library, Shipped
    from followup_desktop.core.drafts.model import Template
    from followup_desktop.core.journeys.model import Journey, JourneyProblem
    from followup_desktop.store.store import Store


USUAL_TRADE = "pools"


@dataclass
class Program:
    """Everything the window and the command line share. Parts that are slow to load are made when first used."""

    path: Path
    clock: Clock = field(default_factory=SystemClock)
    create: bool = True
    looks_through: bool = True
    """Whether the store is looked through for damage when it is opened; the window does so later, beside its work."""
    _trade: str = field(default=USUAL_TRADE, init=False)

    @cached_property
    def desk(self) -> Desk:
        """The open store with what ships; opening makes or upgrades the store and may raise Problem."""
        from followup_desktop.commands.desk import Desk

        unsafe = paths.is_network_or_synced(self.path)
        if unsafe:
            raise Problem(unsafe)
        desk = Desk(self._open_store(), self.library)
        _first_settings(desk)
        self._trade = _trade_of(desk)
        desk.store.listeners.append(self._on_changes)
        return desk

    def _open_store(self) -> Store:
        from followup_desktop.store.opening import open_store  # brings SQLAlchemy, 0.3 s: not before it is needed

        return open_store(self.path, self.clock, create=self.create, looks_through=self.looks_through)

    @cached_property
    def library(self) -> Library:
        """Everything that ships, for every trade."""
        from followup_desktop.commands.library import Library

        return Library(_texts)

    @property
    def shipped(self) -> Shipped:
        """What ships for the trade of this business."""
        return self.library.shipped(self._trade)

    @property
    def templates(self) -> Sequence[Template]:
        """Every template that ships for the trade."""
        return self.shipped.templates

    @property
    def journeys(self) -> Sequence[Journey]:
        """Every journey that ships for the trade and can be read."""
        return self.shipped.journeys

    @property
    def journey_problems(self) -> Sequence[JourneyProblem]:
        """What is wrong with journey files, in words."""
        return self.shipped.problems

    def _on_changes(self, changes: Changes) -> None:
        if changes.concerns("settings"):
            self._trade = _trade_of(self.desk)

    def close(self) -> None:
        """Give up the store."""
        if "desk" in self.__dict__:
            self.desk.store.close()
            del self.__dict__["desk"]


def _texts(folder: str, pattern: str) -> dict[str, str]:
    try:
        root = resource(folder)
    except FileNotFoundError:  # a trade without a pack
        return {}
    found = (path for path in sorted(root.rglob(pattern)) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in found}


def _trade_of(desk: Desk) -> str:
    from followup_desktop.core.operators import queries

    with desk.store.read() as session:
        return queries.business(session).trade


def _first_settings(desk: Desk) -> None:
    """Find out zone, region and currency of this computer, once."""
    from followup_desktop.core.operators import queries

    with desk.store.read() as session:
        known = queries.settings(session)
    if "business.zone" in known:
        return
    from followup_desktop.commands.business import first_settings
    from followup_desktop.system.locale import here

    place = here()
    first_settings(
        desk,
        {
            "business.zone": place.zone,
            "business.region": place.region,
            "business.currency": place.currency,
            "business.language": place.language,
        },
    )
