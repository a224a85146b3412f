"""The rows of the product that a story can prove: `@pytest.mark.row("Q4")`. An unknown one fails collection."""

ROWS = frozenset(
    f"{letter}{number}"
    for letter, count in (
        ("C", 10), ("J", 7), ("Q", 9), ("M", 7), ("A", 8), ("P", 6), ("R", 7), ("F", 7), ("K", 11), ("D", 9), ("G", 7),
        ("T", 4), ("X", 14),
    )
    for number in range(1, count + 1)
)  # fmt: skip
