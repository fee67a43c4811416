//! Who and what the articles are about. Every name is different from all others of its list.

use super::draw::{Draw, Zipf};

const GIVEN: &[&str] = &[
    "Ada", "Bruno", "Carla", "Dorian", "Edda", "Felix", "Greta", "Hugo", "Ilse", "Jonas", "Karin",
    "Leon", "Mira", "Nils", "Olga", "Pavel", "Quentin", "Rosa", "Stefan", "Tilda", "Ulla",
    "Viktor", "Wanda", "Xenia", "Yann", "Zora", "Amara", "Bashir", "Chidi", "Dalia", "Emeka",
    "Farah", "Goran", "Hana", "Ivo", "Jelena", "Kofi", "Lucía", "Mateo", "Noor", "Oluwa", "Priya",
    "Rafael", "Sana", "Tomás", "Umar", "Vera", "Wei", "Yuki", "Zainab",
];

const FAMILY: &[&str] = &[
    "Abel",
    "Brandt",
    "Castro",
    "Dietz",
    "Engel",
    "Fonseca",
    "Gruber",
    "Halvorsen",
    "Ibsen",
    "Jansen",
    "Keller",
    "Lindqvist",
    "Moreau",
    "Novak",
    "Okafor",
    "Pereira",
    "Quist",
    "Rossi",
    "Schreiber",
    "Tanaka",
    "Ueda",
    "Varga",
    "Wagner",
    "Ximenes",
    "Yilmaz",
    "Zeller",
    "Adeyemi",
    "Bakker",
    "Chowdhury",
    "Duarte",
    "Eriksen",
    "Farkas",
    "Gallo",
    "Haddad",
    "Ito",
    "Jurić",
    "Kowalski",
    "Laurent",
    "Mbeki",
    "Nakamura",
    "Osei",
    "Popescu",
    "Rahman",
    "Santos",
    "Takács",
    "Urbina",
    "Vasquez",
    "Weiss",
    "Yang",
    "Zhou",
];

const PLACE_HEADS: &[&str] = &[
    "Alder", "Brook", "Crane", "Dun", "Elm", "Fair", "Glen", "Hart", "Iron", "King", "Lang",
    "Maple", "North", "Oak", "Port", "Raven", "Stone", "Thorn", "Wester", "Win",
];

const PLACE_TAILS: &[&str] = &[
    "bridge", "bury", "by", "dale", "field", "ford", "gate", "ham", "haven", "holm", "ley",
    "mouth", "stead", "ton", "vale", "wick", "wood", "worth",
];

const SIDES: &[&str] = &[
    "", "East ", "Great ", "Little ", "New ", "Old ", "Upper ", "Lower ",
];

const TOPICS: &[&str] = &[
    "Agriculture",
    "Budget",
    "Census",
    "Defence",
    "Education",
    "Elections",
    "Energy",
    "Fisheries",
    "Forestry",
    "Harbours",
    "Health",
    "Housing",
    "Industry",
    "Justice",
    "Labour",
    "Libraries",
    "Mining",
    "Music",
    "Parks",
    "Police",
    "Railways",
    "Research",
    "Roads",
    "Schools",
    "Shipping",
    "Sport",
    "Taxes",
    "Theatre",
    "Trade",
    "Water",
];

const TOPIC_HEADS: &[&str] = &[
    "",
    "Local ",
    "Public ",
    "Private ",
    "Rural ",
    "Urban ",
    "Foreign ",
    "Modern ",
    "Early ",
    "Regional ",
];

pub(crate) const SECTIONS: &[&str] = &[
    "World",
    "Politics",
    "Business",
    "Science",
    "Culture",
    "Sports Desk",
    "Local",
    "Opinion",
];

const LETTERS: &[&str] = &[
    "A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "T", "V", "W",
];

/// The names that an archive of a size writes about, the most frequent first.
#[derive(Debug)]
pub(crate) struct Names {
    pub(crate) people: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) topics: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) person: Zipf,
    pub(crate) place: Zipf,
    pub(crate) topic: Zipf,
}

impl Names {
    pub(crate) fn new(articles: usize, seed: u64) -> Self {
        let all = persons(seed);
        let authors = (articles / 200 + 10).min(200);
        let people = (articles / 20 + 50).min(all.len() - authors);
        let (writers, others) = all.split_at(authors);
        let places = shuffled(places(), seed ^ 1, (articles / 50 + 40).min(2_800));
        let topics = shuffled(topics(), seed ^ 2, 300);
        Names {
            person: Zipf::new(people),
            place: Zipf::new(places.len()),
            topic: Zipf::new(topics.len()),
            people: others[..people].to_vec(),
            authors: writers.to_vec(),
            places,
            topics,
        }
    }
}

/// 50,000 names in an order of chance: `Ada Abel`, `Ada B Abel`.
fn persons(seed: u64) -> Vec<String> {
    let mut all = Vec::with_capacity(GIVEN.len() * FAMILY.len() * 20);
    for given in GIVEN {
        for family in FAMILY {
            all.push(format!("{given} {family}"));
            all.extend(
                LETTERS
                    .iter()
                    .map(|letter| format!("{given} {letter} {family}")),
            );
        }
    }
    let n = all.len();
    shuffled(all, seed, n)
}

fn places() -> Vec<String> {
    let mut all = Vec::new();
    for side in SIDES {
        for head in PLACE_HEADS {
            all.extend(PLACE_TAILS.iter().map(|tail| format!("{side}{head}{tail}")));
        }
    }
    all
}

fn topics() -> Vec<String> {
    let mut all = Vec::new();
    for head in TOPIC_HEADS {
        all.extend(TOPICS.iter().map(|topic| format!("{head}{topic}")));
    }
    all
}

/// The first `n` of a list in an order of chance.
fn shuffled(mut list: Vec<String>, seed: u64, n: usize) -> Vec<String> {
    let mut draw = Draw::new(seed);
    for end in (1..list.len()).rev() {
        list.swap(end, draw.below(end + 1));
    }
    list.truncate(n);
    list
}
