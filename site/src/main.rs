//! Joins the style sheets in the folder of a build and writes the pages of the lesson into it:
//! `render-site FOLDER`, or the folder in `TRUNK_STAGING_DIR`.

use lockstep_site::{Figures, LessonError, Section, page, read, styles, truth};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder = std::env::args_os().nth(1).or_else(|| std::env::var_os("TRUNK_STAGING_DIR"));
    let Some(folder) = folder.map(PathBuf::from) else {
        eprintln!("usage: render-site FOLDER (with the index.html of a build in it)");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> Result<(), LessonError> {
    let lesson = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lesson");
    styles::join(folder)?;
    let head = page::head_of(&read(&folder.join("index.html"))?);
    let figures = Figures::parse(&read(&lesson.join("figures.txt"))?);
    let sections = Section::read_all(&lesson)?;
    let truth_sections = Section::read_all(&lesson.join("truth"))?;
    let pages = [
        ("index.html", page::lesson(&sections, &figures, &head)?),
        ("teachers.html", page::teachers(&Section::for_teachers(&lesson)?, &figures, &head)?),
        ("facts.html", page::facts(&read(&lesson.join("../docs/facts.md"))?, &head)),
        ("truth.html", truth::truth(&truth_sections, &truth::Sources::read(&lesson.join(".."))?, &head)?),
    ];
    let out = folder.join("lesson");
    let file = |path: &Path| {
        let path = path.to_owned();
        move |problem| LessonError::File { path, problem }
    };
    std::fs::create_dir_all(&out).map_err(file(&out))?;
    for (name, html) in pages {
        let path = out.join(name);
        std::fs::write(&path, html).map_err(file(&path))?;
    }
    Ok(())
}
