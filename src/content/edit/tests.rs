use super::*;

fn names(source: &str, key: &str, entries: &[Entry]) -> Result<String, Diagnostic> {
    let mut foreign = ForeignKeys::default();
    foreign.split.insert("tags".into(), ",".into());
    let sheet = Sheet::open(source, &foreign)?;
    sheet.edit(&[Change::Names {
        key: key.into(),
        entries: entries.to_vec(),
    }])
}

fn kept(index: usize) -> Entry {
    Entry::Kept(index)
}

fn rewritten(index: usize, text: &str) -> Entry {
    Entry::Rewritten(index, text.into())
}

fn new(text: &str) -> Entry {
    Entry::New(text.into())
}

/// Edits `people` (or `tags`), which lists A, B and C.
fn each(before: &str, entries: &[Entry], after: &str) {
    let file = |block: &str, fence: &str| {
        format!("{fence}\ntitle = \"x\"\n{block}\nz = 1\n{fence}\nbody A\n")
    };
    let (before, after) = if before.contains(" = ") {
        (file(before, "+++"), file(after, "+++"))
    } else {
        let yaml = |block: &str| file(block, "---").replace(" = ", ": ");
        (yaml(before), yaml(after))
    };
    let key = if before.contains("tags") {
        "tags"
    } else {
        "people"
    };
    assert_eq!(names(&before, key, entries).unwrap(), after);
    // The same with the line ends of Windows.
    let (before, after) = (before.replace('\n', "\r\n"), after.replace('\n', "\r\n"));
    assert_eq!(names(&before, key, entries).unwrap(), after);
}

#[test]
fn names_are_rewritten_in_their_own_style() {
    let it = [kept(0), rewritten(1, "O'B"), kept(2)];
    each(
        "people: [ A,'B' , \"C\" ] # c",
        &it,
        "people: [ A,'O''B' , \"C\" ] # c",
    );
    each("people: [A, \"B\", C]", &it, "people: [A, \"O'B\", C]");
    each(
        "people:\n- A # a\n-   B   # b\n- C",
        &it,
        "people:\n- A # a\n-   O'B   # b\n- C",
    );
    each(
        "people:\n  # first\n  - A\n\n  - 'B'\n  - C",
        &it,
        "people:\n  # first\n  - A\n\n  - 'O''B'\n  - C",
    );
    each(
        "people = ['A', 'B', \"C\"] # c",
        &it,
        "people = ['A', \"O'B\", \"C\"] # c",
    );
    each(
        "people = [\n  \"A\", # a\n  \"B\", # b\n  \"C\"\n]",
        &it,
        "people = [\n  \"A\", # a\n  \"O'B\", # b\n  \"C\"\n]",
    );
    each("tags: A,B , C # c", &it, "tags: A,O'B , C # c");
    each("tags: 'A, B, C'", &it, "tags: 'A, O''B, C'");
    let odd = [rewritten(0, "Reuters: live"), kept(1), rewritten(2, "No")];
    each(
        "people: [A, B, C]",
        &odd,
        "people: [\"Reuters: live\", B, \"No\"]",
    );
    let fair = [rewritten(0, "AT&T (old)"), kept(1), kept(2)];
    each("people: [A, B, C]", &fair, "people: [AT&T (old), B, C]");
}

#[test]
fn names_are_taken_out() {
    let it = [kept(0), kept(2)];
    each("people: [A, B, C]", &it, "people: [A, C]");
    each("people: [A ,B ,C]", &it, "people: [A ,C]");
    each(
        "people:\n- A\n- B # b\n# on C\n- C",
        &it,
        "people:\n- A\n# on C\n- C",
    );
    each(
        "people: [\n  A, # a\n  B, # b\n  C\n  ]",
        &it,
        "people: [\n  A, # a\n  C\n  ]",
    );
    each(
        "people = [\"A\", \"B\", \"C\"]",
        &it,
        "people = [\"A\", \"C\"]",
    );
    each("tags: A, B, C", &it, "tags: A, C");
    let it = [kept(1)];
    each("people: [A, B, C]", &it, "people: [B]");
    each("people: [A, B, C, ]", &it, "people: [B ]");
    each("people:\n- A\n- B\n- C", &it, "people:\n- B");
    each("tags: A, B, C", &it, "tags: B");
    each(
        "people = [\n  \"A\",\n  \"B\",\n  \"C\",\n]",
        &it,
        "people = [\n  \"B\",\n]",
    );
}

#[test]
fn the_last_name_leaves_no_rest() {
    each("people: [A, B, C]", &[], "people: []");
    each("people = [\"A\", \"B\", \"C\"]", &[], "people = []");
    let after = names("---\npeople:\n  - A\n  - B\nz: 1\n---\n", "people", &[]);
    assert_eq!(after.unwrap(), "---\nz: 1\n---\n");
    let after = names("---\npeople: A # who\nz: 1\n---\n", "people", &[]);
    assert_eq!(after.unwrap(), "---\nz: 1\n---\n");
}

