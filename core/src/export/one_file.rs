//! The page as one file that opens with a link. The package `one-file` builds the file, and this
//! module writes the link into its root element.

use crate::text::escape_markup;

const ROOT: &str = "<html";
const LINK_ATTRIBUTE: &str = " data-opens=\"";

/// The file with `query` as its link; `None` if `file` is not an HTML page.
#[must_use]
pub fn with_link(file: &str, query: &str) -> Option<String> {
    let (before, after) = file.split_once(ROOT)?;
    let (root, rest) = after.split_once('>')?;
    // Removes an earlier link, which ends at its closing quote and contains no other quote.
    let (kept, more) = root
        .split_once(LINK_ATTRIBUTE)
        .map_or((root, ""), |(kept, old)| (kept, old.split_once('"').map_or("", |(_, more)| more)));
    let query = escape_markup(query);
    Some([before, ROOT, kept, more, LINK_ATTRIBUTE, &query, "\">", rest].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_replaces_an_earlier_one() {
        let file = "<!doctype html>\n<html lang=\"en\"><head></head></html>";
        let first = with_link(file, "tasks=3&t=\"1\">").expect("a page");
        assert_eq!(first, file.replace("\"en\"", "\"en\" data-opens=\"tasks=3&amp;t=&quot;1&quot;&gt;\""));
        assert_eq!(with_link(&first, ""), Some(file.replace("\"en\"", "\"en\" data-opens=\"\"")));
        // The page sets this attribute when it is open.
        let opened = first.replace("\"><head>", "\" data-theme=\"dark\"><head>");
        assert_eq!(with_link(&opened, "v=1"), Some(file.replace("\"en\"", "\"en\" data-theme=\"dark\" data-opens=\"v=1\"")));
        assert_eq!(with_link("not found", "tasks=3"), None);
    }
}
