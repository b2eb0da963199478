//! Packs a built page into `lockstep.html` in the same folder: `one-file FOLDER [CEILING IN
//! BYTES]`. It fails above the ceiling.

use lockstep_one_file::{NAME, OneFileError, build};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, ceiling) = match arguments.as_slice() {
        [folder] => (folder, Ok(usize::MAX)),
        [folder, ceiling] => (folder, ceiling.parse::<usize>()),
        _ => return fail("usage: one-file FOLDER [CEILING IN BYTES]"),
    };
    let Ok(ceiling) = ceiling else { return fail("The ceiling must be a number of bytes.") };
    match write(Path::new(folder)) {
        Ok(size) if size > ceiling => fail(&format!("{NAME} has {size} bytes, more than {ceiling}.")),
        Ok(size) => {
            println!("    {folder}/{NAME}: {size} bytes");
            ExitCode::SUCCESS
        }
        Err(problem) => fail(&problem.to_string()),
    }
}

fn write(folder: &Path) -> Result<usize, OneFileError> {
    let (page, path) = (build(folder)?, folder.join(NAME));
    std::fs::write(&path, &page).map_err(|problem| OneFileError::File { path, problem })?;
    Ok(page.len())
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}
