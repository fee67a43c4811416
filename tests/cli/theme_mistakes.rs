//! What a build says of mistakes in themes: the whole of it.

use crate::desk::Desk;

const CLOSING: &str = "Nothing was written: 1 error, 0 warnings. The output is as it was.\n";

/// Two articles, and these files.
fn site(theme: &str, files: &[(&str, &str)]) -> Desk {
    let desk = Desk::site(files);
    let settings = desk.read("site.toml");
    desk.file("site.toml", &format!("{settings}theme = \"{theme}\"\n"));
    for name in ["a", "b"] {
        let text = format!("---\ntitle: {name}\ndate: 2019-01-01\n---\n\nText.\n");
        desk.file(&format!("content/articles/{name}.md"), &text);
    }
    desk
}

/// Builds, and holds what is said against what is expected.
fn says(theme: &str, files: &[(&str, &str)], expected: &str) {
    let desk = site(theme, files);
    desk.run(&["build"])
        .code(1)
        .stderr_eq(format!("{expected}{CLOSING}"));
    assert!(!desk.path().join("public/index.html").exists());
}

#[test]
fn a_template_that_cannot_be_read() {
    says(
        "broadsheet",
        &[(
            "templates/dates.html",
            "{% component when(date) %}\n{{ date.text | }}\n{% endcomponent when %}\n",
        )],
        "\
error[M0502]: found `}}` but expected identifier
  --> templates/dates.html:2:16
   |
 2 | {{ date.text | }}
   |                ^^
   = help: docs/themes.md lists what each template is given
",
    );
}

#[test]
fn a_field_that_is_not_there_is_told_with_the_article() {
    says(
        "evening",
        &[
            ("themes/evening/theme.toml", ""),
            (
                "themes/evening/templates/article.html",
                "{% extends \"broadsheet/article.html\" %}\n{% block article_after %}\n<p>{{ article.titel }}</p>\n{% endblock %}\n",
            ),
        ],
        "\
error[M0502]: there is no field `titel` here
  while making the page of content/articles/a.md and 1 more page
  --> themes/evening/templates/article.html:3:15
   |
 3 | <p>{{ article.titel }}</p>
   |               ^^^^^
   = help: did you mean `title`?
",
    );
}

#[test]
fn a_value_that_is_not_there_is_told_with_its_callers() {
    says(
        "broadsheet",
        &[
            (
                "templates/a.html",
                "{% component when(date) %}{{ nobody }}{% endcomponent when %}",
            ),
            (
                "templates/on-this-day.html",
                "{% extends \"base.html\" %}{% block content %}\n{{ <when date={day}/> }}{% endblock %}",
            ),
            ("templates/front.html", ""),
            ("templates/article.html", ""),
            ("templates/year.html", ""),
            ("templates/month.html", ""),
            ("templates/day.html", ""),
        ],
        "\
error[M0502]: there is no variable `nobody` here
  while making the page of /on/01-01/
  called from templates/on-this-day.html:2:4
  --> templates/a.html:1:30
   |
 1 | {% component when(date) %}{{ nobody }}{% endcomponent when %}
   |                              ^^^^^^
   = help: what is there: date
",
    );
}

#[test]
fn every_name_that_is_not_there_is_told_in_one_run() {
    let desk = site(
        "broadsheet",
        &[(
            "templates/article.html",
            "{% extends \"broadsheet/article.html\" %}\n{% block after %}{{ article.title | shout }}{{ <nobody/> }}{% endblock %}\n",
        )],
    );
    desk.run(&["build"]).code(1).stderr_eq(
        "\
error[M0502]: there is no block `after` to fill in the template that this extends
  --> templates/article.html:2:10
   |
 2 | {% block after %}{{ article.title | shout }}{{ <nobody/> }}{% endblock %}
   |          ^^^^^
   = help: docs/themes.md lists the blocks

error[M0502]: there is no filter `shout`
  --> templates/article.html:2:37
   |
 2 | {% block after %}{{ article.title | shout }}{{ <nobody/> }}{% endblock %}
   |                                     ^^^^^
   = help: docs/themes.md lists the filters

error[M0502]: there is no component `nobody`
  --> templates/article.html:2:48
   |
 2 | {% block after %}{{ article.title | shout }}{{ <nobody/> }}{% endblock %}
   |                                                ^^^^^^^^^
   = help: docs/themes.md lists the components
Nothing was written: 3 errors, 0 warnings. The output is as it was.
",
    );
}

#[test]
fn mistakes_of_several_files_are_told_in_one_run() {
    let desk = site(
        "broadsheet",
        &[
            ("templates/a.html", "{% if %}"),
            ("templates/b.html", "{{ 1 | shout }}{{ <nobody/> }}"),
            ("i18n/en.toml", "by = 1\n"),
        ],
    );
    let output = desk.run(&["build"]).code(1);
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    for place in [
        "templates/a.html:1:7",
        "templates/b.html:1:8",
        "i18n/en.toml:1:6",
    ] {
        assert!(said.contains(&format!("  --> {place}\n")), "{said}");
    }
    // The component may stand in the file that cannot be read.
    assert!(!said.contains("nobody`"), "{said}");
}

