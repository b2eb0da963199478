//! Hands a file to the reader: its parts become a Blob, a link to which is clicked. No policy has to allow it, and nothing is sent.

use gloo_timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// A download has begun long before.
const KEPT_MS: u32 = 60_000;

/// Saves text in parts as a file of this name; false if the browser has no Blob.
pub(super) fn save(name: &str, media_type: &str, parts: &Array) -> bool {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_str_sequence_and_options(parts, &options).is_ok_and(|blob| save_blob(name, &blob).is_some())
}

/// Saves a Blob as a file of this name.
pub(super) fn save_blob(name: &str, blob: &Blob) -> Option<()> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let link = web_sys::window()?.document()?.create_element("a").ok()?.dyn_into::<HtmlElement>().ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    Timeout::new(KEPT_MS, move || {
        // An address that is gone already is no loss.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Some(())
}

/// "about 1.2 MB", "88 kB": as file managers count.
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
    fn sizes_are_told_in_the_unit_that_fits() {
        assert_eq!([999, 1_499, 88_500, 1_249_000, 10_276_504].map(size), ["999 bytes", "1 kB", "89 kB", "1.2 MB", "10.3 MB"]);
    }
}
