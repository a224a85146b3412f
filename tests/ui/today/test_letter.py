"""A letter on paper: whatever its length, nothing of it is lost."""

import pytest
from pypdf import PdfReader

from followup_desktop.ui.today.letter import letter_pdf
from followup_desktop.ui.today.sheets import Letter


@pytest.mark.row("A5")
def test_a_long_letter_goes_on_on_further_pages_and_its_envelope_is_the_last(qapp, tmp_path):
    words = [f"word{number}" for number in range(1800)]
    text = "\n\n".join(" ".join(words[start : start + 60]) for start in range(0, 1800, 60))
    letter_pdf(tmp_path / "long.pdf", Letter(("Ana Pereira", "7 Cove Rd"), text, ("Blue Heron Pools",), "DE"))
    *pages, envelope = PdfReader(tmp_path / "long.pdf").pages
    assert len(pages) >= 3
    assert " ".join(page.extract_text() for page in pages).split()[5:] == words
    assert envelope.extract_text().split() == ["Blue", "Heron", "Pools", "Ana", "Pereira", "7", "Cove", "Rd"]


@pytest.mark.row("A5")
def test_without_an_address_there_is_no_envelope(qapp, tmp_path):
    letter_pdf(tmp_path / "card.pdf", Letter((), "Thank you, Ana."))
    [page] = PdfReader(tmp_path / "card.pdf").pages
    assert page.extract_text().split() == ["Thank", "you,", "Ana."]
    assert round(float(page.mediabox.width)) == 612, "Letter paper"
