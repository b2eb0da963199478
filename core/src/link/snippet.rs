//! What a teacher pastes: a link, an iframe, or the element that `web/lockstep-playground.js`
//! defines.

use super::frame::Frame;
use super::names::PAGE_NAMES;
use super::state::Link;
use super::write::{page_pairs, readable};
use crate::scenario::presets::Preset;
use crate::text::escape_markup;

/// The file that defines the element, beside the page.
const SCRIPT: &str = "lockstep-playground.js";

/// A state of the page, framed, at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Where the page is: its address without a query, ending in `/`.
    pub address: String,
    /// The state and the frame as a query string, without `?`.
    pub query: String,
    /// What the iframe is called for those who do not see it.
    pub title: String,
    /// How high the iframe is until its page has told its own height, in CSS pixels.
    pub height: u32,
}

impl Snippet {
    /// The state `query` of the page at `address` in another frame: what the query itself says of a
    /// frame is left out.
    #[must_use]
    pub fn new(address: &str, query: &str, frame: &Frame, title: &str) -> Self {
        let state = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| !is_of_the_frame(name));
        let mut framed = form_urlencoded::Serializer::new(String::new());
        framed.extend_pairs(state).extend_pairs(page_pairs(&Link { frame: frame.clone(), ..Link::default() }));
        let query = readable(&framed.finish());
        Self { address: folder(address.trim()).to_owned(), query, title: title.to_owned(), height: 640 }
    }

    /// The address alone.
    #[must_use]
    pub fn link(&self) -> String {
        let Self { address, query, .. } = self;
        if query.is_empty() { address.clone() } else { [address, "?", query].concat() }
    }

    /// An iframe, for pages that take one.
    #[must_use]
    pub fn iframe(&self) -> String {
        let Self { title, height, .. } = self;
        let (source, title) = (escape_markup(&self.link()), escape_markup(title));
        format!(
            "<iframe src=\"{source}\"\n  title=\"{title}\"\n  width=\"100%\" height=\"{height}\" loading=\"lazy\"></iframe>\n"
        )
    }

    /// The element and its script, for pages that may have scripts: it takes the height that its
    /// page needs.
    #[must_use]
    pub fn element(&self) -> String {
        let Self { address, query, title, .. } = self;
        let (script, query, title) = (escape_markup(&[address, SCRIPT].concat()), escape_markup(query), escape_markup(title));
        format!(
            "<script src=\"{script}\"></script>\n<lockstep-playground query=\"{query}\"\n  title=\"{title}\"></lockstep-playground>\n"
        )
    }
}

fn is_of_the_frame(name: &str) -> bool {
    PAGE_NAMES.iter().any(|known| known.name == name && known.is_of_the_frame)
}

/// The folder of an address: without its query, its hash, and the name of a file.
#[must_use]
pub fn folder(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rfind('/').map_or(path, |last| &path[..=last])
}

/// What a preset or any other run is called in a title.
#[must_use]
pub fn title(preset: Option<&Preset>) -> String {
    let what = preset.map_or("a run of the playground", |preset| preset.words);
    ["Lockstep: ", what].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{Locks, Part, Theme};
    use enumset::EnumSet;
    use proptest::prelude::*;

    const ADDRESS: &str = "https://a.school/lockstep/index.html?tasks=3#lesson";

    fn framed(query: &str) -> Snippet {
        let frame = Frame { embed: true, hide: Part::Question | Part::Controls, theme: Theme::Dark, ..Frame::default() };
        Snippet::new(ADDRESS, query, &frame, "Two \"rows\" & <more>")
    }

    /// The value of an attribute as a browser reads it.
    fn attribute(html: &str, name: &str) -> String {
        let value = html.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"')).expect("an attribute").0;
        value.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn the_state_is_kept_and_the_frame_is_the_chosen_one() {
        let snippet = framed("tasks=20&embed=0&theme=light&t=1.5&lock=sleep");
        assert_eq!(snippet.link(), "https://a.school/lockstep/?tasks=20&t=1.5&embed=1&hide=question,controls&theme=dark");
        let bare = Snippet::new("https://a.school/", "", &Frame::default(), "");
        assert_eq!(bare.link(), "https://a.school/");
    }

    #[test]
    fn the_element_finds_its_script_beside_the_page() {
        assert_eq!(attribute(&framed("").element(), "src"), "https://a.school/lockstep/lockstep-playground.js");
    }

    proptest! {
        #[test]
        fn whatever_the_state_and_the_title_a_browser_reads_them_back(
            values in prop::collection::vec(("[a-z.]{1,9}", ".*"), 0..5), title in ".*", fields in 0_u64..1 << 14,
        ) {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&values);
            let frame = Frame { lock: Locks { fields: EnumSet::from_u64_truncated(fields), ..Locks::default() }, ..Frame::default() };
            let snippet = Snippet::new(ADDRESS, &query.finish(), &frame, &title);
            let pairs = form_urlencoded::parse(snippet.query.as_bytes()).into_owned().collect::<Vec<_>>();
            let state: Vec<_> = values.into_iter().filter(|(name, _)| !is_of_the_frame(name)).collect();
            prop_assert!(pairs.starts_with(&state));
            for html in [snippet.iframe(), snippet.element()] {
                prop_assert_eq!(attribute(&html, "title"), title.clone());
            }
            prop_assert_eq!(attribute(&snippet.iframe(), "src"), snippet.link());
            prop_assert_eq!(attribute(&snippet.element(), "query"), snippet.query);
        }
    }
}
