//! How large a picture is, so that a browser keeps its place free until it has come.
//!
//! Only the beginning of a file is read, and a file that does not tell its size there is a
//! picture of unknown size.

use std::fs::File;
use std::io::Read;

use camino::Utf8Path;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Scene;
use crate::site::PageId;

/// All formats but one tell their size at once.
const SHORT: u64 = 4 * 1024;
/// In a JPEG a preview and a colour profile may stand before it.
const LONG: u64 = 512 * 1024;
/// No picture for a page is larger.
const LARGEST: f64 = 100_000.0;

/// The width and height, in pixels, of the picture that fills a page of the site.
pub(super) fn size(scene: &Scene<'_>, page: PageId) -> Option<(u32, u32)> {
    let path = super::source(scene, &scene.site.page(page).kind)?;
    let short = beginning(&path, SHORT)?;
    let is_whole = u64::try_from(short.len()).is_ok_and(|length| length < SHORT);
    let is_svg = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("svg"));
    let told = if is_svg { of_svg } else { of_bitmap };
    told(&short).or_else(|| {
        let long = (!is_whole).then(|| beginning(&path, LONG))??;
        told(&long)
    })
}

fn beginning(path: &Utf8Path, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    file.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn of_bitmap(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    let side = |pixels: usize| {
        let pixels = u32::try_from(pixels).ok()?;
        (pixels > 0 && f64::from(pixels) <= LARGEST).then_some(pixels)
    };
    Some((side(size.width)?, side(size.height)?))
}

/// A drawing says how large it wants to be, or at least in which proportion.
fn of_svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = String::from_utf8_lossy(bytes);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => return of_root(&root),
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn of_root(root: &BytesStart<'_>) -> Option<(u32, u32)> {
    if root.local_name().as_ref() != "svg" {
        return None;
    }
    let value = |name: &str| {
        let attribute = root.try_get_attribute(name).ok()??;
        Some(attribute.value.into_owned())
    };
    let length = |name: &str| {
        let value = value(name)?;
        let value = value.trim();
        side(value.strip_suffix("px").unwrap_or(value))
    };
    if let Some(size) = length("width").zip(length("height")) {
        return Some(size);
    }
    let view = value("viewBox")?;
    let mut numbers = view
        .split([' ', ',', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty())
        .skip(2);
    let size = (side(numbers.next()?)?, side(numbers.next()?)?);
    numbers.next().is_none().then_some(size)
}

/// A length in pixels, rounded.
fn side(text: &str) -> Option<u32> {
    let length: f64 = text.parse().ok()?;
    let rounded = length.round();
    if !(1.0..=LARGEST).contains(&rounded) {
        return None;
    }
    // Between one and a hundred thousand, so nothing is lost.
    format!("{rounded:.0}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 3 by 2 pixels, as far as its header goes.
    const GIF: &[u8] = b"GIF89a\x03\0\x02\0\x80\0\0";

    #[test]
    fn bitmaps_tell_their_size() {
        assert_eq!(of_bitmap(GIF), Some((3, 2)));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x40\x08\x06\0\0\0";
        assert_eq!(of_bitmap(png), Some((256, 64)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x20\0\x40\x03";
        assert_eq!(of_bitmap(jpeg), Some((64, 32)));
        assert_eq!(of_bitmap(b"GIF89a\0\0\0\0\x80\0\0"), None);
    }

    #[test]
    fn damaged_files_have_no_size() {
        for whole in [
            GIF,
            b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\xff\xc0\0",
            b"RIFF\x08\0\0\0WEBPVP8X",
        ] {
            for length in 0..whole.len() {
                let mut bytes = whole.to_vec();
                bytes.truncate(length);
                let _ = of_bitmap(&bytes);
                bytes.resize(64, 0xff);
                let _ = (of_bitmap(&bytes), of_svg(&bytes));
            }
        }
    }

    #[test]
    fn drawings_tell_their_size_or_their_proportion() {
        let svg = |attributes: &str| {
            of_svg(
                format!(
                    "<?xml version=\"1.0\"?>\n<!-- <svg width='9'/> -->\n<svg {attributes}><g>"
                )
                .as_bytes(),
            )
        };
        assert_eq!(svg("width='120' height=\"80.4px\""), Some((120, 80)));
        assert_eq!(svg("width='100%' viewBox='0 0 640 480'"), Some((640, 480)));
        assert_eq!(svg("viewBox='-5,-5,10.6,20'"), Some((11, 20)));
        for unknown in [
            "",
            "width='12'",
            "viewBox='0 0 0 9'",
            "viewBox='1'",
            "width='NaN' height='inf'",
        ] {
            assert_eq!(svg(unknown), None, "{unknown}");
        }
        assert_eq!(of_svg(b"<html><svg width='1' height='1'/></html>"), None);
        assert_eq!(of_svg(b"<svg width='1"), None);
    }
}
