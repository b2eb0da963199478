//! A place to which a reader brings a file: chosen, or dropped here. A file that is too long is refused unread.

use super::save::size;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use yew::prelude::*;

/// A file that the user has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// It is short enough.
    File(File),
    /// Why it is refused, in a sentence that begins with its name.
    Refused(String),
}

/// What the place says, and to whom it gives files.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What is to be chosen, a label.
    pub(super) label: &'static str,
    /// What the browser offers: endings and media types.
    pub(super) accept: &'static str,
    /// Longer files are refused unread.
    pub(super) most_bytes: usize,
    /// Its name in tests.
    pub(super) testid: &'static str,
    /// Called with each file.
    pub(super) on_file: Callback<Chosen>,
    /// What stands below.
    #[prop_or_default]
    pub(super) children: Html,
}

/// See the module.
#[component]
pub(super) fn FileDrop(props: &Props) -> Html {
    let Props { label, accept, testid, .. } = *props;
    let onchange = {
        let take = taker(props);
        Callback::from(move |event: Event| take(event.target_unchecked_into::<HtmlInputElement>().files()))
    };
    let ondrop = {
        let take = taker(props);
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            take(event.data_transfer().and_then(|data| data.files()));
        })
    };
    // Without it the browser would go to the file.
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    html! {
        <div class="take-drop" data-testid={testid} {ondrop} {ondragover}>
            <label>{ label }{ " " }<input type="file" {accept} {onchange} /></label>
            <span>{ " or drop one here." }</span>
            { props.children.clone() }
        </div>
    }
}

fn taker(props: &Props) -> impl Fn(Option<FileList>) + 'static {
    let (most_bytes, on_file) = (props.most_bytes, props.on_file.clone());
    move |files| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            on_file.emit(checked(file, most_bytes));
        }
    }
}

fn checked(file: File, most_bytes: usize) -> Chosen {
    // A length is a whole number far below 2^53; what is above any limit is as good as the largest.
    if f64::from(u32::try_from(most_bytes).unwrap_or(u32::MAX)) < file.size() {
        return Chosen::Refused(format!("{}: it is too long; allowed: at most {}.", file.name(), size(most_bytes)));
    }
    Chosen::File(file)
}

/// The text of a file.
///
/// # Errors
/// If the browser cannot read it, in a sentence that begins with its name.
pub(super) async fn text_of(file: &File) -> Result<String, String> {
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    text.ok_or_else(|| format!("{}: cannot be read here.", file.name()))
}
