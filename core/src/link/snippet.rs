//! Snippets for teachers to paste: a link, an iframe, or the custom element from
//! `web/lockstep-playground.js`.

use super::frame::Frame;
use super::names::PAGE_NAMES;
use super::state::Link;
use super::write::{page_pairs, readable};
use crate::scenario::presets::Preset;
use crate::text::escape_markup;

/// The script that defines the custom element. It is next to the page.
const SCRIPT: &str = "lockstep-playground.js";

/// A state of the page with the settings of its frame, at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The address of the page without a query, ending in `/`.
    pub address: String,
    /// The state and the frame settings as a query string, without `?`.
    pub query: String,
    /// The title of the iframe, for screen readers.
    pub title: String,
    /// The height of the plain iframe, in CSS pixels.
    pub height: u32,
}

impl Snippet {
    /// The state in `query` of the page at `address`. `frame` replaces the frame settings in
    /// `query`.
    #[must_use]
    pub fn new(address: &str, query: &str, frame: &Frame, title: &str) -> Self {
        let state = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| !is_frame_setting(name));
        let mut framed = form_urlencoded::Serializer::new(String::new());
        framed.extend_pairs(state).extend_pairs(page_pairs(&Link { frame: frame.clone(), ..Link::default() }));
        let query = readable(&framed.finish());
        Self { address: folder(address.trim()).to_owned(), query, title: title.to_owned(), height: 640 }
    }

    /// A link to the page.
    #[must_use]
    pub fn link(&self) -> String {
        let Self { address, query, .. } = self;
        if query.is_empty() { address.clone() } else { [address, "?", query].concat() }
    }

    /// An iframe, for pages that accept iframes but no scripts.
    #[must_use]
    pub fn iframe(&self) -> String {
        let Self { title, height, .. } = self;
        let (source, title) = (escape_markup(&self.link()), escape_markup(title));
        format!(
            "<iframe src=\"{source}\"\n  title=\"{title}\"\n  width=\"100%\" height=\"{height}\" loading=\"lazy\"></iframe>\n"
        )
    }

    /// The custom element and its script, for pages that accept scripts. It adjusts its height to
    /// its content.
    #[must_use]
    pub fn element(&self) -> String {
        let Self { address, query, title, .. } = self;
        let (script, query, title) = (escape_markup(&[address, SCRIPT].concat()), escape_markup(query), escape_markup(title));
        format!(
            "<script src=\"{script}\"></script>\n<lockstep-playground query=\"{query}\"\n  title=\"{title}\"></lockstep-playground>\n"
        )
    }
}

fn is_frame_setting(name: &str) -> bool {
    PAGE_NAMES.iter().any(|known| known.name == name && known.is_frame_setting)
}

/// The folder of an address: without its query, its hash, and the name of a file.
#[must_use]
pub fn folder(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rfind('/').map_or(path, |last| &path[..=last])
}

/// The title of a preset, or of any other run.
#[must_use]
pub fn title(preset: Option<&Preset>) -> String {
    let name = preset.map_or("a run of the playground", |preset| preset.title);
    ["Lockstep: ", name].concat()
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

    /// The unescaped value of an attribute.
    fn attribute(html: &str, name: &str) -> String {
        let value = html.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"')).expect("an attribute").0;
        value.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn the_state_is_kept_and_the_frame_is_replaced() {
        let snippet = framed("tasks=20&embed=0&theme=light&t=1.5&lock=sleep");
        assert_eq!(snippet.link(), "https://a.school/lockstep/?tasks=20&t=1.5&embed=1&hide=question,controls&theme=dark");
        let bare = Snippet::new("https://a.school/", "", &Frame::default(), "");
        assert_eq!(bare.link(), "https://a.school/");
    }

    #[test]
    fn the_script_of_the_element_is_next_to_the_page() {
        assert_eq!(attribute(&framed("").element(), "src"), "https://a.school/lockstep/lockstep-playground.js");
    }

    proptest! {
        #[test]
        fn any_state_and_title_round_trip_through_html(
            values in prop::collection::vec(("[a-z.]{1,9}", ".*"), 0..5), title in ".*", fields in 0_u64..1 << 14,
        ) {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&values);
            let frame = Frame { lock: Locks { fields: EnumSet::from_u64_truncated(fields), ..Locks::default() }, ..Frame::default() };
            let snippet = Snippet::new(ADDRESS, &query.finish(), &frame, &title);
            let pairs = form_urlencoded::parse(snippet.query.as_bytes()).into_owned().collect::<Vec<_>>();
            let state: Vec<_> = values.into_iter().filter(|(name, _)| !is_frame_setting(name)).collect();
            prop_assert!(pairs.starts_with(&state));
            for html in [snippet.iframe(), snippet.element()] {
                prop_assert_eq!(attribute(&html, "title"), title.clone());
            }
            prop_assert_eq!(attribute(&snippet.iframe(), "src"), snippet.link());
            prop_assert_eq!(attribute(&snippet.element(), "query"), snippet.query);
        }
    }
}
