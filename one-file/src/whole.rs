//! The page's program and the workshop's, as one. Most of either is code that they share, and two programs would have it twice: they
//! differ too much for the packer to see that it is the same. Each is started from a script of its own, so they still meet as little as
//! they do on a server.

use crate::page::attribute;
use crate::{OneFileError, PageFile, read};
use std::path::Path;

/// What wasm-bindgen makes of `src/bin/whole.rs`: the script and the program that it loads.
const SCRIPT: &str = "whole.js";
const PROGRAM: &str = "whole_bg.wasm";

const WORKSHOP: [&str; 2] = ["workshop/workshop.js", "workshop/workshop_bg.wasm"];
/// Beside the workshop's script: its workers are given the modules of that folder. To start from a module of its own is to be a
/// program of its own.
const WORKSHOP_SCRIPT: &str = "workshop/whole.js";

/// Puts the program in `folder` in the place of both that the page `index` has on a server; gives the page that names it.
///
/// # Errors
/// If it cannot be read, or the page does not say what its program is called.
pub(crate) fn in_place_of_both(index: &str, files: &mut Vec<PageFile>, folder: &Path) -> Result<String, OneFileError> {
    let page = [page_part(index, "data-module")?, page_part(index, "data-wasm")?];
    files.retain(|file| ![page, WORKSHOP].as_flattened().contains(&file.name.as_str()));
    let script = read(&folder.join(SCRIPT))?;
    let starts = |name: &str, text: &str| PageFile { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    files.extend([
        starts(page[0], include_str!("inside/start_page.js")),
        starts(WORKSHOP[0], include_str!("inside/start_workshop.js")),
        PageFile { name: WORKSHOP_SCRIPT.to_owned(), bytes: script.clone() },
        PageFile { name: SCRIPT.to_owned(), bytes: script },
        PageFile { name: PROGRAM.to_owned(), bytes: read(&folder.join(PROGRAM))? },
    ]);
    Ok(index.replace(page[1], PROGRAM))
}

/// The name of one of the two files of the page's program.
fn page_part<'a>(index: &'a str, name: &'static str) -> Result<&'a str, OneFileError> {
    Ok(attribute(index, name).ok_or(OneFileError::Missing(name))?.trim_start_matches("./"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<script type=\"module\" src=\"./start.js\" data-module=\"./p.js\" data-wasm=\"./p_bg.wasm\"></script>";

    /// The page, and the files' names.
    fn names(folder: &Path, index: &str) -> Result<(String, Vec<String>), OneFileError> {
        let mut files = ["p.js", "p_bg.wasm", "start.js", WORKSHOP[0], WORKSHOP[1], "workshop/sweep_worker.js"]
            .map(|name| PageFile { name: name.to_owned(), bytes: Vec::new() })
            .into();
        let index = in_place_of_both(index, &mut files, folder)?;
        Ok((index, files.into_iter().map(|file| file.name).collect()))
    }

    #[test]
    fn one_program_stands_for_both_and_each_still_has_its_script() {
        let folder = std::env::temp_dir().join(format!("lockstep-whole-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for name in [SCRIPT, PROGRAM] {
            std::fs::write(folder.join(name), name).expect("a file");
        }
        let (index, names) = names(&folder, INDEX).expect("names");
        std::fs::remove_dir_all(&folder).expect("no folder");
        let expected = [
            "start.js",
            "workshop/sweep_worker.js",
            "p.js",
            "workshop/workshop.js",
            "workshop/whole.js",
            "whole.js",
            "whole_bg.wasm",
        ];
        assert_eq!(names, expected);
        assert!(index.contains("data-module=\"./p.js\" data-wasm=\"./whole_bg.wasm\""), "{index}");
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = |index| names(Path::new("nowhere"), index).expect_err("an error").to_string();
        assert_eq!(missing(""), "index.html: there is no data-module");
        assert!(missing(INDEX).starts_with("nowhere/whole.js: "), "{}", missing(INDEX));
    }
}
