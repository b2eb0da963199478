//! The page in one file with a state of the page in it. The file is made by the package `one-file`; its root element has the link
//! that it opens with.

use crate::text::escape_markup;

const ROOT: &str = "<html";
const OPENS: &str = " data-opens=\"";

/// The file so that it opens with `query`; none if it is no page.
#[must_use]
pub fn with_link(file: &str, query: &str) -> Option<String> {
    let (before, after) = file.split_once(ROOT)?;
    let (root, rest) = after.split_once('>')?;
    // An earlier link gives way: it ends with its quote, and has no other in it.
    let (kept, more) =
        root.split_once(OPENS).map_or((root, ""), |(kept, old)| (kept, old.split_once('"').map_or("", |(_, more)| more)));
    let query = escape_markup(query);
    Some([before, ROOT, kept, more, OPENS, &query, "\">", rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_takes_the_place_of_the_one_before() {
        let file = "<!doctype html>\n<html lang=\"en\"><head></head></html>";
        let first = with_link(file, "tasks=3&t=\"1\">").expect("a page");
        assert_eq!(first, file.replace("\"en\"", "\"en\" data-opens=\"tasks=3&amp;t=&quot;1&quot;&gt;\""));
        assert_eq!(with_link(&first, ""), Some(file.replace("\"en\"", "\"en\" data-opens=\"\"")));
        // What a browser makes of a file that it has opened.
        let opened = first.replace("\"><head>", "\" data-theme=\"dark\"><head>");
        assert_eq!(with_link(&opened, "v=1"), Some(file.replace("\"en\"", "\"en\" data-theme=\"dark\" data-opens=\"v=1\"")));
        assert_eq!(with_link("not found", "tasks=3"), None);
    }
}