#[test]
fn names_are_added() {
    let it = [kept(0), kept(1), kept(2), new("D e")];
    each("people: [A, B, C]", &it, "people: [A, B, C, D e]");
    each(
        "people: [A, B, \"C\"]",
        &it,
        "people: [A, B, \"C\", \"D e\"]",
    );
    each(
        "people:\n  - A\n  - B\n  - C # c",
        &it,
        "people:\n  - A\n  - B\n  - C # c\n  - D e",
    );
    each(
        "people: [\n  A,\n  B,\n  C # c\n]",
        &it,
        "people: [\n  A,\n  B,\n  C, # c\n  D e\n]",
    );
    each(
        "people = [\n  \"A\",\n  \"B\",\n  \"C\", # c\n]",
        &it,
        "people = [\n  \"A\",\n  \"B\",\n  \"C\", # c\n  \"D e\",\n]",
    );
    each("tags: A, B, C", &it, "tags: A, B, C, D e");
    let swapped = [kept(0), new("D")];
    each("people: [A, B, C]", &swapped, "people: [A, D]");
    each("people:\n- A\n- B\n- C", &swapped, "people:\n- A\n- D");
}

#[test]
fn one_name_becomes_a_list_and_none_a_field() {
    let grown = names(
        "---\npeople: 'A' # a\n---\n",
        "people",
        &[kept(0), new("B")],
    );
    assert_eq!(grown.unwrap(), "---\npeople: ['A', 'B'] # a\n---\n");
    for (before, after) in [
        ("---\ntitle: x\n---\n", "---\ntitle: x\npeople: [B]\n---\n"),
        (
            "---\npeople: # none\ntitle: x\n---\n",
            "---\npeople: [B] # none\ntitle: x\n---\n",
        ),
        ("---\npeople: ~\n---\n", "---\npeople: [B]\n---\n"),
        ("---\npeople: []\n---\n", "---\npeople: [B]\n---\n"),
        (
            "+++\ntitle = \"x\"\n[extra]\na = 1\n+++\n",
            "+++\ntitle = \"x\"\npeople = [\"B\"]\n[extra]\na = 1\n+++\n",
        ),
        (
            "---\nimages:\n  - src: a\n    alt: |\n      b\n---\n",
            "---\npeople: [B]\nimages:\n  - src: a\n    alt: |\n      b\n---\n",
        ),
    ] {
        assert_eq!(names(before, "people", &[new("B")]).unwrap(), after);
    }
}

#[test]
fn what_cannot_be_followed_is_refused_at_its_line() {
    for (source, line) in [
        ("---\nx: &k Kim\npeople:\n- *k\n- B\n---\n", 4),
        ("---\npeople: [&k Kim, B]\nx: *k\n---\n", 2),
        ("---\npeople: [!!str Kim, B]\n---\n", 2),
        ("---\nx: &l [A, B]\npeople: *l\n---\n", 3),
        ("---\npeople:\n- |\n  A\n- B\n---\n", 4),
    ] {
        let error = names(source, "people", &[rewritten(0, "Lee"), kept(1)]).unwrap_err();
        assert_eq!(error.code, Code::CannotEdit, "{source}");
        assert_eq!(error.span.unwrap().line, line, "{source}");
    }
    let error = names(
        "---\ntags: A, B\n---\n",
        "tags",
        &[rewritten(0, "Lee, A"), kept(1)],
    );
    assert_eq!(error.unwrap_err().code, Code::CannotEdit);
}

#[test]
fn a_list_that_others_share_is_not_changed_for_them() {
    let source = "---\npeople: &l [A, B]\nabout: *l\n---\n";
    let error = names(source, "people", &[rewritten(0, "Lee"), kept(1)]).unwrap_err();
    assert_eq!(error.code, Code::EditUnproven);
}

#[test]
fn single_texts_are_set() {
    let foreign = ForeignKeys::default();
    let set = |source: &str, path: &[&str], text: &str| {
        let path = path.iter().map(|key| (*key).to_owned()).collect();
        let sheet = Sheet::open(source, &foreign).unwrap();
        sheet.edit(&[Change::Text {
            path,
            text: text.into(),
        }])
    };
    assert_eq!(
        set("---\nname: A # n\nx: 1\n---\n", &["name"], "B").unwrap(),
        "---\nname: B # n\nx: 1\n---\n"
    );
    assert_eq!(
        set("---\nname: A\nx: 1\n---\n", &["merged_into"], "b").unwrap(),
        "---\nname: A\nmerged_into: b\nx: 1\n---\n"
    );
    assert_eq!(
        set(
            "---\ndateline: {place: 'A', text: A}\n---\n",
            &["dateline", "place"],
            "B"
        )
        .unwrap(),
        "---\ndateline: {place: 'B', text: A}\n---\n"
    );
    assert_eq!(
        set(
            "+++\n[dateline]\nplace = \"A\"\n+++\n",
            &["dateline", "place"],
            "B"
        )
        .unwrap(),
        "+++\n[dateline]\nplace = \"B\"\n+++\n"
    );
}
