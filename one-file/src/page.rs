//! The page's own HTML with everything inside that it links to.

use crate::pack::Packed;
use crate::{OneFileError, PageFile};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Nothing may come from anywhere else; what stands inside may run.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; \
                      img-src data: blob:; worker-src blob:; connect-src blob:; form-action 'none'";

const STYLE: &str = include_str!("inside/style.css");
/// In the order in which they run.
const SCRIPTS: [(&str, &str); 6] = [
    ("inside/modules.js", include_str!("inside/modules.js")),
    ("inside/unpack.js", include_str!("inside/unpack.js")),
    ("inside/files.js", include_str!("inside/files.js")),
    ("inside/workers.js", include_str!("inside/workers.js")),
    ("inside/pages.js", include_str!("inside/pages.js")),
    ("inside/run.js", include_str!("inside/run.js")),
];

/// Style sheets of what the programs draw. Nobody sees any of that before the pack is open, so they are in it; the others must be there
/// for the words that the page begins with.
const DRAWN: [&str; 4] = ["controls-", "stage-", "pictures-", "workshop/workshop."];

/// Whether a style sheet is in the pack, and an empty one holds its place.
#[must_use]
pub(crate) fn is_packed_style(name: &str) -> bool {
    DRAWN.iter().any(|drawn| name.starts_with(drawn))
}

/// Whether the page runs a script at once, as an ordinary script and not as a module.
#[must_use]
pub fn has_classic_script(index: &str, name: &str) -> bool {
    index.contains(&format!("<script src=\"{name}\">"))
}

/// The page `index` with all its style sheets and the pack inside; `read` reads a file by its name.
///
/// # Errors
/// If something cannot stand inside, or the page has no place for it.
pub fn page(
    index: &str,
    styles: &[PageFile],
    read: impl Fn(&str) -> Result<Vec<u8>, OneFileError>,
    packed: &Packed,
) -> Result<String, OneFileError> {
    let mut page = without_hosted_parts(index);
    page = replace_tags(&page, "<link ", ">", |tag| {
        let href = attribute(tag, "href").unwrap_or_default().trim_start_matches("./");
        match attribute(tag, "rel") {
            Some("stylesheet" | "modulepreload" | "preload") => Ok(String::new()),
            Some("icon") => Ok(icon_tag(&read(href)?)),
            _ => Ok(tag.to_owned()),
        }
    })?;
    page = replace_tags(&page, "<script ", "</script>", |tag| match attribute(tag, "src") {
        Some(name) if !tag.contains("type=\"module\"") => script_tag(name, &String::from_utf8_lossy(&read(name)?)),
        _ => Ok(tag.replace("type=\"module\"", "type=\"lockstep/module\"").replace(" src=", " data-src=")),
    })?;
    let mut head = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n");
    // A page's own order of style sheets is that of its links; those that it fetches later come after them.
    let place = |style: &&PageFile| index.find(&style.name).unwrap_or(usize::MAX);
    let mut styles: Vec<&PageFile> = styles.iter().collect();
    styles.sort_by_key(place);
    for style in styles {
        head += &style_tag(&style.name, &String::from_utf8_lossy(&style.bytes))?;
    }
    head += &style_tag("inside/style.css", STYLE)?;
    let mut tail = format!(
        "<script type=\"application/json\" id=\"packed-files\">{}</script>\n<script type=\"application/octet-stream\" id=\"packed\">{}</script>\n",
        packed.table, packed.stream
    );
    for (name, script) in SCRIPTS {
        tail += &script_tag(name, script)?;
    }
    // The charset must stay among the first things of the file.
    page = insert_before(&page, "<title>", &head)?;
    insert_before(&page, "</body>", &tail)
}

/// Leaves out what is true only of the page on a server: `<span data-hosted>...</span>`.
fn without_hosted_parts(index: &str) -> String {
    let mut parts = index.split("<span data-hosted>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once("</span>").map_or(part, |(_, after)| after))
}

/// One of the packed pages without its charts, for which there is no room.
pub(crate) fn without_charts(page: &str) -> Result<String, OneFileError> {
    replace_tags(page, "<figure data-hosted", "</figure>", |_| Ok("<p>(A chart that this file leaves out.)</p>".to_owned()))
}

/// Each piece from `begin` to `end`, both included, through `new`.
fn replace_tags(
    page: &str,
    begin: &str,
    end: &str,
    new: impl Fn(&str) -> Result<String, OneFileError>,
) -> Result<String, OneFileError> {
    let mut out = String::new();
    let mut rest = page;
    while let Some(start) = rest.find(begin) {
        let length = rest[start..].find(end).map_or(rest.len() - start, |length| length + end.len());
        out += &rest[..start];
        out += &new(&rest[start..start + length])?;
        rest = &rest[start + length..];
    }
    Ok(out + rest)
}

/// The value of an attribute in double quotes.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(value.split_once('"')?.0)
}

