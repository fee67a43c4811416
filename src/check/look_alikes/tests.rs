//! Which names look alike, and which do not.

use super::*;

/// In what two terms differ that look alike.
fn difference(a: &str, b: &str, is_people: bool) -> Option<Difference> {
    let names = [Named::of(0, a), Named::of(1, b)];
    let pairs = pairs(&names, is_people);
    pairs.get(&(0, 1)).map(|pair| pair.difference)
}

#[test]
fn names_of_one_person() {
    for (a, b, expected) in [
        ("Kim Jong-un", "Kim Jongun", Difference::Marks),
        ("Владимир Путин", "Vladimir Putin", Difference::Marks),
        ("习近平", "Xi Jinping", Difference::Marks),
        ("François Hollande", "Francois Hollande", Difference::Marks),
        ("Kim, Jong-un", "Jong-un Kim", Difference::Order),
        ("Xi Jinping", "Jinping Xi", Difference::Order),
        ("J. Smith", "John Smith", Difference::Initials),
        ("John Kennedy", "John F. Kennedy", Difference::Initials),
        ("Kim Jong-un", "Kim Jung-un", Difference::Letter),
        (
            "François Mitterrand",
            "Francois Mitterand",
            Difference::Letter,
        ),
        (
            "Zbigniew Brzezinski",
            "Zbignew Brzezinsky",
            Difference::Letters,
        ),
    ] {
        assert_eq!(difference(a, b, true), Some(expected), "{a} {b}");
        assert_eq!(difference(b, a, true), Some(expected), "{b} {a}");
    }
}

#[test]
fn names_of_two_people() {
    for (a, b) in [
        ("John Smith", "Joan Smith"),
        ("Maria Rossini", "Mario Rossini"),
        ("Ivan Petrov", "Ivana Petrova"),
        ("Pope John Paul I", "Pope John Paul II"),
        ("Martin King Jr", "Martin King Sr"),
        ("王芳", "王方"),
        ("王小明", "王晓明"),
    ] {
        assert_eq!(difference(a, b, true), None, "{a} {b}");
    }
}

#[test]
fn other_terms() {
    assert_eq!(
        difference("Korea, North", "North Korea", false),
        Some(Difference::Order)
    );
    assert_eq!(
        difference("Election", "Elections", false),
        Some(Difference::Letter)
    );
    for (a, b) in [
        ("Austria", "Australia"),
        ("Gambia", "Zambia"),
        ("Iran", "Iraq"),
        ("Slovakia", "Slovenia"),
        ("North Carolina", "South Carolina"),
        ("Niger", "Nigeria"),
        ("World War I", "World War II"),
        ("Elections 2016", "Elections 2018"),
        ("Bank of China", "China Bank of"),
    ] {
        assert_eq!(difference(a, b, false), None, "{a} {b}");
    }
}

#[test]
fn a_short_name_that_can_mean_two_is_nobodys() {
    let bush = ["George Bush", "George W. Bush", "George H. W. Bush"];
    let names: Vec<_> = bush
        .iter()
        .zip(0..)
        .map(|(name, at)| Named::of(at, name))
        .collect();
    assert!(pairs(&names, true).is_empty());
}

#[test]
fn a_term_is_compared_by_its_aliases_and_never_with_itself() {
    let names = [
        Named::of(0, "Kim Jong-un"),
        Named::of(0, "Kim Jong-eun"),
        Named::of(1, "Jong-eun Kim"),
    ];
    let pairs = pairs(&names, true);
    let found: Vec<_> = pairs.into_iter().collect();
    let pair = Pair {
        difference: Difference::Order,
        names: ["Kim Jong-eun", "Jong-eun Kim"],
    };
    assert_eq!(found, [((0, 1), pair)]);
}
