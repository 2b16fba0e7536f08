"""The contrast of the colours in the tokens, in both schemes, as WCAG works it out."""

from __future__ import annotations

import re

import pytest

from handbook.model.locations import THEME

TOKENS = (THEME / "assets/stylesheets/tokens.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    for block in re.findall(r":root(?:\[data-colours=\"dark\"\])? \{\n  color-scheme:.*?\n\}", TOKENS, re.DOTALL)
)
SCHEMES = {"light": LIGHT, "dark": LIGHT | DARK}

TEXTS = ("text", "muted", "strong", "attention", "second", "worsened")
GROUNDS = ("page", "panel", "attention-ground")
# What the tokens promise.
TEXT, CONTROL = 6.6, 3.2


def brightness(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    high, low = sorted((brightness(one), brightness(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_legible_on_every_ground(scheme: str) -> None:
    colours = SCHEMES[scheme]
    found = {(text, on): round(contrast(colours[text], colours[on]), 1) for text in TEXTS for on in GROUNDS}
    assert min(found.values()) >= TEXT, {pair: value for pair, value in found.items() if value < TEXT}
    for text, on in (("page", "text"), ("bar-text", "bar"), ("focus-text", "focus"), ("text", "strong-ground")):
        assert contrast(colours[text], colours[on]) >= 7, (text, on)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_border_that_says_where_to_press_is_seen(scheme: str) -> None:
    colours = SCHEMES[scheme]
    assert all(contrast(colours["control"], colours[on]) >= CONTROL for on in ("page", "panel")), scheme
