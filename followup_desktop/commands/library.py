"""Everything that ships to plan and to write with, for every trade; a trade's pack goes before what is for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from followup_desktop.core.drafts.model import Template
from followup_desktop.core.drafts.rules.reading import load_templates
from followup_desktop.core.journeys import queries
from followup_desktop.core.journeys.model import Journey, JourneyProblem, Pack, Standing
from followup_desktop.core.journeys.rules.loading import load_journeys, read_journey
from followup_desktop.core.journeys.rules.packs import FILE, no_pack, read_pack
from followup_desktop.core.journeys.rules.standing import Kept, standings

Texts = Callable[[str, str], Mapping[str, str]]
"""Reads what ships: the texts of a folder's files by their path in it, as a pattern (“*.toml”) says which."""


@dataclass(frozen=True)
class Shipped:
    """What ships for one trade: journeys, templates, and what is wrong in their files."""

    pack: Pack
    journeys: tuple[Journey, ...]
    templates: tuple[Template, ...]
    problems: tuple[JourneyProblem, ...] = ()

    @property
    def template_keys(self) -> frozenset[str]:
        """The key of every template, as touchpoints name them."""
        return frozenset(template.key for template in self.templates)


@dataclass
class Library:
    """What ships, read when it is first asked for.

    A pack lies in `packs/<trade>/`: `pack.toml`, `journeys/*.toml` and `templates/<purpose>/<language>/*.j2`. A journey
    or template of its own takes the place of the general one with the same name; everything else is added.
    """

    texts: Texts
    _read: dict[str, Shipped] = field(default_factory=dict)
    _own: dict[tuple[str, str], tuple[Journey | None, list[JourneyProblem]]] = field(default_factory=dict)

    def shipped(self, trade: str) -> Shipped:
        """Return what ships for a trade; for one without a pack, what is for all."""
        if trade not in self._read:
            self._read[trade] = self._for_trade(trade)
        return self._read[trade]

    def own(self, key: str, text: str) -> tuple[Journey | None, list[JourneyProblem]]:
        """Read one of the owner's versions; what was read once is remembered. None where it cannot be read."""
        if (key, text) not in self._own:
            self._own[key, text] = read_journey(key, text)
        return self._own[key, text]

    def standings(self, session: Session, trade: str, *, history: bool = False) -> tuple[Standing, ...]:
        """Return every journey of the trade as it counts in this store; with all earlier versions, where asked."""
        shipped = self.shipped(trade)
        kept = Kept(queries.versions(session, newest=not history), queries.choices(session))
        return standings(shipped.journeys, shipped.pack, kept, self.own)

    def _for_trade(self, trade: str) -> Shipped:
        own = self.texts(f"packs/{trade}", "*")
        templates, misplaced = load_templates({**self.texts("templates", "*.j2"), **_under(own, "templates/", ".j2")})
        files = {**self.texts("journeys", "*.toml"), **_under(own, "journeys/", ".toml")}
        journeys, problems = load_journeys(files, {template.key for template in templates})
        pack, wrong = no_pack(), list[JourneyProblem]()
        if FILE in own:
            pack, wrong = read_pack(trade, own[FILE], {journey.key for journey in journeys})
        wrong += [JourneyProblem(f"{trade}/{path}", "", each.text) for path, each in misplaced]
        kept = tuple(journey for journey in journeys if journey.key not in pack.leaves_out)
        return Shipped(pack, kept, tuple(templates), (*problems, *wrong))


def _under(files: Mapping[str, str], folder: str, ending: str) -> dict[str, str]:
    found = {path.removeprefix(folder): text for path, text in files.items() if path.startswith(folder)}
    return {path: text for path, text in found.items() if path.endswith(ending)}
