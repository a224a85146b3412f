"""The self-test: one line that says whether an installation can do what it must."""

import json
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from followup_desktop import selftest


def png(rows):
    """A grey PNG of rows of bytes, unfiltered."""
    height, width = len(rows), len(rows[0])

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_the_self_test_finds_everything_in_order_and_says_so_in_one_line(tmp_path):
    environment = os.environ | {"FOLLOWUP_DATA": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "followup_desktop", "self-test", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert found["problems"] == []
    assert found["ok"] is True
    assert done.returncode == 0
    assert found["store"]["journal_mode"] in ("wal", "truncate")
    assert found["store"]["revision"] == found["migrations"][0]
    assert found["report"]["pdf"] > 5_000
    assert found["paper"] > 1_000
    assert found["zones"] == "Europe/Paris"
    assert found["window"] > 5_000
    assert not (tmp_path / "data" / "business.db").exists()


def test_whatever_fails_is_named_and_the_rest_is_still_tried(monkeypatch):
    def broken(folder: Path) -> None:
        raise OSError("no such library")

    monkeypatch.setattr(selftest, "CHECKS", (("keyring", broken), ("zones", selftest.zones)))
    found, code = selftest.run()
    assert code == 1
    assert found["ok"] is False
    assert found["problems"] == ["keyring: OSError: no such library"]
    assert found["zones"] == "Europe/Paris"


def test_a_report_without_words_is_noticed(monkeypatch, tmp_path):
    monkeypatch.setattr(selftest, "SMALLEST_REPORT", 10_000_000)
    with pytest.raises(ValueError, match="the PDF has"):
        selftest.report(tmp_path)


def test_a_store_that_is_not_kept_durably_is_noticed(monkeypatch, tmp_path):
    pragma = selftest._pragma

    def forgetful(connection, name):
        return "off" if name == "synchronous" else pragma(connection, name)

    monkeypatch.setattr(selftest, "_pragma", forgetful)
    with pytest.raises(ValueError, match="synchronous is off"):
        selftest.store(tmp_path)


def test_a_blank_picture_is_told_from_one_with_something_on_it():
    drawn = [[(x * y * 7) % 251 for x in range(60)] for y in range(40)]
    assert selftest.is_blank(png([[255] * 60] * 40))
    assert not selftest.is_blank(png(drawn))
    assert selftest.is_blank(b"not a picture at all")
