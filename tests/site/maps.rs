//! Maps, nearby places and terms within terms: they say what the lists say, and nothing hidden.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::driver::{Outcome, SiteTest};

const PLACES: &str = "\
name,latitude,longitude,parent,hidden
Vietnam,16,106,,
Hanoi,21.03,105.85,Vietnam,
Hải Phòng,20.86,106.68,Vietnam,
Old Quarter,,,Hanoi,
Safe House,21.04,105.86,Vietnam,true
Laos,18,105,,
Vientiane,17.97,102.6,Laos,
Suva,-18.14,178.44,,
Apia,-13.83,-171.77,,
Atlantis,,,,
";

fn site() -> SiteTest {
    let mut site = SiteTest::new().write("content/places.csv", PLACES);
    let filed = [
        "Hanoi, Vietnam",
        "Hanoi, Safe House",
        "Hải Phòng, Old Quarter",
        "Vientiane, Laos",
        "Suva",
        "Apia",
        "Atlantis",
    ];
    for (index, places) in filed.iter().enumerate() {
        let day = index + 1;
        let fields = format!("date: 2019-01-0{day}\nplaces: [{places}]");
        site = site.article(&format!("{day}.md"), &fields);
    }
    site
}

/// What stands between two texts, each time they follow one another.
fn between<'a>(page: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let parts = page.split(open).skip(1);
    parts.filter_map(|part| part.split(close).next()).collect()
}

/// The number of articles that the map tells for each place, by address.
fn on_the_map(page: &str) -> BTreeMap<&str, &str> {
    let links = between(page, "<a href=\"", "</a>").into_iter();
    let symbols = links.filter(|link| link.contains("<circle"));
    symbols
        .map(|link| {
            let title = between(link, "<title>", "</title>")[0];
            let count = title.rsplit(": ").next().unwrap();
            (
                link.split('"').next().unwrap(),
                count.split(' ').next().unwrap(),
            )
        })
        .collect()
}

/// The number of articles that the list tells for each place, by address.
fn in_the_list(page: &str) -> BTreeMap<&str, &str> {
    let items = between(page, "<li><span>", "</li>").into_iter();
    items
        .map(|item| {
            let url = between(item, "href=\"", "\"")[0];
            (url, between(item, "class=\"n\">", "<")[0])
        })
        .collect()
}

#[test]
fn the_map_of_the_world_says_what_the_list_says() {
    let outcome = site().build().ok();
    let page = outcome.page("/places/");
    let (map, list) = (on_the_map(page), in_the_list(page));
    assert_eq!(map["/places/hanoi/"], "2");
    assert_eq!(map.len(), 7, "those that lie somewhere: {map:?}");
    for (url, count) in &map {
        assert_eq!(list.get(url), Some(count), "{url}");
    }
    assert!(page.contains("7 places: "), "the caption counts them");
    // A mouse may click; for everybody else there is the list.
    assert_eq!(page.matches("tabindex=\"-1\"><circle").count(), map.len());
}

#[test]
fn no_hidden_place_is_on_any_map() {
    let outcome = site().build().ok();
    assert!(!outcome.has("/places/safe-house/"));
    for url in [
        "/places/",
        "/places/hanoi/",
        "/places/vietnam/",
        "/places/vientiane/",
    ] {
        assert!(!outcome.page(url).contains("Safe House"), "{url}");
    }
}

fn nearby(outcome: &Outcome, url: &str) -> Vec<String> {
    let page = outcome.page(url);
    let Some(section) = between(page, "<h2 class=\"label\">Nearby</h2>", "</section>").pop() else {
        return Vec::new();
    };
    let items = between(section, "<li>", "</li>").into_iter();
    items
        .map(|item| {
            let name = between(item, "/\">", "</a>")[0];
            format!("{name}: {}", between(item, "class=\"n\">", "<")[0])
        })
        .collect()
}

