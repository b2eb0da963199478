//! Saves a file by clicking a link to a Blob. This works under a strict Content-Security-Policy,
//! and nothing is uploaded.

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// The URL of the Blob is revoked after this time, when the download has certainly started.
const REVOKE_AFTER_MS: u32 = 60_000;

/// Saves text in parts as a file of this name; returns whether it succeeded.
pub(super) fn save(name: &str, media_type: &str, parts: &Array) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_str_sequence_and_options(parts, &options).is_ok_and(|blob| save_blob(name, &blob).is_some())
}

/// Saves a Blob as a file of this name; `None` if that fails.
pub(super) fn save_blob(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let link = web_sys::window()?.document()?.create_element("a").ok()?.dyn_into::<HtmlElement>().ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    Timeout::new(REVOKE_AFTER_MS, move || {
        // If it fails, the Blob only stays in memory.
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}

/// "1.2 MB", "88 kB": a size in decimal units, as in file managers.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_have_a_suitable_unit() {
        assert_eq!([999, 1_499, 88_500, 1_249_000, 10_276_504].map(size), ["999 bytes", "1 kB", "89 kB", "1.2 MB", "10.3 MB"]);
    }
}
