"""File systems on which a SQLite file gets corrupted or locked for ever: those of another machine."""

from __future__ import annotations

from pathlib import Path

from sartor.platform.errors import BadSetting

MOUNTS = Path("/proc/self/mountinfo")
LOCAL_FUSE = {"fuseblk", "fuse.ext2", "fuse.ntfs-3g"}
NETWORK = {
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fakeowner", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4",
    "orangefs", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs",
}  # fmt: skip


def file_system(path: Path, mounts: Path = MOUNTS) -> str:
    """The type of the file system that holds `path`; empty where the machine does not tell."""
    if not mounts.exists():
        return ""
    wanted = path.absolute()
    found, kind = -1, ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].replace("\\040", " "))
        if wanted.is_relative_to(point) and len(point.parts) >= found:
            found, kind = len(point.parts), after.split()[0]
    return kind


def refuse_network_folder(path: Path, mounts: Path = MOUNTS) -> None:
    """:raises BadSetting: when the file would lie on a network or shared-folder file system."""
    kind = file_system(path.parent.resolve(), mounts)
    if kind in NETWORK or (kind.startswith("fuse") and kind not in LOCAL_FUSE):
        raise BadSetting(
            f"SARTOR_DATABASE_URL: {path} lies on a {kind} file system, where SQLite files break; "
            "expected a local disk, or PostgreSQL."
        )
