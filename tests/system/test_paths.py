import os
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import psutil
import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.system import paths


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("FOLLOWUP_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_everything_lies_in_one_folder_that_only_its_owner_can_enter(data):
    found = paths.places()
    assert (found.business, found.demo) == (data / "business.db", data / "demo.db")
    for folder in (found.data, found.logs, found.backups):
        assert folder.is_dir()
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_there_is_left_as_it_is(data):
    data.mkdir(mode=0o755)
    data.chmod(0o755)
    paths.places()
    assert data.stat().st_mode & 0o777 == 0o755


def test_without_a_wish_the_data_lie_where_the_system_keeps_them(monkeypatch, tmp_path):
    monkeypatch.delenv("FOLLOWUP_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if os.name == "posix":
        assert paths.data_folder() == tmp_path / "followup_desktop"


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("FOLLOWUP_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(Problem, match="cannot be used"):
        paths.places()


def test_files_made_from_now_on_are_readable_by_their_owner_alone(tmp_path):
    before = os.umask(0o022)
    try:
        paths.keep_private()
        (tmp_path / "export.csv").write_text("x")
        assert (tmp_path / "export.csv").stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PurePosixPath("/home/dana/Dropbox/pools/business.db"), "Dropbox"),
        (PurePosixPath("/home/dana/Dropbox (Personal)/business.db"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\Dana\OneDrive - Clearwater Pools\business.db"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\Dana\OneDrive\business.db"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\Dana\Google Drive\business.db"), "Google Drive"),
        (PurePosixPath("/Users/dana/Library/Mobile Documents/com~apple~CloudDocs/business.db"), "iCloud"),
        (PurePosixPath("/Users/dana/Library/CloudStorage/GoogleDrive-d@x.com/business.db"), "a cloud service"),
        (PurePosixPath("/home/dana/dropbox-notes/business.db"), None),
        (PurePosixPath("/home/dana/pools/Dropbox"), None),
        (PurePosixPath("/home/dana/.local/share/followup_desktop/business.db"), None),
    ],
)
def test_a_folder_copied_elsewhere_is_known_by_its_name(path, service):
    assert paths.synced_by(path) == service


def test_a_store_in_a_synced_folder_is_advised_against_in_words(tmp_path):
    sentence = paths.is_network_or_synced(tmp_path / "Dropbox" / "business.db")
    assert "Dropbox" in sentence
    assert "Keep the store on this computer and put backups there." in sentence


def test_a_link_to_a_synced_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "pools").symlink_to(tmp_path / "Dropbox")
    assert "Dropbox" in paths.is_network_or_synced(tmp_path / "pools" / "business.db")


def test_nothing_speaks_against_a_folder_on_this_computer(tmp_path):
    assert paths.is_network_or_synced(tmp_path / "business.db") is None


MOUNTS = [("/", "ext4"), ("/home", "xfs"), ("/home/dana/office", "cifs"), ("/srv", "nfs4"), ("/proc", "proc")]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/dana/business.db", "xfs"),
        ("/home/dana/office/business.db", "cifs"),
        ("/home/dana/officers/business.db", "xfs"),
        ("/srv/pools/business.db", "nfs4"),
        ("/var/business.db", ""),
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(path, kind):
    assert paths.file_system(PurePosixPath(path), MOUNTS) == kind


def test_a_mount_table_is_read_with_its_spaces_and_letters(tmp_path):
    table = tmp_path / "mounts"
    lines = [b"/dev/sda1 / ext4 rw 0 0", b"//office/s /mnt/pool\\040store cifs rw", b"x /b\xc3\xbcro nfs4 rw 0 0", b""]
    table.write_bytes(b"\n".join(lines))
    assert paths.mounts_in(table) == [("/", "ext4"), ("/mnt/pool store", "cifs"), ("/büro", "nfs4")]
    assert paths.mounts_in(tmp_path / "nothing") == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a file on Linux alone")
def test_the_systems_own_list_says_what_the_library_says():
    ours, theirs = dict(paths._mounts()), {p.mountpoint: p.fstype for p in psutil.disk_partitions(all=True)}
    assert ours == theirs


def test_a_store_on_another_computer_is_advised_against_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_mounts", lambda: [("/", "ext4"), (str(tmp_path.resolve()), "nfs4")])
    assert "on another computer" in paths.is_network_or_synced(Path(tmp_path) / "business.db")


def test_a_computer_that_runs_from_the_network_may_keep_its_store(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "_mounts", lambda: [("/", "nfs4")])
    assert paths.is_network_or_synced(tmp_path / "business.db") is None
