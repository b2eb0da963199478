//! A place to which a reader brings a file: chosen, or dropped here. It is read as text, and no further than it may be long.

use super::save::size;
use crate::background::under_way::breathe;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, File, FileList, HtmlInputElement};
use yew::prelude::*;

/// A file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Brought {
    /// It is being read; its name.
    Reading(String),
    /// Its name, and what is in it.
    Text(String, String),
    /// Why it cannot be read, in a sentence that begins with its name.
    Problem(String),
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
    /// Is told of every step.
    pub(super) on_file: Callback<Brought>,
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
            on_file.emit(Brought::Reading(file.name()));
            let on_file = on_file.clone();
            spawn_local(async move { on_file.emit(read(&file, most_bytes).await) });
        }
    }
}

async fn read(file: &File, most_bytes: usize) -> Brought {
    breathe().await;
    let name = file.name();
    // A length is a whole number far below 2^53; what is above any limit is as good as the largest.
    let too_long = f64::from(u32::try_from(most_bytes).unwrap_or(u32::MAX)) < file.size();
    if too_long {
        return Brought::Problem(format!("{name}: it is too long; allowed: at most {}.", size(most_bytes)));
    }
    match JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()) {
        Some(text) => Brought::Text(name, text),
        None => Brought::Problem(format!("{name}: cannot be read here.")),
    }
}