fn icon_tag(icon: &[u8]) -> String {
    format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{}\">", STANDARD.encode(icon))
}

fn style_tag(name: &str, css: &str) -> Result<String, OneFileError> {
    refuse(name, css, "</style", "a style sheet that ends early")?;
    refuse(name, css, "url(", "a style sheet that fetches")?;
    refuse(name, css, "@import", "a style sheet that fetches")?;
    if is_packed_style(name) {
        return Ok(format!("<style data-from=\"{name}\" data-packed></style>\n"));
    }
    Ok(format!("<style data-from=\"{name}\">\n{css}</style>\n"))
}

fn script_tag(name: &str, script: &str) -> Result<String, OneFileError> {
    refuse(name, script, "</script", "a script that ends early")?;
    refuse(name, script, "<!--", "a script that ends late")?;
    Ok(format!("<script id=\"{name}\">\n{script}</script>\n"))
}

fn refuse(name: &str, text: &str, part: &str, problem: &'static str) -> Result<(), OneFileError> {
    let stands_inside = !text.to_ascii_lowercase().contains(part);
    if stands_inside { Ok(()) } else { Err(OneFileError::CannotStandInside { name: name.to_owned(), problem }) }
}

fn insert_before(page: &str, place: &'static str, text: &str) -> Result<String, OneFileError> {
    let (before, after) = page.split_once(place).ok_or(OneFileError::Missing(place))?;
    Ok([before, text, place, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_the_pack_leaves_out_its_charts_and_nothing_else() {
        let page = "<p>a</p><figure data-hosted class=\"table\"><svg><g></g></svg></figure><figure>b</figure>";
        assert_eq!(
            without_charts(page).ok().as_deref(),
            Some("<p>a</p><p>(A chart that this file leaves out.)</p><figure>b</figure>")
        );
    }

    const INDEX: &str = "<html><head><meta charset=\"utf-8\"><title>T</title><link rel=\"icon\" href=\"./i.svg\"/>\
        <link rel=\"stylesheet\" href=\"./b.css\"/><link rel=\"stylesheet\" href=\"./a.css\"/><link rel=\"modulepreload\" href=\"./m.js\">\
        <script type=\"module\" src=\"./start.js\" data-module=\"./m.js\"></script><script src=\"now.js\"></script></head><body>x<span data-hosted> y</span></body></html>";

    fn made(css: &str) -> Result<String, OneFileError> {
        let style = |name: &str| PageFile { name: name.to_owned(), bytes: css.as_bytes().to_vec() };
        let packed = Packed { table: "[]".to_owned(), stream: "AAAA".to_owned() };
        page(INDEX, &[style("a.css"), style("b.css"), style("late/c.css")], |name| Ok(format!("<{name}>").into_bytes()), &packed)
    }

    #[test]
    fn nothing_is_linked_to_and_style_sheets_keep_the_pages_order() {
        let page = made("p {}").expect("a page");
        assert!(!page.contains("href=\"./") && !page.contains(" src="), "{page}");
        let places: Vec<_> =
            ["b.css", "a.css", "late/c.css", "inside/style.css"].map(|name| page.find(&format!("data-from=\"{name}\""))).into();
        assert!(places.is_sorted() && places[0].is_some(), "{places:?}");
        assert!(page.contains("<body>x<script") && page.contains("data-src=\"./start.js\" data-module=\"./m.js\""), "{page}");
        assert!(page.contains("<script id=\"now.js\">\n<now.js></script>"));
        assert!(page.contains("data:image/svg+xml;base64,PGkuc3ZnPg=="));
    }

    #[test]
    fn a_packed_style_sheet_keeps_its_place_and_leaves_it_empty() {
        let packed = style_tag("stage-1f.css", "p {}").expect("a tag");
        assert_eq!(packed, "<style data-from=\"stage-1f.css\" data-packed></style>\n");
        assert!(style_tag("stage-1f.css", "@import 'x.css';").is_err());
        assert!(style_tag("tokens-1f.css", "p {}").expect("a tag").contains("p {}"));
    }

    #[test]
    fn a_style_sheet_that_would_fetch_or_end_early_is_refused_by_name() {
        for css in ["p { background: url(x.png) }", "</style>", "@import 'x.css';"] {
            assert!(
                made(css).expect_err(css).to_string().starts_with("a.css: ")
                    || made(css).expect_err(css).to_string().starts_with("b.css: ")
            );
        }
    }
}
