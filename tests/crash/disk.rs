//! Disks that are full, and places where nothing may be written. Both need the administrator of a
//! Linux machine, who can mount a disk in memory and be somebody else.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::press::{Press, State, Tree, put, said, tree};

/// A small file system in memory, for as long as it lives.
struct Disk {
    dir: TempDir,
}

impl Disk {
    /// Says so where there can be none.
    fn mount() -> Option<Disk> {
        let disk = Disk {
            dir: TempDir::new().unwrap(),
        };
        let mounted = disk.mount_with("size=64m");
        if !mounted {
            println!("no disk can be mounted here: skipped");
        }
        mounted.then_some(disk)
    }

    fn mount_with(&self, options: &str) -> bool {
        let mut mount = Command::new("mount");
        let mount = mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]);
        let done = mount.arg(self.dir.path()).output();
        done.is_ok_and(|done| done.status.success())
    }

    fn again_with(&self, options: &str) {
        assert!(self.mount_with(&format!("remount,{options}")));
    }

    fn path(&self) -> PathBuf {
        self.dir.path().to_owned()
    }

    /// How many kilobytes are used.
    fn used(&self) -> u64 {
        let mut df = Command::new("df");
        let found = df
            .args(["-k", "--output=used"])
            .arg(self.dir.path())
            .output();
        let text = String::from_utf8(found.unwrap().stdout).unwrap();
        text.lines().nth(1).unwrap().trim().parse().unwrap()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.dir.path()).status();
    }
}

/// Both states of a small archive, with the output of the first.
fn archive(folder: PathBuf) -> (Press, Tree, Tree) {
    let press = Press::within(folder, 40);
    let [old, new] = [State::Before, State::After].map(|state| press.clean(state));
    press.write(State::Before);
    press.build();
    (press, old, new)
}

/// A run that could not write, and left the output as it was.
fn expect_refused(press: &Press, run: &Output, old: &Tree) {
    let said = said(run);
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("error[M0602]"), "{said}");
    assert!(tree(&press.output()) == *old, "{said}");
}

#[test]
fn a_disk_that_is_full_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let Some(disk) = Disk::mount() else { return };
    let (press, old, new) = archive(disk.path());
    let (mut refused, mut done) = (0, 0);
    for step in 0..4 {
        press.write(State::After);
        let room = disk.used() + 8 + step * 700;
        disk.again_with(&format!("size={room}k"));
        let run = press.run();
        if run.status.success() {
            done += 1;
            press.expect(&new, &format!("with {room} kB"));
        } else {
            refused += 1;
            expect_refused(&press, &run, &old);
        }
        disk.again_with("size=64m");
        press.build();
        press.expect(&new, "with room again");
        press.write(State::Before);
        press.build();
        press.expect(&old, "and back");
    }
    println!("disks of several sizes: {refused} builds refused, {done} done");
    assert!(refused > 0 && done > 0, "{refused} refused, {done} done");
}

#[test]
fn a_disk_that_is_read_only_is_told() {
    let Some(disk) = Disk::mount() else { return };
    let (press, old, new) = archive(disk.path());
    press.write(State::After);
    disk.again_with("ro");
    expect_refused(&press, &press.run(), &old);
    disk.again_with("rw");
    press.build();
    press.expect(&new, "once it could be written");
}

/// Runs the build as somebody to whom permissions matter.
fn run_as_nobody(press: &Press) -> Output {
    let build = press.command(&[]);
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
    command.arg(build.get_program()).args(build.get_args());
    command.output().unwrap()
}

fn give_to_nobody(folder: &Path) -> bool {
    let given = Command::new("chown")
        .args(["-R", "65534:65534"])
        .arg(folder)
        .status();
    let able = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .args([env!("CARGO_BIN_EXE_morgue"), "--version"])
        .output();
    let can = given.is_ok_and(|done| done.success()) && able.is_ok_and(|o| o.status.success());
    if !can {
        println!("nobody else can run a build here: skipped");
    }
    can
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn files_and_folders_that_are_read_only_are_written_or_told() {
    let dir = TempDir::new().unwrap();
    let (press, old, new) = archive(dir.path().to_owned());
    if !give_to_nobody(dir.path()) {
        return;
    }
    // Nobody may read one article.
    let article = press.folder.join("content/articles/a1.md");
    put(&article, "---\ntitle: Secret\n---\n");
    allow(&article, 0o000);
    let run = run_as_nobody(&press);
    assert_eq!(run.status.code(), Some(1), "{}", said(&run));
    assert!(
        said(&run).contains("content/articles/a1.md"),
        "{}",
        said(&run)
    );
    assert!(tree(&press.output()) == old);
    allow(&article, 0o644);
    // A page is read only, which does not matter, and a folder, which does.
    press.write(State::After);
    let folder = press.output().join("people");
    allow(&press.output().join("index.html"), 0o444);
    allow(&folder, 0o555);
    allow(&folder.join("person-0"), 0o555);
    let run = run_as_nobody(&press);
    assert_eq!(run.status.code(), Some(2), "{}", said(&run));
    assert!(said(&run).contains("people/"), "{}", said(&run));
    press.expect_whole([&old, &new], "while a folder is read only");
    let again = run_as_nobody(&press);
    assert_eq!(again.status.code(), Some(2), "{}", said(&again));
    allow(&folder, 0o755);
    allow(&folder.join("person-0"), 0o755);
    let run = run_as_nobody(&press);
    assert!(run.status.success(), "{}", said(&run));
    press.expect(&new, "once the folder could be written");
}
