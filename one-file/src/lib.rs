//! Packs the built page into one HTML file, which works as a local file, in a sandboxed iframe
//! without an origin, and as an upload to a course.
//!
//! ```text
//! <head>   the page's head, with inlined style sheet, icon and first_paint.js
//! <body>   the page's body
//!          the page's deferred scripts, inlined
//!          packed files, each in a script element of data, deflated and in base64: what the page
//!          fetches, the program's script, worker.js
//!          inside/start.js, which serves `fetch` from these files and starts the program
//! ```

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The name of the packed file, in the folder of `index.html`.
pub const NAME: &str = "lockstep.html";

/// Forbids everything from other origins, but allows inline scripts and styles.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; \
                      img-src data: blob:; worker-src blob:; connect-src blob:; form-action 'none'";
const STYLE: &str = include_str!("inside/style.css");
const START: &str = include_str!("inside/start.js");
/// The script that starts the program in a worker.
const WORKER: &str = "worker.js";
/// Extensions of the files that the page fetches, with their media types.
const FETCHED: [(&str, &str); 3] = [("html", "text/html"), ("json", "application/json"), ("wasm", "application/wasm")];
/// The beginning of the names of the engine's files. The file would be too large with them.
const ENGINE: &str = "engine-";
const DEFLATE_LEVEL: u8 = 9;

/// Why the page cannot be packed.
#[derive(Debug, Error)]
pub enum OneFileError {
    /// A file cannot be read or written.
    #[error("{}: {problem}", path.display())]
    File {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        problem: std::io::Error,
    },
    /// A style sheet or script cannot be inlined.
    #[error("{name}: a file with {part:?} cannot be inlined")]
    CannotInline {
        /// The name of the file.
        name: String,
        /// The text that prevents it.
        part: &'static str,
    },
    /// The page does not contain something that it must have.
    #[error("index.html: {0} is missing")]
    Missing(&'static str),
}

/// Packs the page in `folder` into one file.
///
/// # Errors
/// If a file cannot be read or inlined.
pub fn build(folder: &Path) -> Result<String, OneFileError> {
    let read = |name: &str| read(&folder.join(name)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let index = read("index.html")?;
    let start = start_tag(&index).ok_or(OneFileError::Missing("data-wasm"))?;
    let program = attribute(start, "data-script").ok_or(OneFileError::Missing("data-script"))?;
    let wasm = attribute(start, "data-wasm").unwrap_or_default();

    // Inline scripts cannot be deferred, so deferred scripts move to the end of the page.
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

/// All files that the page can fetch. They are sorted by name, so that the output is reproducible.
/// `prefix` is the path of a subfolder.
fn packed_files(folder: &Path, prefix: &str) -> Result<String, OneFileError> {
    let path = folder.join(prefix);
    let problem = |problem| OneFileError::File { path: path.clone(), problem };
    let mut entries = std::fs::read_dir(&path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(problem)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let mut out = String::new();
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = FETCHED.iter().find(|(extension, _)| name.rsplit_once('.').is_some_and(|(_, end)| end == *extension));
        if entry.path().is_dir() {
            out += &packed_files(folder, &format!("{name}/"))?;
        } else if let Some((_, kind)) = kind.filter(|_| name != "index.html" && name != NAME && !name.starts_with(ENGINE)) {
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

/// A `style` or `script` element with `text`, which is the content of the file `name`.
fn inline(element: &str, attributes: &str, name: &str, text: &str) -> Result<String, OneFileError> {
    let forbidden: &[&str] = if element == "style" { &["</style", "url(", "@import"] } else { &["</script", "<!--"] };
    let lower = text.to_ascii_lowercase();
    match forbidden.iter().find(|part| lower.contains(**part)) {
        Some(part) => Err(OneFileError::CannotInline { name: name.to_owned(), part }),
        None => Ok(format!("<{element}{attributes}>\n{text}</{element}>\n")),
    }
}

/// Replaces each part of `page` from `begin` to `end`, inclusive.
fn replace_tags(
    page: &str,
    begin: &str,
    end: &str,
    mut replacement: impl FnMut(&str) -> Result<String, OneFileError>,
) -> Result<String, OneFileError> {
    let mut out = String::new();
    let mut rest = page;
    while let Some(start) = rest.find(begin) {
        let length = rest[start..].find(end).map_or(rest.len() - start, |length| length + end.len());
        out += &rest[..start];
        out += &replacement(&rest[start..start + length])?;
        rest = &rest[start + length..];
    }
    Ok(out + rest)
}

/// The `script` element that starts the program.
fn start_tag(page: &str) -> Option<&str> {
    const END: &str = "</script>";
    let at = page.find(" data-wasm=\"")?;
    let begin = page[..at].rfind("<script ")?;
    Some(&page[begin..at + page[at..].find(END)? + END.len()])
}

/// The value of an attribute, which must be in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    Some(value.split_once('"')?.0)
}

fn insert_before(page: &str, marker: &'static str, text: &str) -> Result<String, OneFileError> {
    let (before, after) = page.split_once(marker).ok_or(OneFileError::Missing(marker))?;
    Ok([before, text, marker, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<html><head><meta charset=\"utf-8\"><title>T</title><link rel=\"icon\" href=\"./i.svg\"/>\
        <link rel=\"stylesheet\" href=\"./a.css\"/><link rel=\"preload\" href=\"./p.wasm\"><script src=\"now.js\"></script>\
        <script defer src=\"./p.js\"></script><script defer src=\"later.js\"></script>\
        <script defer src=\"start.js\" data-script=\"./p.js\" data-wasm=\"./p.wasm\"></script>\
        </head><body>x</body></html>";

    /// Packs a small page with this style sheet.
    fn packed(test: &str, css: &str) -> Result<String, OneFileError> {
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
        std::fs::remove_dir_all(&folder).expect("to remove the folder");
        page
    }

    #[test]
    fn nothing_is_linked_and_deferred_scripts_are_at_the_end() {
        let page = packed("links", "p {}").expect("a page");
        assert!(!page.contains("href=\"./") && !page.contains(" src="), "{page}");
        let order = ["Content-Security-Policy", "<title>", "PHN2Zy8+", "p {}", "now()", "<body>x", "later()"];
        let packed = ["p.js", "worker.js", "data/d.json", "p.wasm"].map(|name| format!(" data-file=\"{name}\""));
        let order = order.map(str::to_owned).into_iter().chain(packed);
        let positions: Vec<_> = order.map(|part| page.find(&part)).collect();
        assert!(positions.is_sorted() && positions[0].is_some(), "{positions:?} in {page}");
    }

    #[test]
    fn a_style_sheet_that_loads_files_or_ends_early_is_rejected() {
        for (number, css) in ["p { background: url(x.png) }", "</style>", "@import 'x.css';"].into_iter().enumerate() {
            assert!(packed(&format!("rejected-{number}"), css).expect_err(css).to_string().starts_with("./a.css: "));
        }
    }
}
