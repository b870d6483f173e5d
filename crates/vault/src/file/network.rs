//! Network paths, which `SQLite` cannot keep safe: its write-ahead log needs memory shared between
//! all who open the file, and locks that hold (sqlite.org/wal.html).

use std::path::Path;

use usher_core::error::StoreError;

/// Refuses a folder that lies on another machine.
pub(super) fn refuse(folder: &Path) -> Result<(), StoreError> {
    if on_network(folder)? { Err(StoreError::NetworkPath) } else { Ok(()) }
}

#[cfg(target_os = "linux")]
fn on_network(folder: &Path) -> Result<bool, StoreError> {
    let magic = rustix::fs::statfs(folder).map_err(|_| StoreError::Failed)?.f_type;
    let magic = u64::try_from(magic).unwrap_or(0);
    if magic != linux::FUSE {
        return Ok(linux::is_remote(magic));
    }
    // All of FUSE has one number; only the table of mounts tells sshfs from a local disk.
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").map_err(|_| StoreError::Failed)?;
    Ok(linux::kind_of(&mounts, folder).is_none_or(linux::is_remote_fuse))
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::Path;

    /// `FUSE_SUPER_MAGIC` of statfs(2).
    pub(super) const FUSE: u64 = 0x6573_5546;

    /// NFS, SMB, CIFS, SMB2, NCP, AFS, Coda, 9P, Ceph, OCFS2, GFS2: numbers of statfs(2).
    const REMOTE: [u64; 11] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x564c,
        0x5346_414f,
        0x7375_7245,
        0x0102_1997,
        0x00c3_6400,
        0x7461_636f,
        0x0116_1970,
    ];

    /// FUSE programs that keep their files on the disk of this machine.
    const LOCAL_FUSE: [&str; 9] = [
        "fuseblk",
        "fuse.ntfs-3g",
        "fuse.exfat",
        "fuse.gocryptfs",
        "fuse.cryfs",
        "fuse.encfs",
        "fuse.securefs",
        "fuse.fuse-overlayfs",
        "fuse.veracrypt",
    ];

    pub(super) fn is_remote(magic: u64) -> bool {
        REMOTE.contains(&magic)
    }

    /// What is not known to be local counts as remote: better refused than torn.
    pub(super) fn is_remote_fuse(kind: &str) -> bool {
        !LOCAL_FUSE.contains(&kind)
    }

    /// The kind of file system of the longest mount point above `folder`, from the lines of
    /// proc(5) mountinfo: the fifth field is the mount point, the first after ` - ` the kind.
    pub(super) fn kind_of<'a>(mounts: &'a str, folder: &Path) -> Option<&'a str> {
        let mount = |line: &'a str| {
            let (front, back) = line.split_once(" - ")?;
            let point = front.split(' ').nth(4)?.replace("\\040", " ");
            let kind = back.split(' ').next()?;
            folder.starts_with(&point).then_some((point.len(), kind))
        };
        mounts.lines().filter_map(mount).max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
    }
}

#[cfg(target_os = "macos")]
fn on_network(folder: &Path) -> Result<bool, StoreError> {
    /// `MNT_LOCAL` of `sys/mount.h`: the file system is stored on this machine.
    const LOCAL: u32 = 0x1000;
    let flags = rustix::fs::statfs(folder).map_err(|_| StoreError::Failed)?.f_flags;
    Ok(flags & LOCAL == 0)
}

#[cfg(windows)]
#[expect(clippy::unnecessary_wraps, reason = "the other systems have to ask and can fail")]
fn on_network(folder: &Path) -> Result<bool, StoreError> {
    use std::path::{Component, Prefix};
    // The path is canonical: a mapped drive letter has become the share it stands for.
    let first = folder.components().next();
    let Some(Component::Prefix(prefix)) = first else {
        return Ok(false);
    };
    Ok(matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
#[expect(clippy::unnecessary_wraps, reason = "the other systems have to ask and can fail")]
fn on_network(_: &Path) -> Result<bool, StoreError> {
    // Not known how to tell here; the README says so.
    Ok(false)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn shares_of_other_machines_are_remote_and_disks_are_not() {
        for remote in [0x6969, 0xff53_4d42, 0xfe53_4d42, 0x0102_1997] {
            assert!(linux::is_remote(remote), "{remote:x}");
        }
        for local in [0xef53, 0x9123_683e, 0x5846_5342, 0x0102_1994, 0x794c_7630] {
            assert!(!linux::is_remote(local), "{local:x}");
        }
    }

    #[test]
    fn of_fuse_only_what_is_known_to_be_local_passes() {
        let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      40 22 0:50 / /home/a/far\\040away rw - fuse.sshfs a@b: rw\n\
                      41 22 0:51 / /mnt/disk rw shared:1 - fuseblk /dev/sdb1 rw\n";
        let kind = |folder: &str| linux::kind_of(mounts, Path::new(folder));
        assert_eq!(kind("/home/a/far away/usher"), Some("fuse.sshfs"));
        assert_eq!(kind("/mnt/disk/usher"), Some("fuseblk"));
        assert_eq!(kind("/home/a"), Some("ext4"));
        assert!(linux::is_remote_fuse("fuse.sshfs") && linux::is_remote_fuse("fuse.unheard-of"));
        assert!(!linux::is_remote_fuse("fuseblk"));
    }

    #[test]
    fn the_folder_of_temporary_files_is_not_on_the_network() {
        assert_eq!(refuse(&std::env::temp_dir()), Ok(()));
    }
}
