//! A folder held against the list that it carries.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;

use camino::Utf8Path;

use super::bag_tags::Tags;
use super::hold::{self, Expected, Listed};
use super::walk::Walked;
use super::{List, Verified};
use crate::Progress;
use crate::checksum::{self, NAME};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Severity};
use crate::output;

/// Holds a folder against its list: the manifests of a bag, `manifest-sha256.txt`, or else what
/// the last build into it remembered. Every file that is missing, has other bytes or is not listed
/// is found; what is not listed in a built site is a warning only, because a build lets the files
/// of others be.
///
/// # Errors
/// There is no list, or none that can be read; the findings tell.
pub fn verify(folder: &Utf8Path, progress: &dyn Progress) -> (Result<Verified, ()>, Diagnostics) {
    let done = if folder.join("bagit.txt").is_file() {
        verify_bag(folder, progress)
    } else {
        verify_list(folder, progress)
    };
    match done {
        Ok((verified, mut found)) => {
            found.sort();
            (Ok(verified), found)
        }
        Err(found) => (Err(()), found),
    }
}

type Done = Result<(Verified, Diagnostics), Diagnostics>;

fn verify_list(folder: &Utf8Path, progress: &dyn Progress) -> Done {
    let built = output::listed(folder);
    let (list, listed) = match (read_list(folder, NAME)?, &built) {
        (Some(listed), _) => (List::Checksums, listed),
        (None, Ok(Some(prints))) => {
            let prints = prints
                .iter()
                .map(|(path, print)| (path.clone(), Expected::Print(*print)));
            (List::Build, prints.collect())
        }
        (None, _) => return Err(no_list(folder).into()),
    };
    let mut walked = Walked::default();
    walked.add(folder, "", &|path| {
        path != NAME && path != ".git" && !output::is_own(path)
    });
    let mut found = walked.odd;
    found.extend(hold::changes(folder, &listed, &walked.files, progress));
    let weight = match built {
        Ok(Some(_)) => Severity::Warning,
        _ => Severity::Error,
    };
    found.extend(hold::extras(&listed, &walked.files, weight));
    let files = listed.len();
    Ok((Verified { list, files }, found))
}

fn verify_bag(folder: &Utf8Path, progress: &dyn Progress) -> Done {
    let tags = Tags::read(folder);
    let Some(payload) = read_list(folder, NAME)? else {
        let message = "the bag has no `manifest-sha256.txt`, and only SHA-256 is looked at here";
        let diagnostic = Diagnostic::new(Code::NoList, message);
        let help = "verify it with a program that knows its checksums, such as bagit.py";
        return Err(diagnostic.help(help).into());
    };
    let mut found = tags.mistakes();
    let mut walked = Walked::default();
    walked.add(folder, "data", &|_| true);
    found.extend(walked.odd);
    for (path, _) in payload
        .iter()
        .filter(|(path, _)| !path.starts_with("data/"))
    {
        let outside = Diagnostic::new(
            Code::BadBag,
            "is listed among the payload, and not in `data/`",
        );
        found.push(outside.file(path.as_str()));
    }
    found.extend(tags.payload(folder, &walked.files));
    found.extend(hold::changes(folder, &payload, &walked.files, progress));
    found.extend(hold::extras(&payload, &walked.files, Severity::Error));
    if let Some(listed) = read_list(folder, "tagmanifest-sha256.txt")? {
        let mut there = Walked::default();
        there.add(folder, "", &|path| path != "data");
        let there: BTreeSet<String> = there.files;
        found.extend(hold::changes(folder, &listed, &there, &Silent));
    }
    let files = payload.len();
    let list = List::Bag;
    Ok((Verified { list, files }, found))
}

/// The few tag files of a bag are no progress to tell of.
struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn page(&self) {}
}

/// The list of this name in a folder; `None` where there is none.
pub(super) fn read_list(folder: &Utf8Path, name: &str) -> Result<Option<Listed>, Diagnostics> {
    let broken = |what: String| Diagnostic::new(Code::BrokenList, what).file(name);
    let text = match fs::read_to_string(folder.join(name)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(broken(format!("cannot be read: {error}")).into()),
    };
    let files = checksum::parse(&text).map_err(|line| {
        let what = format!("line {line} is not a checksum with a path");
        broken(what)
            .help("bring the list back from another copy; a list that is damaged proves nothing")
    })?;
    let files = files.into_iter();
    Ok(Some(
        files
            .map(|(path, sum)| (path.into_owned(), Expected::Sum(sum)))
            .collect(),
    ))
}

fn no_list(folder: &Utf8Path) -> Diagnostic {
    let message = format!("`{folder}` holds no list of checksums");
    Diagnostic::new(Code::NoList, message).help(
        "give a site that morgue built, a bag, or a folder with `manifest-sha256.txt`; `morgue verify --source` looks at what a site is made from",
    )
}
