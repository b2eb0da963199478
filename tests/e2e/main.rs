//! Tests of the built page in a real browser. `cargo test --test e2e` runs them; they need `dist/`
//! (from `script/build`) and chromedriver.
//!
//! | module | what it proves |
//! |---|---|
//! | [`loading`] | under a strict policy nothing is blocked or missing, and the console stays empty |
//! | [`runs`] | a run in the browser is the same as the native run |
//! | [`playback`] | play, pause, steps and jumps move the playhead |
//! | [`bad_input`] | the page reports what it cannot use in a link, and still runs |
//! | [`lesson`] | the findings, the lesson, the comparison of two runs and the guess work |
//! | [`stage`] | lanes, panels, the loop and the measured dial work |
//! | [`check`] | SQLite in a worker gives the answers of the model, and Cancel stops it |
//! | [`terminals`] | scripts of SQL are replayed, typed, stepped through, and refused with a reason |
//! | [`sweep`] | a sweep runs in workers, each point is a single run, and Cancel stops the workers |
//! | [`workshop`] | the sections below the stage are rendered lazily and share one wasm file |
//! | [`downloads`] | downloaded files match the native run and can be opened again |
//! | [`one_file`] | the single-file build works from `file:` and in a sandboxed iframe |
//! | [`challenges_and_measurements`] | challenges, and measurements that the user brings, work in place |
//! | [`links`] | the link holds the state of the screen and restores it |
//! | [`embed`] | the page works in an iframe: its size, hidden and locked parts, messages to the host page |
//! | [`accessibility`] | labels, roles, the keyboard and narrow screens |
//!
//! [`page`] has the helpers that tests use on the page, [`browser`] drives Chromium, and [`server`]
//! serves the files.

mod accessibility;
mod bad_input;
mod browser;
mod challenges_and_measurements;
mod check;
mod downloads;
mod embed;
mod lesson;
mod links;
mod loading;
mod one_file;
mod page;
mod playback;
mod runs;
mod server;
mod stage;
mod sweep;
mod terminals;
mod workshop;
