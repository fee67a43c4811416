//! Any builds, with anybody's files in between, against what they must amount to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use morgue::diagnostics::{Code, Diagnostic};
use proptest::prelude::*;

use crate::desk::{Desk, MANIFEST};

/// Few names, so that files and folders often want the same one.
const PATHS: [&str; 9] = [
    "a", "a/b", "a/b/c", "a/b/d", "a-b", "a/c", "d/a", "d/a/b", "e",
];

type Tree = BTreeMap<&'static str, u8>;

#[derive(Debug, Clone)]
enum Step {
    Build(Tree),
    /// A build in which one page cannot be rendered.
    Fail(Tree),
    /// Somebody puts a file of their own there, if nothing is in the way.
    Put(&'static str, u8),
    /// Somebody deletes whatever file is there.
    Delete(&'static str),
    LoseManifest,
}

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&PATHS[..])
}

fn site() -> impl Strategy<Value = Tree> {
    prop::collection::btree_map(path(), 0..3_u8, 0..6).prop_map(|tree| {
        let inside = |path: &str| {
            tree.keys()
                .any(|file| path.starts_with(&format!("{file}/")))
        };
        tree.iter()
            .filter(|(path, _)| !inside(path))
            .map(|(path, text)| (*path, *text))
            .collect()
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => site().prop_map(Step::Build),
        1 => site().prop_map(Step::Fail),
        2 => (path(), 0..3_u8).prop_map(|(path, text)| Step::Put(path, text)),
        1 => path().prop_map(Step::Delete),
        1 => Just(Step::LoseManifest),
    ]
}

/// The output as it must be.
#[derive(Default)]
struct Model {
    /// What the manifest lists: such a place is ours whatever was done to it since.
    listed: BTreeSet<&'static str>,
    ours: Tree,
    theirs: Tree,
}

impl Model {
    /// Whether none of theirs stands where these files go.
    fn admits(&self, site: &Tree) -> bool {
        let clash =
            |a: &str, b: &str| a.starts_with(&format!("{b}/")) || b.starts_with(&format!("{a}/"));
        site.iter().all(|(path, text)| {
            self.theirs
                .iter()
                .all(|(other, found)| !clash(path, other) && (path != other || text == found))
        })
    }

    fn build(&mut self, site: &Tree) {
        self.theirs.retain(|path, _| !site.contains_key(path));
        self.ours.clone_from(site);
        self.listed = site.keys().copied().collect();
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let all = self.ours.iter().chain(&self.theirs);
        all.map(|(path, text)| ((*path).to_owned(), vec![*text]))
            .collect()
    }
}

fn run(desk: &Desk, model: &mut Model, step: &Step) {
    match step {
        Step::Build(site) => {
            let texts: BTreeMap<&str, String> = site
                .iter()
                .map(|(path, text)| (*path, char::from(*text).to_string()))
                .collect();
            let files: Vec<(&str, &str)> = texts.iter().map(|(p, t)| (*p, t.as_str())).collect();
            match desk.build(&files) {
                Ok(_) => {
                    assert!(model.admits(site), "a foreign file was overlooked");
                    model.build(site);
                }
                Err(found) => {
                    assert!(!model.admits(site), "{found:?}");
                    assert!(found.iter().all(|d| d.code == Code::ForeignFile));
                }
            }
        }
        Step::Fail(site) => {
            let files: Vec<_> = site
                .keys()
                .map(|path| (*path, *path))
                .chain([("z", "z")])
                .collect();
            let fill = |path: &str| match path {
                "z" => Err(Diagnostic::new(Code::DeadLink, "dead")),
                _ => Ok(path.as_bytes().to_vec()),
            };
            assert_eq!(desk.build_with(&files, fill).unwrap_err().len(), 1);
        }
        Step::Put(path, text) => {
            let place = desk.output.join(path);
            let is_free = place.ancestors().skip(1).all(|outer| !outer.is_file());
            if is_free && !place.exists() {
                desk.put(path, &char::from(*text).to_string());
                let tree = if model.listed.contains(path) {
                    &mut model.ours
                } else {
                    &mut model.theirs
                };
                tree.insert(path, *text);
            }
        }
        Step::Delete(path) => {
            if fs::remove_file(desk.output.join(path)).is_ok() {
                model.theirs.remove(path);
                model.ours.remove(path);
            }
        }
        Step::LoseManifest => {
            if fs::remove_file(desk.output.join(MANIFEST)).is_ok() {
                model.theirs.append(&mut model.ours);
                model.listed.clear();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_builds_leave_our_files_and_theirs(steps in prop::collection::vec(step(), 1..12)) {
        let (desk, mut model) = (Desk::new(), Model::default());
        for step in &steps {
            run(&desk, &mut model, step);
            let mut found = desk.files();
            found.remove(MANIFEST);
            prop_assert_eq!(found, model.files(), "after {:?}", step);
            desk.expect_tidy();
        }
    }
}