#[test]
fn towns_are_near_towns_and_countries_near_what_they_do_not_hold() {
    let outcome = site().build().ok();
    let near_hanoi = ["Hải Phòng: about 90 km", "Vientiane: about 480 km"];
    assert_eq!(nearby(&outcome, "/places/hanoi/"), near_hanoi);
    let near_laos = ["Hanoi: about 350 km", "Vietnam: about 250 km"];
    for line in near_laos {
        assert!(
            nearby(&outcome, "/places/laos/").contains(&line.to_owned()),
            "{line}"
        );
    }
    // Across 180°.
    assert_eq!(nearby(&outcome, "/places/suva/"), ["Apia: about 1,150 km"]);
}

#[test]
fn a_place_without_a_position_is_shown_by_the_one_it_lies_in() {
    let outcome = site().build().ok();
    let quarter = outcome.page("/places/old-quarter/");
    assert!(quarter.contains("<figure class=\"locator\">"));
    assert!(quarter.contains("The position is that of Hanoi"));
    assert!(!quarter.contains("class=\"spot\""));
    assert!(outcome.page("/places/hanoi/").contains("class=\"spot\""));
    assert!(
        !outcome
            .page("/places/atlantis/")
            .contains("<figure class=\"locator\">")
    );
}

#[test]
fn the_index_shows_what_lies_in_what() {
    let outcome = site().build().ok();
    let page = outcome.page("/places/");
    let tree = page.split("id=\"tree\"").nth(1).unwrap();
    let names: Vec<&str> = between(tree, "/\">", "</a>");
    let names = &names[..names.iter().position(|name| *name == "Vientiane").unwrap() + 1];
    let expected = ["Laos", "Vientiane"];
    assert_eq!(names, expected);
    let vietnam = &tree[tree.find("Vietnam").unwrap()..];
    let names: Vec<&str> = between(vietnam, "/\">", "</a>");
    assert_eq!(names[..3], ["Hải Phòng", "Hanoi", "Old Quarter"]);
    assert!(!tree.contains("Atlantis"), "only what has something in it");
}

#[test]
fn a_tree_may_be_deeper_than_any_page() {
    let mut records = "name,broader\nTopic 0,\n".to_owned();
    let mut site = SiteTest::new();
    for index in 0..40 {
        let _ = writeln!(records, "Topic {},Topic {index}", index + 1);
        let fields = format!("date: 2019-01-01\ntopics: [Topic {index}]");
        site = site.article(&format!("{index}.md"), &fields);
    }
    let outcome = site.write("content/topics.csv", records).build().ok();
    let page = outcome.page("/topics/");
    let tree = page.split("id=\"tree\"").nth(1).unwrap();
    for index in 0..=40 {
        assert!(tree.contains(&format!(">Topic {index}</a>")), "{index}");
    }
}

#[test]
fn thousands_of_places_make_a_small_page() {
    let mut records = "name,latitude,longitude,parent\nGrid,0,0,\n".to_owned();
    let mut site = SiteTest::new();
    let mut names = vec!["Grid".to_owned()];
    for index in 0..2_000 {
        let (north, east) = (index / 50 * 3 - 60, index % 50 * 7 - 175);
        let _ = writeln!(records, "Place {index},{north},{east},Grid");
        names.push(format!("Place {index}"));
    }
    for (index, places) in names.chunks(400).enumerate() {
        let fields = format!("date: 2019-01-01\nplaces: [{}]", places.join(", "));
        site = site.article(&format!("{index}.md"), &fields);
    }
    let outcome = site.write("content/places.csv", records).build().ok();
    let page = outcome.page("/places/");
    assert_eq!(on_the_map(page).len(), 400);
    assert!(page.contains("The 400 places most written about"));
    assert!(page.len() < 120_000, "{}", page.len());
    let tree = page.split("id=\"tree\"").nth(1).unwrap();
    assert!(tree.contains(">Grid</a>") && !tree.contains(">Place 1</a>"));
    assert_eq!(nearby(&outcome, "/places/place-1000/").len(), 8);
    let grid = outcome.page("/places/grid/");
    assert!(grid.matches("class=\"dot\"").count() <= 60);
}
