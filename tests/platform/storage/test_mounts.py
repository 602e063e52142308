"""Where a SQLite file may lie."""

import pytest

from sartor.platform.errors import BadSetting
from sartor.platform.storage.mounts import file_system, refuse_network_folder

TABLE = """\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
40 22 0:40 / {share} rw,relatime shared:1 - {kind} server:/export rw
"""


@pytest.fixture
def mounted(tmp_path):
    def table(kind):
        path = tmp_path / "mountinfo"
        path.write_text(TABLE.format(share=tmp_path / "share", kind=kind))
        return path

    return table


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p", "virtiofs"])
def test_a_network_file_system_is_refused_by_name(tmp_path, mounted, kind):
    with pytest.raises(BadSetting, match=kind):
        refuse_network_folder(tmp_path / "share" / "data" / "sartor.db", mounted(kind))


@pytest.mark.parametrize("kind", ["ext4", "xfs", "overlay", "fuseblk"])
def test_a_local_one_is_not(tmp_path, mounted, kind):
    refuse_network_folder(tmp_path / "share" / "sartor.db", mounted(kind))


def test_the_nearest_mount_counts(tmp_path, mounted):
    assert file_system(tmp_path / "share" / "x", mounted("nfs")) == "nfs"
    assert file_system(tmp_path / "other", mounted("nfs")) == "ext4"


def test_a_machine_without_a_table_of_mounts_is_trusted(tmp_path):
    assert file_system(tmp_path, tmp_path / "none") == ""
