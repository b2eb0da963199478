//! Joins the page's style sheets, one file per component, into one file, so that a browser sends
//! one request for all of them.

use crate::{LessonError, read};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

const LINK: &str = "<link rel=\"stylesheet\" href=\"";
const LINK_END: &str = "\"/>";

/// Joins the style sheets that `index.html` in `folder` links to, in the order of the links, and
/// replaces the links by one to the result. A page without such links is unchanged.
///
/// # Errors
/// If a file cannot be read, written or removed.
pub fn join(folder: &Path) -> Result<(), LessonError> {
    let file = |name: &str| folder.join(name.rsplit('/').next().unwrap_or(name));
    let index = read(&folder.join("index.html"))?;
    let mut pieces = index.split(LINK);
    let head = pieces.next().unwrap_or_default();
    let links: Vec<_> = pieces.filter_map(|piece| piece.split_once(LINK_END)).collect();
    let Some((first, _)) = links.first() else { return Ok(()) };
    let css = links.iter().map(|(name, _)| read(&file(name))).collect::<Result<String, _>>()?;

    // The name changes with the content, so that a browser may cache the file.
    let mut hash = DefaultHasher::new();
    css.hash(&mut hash);
    let base = first.rsplit_once('/').map_or(String::new(), |(base, _)| format!("{base}/"));
    let name = format!("{base}styles-{:016x}.css", hash.finish());
    let rest: String = links.iter().map(|(_, rest)| rest.trim_start()).collect();
    let page = format!("{head}{LINK}{name}{LINK_END}\n    {rest}");

    let failed = |problem| LessonError::File { path: folder.to_owned(), problem };
    links.iter().try_for_each(|(name, _)| std::fs::remove_file(file(name))).map_err(failed)?;
    std::fs::write(file(&name), css).map_err(failed)?;
    std::fs::write(folder.join("index.html"), page).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_link_replaces_all_links_and_the_rules_keep_their_order() {
        let folder = std::env::temp_dir().join(format!("lockstep-styles-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let index = "<head>\n    <link rel=\"stylesheet\" href=\"./b-1.css\"/>\n    <link rel=\"stylesheet\" href=\"./a-2.css\"/>\n    <script></script></head>";
        for (name, text) in [("index.html", index), ("b-1.css", "b {}\n"), ("a-2.css", "a {}\n")] {
            std::fs::write(folder.join(name), text).expect("a file");
        }
        join(&folder).expect("style sheets");
        let page = read(&folder.join("index.html")).expect("the page");
        let name = page.split('"').nth(3).and_then(|name| name.strip_prefix("./")).expect("a link").to_owned();
        let css = read(&folder.join(&name)).expect("the style sheet");
        let left = std::fs::read_dir(&folder).expect("the folder").count();
        std::fs::remove_dir_all(&folder).expect("no folder");
        assert_eq!(page, format!("<head>\n    <link rel=\"stylesheet\" href=\"./{name}\"/>\n    <script></script></head>"));
        assert_eq!((css.as_str(), left), ("b {}\na {}\n", 2));
    }
}
