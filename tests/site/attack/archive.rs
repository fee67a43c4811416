//! The archive: one payload, of which every part would act in some place that forgets to escape.

use crate::driver::SiteTest;

/// What a text holds: it leaves attributes, elements, scripts, comments, CDATA and templates, and
/// turns the text after it around. `name` tells from which field it came.
fn payload(name: &str) -> String {
    format!(
        "={name} \u{202e}\u{2067}\"><x-pwn onclick=pwn('{name}')></x-pwn><script>pwn('{name}')</script>\
         <img src=x onerror=pwn('{name}')> ' x-pwn='1 \" x-pwn=\"1 &lt;x-pwn&gt; {{{{ 191919191 * 7 }}}} \
         {{% include \"x\" %}} ]]> --> <!--<script> </title></style></textarea> `x` \u{7}\u{0} |,;"
    )
}

/// A payload as a value of YAML; JSON is YAML.
fn value(name: &str) -> String {
    serde_json::to_string(&payload(name)).unwrap()
}

/// A term that a payload names; each taxonomy has the same number of them.
fn list(name: &str) -> String {
    let names = [
        value(&format!("{name}-1")),
        value(&format!("{name}-2")),
        format!("\"{name} plain\""),
    ];
    format!("[{}]", names.join(", "))
}

fn article(number: usize) -> String {
    let huge = if number == 3 {
        "\u{202e}huge ".repeat(20_000)
    } else {
        String::new()
    };
    let mut text = format!(
        "---\ntitle: {}\ndate: 2019-0{}-0{}T10:00:00Z\nupdated: 2019-12-01\nid: article-{number}\n",
        value("title"),
        number % 9 + 1,
        number % 9 + 1
    );
    for field in ["deck", "summary"] {
        text.push_str(&format!("{field}: {}\n", value(field)));
    }
    for field in [
        "people",
        "places",
        "topics",
        "companies",
        "authors",
        "agencies",
    ] {
        text.push_str(&format!("{field}: {}\n", list(field)));
    }
    for field in ["section", "series"] {
        text.push_str(&format!("{field}: {}\n", value(field)));
    }
    text.push_str(&format!(
        "about: [{}, \"places plain\"]\n",
        value("people-1")
    ));
    text.push_str(&format!(
        "dateline: {{place: {}, text: {}}}\n",
        value("places-1"),
        value("dateline")
    ));
    text.push_str("language: en\nkind: opinion\nsource_url: \"https://e.org/a?\\\"><x-pwn>\"\n");
    text.push_str("archived_url: \"https://e.org/'x-pwn='1\"\n");
    text.push_str(&format!(
        "images: [{{src: /pixel.png, alt: {}, caption: {}, credit: {}}}]\n",
        value("alt"),
        value("caption"),
        value("credit")
    ));
    for kind in ["correction", "clarification", "update", "retraction"] {
        let lead = if kind == "correction" {
            "corrections:\n"
        } else {
            ""
        };
        text.push_str(&format!(
            "{lead}  - {{date: 2019-11-01, kind: {kind}, text: {}}}\n",
            value(kind)
        ));
    }
    let print = [
        "publication",
        "issn",
        "edition",
        "volume",
        "issue",
        "page",
        "section",
        "column",
    ];
    let print: Vec<String> = print
        .iter()
        .map(|key| format!("{key}: {}", value(key)))
        .collect();
    text.push_str(&format!("print: {{{}}}\n", print.join(", ")));
    text.push_str(&format!(
        "rights: {{license: {}, holder: {}, statement: {}}}\n",
        value("license"),
        value("holder"),
        value("statement")
    ));
    text.push_str(&format!(
        "extra: {{a: {}, {}: [{}]}}\n",
        value("extra"),
        value("key"),
        value("inner")
    ));
    if number > 1 {
        text.push_str("related: [article-1]\nduplicate_of: article-1\n");
    }
    text.push_str(&format!("---\n\n{huge}\n{}\n\n", payload("body")));
    text.push_str(BODY);
    text
}

/// Markdown that tries to be more than a text.
const BODY: &str = r#"# Heading <script>pwn('h')</script> {{ 191919191 * 7 }}

[link](javascript:pwn('l')) [two](<java script:pwn('l')> "t\"><x-pwn>") [three](data:text/html,<script>pwn()</script>)
<javascript:pwn('auto')> ![image](javascript:pwn('i') "x' onerror='pwn()") ![i](x"onerror="pwn())

