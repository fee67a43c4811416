//! Tests of taking fields: what is generous, what is refused, and what unread keys are told.

use super::*;
use crate::content::front_matter;

fn fields<'a>(source: &'a str, foreign: &'a ForeignKeys) -> Fields<'a> {
    Fields::new(
        source,
        "x.md",
        front_matter::read(source).unwrap().fields,
        foreign,
    )
}

fn foreign(map: &[(&str, &str)]) -> ForeignKeys {
    let map = map
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect();
    ForeignKeys {
        map,
        ..ForeignKeys::default()
    }
}

#[test]
fn one_name_is_a_list_and_a_number_is_not() {
    let none = foreign(&[]);
    let mut read = fields(
        "---\npeople: Kim\nplaces: 42\ntopics: [1984, x]\n---\n",
        &none,
    );
    assert_eq!(&*read.names("people", "names", "[A]")[0].text, "Kim");
    assert!(read.names("places", "names", "[A, B]").is_empty());
    assert_eq!(read.names("topics", "names", "[A]").len(), 2);
    let notes = read.finish(std::iter::empty());
    let wrong = notes.iter().next().unwrap();
    assert_eq!(
        wrong.message,
        "`places` wants a list of names, found a number"
    );
    let span = wrong.span.clone().unwrap();
    assert_eq!((span.line, span.column, span.length), (3, 9, 2));
}

#[test]
fn foreign_keys_fill_a_field_and_lists_add_up() {
    let foreign = foreign(&[("tags", "topics"), ("categories", "topics")]);
    let mut read = fields(
        "---\ntags: [a]\ncategories: [b]\ntopics: []\n---\n",
        &foreign,
    );
    let names = read.names("topics", "names", "[A]");
    assert_eq!(
        names.iter().map(|n| &*n.text).collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert!(read.finish(std::iter::empty()).is_empty());
}

#[test]
fn an_unknown_key_names_the_nearest() {
    let none = foreign(&[]);
    let notes = fields("---\nsumary: x\ntags: y\n---\n", &none).finish(["summary"].into_iter());
    let help: Vec<_> = notes.iter().filter_map(|n| n.help.clone()).collect();
    assert_eq!(help[0], "did you mean `summary`?");
    assert!(help[1].contains("tags = \"topics\""), "{}", help[1]);
}
