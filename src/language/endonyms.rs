//! What languages call themselves.

/// The name of each language in itself, by tag; CLDR keeps more of them than the data of ICU4X
/// that is not experimental.
const ENDONYMS: [(&str, &str); 62] = [
    ("af", "Afrikaans"),
    ("am", "አማርኛ"),
    ("ar", "العربية"),
    ("az", "azərbaycan"),
    ("be", "беларуская"),
    ("bg", "български"),
    ("bn", "বাংলা"),
    ("bs", "bosanski"),
    ("ca", "català"),
    ("cs", "čeština"),
    ("cy", "Cymraeg"),
    ("da", "dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "español"),
    ("et", "eesti"),
    ("eu", "euskara"),
    ("fa", "فارسی"),
    ("fi", "suomi"),
    ("fr", "français"),
    ("ga", "Gaeilge"),
    ("gl", "galego"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("hy", "հայերեն"),
    ("id", "Indonesia"),
    ("is", "íslenska"),
    ("it", "italiano"),
    ("ja", "日本語"),
    ("ka", "ქართული"),
    ("kk", "қазақ тілі"),
    ("ko", "한국어"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("mk", "македонски"),
    ("ms", "Melayu"),
    ("nl", "Nederlands"),
    ("no", "norsk"),
    ("pl", "polski"),
    ("pt", "português"),
    ("ro", "română"),
    ("ru", "русский"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("sq", "shqip"),
    ("sr", "српски"),
    ("sv", "svenska"),
    ("sw", "Kiswahili"),
    ("ta", "தமிழ்"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "українська"),
    ("ur", "اردو"),
    ("uz", "o‘zbek"),
    ("vi", "Tiếng Việt"),
    ("yi", "ייִדיש"),
    ("zh", "中文"),
    ("zu", "isiZulu"),
];

/// What a language calls itself; its tag where that is not known. The two ways of writing Chinese
/// are told apart, and other regions where a language is named with one.
pub fn endonym(tag: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    let mut parts = lower.split('-');
    let primary = parts.next().unwrap_or_default();
    let has = |wanted: &[&str]| lower.split('-').skip(1).any(|part| wanted.contains(&part));
    let own = match primary {
        "zh" if has(&["hant", "tw", "hk", "mo"]) => "繁體中文",
        "zh" if has(&["hans", "cn", "sg"]) => "简体中文",
        "nb" => "norsk bokmål",
        "nn" => "nynorsk",
        _ => {
            let found = ENDONYMS.binary_search_by_key(&primary, |(tag, _)| tag);
            let Some((_, name)) = found.ok().and_then(|at| ENDONYMS.get(at)) else {
                return tag.to_owned();
            };
            name
        }
    };
    let region = parts.find(|part| part.len() == 2 && primary != "zh");
    match region {
        Some(region) => format!("{own} ({})", region.to_ascii_uppercase()),
        None => own.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_call_themselves() {
        assert!(ENDONYMS.is_sorted_by_key(|(tag, _)| tag));
        for (tag, name) in [
            ("fr", "français"),
            ("FR", "français"),
            ("pt-BR", "português (BR)"),
            ("zh-cn", "简体中文"),
            ("zh-Hant-HK", "繁體中文"),
            ("zh", "中文"),
            ("tlh", "tlh"),
        ] {
            assert_eq!(endonym(tag), name);
        }
    }
}
