"""Does a folder lie on a file system on which a database can be kept?

SQLite's write-ahead log needs memory that all programs share, and locks that all of them see. Between machines, and
between a virtual machine and its host, neither holds, and what was written can be lost without an error.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from detente.errors import DossierError

# What is mounted where, as Linux tells it; other systems have no such file, and there nothing is refused.
MOUNTS: Final = Path("/proc/self/mountinfo")
_SHARED: Final = frozenset(
    {
        *("afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncp", "ncpfs", "nfs"),
        *("nfs4", "orangefs", "panfs", "pvfs2", "smb3", "smbfs", "wekafs"),
        # Between a virtual machine and its host.
        *("drvfs", "fakeowner", "prl_fs", "vboxsf", "vmhgfs"),
        *("fuse.beegfs", "fuse.blobfuse", "fuse.blobfuse2", "fuse.ceph", "fuse.ceph-fuse", "fuse.curlftpfs"),
        *("fuse.davfs", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.goofys", "fuse.grpcfuse"),
        *("fuse.gvfsd-fuse", "fuse.juicefs", "fuse.moosefs", "fuse.mount-s3", "fuse.mountpoint-s3", "fuse.rclone"),
        *("fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse", "fuse.webdavfs"),
    }
)
# A sandbox's own root may be one of these, and then nobody else writes to it; mounted anywhere else it is the host's.
_UNLESS_ROOT: Final = frozenset(("9p", "virtiofs", "fuse.virtiofs"))
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """One file system: its kind, such as `nfs4`, and the folder at which it is mounted."""

    kind: str
    at: Path


def mount_of(folder: Path, mounts: str) -> Mount | None:
    """Return the file system that a folder lies on, from the text of a mount table; None where it does not say.

    >>> table = "1 0 8:1 / / rw - ext4 /dev/sda1 rw\\n2 1 0:40 / /net/team rw - nfs4 server:/team rw"
    >>> mount_of(Path("/net/team/gulf"), table).kind, mount_of(Path("/net/teams"), table).kind
    ('nfs4', 'ext4')
    """
    found: Mount | None = None
    for line in mounts.splitlines():
        left, dash, right = line.partition(" - ")
        fields, kind = left.split(" "), right.split(" ")[0]
        if not dash or not kind or len(fields) < 6:
            continue
        at = Path(_ESCAPED.sub(lambda m: chr(int(m[1], 8)), fields[4]))
        # Of two that are mounted at one place, the later one is what is seen.
        if folder.is_relative_to(at) and (found is None or len(at.parts) >= len(found.at.parts)):
            found = Mount(kind, at)
    return found


def require_local(folder: Path) -> None:
    """Refuse a folder on a file system that is shared between machines.

    Raises DossierError where it lies on one, with its kind and where it is mounted.
    """
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    mount = mount_of(folder.resolve(), mounts)
    if mount is None or not _shared(mount):
        return
    raise DossierError(
        f"'{folder}' lies on a network file system ({mount.kind}, mounted at '{mount.at}'), where a database can lose "
        "what was written to it. Have the dossier on a disk of this machine: copy it there, or make it there; to "
        "share a ledger, export it."
    )


def _shared(mount: Mount) -> bool:
    return mount.kind in _SHARED or (mount.kind in _UNLESS_ROOT and mount.at != Path("/"))
