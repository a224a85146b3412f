"""By which name someone is greeted, whatever was entered as their given name."""

import pytest

from followup_desktop.core.drafts.rules.naming import greeting_name


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [
        ("Priya", "Natarajan", "Priya"),
        ("Priya Natarajan", "", "Priya"),
        ("Priya Natarajan", "Natarajan", "Priya"),
        ("Natarajan, Priya", "", "Priya"),
        ("Mary Ann Lee", "", "Mary Ann"),
        ("José Luis García Pérez", "", "José Luis"),
        ("Mai Anh", "Tran", "Mai Anh"),
        ("J. Robert Miller", "", "Robert"),
        ("J. Miller", "", ""),
        ("Dr. Ann Lee, MD", "", "Dr. Lee"),
        ("Señora Ruiz", "", "Señora Ruiz"),
        ("Tom and Sue Becker", "", "Tom and Sue"),
        ("María y Pedro", "", "María y Pedro"),
        ("Maria Sa", "", "Maria"),
        ("Kim Law", "", "Kim"),
        ("李 明", "", "李 明"),
        ("Lakeside HOA", "", ""),
        ("Joe's Garage", "", ""),
        ("The Hendersons", "", ""),
        ("Familia García", "", ""),
        ("Banco del Sur S.A.", "", ""),
        ("", "Becker", ""),
        ("van der Berg, Jan", "", "Jan"),
        ("Anna (mother of Lee)", "", "Anna"),
        ("Mr & Mrs Lee", "", "Mr & Mrs Lee"),
        ("Current Resident", "", ""),
        ("N/A", "", ""),
        ("Mina Na", "", "Mina"),
        ("-", "", ""),
    ],
)
def test_a_greeting_takes_a_persons_first_name_and_no_firms(given, family, name):
    assert greeting_name(given, family) == name
