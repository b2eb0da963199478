//! Writes `lockstep.html` into the folder of a built page: `one-file FOLDER [CEILING]`. Above the ceiling, in bytes, it fails.

use lockstep_one_file::{NAME, OneFileError, build};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: one-file FOLDER [CEILING IN BYTES]";

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<(), String> {
    let (folder, ceiling) = match words {
        [folder] => (PathBuf::from(folder), None),
        [folder, ceiling] => (PathBuf::from(folder), Some(ceiling.parse::<usize>().map_err(|_| USAGE.to_owned())?)),
        _ => return Err(USAGE.to_owned()),
    };
    let size = write(&folder).map_err(|problem| problem.to_string())?;
    let most = ceiling.map_or(String::new(), |most| format!(" of at most {most}"));
    println!("    {}: {size} bytes{most}", folder.join(NAME).display());
    if ceiling.is_some_and(|most| size > most) { Err(format!("{NAME} is too large")) } else { Ok(()) }
}

fn write(folder: &Path) -> Result<usize, OneFileError> {
    let (page, path) = (build(folder)?, folder.join(NAME));
    std::fs::write(&path, &page).map_err(|problem| OneFileError::File { path, problem })?;
    Ok(page.len())
}
