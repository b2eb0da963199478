//! The built page as one HTML file. It opens by double click, in a frame without an origin, and as
//! an upload to a course.
//!
//! ```text
//! <head>   the page's head, with its style sheet, its icon and first_paint.js inside
//! <body>   the page's body
//!          the page's deferred scripts
//!          packed files, each a script element of data, deflated and in base64: what the page fetches,
//!          the program's script, worker.js
//!          inside/start.js, which answers `fetch` from these files and starts the program
//! ```

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The name of the file, beside the page's `index.html`.
pub const NAME: &str = "lockstep.html";

/// Nothing may come from another place; scripts and styles inside the file may run.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; \
                      img-src data: blob:; worker-src blob:; connect-src blob:; form-action 'none'";
const STYLE: &str = include_str!("inside/style.css");
const START: &str = include_str!("inside/start.js");
/// The script that starts the program in a worker.
const WORKER: &str = "worker.js";
/// Kinds of files that the page fetches.
const FETCHED: [(&str, &str); 3] = [("html", "text/html"), ("json", "application/json"), ("wasm", "application/wasm")];
const DEFLATE_LEVEL: u8 = 9;

/// Why the file cannot be made.
#[derive(Debug, Error)]
pub enum OneFileError {
    /// A file of the page cannot be read or written.
    #[error("{}: {problem}", path.display())]
    File {
        /// Its path.
        path: PathBuf,
        /// The system's message.
        problem: std::io::Error,
    },
    /// A style sheet or a script that cannot stand inside a page.
    #[error("{name}: {part} cannot stand inside a page")]
    CannotStandInside {
        /// The file.
        name: String,
        /// The part of its text that cannot.
        part: &'static str,
    },
    /// Something that the page must have.
    #[error("index.html: there is no {0}")]
    Missing(&'static str),
}

/// The page in `folder` as one file.
///
/// # Errors
/// If a file cannot be read or cannot stand inside a page.
pub fn build(folder: &Path) -> Result<String, OneFileError> {
    let read = |name: &str| read(&folder.join(name)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let index = read("index.html")?;
    let start = start_tag(&index).ok_or(OneFileError::Missing("data-wasm"))?;
    let program = attribute(start, "data-script").ok_or(OneFileError::Missing("data-script"))?;
    let wasm = attribute(start, "data-wasm").unwrap_or_default();

    // A script inside a page cannot be deferred, so the deferred ones move to its end.
    let mut tail = String::new();
    let page = replace_tags(&index, "<link ", ">", |tag| {
        let href = attribute(tag, "href").unwrap_or_default();
        match attribute(tag, "rel") {
            Some("stylesheet") => inline("style", "", href, &read(href)?),
            Some("icon") => Ok(format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{}\">", BASE64.encode(read(href)?))),
            Some("preload") => Ok(String::new()),
            _ => Ok(tag.to_owned()),
        }
    })?;
    let page = replace_tags(&page, "<script ", "</script>", |tag| {
        let name = attribute(tag, "src").unwrap_or_default();
        if tag == start || name == program {
            return Ok(String::new());
        }
        let script = inline("script", "", name, &read(name)?)?;
        if !tag.contains(" defer") {
            return Ok(script);
        }
        tail += &script;
        Ok(String::new())
    })?;
    for name in [program, WORKER] {
        tail += &packed_file(name.trim_start_matches("./"), "text/javascript", read(name)?.as_bytes());
    }
    tail += &packed_files(folder, "")?;
    let start = format!(" data-wasm=\"{wasm}\" data-program=\"{program}\"");
    tail += &inline("script", &start, "inside/start.js", START)?;

    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n");
    let page = insert_before(&page, "<title>", &policy)?;
    let page = insert_before(&page, "</head>", &inline("style", "", "inside/style.css", STYLE)?)?;
    insert_before(&page, "</body>", &tail)
}

/// Every file that the page may fetch, in the order of names, so that the same page always gives
/// the same file.
fn packed_files(folder: &Path, below: &str) -> Result<String, OneFileError> {
    let at = folder.join(below);
    let problem = |problem| OneFileError::File { path: at.clone(), problem };
    let mut entries = std::fs::read_dir(&at).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(problem)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut out = String::new();
    for entry in entries {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = FETCHED.iter().find(|(ending, _)| name.rsplit_once('.').is_some_and(|(_, end)| end == *ending));
        if entry.path().is_dir() {
            out += &packed_files(folder, &format!("{name}/"))?;
        } else if let Some((_, kind)) = kind.filter(|_| name != "index.html" && name != NAME) {
            out += &packed_file(&name, kind, &read(&entry.path())?);
        }
    }
    Ok(out)
}

fn packed_file(name: &str, kind: &str, bytes: &[u8]) -> String {
    let packed = BASE64.encode(miniz_oxide::deflate::compress_to_vec(bytes, DEFLATE_LEVEL));
    format!("<script type=\"application/octet-stream\" data-file=\"{name}\" data-kind=\"{kind}\">{packed}</script>\n")
}

fn read(path: &Path) -> Result<Vec<u8>, OneFileError> {
    std::fs::read(path).map_err(|problem| OneFileError::File { path: path.to_owned(), problem })
}

/// A `style` or `script` element with `text` in it. `name` is the file that the text is from.
fn inline(element: &str, attributes: &str, name: &str, text: &str) -> Result<String, OneFileError> {
    let refused: &[&str] = if element == "style" { &["</style", "url(", "@import"] } else { &["</script", "<!--"] };
    let lower = text.to_ascii_lowercase();
    match refused.iter().find(|part| lower.contains(**part)) {
        Some(part) => Err(OneFileError::CannotStandInside { name: name.to_owned(), part }),
        None => Ok(format!("<{element}{attributes}>\n{text}</{element}>\n")),
    }
}

/// Replaces each piece of `page` from `begin` to `end`, both included.
fn replace_tags(
    page: &str,
    begin: &str,
    end: &str,
    mut new: impl FnMut(&str) -> Result<String, OneFileError>,
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

/// The tag of the script that starts the program, up to its end tag.
fn start_tag(page: &str) -> Option<&str> {
    const END: &str = "</script>";
    let at = page.find(" data-wasm=\"")?;
    let begin = page[..at].rfind("<script ")?;
    Some(&page[begin..at + page[at..].find(END)? + END.len()])
}

/// The value of an attribute in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(value.split_once('"')?.0)
}

fn insert_before(page: &str, place: &'static str, text: &str) -> Result<String, OneFileError> {
    let (before, after) = page.split_once(place).ok_or(OneFileError::Missing(place))?;
    Ok([before, text, place, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<html><head><meta charset=\"utf-8\"><title>T</title><link rel=\"icon\" href=\"./i.svg\"/>\
        <link rel=\"stylesheet\" href=\"./a.css\"/><link rel=\"preload\" href=\"./p.wasm\"><script src=\"now.js\"></script>\
        <script defer src=\"./p.js\"></script><script defer src=\"later.js\"></script>\
        <script defer src=\"start.js\" data-script=\"./p.js\" data-wasm=\"./p.wasm\"></script>\
        </head><body>x</body></html>";

    /// The file made of a small page with this style sheet.
    fn made(test: &str, css: &str) -> Result<String, OneFileError> {
        let folder = std::env::temp_dir().join(format!("lockstep-one-file-{test}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("data")).expect("a folder");
        let files = [
            ("index.html", INDEX),
            ("a.css", css),
            ("i.svg", "<svg/>"),
            ("now.js", "now()"),
            ("p.js", "program()"),
            ("later.js", "later()"),
        ];
        for (name, text) in files.into_iter().chain([("p.wasm", "wasm"), ("worker.js", "work()"), ("data/d.json", "[]")]) {
            std::fs::write(folder.join(name), text).expect("a file");
        }
        let page = build(&folder);
        std::fs::remove_dir_all(&folder).expect("no folder");
        page
    }

    #[test]
    fn nothing_is_linked_to_and_deferred_scripts_stand_at_the_end() {
        let page = made("links", "p {}").expect("a page");
        assert!(!page.contains("href=\"./") && !page.contains(" src="), "{page}");
        let order = ["Content-Security-Policy", "<title>", "PHN2Zy8+", "p {}", "now()", "<body>x", "later()"];
        let packed = ["p.js", "worker.js", "data/d.json", "p.wasm"].map(|name| format!(" data-file=\"{name}\""));
        let order = order.map(str::to_owned).into_iter().chain(packed);
        let places: Vec<_> = order.map(|part| page.find(&part)).collect();
        assert!(places.is_sorted() && places[0].is_some(), "{places:?} in {page}");
    }

    #[test]
    fn a_style_sheet_that_would_fetch_or_end_early_is_refused_by_name() {
        for (number, css) in ["p { background: url(x.png) }", "</style>", "@import 'x.css';"].into_iter().enumerate() {
            assert!(made(&format!("refused-{number}"), css).expect_err(css).to_string().starts_with("./a.css: "));
        }
    }
}
