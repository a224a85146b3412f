import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from followup_desktop.base.resources import resource
from followup_desktop.ui.pages import PAGES
from followup_desktop.ui.theme import read_tokens

GROUNDS = ("window", "panel", "rail", "selection", "hover")
PAIRS = (
    *((ink, ground) for ink in ("text", "muted", "accent", "danger") for ground in ("window", "panel", "rail")),
    *((ink, ground) for ink in ("text", "muted") for ground in GROUNDS),
    *((tone, f"{tone}-soft") for tone in ("good", "warning", "danger", "accent", "neutral")),
    *(("text", f"{tone}-soft") for tone in ("good", "warning", "danger", "accent")),
    *((tone, ground) for tone in ("good", "warning") for ground in ("window", "panel")),
    ("muted", "accent-soft"),
    ("danger", "selection"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-danger", "danger"),
)


def _light(part):
    part /= 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(colour):
    """Return the relative luminance of WCAG 2.2."""
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return 0.2126 * _light(red) + 0.7152 * _light(green) + 0.0722 * _light(blue)


def contrast(one, other):
    """Return the contrast ratio of WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_can_be_read(mode, ink, ground):
    colours = getattr(read_tokens(), mode)
    assert contrast(colours[ink], colours[ground]) >= 4.5


def test_the_theme_can_be_forced_and_tells_everyone(theme, qtbot):
    light = theme.hex("window")
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.dark
    assert theme.hex("window") != light


def test_an_icon_is_drawn_in_its_colour_and_sharp_on_a_dense_screen(theme):
    once, dense = theme.pixmap("sun", "accent", 18, 1.0), theme.pixmap("sun", "accent", 18, 2.0)
    assert (once.size(), dense.size()) == (QSize(18, 18), QSize(36, 36))
    assert dense.devicePixelRatio() == 2.0
    inks = {
        dense.toImage().pixelColor(x, y).name()
        for x in range(36)
        for y in range(36)
        if dense.toImage().pixelColor(x, y).alpha() == 255
    }
    assert inks == {theme.colour("accent").name()}


def test_an_icon_is_drawn_once(theme):
    assert theme.icon("sun", "text").cacheKey() == theme.icon("sun", "text").cacheKey()


def test_every_icon_named_in_the_window_is_there():
    package = Path(__file__).parents[2] / "followup_desktop" / "ui"
    named = {entry.icon for entry in PAGES}
    for source in package.rglob("*.py"):
        named |= set(re.findall(r'icon="([a-z-]+)"', source.read_text("utf-8")))
    missing = {name for name in named if not (resource("icons") / f"{name}.svg").exists()}
    assert not missing


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("glyph", "ink"), [("check", "panel"), ("caret-down", "muted"), ("caret-up", "muted")])
def test_glyphs_of_the_style_sheet_have_the_colours_of_the_tokens(mode, glyph, ink):
    tokens = json.loads(resource("theme/tokens.json").read_text("utf-8"))["colour"][mode]
    assert f'fill="{tokens[ink]}"' in resource(f"theme/{glyph}-{mode}.svg").read_text("utf-8")


def test_the_style_sheet_leaves_no_measure_open(theme, qapp):
    assert not re.findall(r"\{[a-z][\w-]*\}", qapp.styleSheet())