<a href="javascript:pwn('a')" onclick="pwn()">a</a> <a href="&#106;avascript:pwn('b')">b</a>
<img src=x onerror=pwn('img')><svg onload=pwn('svg')><script>pwn('s')</script></svg>
<iframe src="javascript:pwn('f')" srcdoc="<script>pwn('d')</script>"></iframe>
<math><mtext></p><style><x-pwn onclick=pwn()></style></math><form action="javascript:pwn()"><input autofocus onfocus=pwn('in')></form>
<style>@import 'javascript:pwn()'; *{background:url(javascript:pwn())}</style><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=javascript:pwn('m')"><object data="javascript:pwn('o')"></object>

```<x-pwn>"><script>pwn('c')</script>
</code></pre><script>pwn('code')</script>
```

| a <x-pwn> | b" x-pwn="1 |
|---|---|
| <script>pwn('t')</script> | `<x-pwn>` |

Note.[^x"><x-pwn>]  [ref]: javascript:pwn('r')

[^x"><x-pwn>]: </section><script>pwn('n')</script>

[ref]: javascript:pwn('ref') "x"
"#;

fn record(taxonomy: &str) -> String {
    let mut text = format!(
        "---\nname: {}\nslug: {taxonomy}-one\n",
        value(&format!("{taxonomy}-1"))
    );
    for field in ["sort_name", "description", "wikidata", "viaf", "geonames"] {
        text.push_str(&format!("{field}: {}\n", value(field)));
    }
    text.push_str(&format!(
        "aliases: [{}]\n",
        value(&format!("{taxonomy}-alias"))
    ));
    text.push_str("same_as: [\"https://e.org/\\\"><x-pwn>\"]\n");
    match taxonomy {
        "people" => text.push_str(&format!("born: 1950\nroles: [{}]\n", value("role"))),
        "places" => text.push_str("latitude: 43.1\nlongitude: 131.9\nparent: places plain\n"),
        "topics" => text.push_str("broader: topics plain\n"),
        _ => {}
    }
    text.push_str(&format!(
        "image: {{src: /pixel.png, alt: {}, caption: {}, credit: {}}}\n",
        value("alt"),
        value("caption"),
        value("credit")
    ));
    text.push_str(&format!(
        "extra: {{a: {}}}\n---\n\n{}\n\n{BODY}",
        value("extra"),
        payload("record")
    ));
    text
}

/// One pixel, as PNG.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xdc\xccY\xe7\0\0\0\0IEND\xaeB`\x82";

/// The whole site.
pub(super) fn site(theme: &str) -> SiteTest {
    let quoted = |name: &str| {
        serde_json::to_string(
            &payload(name).replace(['\u{7}', '\u{0}', '\u{202e}', '\u{2067}'], ""),
        )
        .unwrap()
    };
    let settings = format!(
        "title = {}\ndescription = {}\npublisher = {}\nbase_url = \"https://example.org\"\ntheme = \"{theme}\"\n\
         [rights]\nlicense = {}\nholder = {}\nstatement = {}\n[links]\ndead = \"warn\"\n\
         [feeds]\nminimum = 1\ncontent = \"full\"\n[intersections]\nmost = 50\n\
         [taxonomies.companies]\nkind = \"organization\"\nlabel = {}\nsingular = {}\n[extra]\nx = {}\n",
        quoted("site-title"),
        quoted("site-description"),
        quoted("publisher"),
        quoted("site-license"),
        quoted("site-holder"),
        quoted("site-statement"),
        quoted("label"),
        quoted("singular"),
        quoted("site-extra")
    );
    let mut site = SiteTest::new()
        .write("site.toml", settings)
        .write("content/static/pixel.png", PIXEL)
        .write(
            "content/pages/about.md",
            format!(
                "---\ntitle: {}\ndescription: {}\n---\n\n{}\n\n{BODY}",
                value("page-title"),
                value("page-description"),
                payload("page")
            ),
        )
        .write(
            "content/people.csv",
            format!(
                "name,description\n\"{}\",\"{}\"\n",
                doubled("people-2"),
                doubled("row")
            ),
        );
    for number in 1..8 {
        site = site.write(
            &format!("content/articles/2019/a{number}.md"),
            article(number),
        );
    }
    for taxonomy in [
        "people",
        "places",
        "topics",
        "companies",
        "authors",
        "sections",
        "series",
    ] {
        site = site.write(&format!("content/{taxonomy}/one.md"), record(taxonomy));
    }
    site
}

/// A payload inside a cell in quotation marks, without the sign that parts names there.
fn doubled(name: &str) -> String {
    payload(name).replace('"', "\"\"").replace('|', "")
}
