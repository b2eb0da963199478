//! Files packed into text: LZMA, because it packs programs a fifth smaller than what browsers can unpack by themselves, then letters (`letters.rs`).
//!
//! All files are one stream, so that what two programs share is stored once. `inside/unpack.js` is the other half; the three numbers
//! of the method are fixed in both.

use crate::PageFile;
use crate::letters::letters;
use lzma_rust2::{EncodeMode, LzmaOptions, LzmaWriter, MfType};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The table of files and their bytes, as text that can stand in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// JSON: a list of names and lengths, in the order of the stream.
    pub table: String,
    /// The stream in letters.
    pub stream: String,
}

impl Packed {
    /// Packs files.
    #[must_use]
    pub fn of(files: &[PageFile]) -> Self {
        let mut files: Vec<&PageFile> = files.iter().collect();
        // Files of a kind beside each other: what they share is near.
        files.sort_by_key(|file| file.name.rsplit_once('.').map(|(_, kind)| kind));
        let table: Vec<Value> = files.iter().map(|file| json!([file.name, file.bytes.len()])).collect();
        let plain: Vec<u8> = files.iter().flat_map(|file| file.bytes.iter().copied()).collect();
        // It fails where writing fails, and a list of bytes takes everything.
        let stream = letters(&compress(&plain).unwrap_or_default());
        Self { table: Value::Array(table).to_string().replace('<', "\\u003c"), stream }
    }
}

/// The bare stream, without header and end.
fn compress(plain: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(plain.len()).unwrap_or(u32::MAX);
    let options = LzmaOptions {
        dict_size: length.next_power_of_two().max(1 << 16),
        lc: 3,
        lp: 0,
        pb: 0,
        mode: EncodeMode::Normal,
        nice_len: 273,
        mf: MfType::Bt4,
        depth_limit: 1000,
        preset_dict: None,
    };
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    writer.write_all(plain)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_the_files_in_the_order_of_the_stream_and_can_stand_in_a_page() {
        let file = |name: &str, text: &str| PageFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
        let packed = Packed::of(&[file("b.wasm", "12345"), file("</script>.js", "1"), file("a.html", "123")]);
        assert_eq!(packed.table, r#"[["a.html",3],["\u003c/script>.js",1],["b.wasm",5]]"#);
        assert!(packed.stream.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<'));
    }
}
