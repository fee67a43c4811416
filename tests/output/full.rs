//! A disk that is full, and files that cannot be written. Both need a system of files to play
//! with, which only the administrator of a Linux machine can make.

use std::fs;
use std::process::Command;

use camino::Utf8PathBuf;
use morgue::diagnostics::Code;

use crate::desk::Desk;

/// A small file system in memory, for as long as it lives.
struct Disk(Utf8PathBuf);

impl Disk {
    fn mount(at: &Utf8PathBuf, options: &str) -> Option<Disk> {
        fs::create_dir_all(at).unwrap();
        let mut mount = Command::new("mount");
        let mount = mount.args(["-t", "tmpfs", "-o", options, "tmpfs", at.as_str()]);
        let mounted = mount.output().is_ok_and(|done| done.status.success());
        mounted.then(|| Disk(at.clone()))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_site_and_says_how_much_room_is_lacking() {
    let mut desk = Desk::new();
    let place = Utf8PathBuf::from_path_buf(desk.dir.path().join("disk")).unwrap();
    let Some(_disk) = Disk::mount(&place, "size=256k") else {
        // Nothing to be seen without the right to mount.
        return;
    };
    desk.output = place.join("public");
    desk.build(&[("a", "old"), ("b/c", "old")]).unwrap();
    let before = desk.files();
    let large = "x".repeat(40_000);
    let paths: Vec<String> = (0..20).map(|n| format!("new/{n}")).collect();
    let pages: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), &*large)).collect();
    let found = desk.build(&pages).unwrap_err();
    let found: Vec<_> = found.iter().collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::CannotWrite);
    // Twenty times ten blocks.
    let message = &found[0].message;
    assert!(
        message.contains("need about 0.8 MB beside the output, and 0.2 MB are free"),
        "{message}"
    );
    assert_eq!(desk.files(), before);
    assert!(!place.join(".public.staging").exists());
    desk.build(&pages[..3]).unwrap();
    assert_eq!(desk.files().len(), 4);
}
