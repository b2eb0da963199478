//! An example as a program to start.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Once;

/// The path of an example, built as these tests were: `cargo test --test cli` alone would build none.
pub(crate) fn example(name: &str) -> PathBuf {
    static BUILD: Once = Once::new();
    BUILD.call_once(|| {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--package", "lockstep-core", "--examples"]);
        if !cfg!(debug_assertions) {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo").success(), "the examples cannot be built");
    });
    let tests = std::env::current_exe().expect("the path of this test");
    tests.parent().and_then(|deps| deps.parent()).expect("a target folder").join("examples").join(name)
}
