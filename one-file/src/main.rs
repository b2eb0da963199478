//! Writes `lockstep.html` into the folder of a built page: `one-file FOLDER PROGRAM [CEILING]`. PROGRAM is the folder of the program
//! that is page and workshop in one. Above the ceiling, in bytes, it fails.

use lockstep_one_file::{NAME, OneFileError, build};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: one-file FOLDER PROGRAM [CEILING IN BYTES]";

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
    let (folder, program, ceiling) = match words {
        [folder, program] => (PathBuf::from(folder), PathBuf::from(program), None),
        [folder, program, ceiling] => {
            let ceiling = ceiling.parse::<usize>().map_err(|_| USAGE.to_owned())?;
            (PathBuf::from(folder), PathBuf::from(program), Some(ceiling))
        }
        _ => return Err(USAGE.to_owned()),
    };
    let size = write(&folder, &program).map_err(|problem| problem.to_string())?;
    let most = ceiling.map_or(String::new(), |most| format!(" of at most {most}"));
    println!("    {}: {size} bytes{most}", folder.join(NAME).display());
    if ceiling.is_some_and(|most| size > most) { Err(format!("{NAME} is too large")) } else { Ok(()) }
}

fn write(folder: &Path, program: &Path) -> Result<usize, OneFileError> {
    let (page, path) = (build(folder, program)?, folder.join(NAME));
    std::fs::write(&path, &page).map_err(|problem| OneFileError::File { path, problem })?;
    Ok(page.len())
}
