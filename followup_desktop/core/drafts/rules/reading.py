"""Read template files, and choose the one for a follow-up.

A file lies at `<purpose>/<language>/<name>.j2` for email, `<purpose>/<language>/<name>.<channel>.j2` for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Template, TemplateProblem

FREE = "ad_hoc"
"""The template of each purpose that needs no event, for writing to someone at any time."""


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


def choose(templates: Iterable[Template], key: str, channel: str, language: str) -> Template | None:
    """Return the template for a follow-up: the nearest in channel first, then in language, then a freer one.

    `key` is what the touchpoint names, `language` what the customer speaks ("es-MX" is served by "es").
    """
    by_place = {(each.key, each.channel, each.language): each for each in templates}
    purpose = key.split("/")[0]
    keys = (key, f"{purpose}/{FREE}", f"ad_hoc/{FREE}")
    channels = (channel,) if channel == "email" else (channel, "email")
    for by_channel in channels:
        for by_key in keys:
            for spoken in (language[:2], "en"):
                if found := by_place.get((by_key, by_channel, spoken)):
                    return found
    return None


def _placed(path: str, source: str) -> Template | None:
    """Tell from its path which message a template is for."""
    parts = path.replace("\\", "/").split("/")
    if len(parts) != 3 or not parts[2].endswith(".j2") or parts[0] not in set(Purpose):
        return None
    name, _, channel = parts[2].removesuffix(".j2").partition(".")
    return Template(f"{parts[0]}/{name}", Purpose(parts[0]), channel or "email", parts[1], source)
