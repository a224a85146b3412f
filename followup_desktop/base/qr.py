"""QR codes (ISO/IEC 18004, model 2): bytes, lowest error correction, versions 1 to 20. Pure.

Low correction makes the squares large, which a phone that looks at a screen reads best; nothing dirties a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

Matrix = tuple[tuple[bool, ...], ...]
"""Rows of squares, dark where True, without the quiet zone of four squares around."""

_CHECKS = (7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28)
"""Check bytes of each block, by version (table 9, level L)."""
_BLOCKS = (1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8)
"""Number of blocks, by version (table 9, level L)."""
LONGEST = 858
"""Bytes that fit the largest version."""


def qr_code(text: str) -> Matrix:
    """Return the code of a text; raises ValueError where it is longer than a code holds."""
    data = text.encode()
    version = next((v for v in range(1, len(_BLOCKS) + 1) if _fits(len(data), v)), 0)
    if not version:
        raise ValueError("too long for a QR code")
    grid = _Grid(version)
    grid.lay(_interleaved(_padded(data, version), version))
    return grid.best()


def _raw_bytes(version: int) -> int:
    """Return how many bytes the squares hold that are no pattern (the formula of annex D, as counted)."""
    bits = (16 * version + 128) * version + 64
    if version >= 2:
        aligned = version // 7 + 2
        bits -= (25 * aligned - 10) * aligned - 55
        bits -= 36 if version >= 7 else 0
    return bits // 8


def _data_bytes(version: int) -> int:
    return _raw_bytes(version) - _CHECKS[version - 1] * _BLOCKS[version - 1]


def _count_bits(version: int) -> int:
    return 8 if version < 10 else 16


def _fits(length: int, version: int) -> bool:
    return 4 + _count_bits(version) + 8 * length <= 8 * _data_bytes(version)


def _padded(data: bytes, version: int) -> bytes:
    room = _data_bytes(version)
    bits = f"0100{len(data):0{_count_bits(version)}b}" + "".join(f"{byte:08b}" for byte in data)
    bits += "0" * min(4, 8 * room - len(bits))
    bits += "0" * (-len(bits) % 8)
    found = bytearray(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    pads = (0xEC, 0x11) * ((room - len(found)) // 2 + 1)
    return bytes(found) + bytes(pads[: room - len(found)])


def _interleaved(data: bytes, version: int) -> bytes:
    blocks, checks, raw = _BLOCKS[version - 1], _CHECKS[version - 1], _raw_bytes(version)
    short, longer = raw // blocks - checks, raw % blocks
    generator = _generator(checks)
    parts: list[tuple[bytes, bytes]] = []
    at = 0
    for number in range(blocks):
        size = short + (1 if number >= blocks - longer else 0)
        block = data[at : at + size]
        at += size
        parts.append((block, _remainder(block, generator)))
    found = bytearray()
    for place in range(short + 1):
        found += bytes(block[place] for block, _ in parts if place < len(block))
    for place in range(checks):
        found += bytes(check[place] for _, check in parts)
    return bytes(found)


def _times(one: int, other: int) -> int:
    """Multiply in the field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1."""
    found = 0
    for bit in range(7, -1, -1):
        found = (found << 1) ^ ((found >> 7) * 0x11D)
        found ^= ((other >> bit) & 1) * one
    return found


def _generator(degree: int) -> list[int]:
    found = [0] * (degree - 1) + [1]
    root = 1
    for _ in range(degree):
        for at in range(degree):
            found[at] = _times(found[at], root) ^ (found[at + 1] if at + 1 < degree else 0)
        root = _times(root, 2)
    return found


def _remainder(data: bytes, generator: list[int]) -> bytes:
    found = [0] * len(generator)
    for byte in data:
        factor = byte ^ found.pop(0)
        found.append(0)
        found = [one ^ _times(other, factor) for one, other in zip(found, generator, strict=True)]
    return bytes(found)


class _Grid:
    """The squares of a code while it is drawn; `fixed` are those of patterns, which no mask changes."""

    def __init__(self, version: int) -> None:
        self.version, self.size = version, 17 + 4 * version
        self.dark = [[False] * self.size for _ in range(self.size)]
        self.fixed = [[False] * self.size for _ in range(self.size)]
        self._draw_patterns()

    def _set(self, row: int, column: int, *, dark: bool) -> None:
        self.dark[row][column], self.fixed[row][column] = dark, True

    def _draw_patterns(self) -> None:
        last = self.size - 1
        for at in range(self.size):
            self._set(6, at, dark=at % 2 == 0)
            self._set(at, 6, dark=at % 2 == 0)
        for row, column in ((3, 3), (3, last - 3), (last - 3, 3)):
            self._finder(row, column)
        places = self._alignments()
        corners = {(places[0], places[0]), (places[0], places[-1]), (places[-1], places[0])} if places else set()
        for row, column in product(places, places):
            if (row, column) not in corners:
                for down, right in product(range(-2, 3), range(-2, 3)):
                    self._set(row + down, column + right, dark=max(abs(down), abs(right)) != 1)
        self._format(0)
        self._versions()

    def _finder(self, row: int, column: int) -> None:
        for down, right in product(range(-4, 5), range(-4, 5)):
            y, x = row + down, column + right
            if 0 <= y < self.size and 0 <= x < self.size:
                self._set(y, x, dark=max(abs(down), abs(right)) not in (2, 4))

    def _alignments(self) -> list[int]:
        if self.version == 1:
            return []
        count = self.version // 7 + 2
        step = (self.version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
        return [6, *sorted(self.size - 7 - step * at for at in range(count - 1))]

    def _format(self, mask: int) -> None:
        data = 1 << 3 | mask  # level L is 01
        rest = data
        for _ in range(10):
            rest = (rest << 1) ^ ((rest >> 9) * 0x537)
        bits = (data << 10 | rest) ^ 0x5412
        bit = [bool(bits >> at & 1) for at in range(15)]
        for at in range(6):
            self._set(at, 8, dark=bit[at])
        self._set(7, 8, dark=bit[6])
        self._set(8, 8, dark=bit[7])
        self._set(8, 7, dark=bit[8])
        for at in range(9, 15):
            self._set(8, 14 - at, dark=bit[at])
        for at in range(8):
            self._set(8, self.size - 1 - at, dark=bit[at])
        for at in range(8, 15):
            self._set(self.size - 15 + at, 8, dark=bit[at])
        self._set(self.size - 8, 8, dark=True)

    def _versions(self) -> None:
        if self.version < 7:
            return
        rest = self.version
        for _ in range(12):
            rest = (rest << 1) ^ ((rest >> 11) * 0x1F25)
        bits = self.version << 12 | rest
        for at in range(18):
            across, along = self.size - 11 + at % 3, at // 3
            self._set(along, across, dark=bool(bits >> at & 1))
            self._set(across, along, dark=bool(bits >> at & 1))

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield the squares of the data in their order: pairs of columns from the right, up and down in turn."""
        for right in (column for column in range(self.size - 1, 0, -2)):
            first = right if right > 6 else right - 1
            upward = (first + 1) & 2 == 0
            for step in range(self.size):
                row = self.size - 1 - step if upward else step
                for column in (first, first - 1):
                    if not self.fixed[row][column]:
                        yield row, column

    def lay(self, data: bytes) -> None:
        """Put the bytes into the squares."""
        bits = (byte >> at & 1 for byte in data for at in range(7, -1, -1))
        for (row, column), bit in zip(self.places(), bits, strict=False):
            self.dark[row][column] = bool(bit)

    def best(self) -> Matrix:
        """Return the code under the mask that reads best."""
        return min((self._masked(mask) for mask in range(8)), key=_penalty)

    def _masked(self, mask: int) -> Matrix:
        self._format(mask)
        flips = _MASKS[mask]
        return tuple(
            tuple(
                dark != (not self.fixed[row][column] and flips(row, column))
                for column, dark in enumerate(self.dark[row])
            )
            for row in range(self.size)
        )


_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _column: row % 2 == 0,
    lambda _row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)


def _penalty(matrix: Matrix) -> int:
    """Return how badly a code reads (7.8.3.1): long runs, blocks, what looks like a corner, too much of one kind."""
    lines = ["".join("1" if dark else "0" for dark in row) for row in (*matrix, *zip(*matrix, strict=True))]
    found = 0
    for line in lines:
        for run in line.replace("01", "0 1").replace("10", "1 0").split():
            found += len(run) - 2 if len(run) >= 5 else 0
        for at in range(len(line) - 10):
            found += 40 if line[at : at + 11] in ("10111010000", "00001011101") else 0
    size = len(matrix)
    for row, column in product(range(size - 1), range(size - 1)):
        block = {matrix[row][column], matrix[row][column + 1], matrix[row + 1][column], matrix[row + 1][column + 1]}
        found += 3 if len(block) == 1 else 0
    share = sum(map(sum, matrix)) * 100 / size**2
    return found + 10 * int(abs(share - 50) / 5)
