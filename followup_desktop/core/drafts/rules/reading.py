"""Read template files, and choose the one for a follow-up.

A file lies at `<purpose>/<language>/<name>.j2` for email, `<purpose>/<language>/<name>.<channel>.j2` for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from followup_desktop.core.contactpoints.model import PURPOSES, Purpose
from followup_desktop.core.customers.model import Person, Stage
from followup_desktop.core.drafts.model import Place, Template, TemplateProblem, TemplateVersion

FREE = "ad_hoc"
"""The template of each purpose that needs no event, for writing to someone at any time."""

EVERYBODY = ""

SEGMENTS: Mapping[str, str] = MappingProxyType(
    {
        EVERYBODY: "everybody",
        **{f"stage:{stage}": f"customers who are {stage}" for stage in Stage if stage not in ("lead", "quoted")},
        "stage:lead": "people who only asked so far",
        "stage:quoted": "people who have a quote",
        "company": "companies where nobody is named",
    }
)
"""Whom a template may be for, besides the owner's own segments, and what the segment is called."""

SAVED = "segment:"
"""Begins the name of one of the owner's own segments; its number follows."""


def load_templates(files: Mapping[str, str]) -> tuple[list[Template], list[tuple[str, TemplateProblem]]]:
    """Read template files by their path under the templates' folder.

    Only their places are looked at: what is inside is checked when a template is saved, and again before it is used.
    """
    templates: list[Template] = []
    problems: list[tuple[str, TemplateProblem]] = []
    for path, source in sorted(files.items()):
        if template := _placed(path, source):
            templates.append(template)
        else:
            problems.append((path, TemplateProblem(1, _MISPLACED)))
    return templates, problems


_MISPLACED = "templates lie in a folder of their purpose and in it of their language: thank_you/en/repair.j2"


def choose(
    templates: Iterable[Template], key: str, channel: str, language: str, segments: Sequence[str] = ()
) -> Template | None:
    """Return the template for a follow-up: in their language first, then the nearest in channel and purpose.

    `key` is what the touchpoint names, `language` what the customer speaks ("es-MX" is served by "es"). Of two that
    serve alike, the one for the first of `segments` is taken, then the one for everybody.
    """
    by_place = {each.place: each for each in templates}
    for by_channel, by_key in _order(key, channel, language):
        for segment in (*segments, EVERYBODY):
            if found := by_place.get(replace(by_key, channel=by_channel, segment=segment)):
                return found
    return None


def other_wordings(templates: Iterable[Template], place: Place) -> list[Template]:
    """Return other templates for the same message: its numbered versions (“repair-2”) first, then the freer one."""
    purpose, _, name = place.key.partition("/")
    mine = name.partition("-")[0]
    alike = [
        each
        for each in templates
        if (each.channel, each.language) == (place.channel, place.language)
        and each.segment in (place.segment, EVERYBODY)
        and each.key != place.key
        and each.key.startswith(f"{purpose}/")
        and each.key.partition("/")[2].partition("-")[0] in (mine, FREE)
    ]
    return sorted(alike, key=lambda each: (each.key.partition("/")[2].partition("-")[0] != mine, each.key))


def _order(key: str, channel: str, language: str) -> Iterator[tuple[str, Place]]:
    """Give channel, key and language in the order they are looked for.

    A call sheet that says what is known serves for anything; a text or card for anything is worse than the words of
    the mail for this, and the right words in another language are worse than freer ones in theirs.
    """
    own, free = (key, f"{key.split('/')[0]}/{FREE}"), (f"{FREE}/{FREE}",)
    shelves = [(channel, own), ("email", own), (channel, free), ("email", free)]
    if channel == "call":
        shelves = [(channel, (*own, *free)), ("email", (*own, *free))]
    for spoken in (language[:2], "en"):
        for by_channel, keys in shelves:
            yield from ((by_channel, Place(each, language=spoken)) for each in keys)


def saved_in(templates: Iterable[Template]) -> frozenset[int]:
    """Return the numbers of the owner's own segments that templates are for."""
    named = (each.segment.removeprefix(SAVED) for each in templates if each.segment.startswith(SAVED))
    return frozenset(int(number) for number in named if number.isdecimal())


def segments_of(person: Person) -> tuple[str, ...]:
    """Return the segments a customer is in, the narrowest first."""
    return (f"stage:{person.stage}", *(("company",) if person.company and not person.given_name else ()))


def name_of(place: Place) -> str:
    """Return what a template is called in a sentence: “Ask how it went, first visit”."""
    purpose = place.key.partition("/")[0]
    label = PURPOSES[Purpose(purpose)].label if purpose in set(Purpose) else purpose
    return ", ".join(part for part in (label, short_name(place.key)) if part)


def short_name(key: str) -> str:
    """Return what a template is called among those of its purpose: “first visit, wording 2”; nothing for any time."""
    name, _, wording = key.partition("/")[2].partition("-")
    parts = ("" if name == FREE else name.replace("_", " "), f"wording {wording}" if wording else "")
    return ", ".join(part for part in parts if part)


def overlaid(shipped: Iterable[Template], versions: Iterable[TemplateVersion]) -> list[Template]:
    """Put the owner's newest versions in the place of what ships; one without a text lets the shipped one count."""
    ships = {template.place: template for template in shipped}
    found = dict(ships)
    for own in sorted(versions, key=lambda version: version.version):
        place = own.place
        if own.text is not None:
            purpose = Purpose(place.key.split("/")[0])
            found[place] = Template(
                place.key, purpose, place.channel, place.language, own.text, place.segment, own.version
            )
        elif place in ships:
            found[place] = ships[place]
        else:
            found.pop(place, None)
    return list(found.values())


def _placed(path: str, source: str) -> Template | None:
    """Tell from its path which message a template is for."""
    parts = path.replace("\\", "/").split("/")
    if len(parts) != 3 or not parts[2].endswith(".j2") or parts[0] not in set(Purpose):
        return None
    name, _, channel = parts[2].removesuffix(".j2").partition(".")
    return Template(f"{parts[0]}/{name}", Purpose(parts[0]), channel or "email", parts[1], source)
