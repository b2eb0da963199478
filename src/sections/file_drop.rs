//! A drop zone with a file input. A file that is too large is refused without reading it.

use super::save::size;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use yew::prelude::*;

/// A file that the user has selected or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen {
    /// The size is allowed.
    File(File),
    /// The file is refused for this reason, a sentence that begins with its name.
    Refused(String),
}

/// The properties of [`FileDrop`].
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// The label of the file input.
    pub(super) label: &'static str,
    /// File extensions and media types that the file dialog offers.
    pub(super) accept: &'static str,
    /// Larger files are refused without reading them, in bytes.
    pub(super) most_bytes: usize,
    /// Its `data-testid`.
    pub(super) testid: &'static str,
    /// Called with each file.
    pub(super) on_file: Callback<Chosen>,
    /// Content below the file input.
    #[prop_or_default]
    pub(super) children: Html,
}

/// See the module documentation.
#[component]
pub(super) fn FileDrop(props: &Props) -> Html {
    let Props { label, accept, testid, .. } = *props;
    let onchange = {
        let handle = file_handler(props);
        Callback::from(move |event: Event| handle(event.target_unchecked_into::<HtmlInputElement>().files()))
    };
    let ondrop = {
        let handle = file_handler(props);
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            handle(event.data_transfer().and_then(|data| data.files()));
        })
    };
    // Otherwise the browser would open the dropped file.
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    html! {
        <div class="take-drop" data-testid={testid} {ondrop} {ondragover}>
            <label>{ label }{ " " }<input type="file" {accept} {onchange} /></label>
            <span>{ " or drop a file here." }</span>
            { props.children.clone() }
        </div>
    }
}

fn file_handler(props: &Props) -> impl Fn(Option<FileList>) + 'static {
    let (most_bytes, on_file) = (props.most_bytes, props.on_file.clone());
    move |files| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            on_file.emit(check_size(file, most_bytes));
        }
    }
}

fn check_size(file: File, most_bytes: usize) -> Chosen {
    // File sizes are `f64`, and the limit may not fit into `u32` on 64-bit targets.
    if f64::from(u32::try_from(most_bytes).unwrap_or(u32::MAX)) < file.size() {
        return Chosen::Refused(format!("{}: it is too large; the limit is {}.", file.name(), size(most_bytes)));
    }
    Chosen::File(file)
}

/// The text of a file.
///
/// # Errors
/// If the browser cannot read it, in a sentence that begins with its name.
pub(super) async fn text_of(file: &File) -> Result<String, String> {
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    text.ok_or_else(|| format!("{}: the browser cannot read this file.", file.name()))
}
