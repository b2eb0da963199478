//! `--engine sqlite`: SQLite itself answers, and gives the same results as the model.

use crate::program::{assert_refused, command, json_lines_of, run_script_with};

/// Scenarios in which each strategy meets each journal mode and each kind of BEGIN.
fn spread() -> impl Iterator<Item = String> {
    const STRATEGIES: [&str; 4] = ["connection-per-task", "semaphore", "shared-connection", "single-transaction"];
    const JOURNALS: [&str; 6] = ["delete", "truncate", "persist", "memory", "off", "wal"];
    const SYNCHRONOUS: [&str; 4] = ["full", "normal", "off", "extra"];
    const BEGINS: [&str; 3] = ["deferred", "immediate", "exclusive"];
    const MACHINES: [&str; 2] = ["windows-laptop", "linux-vm"];
    let combinations = STRATEGIES
        .iter()
        .flat_map(|strategy| JOURNALS.iter().flat_map(move |journal| BEGINS.iter().map(move |begin| (strategy, journal, begin))));
    combinations.enumerate().map(|(index, (strategy, journal, begin))| {
        let read_first = usize::from(index % 2 == 0 && !["shared-connection", "single-transaction"].contains(strategy));
        let (machine, synchronous) = (MACHINES[index % 2], SYNCHRONOUS[index % 4]);
        format!(
            "tasks=30&timeout=0.5&limit=7&strategy={strategy}&journal={journal}&begin={begin}&read_first={read_first}\
             &machine={machine}&synchronous={synchronous}&retries={}&keep_going={}&sleep={}&seed={index}",
            index % 3,
            index % 2,
            if index % 5 == 0 { "0.05" } else { "0" },
        )
    })
}

#[test]
fn runs_of_72_scenarios_have_the_same_results_and_digests_on_sqlite() {
    let mut count = 0;
    for scenario in spread() {
        let on_sqlite = json_lines_of(&["simulate", &scenario, "--engine", "sqlite"]);
        assert_eq!(on_sqlite, json_lines_of(&["simulate", &scenario]), "{scenario}");
        count += 1;
    }
    assert_eq!(count, 72);
}

#[test]
fn a_script_has_the_same_answers_on_both_engines() {
    let script = "journal=wal\n1 BEGIN\n1 SELECT\n2 INSERT\n1 INSERT\n3 BEGIN IMMEDIATE\n2 INSERT\n2 CLOSE\n3 COMMIT";
    let answers = |engine: &str| {
        let output = run_script_with(&["--engine", engine], script.as_bytes());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("the output is UTF-8")
    };
    assert_eq!(answers("sqlite"), answers("model"));
    assert_eq!(answers("sqlite").lines().nth(3), Some("SQLITE_BUSY_SNAPSHOT tx READ at-once"));
}

#[test]
fn an_unknown_engine_is_refused_with_the_known_ones() {
    assert_refused(&["simulate", "--engine", "postgres"], &["postgres", "model", "sqlite"]);
}

#[test]
fn the_help_names_the_engines() {
    for name in ["simulate", "script"] {
        let output = command([name, "--help"]).output().expect("the program starts");
        assert!(String::from_utf8_lossy(&output.stdout).contains("--engine"), "{name}");
    }
}
