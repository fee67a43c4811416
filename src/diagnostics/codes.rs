//! The stable codes of everything `morgue` reports, with what `morgue explain` says of each.
//!
//! A code is never given a second meaning. The hundreds tell the subject: 00 settings and files,
//! 01 front matter, 02 people, places, topics, 03 bodies and links, 04 addresses, 05 themes,
//! 06 output and other hosts, 07 what `morgue check` alone looks for, 08 changes by `morgue terms` and limits.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Severity;

/// One table makes the type, its number, its default weight and its explanation, so that none
/// can be forgotten or told twice.
macro_rules! codes {
    ($($number:literal $name:ident $severity:ident $title:literal $explanation:literal)*) => {
        /// What a finding is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Code {
            $(#[doc = $title] $name = $number,)*
        }

        impl Code {
            /// Every code, by number.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// How much a finding of this code weighs unless settings say otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What it is, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title,)* }
            }

            /// Why it is reported and what to do, in full.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$name => $explanation,)* }
            }
        }
    };
}

codes! {
    1 NoSite Error "no site here"
    "Every site has a `site.toml` in its folder. `morgue init DIR` makes a small working site; `--site DIR` points to a site elsewhere."
    2 BadSettings Error "site.toml cannot be read"
    "The settings file is not valid TOML, has a key that does not exist, or a value of the wrong kind. Unknown keys are refused so that a misspelt setting is never silently without effect. `docs/configuration.md` lists every setting; `morgue schema site` prints a JSON Schema for your editor."
    3 ImpossibleSetting Error "a setting that cannot work"
    "The settings file was read, but one value cannot be used: an address that is not one, a folder outside the site, two settings that contradict each other."
    10 Unreadable Error "a file cannot be read"
    "The file is there, but the system does not let it be read. Check its permissions."
    11 NotUtf8 Error "a file is not UTF-8 text"
    "Articles and records are UTF-8 text. The place of the first byte that is not is given. Convert the file, for example with `iconv -f WINDOWS-1252 -t UTF-8`, after looking which encoding it really has: a wrong guess damages names for ever."
    12 OtherEncoding Warning "a file was decoded from UTF-16"
    "The file is UTF-16, as some Windows programs save it. It was read all the same; save it as UTF-8 so that every other tool can read it too."
    13 LeavesSite Error "a link in the file system leads out of the site"
    "Files and folders of a site must lie inside it. A symbolic link to somewhere else could publish what was never meant to be published, so it is refused. Copy the file into the site, or remove the link."
    14 TooLarge Error "a file is larger than an article can be"
    "The file is larger than `[limits] article_bytes`. A text of that size is nearly always a mistake: a picture or a dump under a wrong name. Split it, or raise the limit."
    15 NotPublished Warning "a file among the articles is not published"
    "Only Markdown files are articles. Other files are published when they lie in the folder of an article (`slug/index.md` with its pictures), when an article refers to them, or in `static`. This one is none of these."
    16 SectionPage Warning "a list page of another tool was not read"
    "`_index.md` is how Hugo and Zola describe a list page. In a folder of records, `name/_index.md` is read as the record of that name; anywhere else there is no page that it could fill. Make it a page under `pages/`, or remove it."
    17 NoArticles Warning "no articles were found"
    "The folder of articles is missing or holds no Markdown file. `[content] articles` in `site.toml` says where they are."
    18 ControlCharacters Warning "control characters in a text"
    "The file holds control characters, left over from a typesetting system or a damaged copy. Neither HTML nor XML may hold them, so they are left out of the site. The file itself is not changed."
    101 NoTitle Error "an article has no title"
    "`title` is missing or empty, and the text has no heading that could stand for it. Add `title: …` to the front matter."
    102 NeverClosed Error "front matter that is never closed"
    "The file opens its front matter with `---` (or `+++`), but no line closes it, so there is no telling where the article begins. Close it with the same three signs on a line of their own."
    103 BadFrontMatter Error "front matter that is not YAML or TOML"
    "Between `---` stands YAML, between `+++` TOML. The place given is where reading stopped; the mistake is there or just before. The usual causes: a colon followed by a space in an unquoted title, a quotation mark that is not closed, tabs in the indent."
    104 WrongKind Error "a value of the wrong kind"
    "The field wants another kind of value: a list of names, a text, a date, a mapping. The message says what was found and the help how to write it."
    105 BadDate Error "a date that is not one"
    "Dates are written `2019-04-25`, `2019-04-25T10:30:00+10:00`, `2019-04-25 10:30`, or as far as they are known: `2019-04`, `2019`, `1936-07-18?` when uncertain, `unknown`. A date that no calendar has, such as 30 February, is refused rather than moved."
    106 UnknownKey Warning "a key nobody reads"
    "The front matter has a key that is not a field, so its value would be lost. If it is a slip, the nearest field is named. If it comes from another tool, say so once in `site.toml`: `[front_matter.map] tags = \"topics\"` reads it as a field, `[front_matter] ignore = [\"layout\"]` drops it knowingly. What only your theme needs goes under `extra`."
    107 DuplicateKey Warning "a key given twice"
    "The same key stands twice in one front matter. The last one counts, as in Hugo and Jekyll; remove the other."
    108 TitleFromText Warning "a title taken from the text"
    "`title` is missing or empty; the first heading of the text was taken instead. Write it into the front matter, so that it does not change with the text."
    109 NoDate Warning "an article without a date"
    "There is no `date`, and the file name does not begin with one (`2019-04-25-slug.md`). The article is filed under `/undated/`. If the date is truly not known, write `date: unknown` and this warning goes."
    110 NotAChoice Error "a word that is not one of the choices"
    "The field takes one of a few words; the message lists them."
    111 BadAddress Error "a slug or address that cannot be one"
    "A slug is one part of an address: letters, digits and hyphens. A `url` or alias is a path from the root of the site. Neither may climb out with `..`, hold control characters or be empty."
    112 NoAltText Warning "a picture without alternative text"
    "`alt` tells readers who cannot see the picture what it shows. Write what matters in it, in a sentence."
    113 AboutUnlisted Warning "`about` names something the article does not list"
    "`about` says which of the article's people, places and topics it is mainly about, so each entry must stand in one of those lists too. This one does not; add it there, or correct the spelling."
    114 NoFrontMatter Warning "an article without front matter"
    "The file begins with text. It was read all the same, with its first heading as title and the date in its file name, if any."
    115 NotYet Warning "an article dated in the future was left out"
    "Its date lies after this build's `--now`. It will come in by itself when the date has passed and the site is built again; `--future` takes it in today."
    116 EmbargoWithoutEnd Warning "an embargo without an end"
    "`status: embargoed` keeps the article out of everything until `embargo_until`. Without that date it is never published."
    118 SlugTidied Warning "a slug that was put in order"
    "The slug has signs that do not belong in an address, such as spaces. What it was read as is told; write that, so that the address is the one you see."
    119 NoSuchFile Warning "a correction to a file that is not there"
    "`[front_matter.files]` in `site.toml` corrects single files by their path below the content root. No article, record or page has this path."
    117 BadLanguage Error "a language tag that is not one"
    "`language` is a BCP 47 tag: `en`, `fr`, `pt-BR`, `zh-Hant`."
    120 RemovedInName Error "a removal that removes nothing"
    "`removed` says when and why an article was removed, but without `status: removed` it would stay online as if nothing had been written. `docs/withdrawal.md` tells the states of an article."
    121 RedactTooShort Error "a text too short to be redacted"
    "What `redact` names is taken out wherever it stands, so it has at least two letters or digits."
    122 RedactedNothing Warning "a text to redact that the article does not hold"
    "`redact` names a text that stands nowhere in the article, so nothing was taken out for it. A slip of spelling would leave the real one online: compare the two. If the text was taken out by hand, remove it from the list or leave it, so that it is looked for in all other pages."
    123 AddressTells Warning "an address that tells what was withdrawn"
    "The article was redacted or removed, but the words of its address still say it. Give it another `slug` or `url`; docs/withdrawal.md tells what becomes of the old address."
    201 SlugClash Error "two names want one address"
    "Two different names give the same slug, so their pages would be one. If they are one person (or place, or topic), make one an alias in the record of the other. If they are two, give at least one a record with its own `slug`."
    202 SpellingsMerged Warning "two spellings are one term"
    "The names differ only in case, in spaces, or in how accents are encoded, so they were filed as one. Its label is the name of its record, else the most used spelling."
    203 RecordClash Error "two records for one name"
    "Two authority records have the same slug or name. Join them, or give one another slug; if they are namesakes, tell them apart by `name` and `description`."
    204 NoName Error "a record without a name"
    "An authority record needs `name`."
    205 BadMerge Error "a merge that leads nowhere"
    "`merged_into` must name another record of the same kind, and following it must come to an end."
    206 AliasClash Warning "an alias claimed twice"
    "The same alias stands in two records, so the name alone cannot tell which is meant. It was given to the first of them by slug; use full names in the articles, or remove the alias from one."
    207 NoSuchTerm Warning "a record refers to one that is not there"
    "`parent` and `broader` name another record of the same kind. This one does not exist."
    208 BadRow Error "a row that cannot be read"
    "The first row of a CSV file names the fields; every other row is a record with as many cells. Cells with commas, quotation marks or line ends stand in quotation marks."
    209 NamedTwice Note "a name given twice in one article"
    "It counts once. Remove the second."
    301 DeadLink Error "a link to a page that is not there"
    "The link points inside the site, at a file, an article id, an address or a heading that does not exist. Correct it. For an archive moved from elsewhere, `[links] dead = \"warn\"` reports such links without stopping, and `[links] origin` sends them to the site they came from."
    302 MissingFile Error "a picture or file that is not there"
    "The text refers to a local file that is neither beside the article nor in `static`. `[links] dead` decides about these too."
    303 TooDeep Error "a text nested too deeply"
    "Lists or quotations stand in one another more than a hundred deep. No reader needs that, and browsers choke on it."
    304 HtmlRemoved Warning "HTML was removed from a text"
    "With `[markdown] html = \"sanitize\"` (the default) only harmless elements pass. Scripts, forms and style are taken out, their text kept where there is any; a frame, or a film of another host, becomes a link to what it would have shown. `html = \"trust\"` lets all of it through, if you trust every author of the archive."
    305 LinkToUnpublished Error "a link to an article that is not published"
    "The article exists, but this build leaves it out: a draft, an embargo, a removal, or a date in the future."
    401 AddressTaken Error "two pages want one address"
    "Neither may overwrite the other, so the build stops. Give one of them another `slug` or `url`; if both are the same article, remove one and give its address to the other as an alias."
    402 AddressInside Error "an address inside a file"
    "One page is a file (`/story.html`) and another lies below it as if it were a folder (`/story.html/more/`). No host can serve both."
    403 AliasTaken Warning "an alias that is a page"
    "An old address under `aliases` is the address of a page that exists. A redirect there would hide the page, so the page stays and the alias is left out. Remove it."
    404 ForgottenAlias Warning "an old address that cannot redirect"
    "A static host chooses a page by its path alone. An address with a query (`/?p=8123`) cannot be answered by a file, though nginx, Apache, Caddy and Netlify can redirect it where `[publish] host` names them; one on another host cannot be answered at all."
    405 IdTaken Error "two articles with one id"
    "`id` is the identity of an article for links and records, so no two articles may share one."
    406 NoSuchArticle Warning "an id that no article has"
    "`related`, `duplicate_of` and `translation_of` name articles by their `id` or by their file. This one is not in the archive, or not published."
    407 GivesWay Note "a page of morgue's own that gave way"
    "The corrections log, the data page and the data files, the pages of all years and of what is missing, and those of two people, places or topics at once are made without being asked for. Where the site has something of its own at the address of one of them, that stays, and morgue's page is left out. `[data] enabled = false` turns the data off, `[intersections] most = 0` the pages of two."
    408 NotATranslation Warning "a translation that cannot be one"
    "`translation_of` names the article that this one is a translation of, so the two are in different languages, and no two translations of it are in one. `language` tells the language of an article."
    410 LostAddress Error "a published address would vanish"
    "`permalinks.tsv` remembers every address that was ever published, and nothing stands at this one any more. Somebody may have cited it, so the build stops before anything is written, and you decide: restore what was there; redirect the address (`aliases` in the article or record that replaces it, or `morgue permalinks redirect OLD NEW`); or withdraw it (`status: removed` in the article, or `morgue permalinks withdraw OLD`). What only moved redirects by itself: an article with the same `id`, in the same file, or with the same text in a new one. `--no-ledger` builds without looking."
    411 BadLedger Error "the ledger cannot be read"
    "`permalinks.tsv` has a line that no build writes. Each line has an address, its state, where it moved to, what is behind it, its file and two marks, with tabs between them. After a merge the lines of both sides stay and the marks go; otherwise take the file from your version control as it was."
    412 RedirectLoop Error "addresses that redirect to one another"
    "Each of these addresses redirects to the next and the last to the first, so nobody arrives. Let one of them lead to a page that is there."
    413 SilentChange Warning "a published text changed and nothing tells its readers"
    "The headline, the deck or the text of the article is another than was published, and neither `updated` nor a correction says so. Say it in the front matter; where it is no change to speak of, such as a slip of the pen, `morgue permalinks accept ADDRESS` takes the new text as published."
    415 LedgerNotWritten Warning "the ledger could not be written"
    "The site was built, but its addresses could not be written into `permalinks.tsv`; the reason is given. Until that works, addresses that are new can vanish again without a word."
    416 NoTarget Error "a redirect to nowhere"
    "The ledger says that an address moved to another at which nothing is and never was. `morgue permalinks redirect OLD NEW` lets it lead to a page that is there, `morgue permalinks withdraw OLD` gives it up."
    420 HostLimit Error "more than the host takes"
    "`[publish] host` names what serves the site. What is told goes beyond what that host takes: files, bytes, redirects, or names that it refuses. Where the host would refuse the site, the build stops; where it takes it on some plans, or takes the rest of it, this is a warning. `docs/hosting.md` lists the limits and where they are told."
    501 NoTheme Error "a theme that is not there"
    "`theme` names a folder under `themes/` of your site, or a built-in theme: `broadsheet` or `wire`. So does `extends` in `theme.toml`; a theme that builds on itself, over others or not, is none. `morgue theme list` tells which there are."
    502 BadTemplate Error "a template that cannot be used"
    "The template has a mistake at the place given, or uses a value that this page does not have. `docs/themes.md` lists what each template is given."
    503 OtherApi Error "a theme for another version of morgue"
    "`theme.toml` says for which versions of the theme interface the theme was written, and this is none of them."
    601 ForeignFile Error "a file in the way that morgue did not write"
    "The output folder holds a file, where a page must go, that no build of this site wrote. It may be somebody's work, so it is left alone and the build stops. Move it away, keep it in `static/` if it belongs to the site, or choose another `--output`."
    602 CannotWrite Error "the output cannot be written"
    "The system refused to write; the reason is given. The old output was left as it was, unless the message says that a part of it is new already: then build again once the cause is gone."
    603 BadOutput Error "an output folder that cannot be one"
    "The output must be a folder of its own, or a place where one can be made. It must not be the site's own folder, hold it, or lie within its content: publishing would mix what you wrote with what was made from it."
    604 OutputBusy Error "another build is writing here"
    "Two builds into one folder would delete each other's pages, so the second stops before it does anything. Wait for the first, end it, or choose another `--output`. Nothing has to be tidied up after a build that was killed: its claim ends with it."
    605 ImpossiblePath Error "a path that cannot be written"
    "A page or file of the site would get a name that no folder can hold safely: empty, with `..`, a backslash or a control character, or one that morgue keeps for itself. Rename the file, or change the `slug` or `url` it comes from."
    610 NotAPart Error "this is no part of a site"
    "`morgue merge` joins what `morgue build --shard` made: folders, or tar files of `--pack`. Each holds a list of its files, `.morgue-part`, that is written last. Here it is missing, damaged, or of another version of morgue: the shard did not end, or not all of it was copied. Make the part again."
    611 PartsDiffer Error "parts that do not make one site"
    "All parts come from the same version of morgue, the same settings, content and theme, the same `--now`, and the same number of shards, and each shard is there once. Otherwise pages of one part would link to pages that no part has, or tell counts that are true in no part. Check out the same commit for each shard, give all of them the same `--now`, and make again the one that is told."
    612 PartMissing Error "a part of the site is missing"
    "A site is whole when every shard is there. The help tells the command that makes the missing one."
    613 PartChanged Error "a part is not as it was made"
    "A file of the part has other bytes than its list says, or is not there: the part was changed, or copied only half. Make or copy it again."
    620 Leak Error "what was withdrawn is in the output"
    "Before anything is published, every file of the output is searched for what was withdrawn, compressed files included: names and passages that articles redact, the headlines and longer sentences of articles that are removed, drafts or under embargo, those of their pictures included, the names in `removed`, the pages of hidden records, and `[withdrawn] texts`. Case, accents, markup and encodings make no difference. One hit stops the build, and the output stays as it was. The message tells what of which article it is and where it stands, not the text itself. docs/withdrawal.md tells more."
    621 NotSearched Warning "a file that could not be searched"
    "The archive withholds something, and this file of the output is packed in a way that cannot be looked into: with a password, damaged, of a kind other than zip and gzip, or unpacked larger than a gigabyte. It is published all the same."
    622 SaidElsewhere Warning "a published article says what was withdrawn"
    "An article that is online has a headline or sentences of its own that a withdrawn one had too: a follow-up with the same background, another edition of the story, the text that a draft is the next version of. The site leaked nothing, so the build goes on. If the text may not be online at all, withdraw that article as well. An article that is new, or changed since the ledger saw it, may not say such a thing: that is M0620. Of drafts, and of what was removed as a `duplicate`, every article may."
    640 UnfinishedBuild Error "a build that was broken off and cannot be finished"
    "A build of another version of morgue was killed, or refused by the system, while it moved finished pages into the output. Only that version knows how to go on: run it once more. Or delete the output and the folder beside it that ends in `.staging`, and build anew."
    641 BuildFinished Note "a build that was broken off is finished now"
    "The last build was killed, or refused by the system, while it moved finished pages into the output. Nothing was lost: the rest was moved before anything else was done."
    642 ChangedMeanwhile Error "a file changed while the site was built"
    "A file was read when the build began, and again when its page was made; in between it was edited, replaced or deleted. A page of half the one and half the other would be neither, so nothing was written and the old site stays. Build again once whatever changes the files has ended: an editor that saves, a `git pull`, a synchronisation."
    650 FileMissing Error "a listed file is missing"
    "The list of checksums names a file that is not there: it was deleted, or not all was copied. Bring it back from another copy; a site can be built again. Where it was meant to go, `morgue verify --source --write` writes the list of what a site is made from anew."
    651 FileChanged Error "a file is not what it was"
    "The file has other bytes than its list of checksums tells: it was edited, or a disk or a copy has damaged it. Bring it back from another copy; a site can be built again. Where the change was meant, `morgue verify --source --write` writes the list of what a site is made from anew."
    652 FileUnlisted Error "a file that no list names"
    "The folder holds a file that its list of checksums does not name, so nobody can tell whether it is what it was. In a built site this is a warning: a build lets the files of others be. A link is no file of its own: put the file it leads to in its place."
    653 BrokenList Error "a list of checksums that cannot be read"
    "Each line of a list is a SHA-256 checksum, two spaces and a path, as in RFC 8493 and as `sha256sum` writes it. A list that is damaged proves nothing: bring it back from another copy."
    654 NoList Error "nothing to verify by"
    "`morgue verify` needs a list of what the files are to be: `manifest-sha256.txt`, the manifests of a bag, or what a build remembers in its output. Only SHA-256 is understood."
    655 BadBag Error "a bag that is none"
    "A bag begins with `bagit.txt`, keeps its payload in `data/`, and is as large as `Payload-Oxum` in `bag-info.txt` tells (RFC 8493)."
    680 DeadExternalLink Warning "a link to what is gone from another host"
    "`morgue check --external` asked for the address, and its host answered that nothing is there (404) or that it is gone for good (410). Correct the link, take it out, or link to a snapshot; the help names the snapshot of `external-links.tsv`, or where the Internet Archive would keep the one that is nearest to the day of the article. Next to a `source_url`, `archived_url` is the field for it."
    681 LinkLongFailing Warning "a link that has not worked for long"
    "The address gave no good answer in any run of `morgue check --external` since the day that is told, which is longer than `[check] external_patience` allows (14 days): its host is not found, does not answer, or answers with its own error. It is taken for dead, as if its host had said so."
    682 LinkFailing Note "a link that does not work just now"
    "The host of the address is not found, does not answer in time, breaks off, has a certificate that does not hold, or answers with an error of its own (5xx). All of that may pass, so nothing has to be done yet: `external-links.tsv` remembers since when it is so, and after `[check] external_patience` days the link is told as one that has not worked for long."
    683 LinkMoved Note "a link to what moved for good"
    "The host says that what was at the address is at another one for good (301 or 308). Link there, for hosts forget such redirects in time. Where the new address is the front page of the host, what was linked is often gone."
    684 LinkShut Note "a link that no program can follow"
    "The host answers, but not with the page: it wants a password, lets no program in (401, 403, 429), sends those without cookies round in circles, or the like. The link may well work for people. Look at it in a browser; `[check] external_ignore` leaves out such a host."
    685 PrivateLink Warning "a link into a private network"
    "The host of the address, or one that it redirects to, is a computer that only some networks know: localhost, a printer, an editorial system. No reader can follow the link, and it may tell the name of a system that nobody should know. Nothing was asked there, since a text could otherwise make `check` knock at doors inside your network; `--external-private` asks all the same."
    686 BadLink Warning "a link that is no address"
    "The link begins like an address of the web, but no browser could follow it: its host has signs that no name has, or is missing."
    687 BadLinkLedger Error "the ledger of external links cannot be read"
    "`external-links.tsv` has a line that `morgue check --external` does not write. Each line has an address, its status, the day it was checked, the day since which it fails, where it is now, and a snapshot, with tabs between them. After a merge the lines of both sides stay and the marks go. Nothing was asked, or what the line says would be lost; a line that is deleted is only asked for once more."
    688 LinkLedgerNotWritten Warning "the ledger of external links could not be written"
    "The links were asked for, but `external-links.tsv` could not be written; the reason is given. The next run asks for all of them once more."
    689 NoNetwork Warning "no host answered"
    "None of the hosts that the archive links to gave any answer, so it is rather this computer that is not online, or its network lets no program out. Nothing is said of the links, and nothing was remembered."
    690 NoSnapshots Note "an archive of the web that did not answer"
    "`--external-snapshots` asks the Wayback Machine, or the service that `[check] external_snapshots` names, for copies of what is gone. It did not answer, or not with what could be understood. What was found before is kept; the next run asks for the rest."
    700 LookAlikes Warning "two terms that look like one"
    "The names of two terms differ in marks, accents, script, the order of their parts, initials or one or two letters, and nothing else, so they may be one. If they are, `morgue terms merge` makes them one and leaves the old name as an alias. If they are two, say so once in `site.toml`: `[check] distinct = [[\"Name\", \"Other name\"]]`."
    701 NoRecord Note "terms without a record"
    "A term without an authority record is known by its spelling alone: no dates, no coordinates, no identity on Wikidata, no other names. Begin with those that most articles name; `morgue new` writes the record. `--all` lists every one."
    702 IdleRecord Note "a record that no article names"
    "The record makes a page, but no published article lists its name. Either the articles spell the name otherwise (make that spelling an alias of the record), or nothing was tagged yet."
    703 IdentityTwice Warning "two records with one identity"
    "Two records of one taxonomy give the same Wikidata, VIAF or GeoNames id, so they are about one person, place or topic. Merge them, with `merged_into` or `morgue terms merge`, or correct the id of one."
    704 BeforeBirth Warning "an article from before the birth of a person it names"
    "The article is dated before the person whom it lists was born. Either the date of the article is wrong, or the date in the record, or a namesake is meant who needs a record of their own."
    705 LongAfterDeath Note "an author who died long before"
    "The article is dated more than a year after its author died. It may be a reprint (then say so in `print` or `source_url`), a namesake, or a wrong date."
    710 NearDuplicate Warning "two articles with nearly one text"
    "The two articles share so many runs of five words that one is a copy, a later version or a reprint of the other. Both addresses stay; `duplicate_of` in the later one names the earlier one by its `id`, and is then no longer reported. `[check] overlap` says how much is too much, in per cent of all runs that either has."
    720 Improbable Warning "a date that can hardly be right"
    "The article is dated before 1600, when there were no newspapers yet. Correct the date; a year alone is written `1936`."
    721 ManyAtOnce Warning "very many articles at one moment"
    "So many articles have one and the same date that it is probably the day on which they were imported, and not the one on which they were published. Look for the true date in the text, the file name or the address of the original."
    722 ChangedBefore Warning "an article changed before it was published"
    "`updated` is earlier than `date`. One of the two is wrong, or they were exchanged."
    723 OtherDate Warning "a file name with another date than its article"
    "The file name begins with a date, and `date` says another, more than a day away. One of them is wrong; the address is made from `date`."
    730 NoByline Note "articles without a byline"
    "Neither an author nor an agency is given. Readers judge a text by who wrote it, and citations need a name. `--all` lists every one."
    731 NoSummary Note "articles without a summary"
    "Lists, feeds and search engines show the beginning of the first paragraph instead, which is written for another purpose. `--all` lists every one."
    732 NoSection Note "articles without a section"
    "Other articles of the archive name the section that they stood in, these do not. `--all` lists every one."
    740 HeavyPicture Warning "a picture that is too large"
    "The picture has more bytes or more pixels than `[check] picture_bytes` and `[check] picture_pixels` allow. It is published as it is, so every reader loads all of it. Keep the original elsewhere and publish a smaller copy."
    741 NotAPicture Warning "a picture that cannot be read"
    "The file has the name of a picture, but its bytes are not those of one: it was damaged, copied by half, or has the wrong name."
    750 NoPolicy Note "a page about the publisher is missing"
    "Readers and search engines look for who stands behind an archive and by which rules it works (thetrustproject.org lists them). Write a page with `policy: corrections` (or `ethics`, `ownership` …) in its front matter. `[check] pages` names the pages that are wanted."
    751 Untranslated Note "interface texts that are not translated"
    "Pages in this language show some words of the theme in another one. Put the missing texts into `i18n/LANGUAGE.toml` beside `site.toml` or in your theme; `docs/themes.md` tells how."
    800 CannotEdit Error "a field that cannot be edited safely"
    "`morgue terms` changes only the bytes of the names concerned. Here it cannot: the name stands at an anchor or a tag of YAML, on which other values may depend, is written over several lines, or lies in a form that cannot be followed. Nothing was written. Write the field plainly, as in `people: [Kim Jong-un]`, or change this file by hand, and run the command again."
    801 EditUnproven Error "an edit that would change something else"
    "Every edited file is read again before anything is written, and its fields must differ exactly as was asked. Here they would not, so nothing was written. Change this file by hand and run the command again."
    802 SingleTerm Error "an article that has another one already"
    "An article stands in one section and one series at most. This one would get a second. Take the first away, or leave the article out by a narrower condition."
    803 InSettings Error "names that stand in site.toml"
    "`[front_matter.files]` or `[records.files]` in `site.toml` gives this field for this file, so a change in the file would have no effect. Change it in `site.toml`."
    804 WouldBreak Error "a change after which the archive would have an error"
    "What the archive would be after the change was worked out before anything was written, and it has an error that it does not have now. Nothing was written."
    840 TooMuch Error "more than any archive has"
    "A list of more than a thousand names, a name of more than a thousand bytes, or a row of a table of more than a mebibyte is a mistake or an attack: on the pages of an archive every name stands many times. Shorten it; long texts belong into bodies."
    900 NoExport Error "no export of WordPress"
    "`morgue import wordpress` reads the files that WordPress writes under Tools → Export (WXR, an XML file with a <channel> of <item>s and a <wp:wxr_version>). This file is something else. One that comes as .zip is unpacked first; .gz is read as it is."
    901 BrokenExport Error "an export that cannot be read to its end"
    "The file is not well-formed XML: cut off, damaged, or with more in one place than any article has. The place is given in bytes from the beginning of the file, or of what is in it where it is compressed. All exports are read to their ends before anything is written, so the site is as it was. Export or copy the file again."
    902 RepairedExport Warning "an export that was put right while it was read"
    "Exports hold whatever is in the database: control characters that XML forbids, and texts in Windows-1252 among UTF-8. The former are left out, the latter read as what they are. The places are given in bytes; all are counted in import-report.json."
    903 ImportFailed Error "an import that could not be done"
    "The system did not let a file be read or written. What was written before stays: run the import again when the cause is gone, and it goes on from there."
    904 UnknownShortcode Warning "something that a plug-in would have shown"
    "A shortcode in brackets or a block that is none of WordPress's own shows what a plug-in makes: a form, the newest posts, a slider. Its tags are taken out, and the text between them is kept. import-report.json lists every file."
    905 NoLongerPublished Warning "an article of an earlier import that is not published any more"
    "The post was in the open when it was imported, and is now a draft, private, protected by a password, or in the bin. The file is yours and is not deleted. `status: removed` withdraws the article and keeps its address."
    906 NoSuchTaxonomy Warning "terms that the site has no taxonomy for"
    "The export has a taxonomy of its own, and the site.toml that is there has none of this name. The terms stayed out; add the taxonomy, or map it with `--map`, and import again."
    907 MissingUpload Warning "files that are not in the folder of uploads"
    "Articles show or link to files that are not below the folder given with `--media`. They keep their old addresses: pictures of another host become links. import-report.json lists every one."
    930 ImportNotText Error "a file that is not text"
    "An import of text reads files of text, and this one is something else, or is in an encoding that could not be recognised. The message tells the first byte that is wrong, counted from 0. Leave the file out, or name its encoding with `--encoding`."
    931 ImportEmpty Warning "a file without an article"
    "The file is empty, or holds nothing but lines that surround articles: buttons, advertisements, lines that its source puts into every file. `--boilerplate keep` shows what is in it."
    932 ImportCannotRead Error "a file that cannot be read"
    "The system refused to read a file or folder of the input; the reason is given. All others were imported."
    933 ImportCannotWrite Error "an import that cannot write"
    "The system refused to write into the folder of the site; the reason is given. Every file there is either as it was or whole and new. Run the import again once the cause is gone."
    934 ImportNoDate Warning "no date that is certain"
    "Neither the text nor the name of the file tells on which day the article appeared. `Thursday`, `26 February` without a year, and `03/02/2019`, which half the world reads otherwise than the other half, are no dates. The article comes in as `date: unknown`; nothing is guessed."
    935 ImportTwoDates Warning "two dates that differ"
    "The text of the article tells one date and the name of its file another. The one in the text was taken, for names of files often tell the day of copying."
    936 ImportDateline Note "a name that may be a dateline"
    "The first paragraph begins with a name and a colon. If it is a place, the article was filed from there; if it is a speaker or a label, it belongs to the text. Places that morgue does not know are named in a file given with `--places`, one a line."
    937 ImportNoHeadline Warning "a text without a headline"
    "The file begins with a paragraph rather than a headline, so the name of the file stands for it."
    938 ImportDamaged Warning "letters that are damaged"
    "The text has signs such as `Ã©` or `â€`, which UTF-8 leaves when it is read as Windows-1252. Where the whole text is like that it is put right; here a part of it is sound, so that undoing the mistake would damage that part. It is left as it is."
    939 ImportDecision Error "a table of decisions that cannot be read"
    "`boilerplate.tsv` lists lines that many files of one source have in common. The first column is for your decision: `remove`, `keep`, or `review` for later. The columns are parted by tabs."
    940 ImportRow Error "a row that is no article"
    "A row of a table, or a line of JSON Lines, cannot be read or has no `title`, or a date that is none. All other rows were imported. `--map COLUMN=FIELD` says which column is which field."
    941 ImportItem Error "an item that is no article"
    "An item of ninjs cannot be read, has neither a headline nor a title, or tells of a planned event. All other items were imported."
    942 ImportWithheld Warning "an item that is not to be published"
    "Whoever sent the item says by `pubstatus` that it is withheld or cancelled. A withheld one comes in as a draft, which no build publishes; of a cancelled one nothing comes in."
    950 ExportPlace Error "a place where no export can go"
    "An export is written beside the content, never into it, where the next build would publish it. A folder of ninjs files has to be new or empty: in an old one, articles that were withdrawn since would stay."
    951 ExportCannotWrite Error "an export that cannot be written"
    "The system refused to write; the reason is given. The export is written under another name and takes its place only when it is whole, so whatever was there before is as it was."
}

impl Code {
    /// The code of this name, `M0104` or `104`; `None` if there is none.
    pub fn parse(text: &str) -> Option<Code> {
        let digits = text.trim().trim_start_matches(['M', 'm']);
        let number: u16 = digits.parse().ok()?;
        Code::ALL.iter().copied().find(|c| *c as u16 == number)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "M{:04}", *self as u16)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
        let text = String::deserialize(deserializer)?;
        Code::parse(&text).ok_or_else(|| D::Error::custom("no such code"))
    }
}