#[test]
fn a_component_that_takes_something_else() {
    says(
        "broadsheet",
        &[
            (
                "templates/a.html",
                "\n{% component term(name) %}{{ name }}{% endcomponent term %}",
            ),
            ("content/people/x.md", "---\nname: X\n---\n"),
            (
                "content/articles/c.md",
                "---\ntitle: c\ndate: 2019-01-01\npeople: X\n---\n",
            ),
            ("templates/front.html", ""),
            ("templates/term-index.html", ""),
        ],
        "\
error[M0502]: unknown argument(s) `term` in component call. Possible argument(s) are: `name`
  while making the page of content/articles/c.md
  --> templates/a.html:2:4
   |
 2 | {% component term(name) %}{{ name }}{% endcomponent term %}
   |    ^^^^^^^^^^^^^^
   = help: the pages of broadsheet call it so; `morgue theme show term` prints its own
",
    );
}

#[test]
fn a_component_that_is_there_twice() {
    let component = "{% component when(date) %}{% endcomponent when %}";
    says(
        "broadsheet",
        &[
            ("templates/a.html", component),
            ("templates/b.html", component),
        ],
        "\
error[M0502]: the component `when` is in templates/a.html too
  --> templates/b.html:1:4
   |
 1 | {% component when(date) %}{% endcomponent when %}
   |    ^^^^^^^^^^^^^^
   = help: a theme has each component once: take one of the two out
",
    );
}

#[test]
fn a_template_that_extends_itself_or_nothing() {
    says(
        "wire",
        &[("templates/base.html", "{% extends \"base.html\" %}\n")],
        "\
error[M0502]: the template `base.html` extends itself
  --> templates/base.html:1:4
   |
 1 | {% extends \"base.html\" %}
   |    ^^^^^^^
   = help: name the theme too: `{% extends \"wire/base.html\" %}`
",
    );
    says(
        "wire",
        &[(
            "templates/front.html",
            "{% extends \"wire/front.html\" %}\n",
        )],
        "\
error[M0502]: there is no template `wire/front.html` to extend
  --> templates/front.html:1:13
   |
 1 | {% extends \"wire/front.html\" %}
   |             ^^^^^^^^^^^^^^^
   = help: write `{% extends \"broadsheet/front.html\" %}`
",
    );
}

#[test]
fn a_text_that_is_not_there() {
    says(
        "broadsheet",
        &[("templates/404.html", "{{ \"lost\" | t }}\n")],
        "\
error[M0502]: there is no interface text \"lost\"
  while making the page of /404.html
  --> templates/404.html:1:13
   |
 1 | {{ \"lost\" | t }}
   |             ^
   = help: `morgue theme show en.toml` prints those there are; your own go into i18n/en.toml
",
    );
}

#[test]
fn texts_of_a_wrong_kind() {
    says(
        "broadsheet",
        &[("i18n/en.toml", "[articles]\none = \"an article\"\n")],
        "\
error[M0502]: data did not match any variant of untagged enum Text
  --> i18n/en.toml:1:1
   |
 1 | [articles]
   | ^^^^^^^^^^
   = help: write `key = \"text\"`, or a table with the forms `one`, `few`, `many`, `other`
",
    );
}

#[test]
fn a_theme_that_is_not_there() {
    says(
        "wrie",
        &[],
        "\
error[M0501]: the theme `wrie` is not there
  --> site.toml:3:9
   |
 3 | theme = \"wrie\"
   |         ^^^^^^
   = help: did you mean `wire`?
",
    );
    says(
        "evening",
        &[("themes/evening/theme.toml", "extends = \"midnight\"\n")],
        "\
error[M0501]: the theme `midnight` is not there
  --> themes/evening/theme.toml:1:11
   |
 1 | extends = \"midnight\"
   |           ^^^^^^^^^^
   = help: there are `broadsheet`, `wire`, `evening`; `morgue theme new midnight` begins a new one
",
    );
}

#[test]
fn a_theme_that_builds_on_itself() {
    says(
        "evening",
        &[
            ("themes/evening/theme.toml", "extends = \"night\"\n"),
            ("themes/night/theme.toml", "extends = \"evening\"\n"),
        ],
        "\
error[M0501]: a theme builds on itself: `evening` extends `night` extends `evening`
  --> themes/night/theme.toml:1:11
   |
 1 | extends = \"evening\"
   |           ^^^^^^^^^
   = help: take this `extends` out, or write `extends = \"broadsheet\"`
",
    );
}

#[test]
fn a_theme_for_another_version() {
    says(
        "evening",
        &[("themes/evening/theme.toml", "[api]\nmin = 7\nmax = 8\n")],
        "\
error[M0503]: the theme `evening` was written for the theme interface 7 to 8, and this is 1
  --> themes/evening/theme.toml:2:7
   |
 2 | min = 7
   |       ^
   = help: a newer morgue has that interface
",
    );
}

#[test]
fn a_copy_of_a_built_in_theme_need_only_have_what_it_changes() {
    let sheet = "body { color: red; }\n";
    for (theme, manifest) in [("wire", ""), ("broadsheet", "extends = \"broadsheet\"\n")] {
        let desk = site(
            theme,
            &[
                (&format!("themes/{theme}/theme.toml"), manifest),
                (&format!("themes/{theme}/static/style.css"), sheet),
            ],
        );
        desk.build();
        assert_eq!(desk.read("public/theme/style.css"), sheet);
    }
}
