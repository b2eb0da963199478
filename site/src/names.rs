//! Names by which a program and its script know each other, with less to load. wasm-bindgen ends each with a hash of sixteen digits,
//! in both files, which no compression makes smaller; a count tells those of one build apart just as well. Names keep their
//! length, so that nothing else in a program moves.

use std::collections::HashMap;

const BEGIN: &str = "__wb";
const DIGITS: usize = 16;

/// The names in a script of wasm-bindgen's, each with what takes its place; the same for the same script.
#[must_use]
pub fn shorter(js: &str) -> HashMap<String, String> {
    let mut counts = HashMap::<&str, u32>::new();
    let mut names = HashMap::new();
    for name in js.split(|letter: char| !is_of_name(letter)).filter(|name| is_hashed(name)) {
        let (stem, _) = name.split_at(name.len() - DIGITS);
        names.entry(name.to_owned()).or_insert_with(|| {
            let count = counts.entry(stem).or_default();
            *count += 1;
            format!("{stem}{count:016x}")
        });
    }
    names
}

/// A script or a program with the names replaced.
#[must_use]
pub fn replaced(content: &[u8], names: &HashMap<String, String>) -> Vec<u8> {
    let mut out = content.to_vec();
    let mut at = 0;
    while at < content.len() {
        let here = &content[at..];
        let found = here.starts_with(BEGIN.as_bytes()).then(|| names.iter().find(|(name, _)| here.starts_with(name.as_bytes())));
        match found.flatten() {
            Some((name, other)) => {
                out[at..at + name.len()].copy_from_slice(other.as_bytes());
                at += name.len();
            }
            None => at += 1,
        }
    }
    out
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn is_hashed(name: &str) -> bool {
    let is_digit = |letter: u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(&letter);
    name.starts_with(BEGIN) && name.len() > DIGITS && name.bytes().rev().take(DIGITS).all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "__wbg_new_0123456789abcdef: () => 1,\n__wbg_new_fedcba9876543210: () => 2, __wbindgen_cast_0000000000000002: 3, \
                          __wbg_plain: 5, deadbeefdeadbeefdead: 6";

    fn text(content: &[u8]) -> String {
        String::from_utf8_lossy(&replaced(content, &shorter(SCRIPT))).into_owned()
    }

    #[test]
    fn names_of_one_stem_stay_apart_and_only_names_with_a_hash_change() {
        assert_eq!(
            text(SCRIPT.as_bytes()),
            "__wbg_new_0000000000000001: () => 1,\n__wbg_new_0000000000000002: () => 2, __wbindgen_cast_0000000000000001: 3, \
             __wbg_plain: 5, deadbeefdeadbeefdead: 6"
        );
    }

    #[test]
    fn a_program_gets_the_names_of_its_script_whatever_stands_before_them_and_keeps_its_length() {
        let program = b"\0asm\x03wbgA__wbg_new_fedcba9876543210\0\x01";
        assert_eq!(text(program), "\0asm\x03wbgA__wbg_new_0000000000000002\0\x01");
    }
}
