"""The report as one HTML file: nothing in it asks another place for anything, and everyone's text stays text."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from followup_desktop.base.resources import resource
from followup_desktop.core.report.model import Chart, Written


def page(report: Written) -> bytes:
    """Return the report as a self-contained page that also prints."""
    return _template().render(report=report).encode()


@cache
def _template() -> Template:
    # Autoescape for every value; only the charts, which our own code draws and escapes, pass as they are.
    surroundings = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    surroundings.filters["drawing"] = _drawing
    return surroundings.from_string(resource("report/report.html.j2").read_text(encoding="utf-8"))


def _drawing(chart: Chart) -> Markup:
    name = Markup.escape(chart.alt)
    return Markup(chart.svg.replace("<svg ", '<svg role="img" aria-label="{}" ', 1)).format(name)
