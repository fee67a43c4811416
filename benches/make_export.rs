//! Writes an export of WordPress of any size, for measuring imports:
//! `cargo run --release --example export -- 2000 > /tmp/export.xml` makes one of 2,000 MB.

#![expect(
    clippy::unwrap_used,
    reason = "a generator that cannot write has failed"
)]

use std::io::Write;

const WORDS: [&str; 24] = [
    "summit",
    "the",
    "minister",
    "said",
    "on",
    "Tuesday",
    "that",
    "talks",
    "would",
    "go",
    "on",
    "in",
    "Hanoi",
    "where",
    "both",
    "sides",
    "had",
    "met",
    "before",
    "a",
    "crowd",
    "of",
    "reporters",
    "again",
];

fn main() {
    let megabytes: u64 = std::env::args()
        .nth(1)
        .and_then(|size| size.parse().ok())
        .unwrap_or(10);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut written: u64 = 0;
    let mut put = |text: &str| {
        out.write_all(text.as_bytes()).unwrap();
        written += text.len() as u64;
        written
    };
    put(HEAD);
    for id in 1.. {
        let item = if id % 5 == 0 {
            attachment(id)
        } else {
            post(id)
        };
        if put(&item) > megabytes * 1_000_000 {
            break;
        }
    }
    put("</channel></rss>\n");
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<rss version=\"2.0\" xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">
<channel><title>Large</title><link>https://large.example</link><description></description><language>en</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://large.example</wp:base_blog_url>
<wp:author><wp:author_login>desk</wp:author_login><wp:author_display_name>Desk</wp:author_display_name></wp:author>
";

/// Numbers that look like none, the same in every run.
fn dice(id: u64, turn: u64) -> u64 {
    (id.wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(turn.wrapping_mul(1_442_695_040_888_963_407)))
        >> 33
}

fn sentence(id: u64, turn: u64) -> String {
    let words =
        (0..14).map(|at| WORDS[usize::try_from(dice(id, turn * 100 + at)).unwrap() % WORDS.len()]);
    words.collect::<Vec<_>>().join(" ") + "."
}

fn day(id: u64) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        1990 + dice(id, 1) % 30,
        1 + dice(id, 2) % 12,
        1 + dice(id, 3) % 28
    )
}

fn post(id: u64) -> String {
    let day = day(id);
    let mut body = String::new();
    for turn in 0..40 {
        body.push_str(&format!(
            "{} <em>{}</em> [caption id=\"x\"]{}[/caption]\n\n",
            sentence(id, turn),
            sentence(id, turn + 50),
            turn
        ));
        body.push_str(&format!(
            "<a href=\"https://large.example/?p={}\">{}</a>\n\n",
            1 + dice(id, turn) % 1000,
            sentence(id, turn + 90)
        ));
    }
    format!(
        "<item><title>Story {id}</title><link>https://large.example/{}/story-{id}/</link><dc:creator>desk</dc:creator>\
         <content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{id}</wp:post_id>\
         <wp:post_date>{day} 09:00:00</wp:post_date><wp:post_date_gmt>{day} 08:00:00</wp:post_date_gmt><wp:post_name>story-{id}</wp:post_name>\
         <wp:status>{}</wp:status><wp:post_parent>0</wp:post_parent><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>\
         <category domain=\"post_tag\" nicename=\"t-{}\">Tag {}</category></item>\n",
        day.replace('-', "/"),
        if id % 10 == 1 { "draft" } else { "publish" },
        dice(id, 7) % 2000,
        dice(id, 7) % 2000,
    )
}

fn attachment(id: u64) -> String {
    let day = day(id);
    format!(
        "<item><title>Picture {id}</title><link>https://large.example/picture-{id}/</link><content:encoded></content:encoded>\
         <excerpt:encoded>{}</excerpt:encoded><wp:post_id>{id}</wp:post_id><wp:post_date>{day} 09:00:00</wp:post_date><wp:post_name>picture-{id}</wp:post_name>\
         <wp:status>inherit</wp:status><wp:post_parent>{}</wp:post_parent><wp:post_type>attachment</wp:post_type>\
         <wp:attachment_url>https://large.example/wp-content/uploads/{}/picture-{id}.jpg</wp:attachment_url></item>\n",
        sentence(id, 1),
        id - 1,
        &day[..4],
    )
}
