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
    from followup_desktop.commands.desk import Desk
    from followup_desktop.core.drafts.model import Template
    from followup_desktop.core.journeys.model import Journey, JourneyProblem
    from followup_desktop.store.store import Store


@dataclass
class Program:
    """Everything the window and the command line share. Parts that are slow to load are made when first used."""

    path: Path
    clock: Clock = field(default_factory=SystemClock)
    create: bool = True
    looks_through: bool = True
    """Whether the store is looked through for damage when it is opened; the window does so later, beside its work."""

    @cached_property
    def desk(self) -> Desk:
        """The open store with the journeys; opening makes or upgrades the store and may raise Problem."""
        from followup_desktop.commands.desk import Desk

        unsafe = paths.is_network_or_synced(self.path)
        if unsafe:
            raise Problem(unsafe)
        desk = Desk(self._open_store(), self.journeys)
        _first_settings(desk)
        return desk

    def _open_store(self) -> Store:
        from followup_desktop.store.opening import open_store  # brings SQLAlchemy, 0.3 s: not before it is needed

        return open_store(self.path, self.clock, create=self.create, looks_through=self.looks_through)

    @cached_property
    def templates(self) -> Sequence[Template]:
        """Every template that ships."""
        from followup_desktop.core.drafts.rules.reading import load_templates

        return load_templates(_texts("templates", "*.j2"))[0]

    @cached_property
    def journeys(self) -> Sequence[Journey]:
        """Every journey that ships and can be read."""
        return self._loaded_journeys[0]

    @cached_property
    def journey_problems(self) -> Sequence[JourneyProblem]:
        """What is wrong with journey files, in words."""
        return self._loaded_journeys[1]

    @cached_property
    def _loaded_journeys(self) -> tuple[list[Journey], list[JourneyProblem]]:
        from followup_desktop.core.journeys.rules.loading import load_journeys

        known = {template.key for template in self.templates}
        return load_journeys(_texts("journeys", "*.toml"), known)

    def close(self) -> None:
        """Give up the store."""
        if "desk" in self.__dict__:
            self.desk.store.close()
            del self.__dict__["desk"]


def _texts(folder: str, pattern: str) -> dict[str, str]:
    root = resource(folder)
    return {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in sorted(root.rglob(pattern))}


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
