//! The page in a real browser, as it leaves `script/build`. `cargo test --test e2e` runs these; they need `dist/` and chromedriver.
//!
//! | module | what it proves |
//! |---|---|
//! | [`loading`] | nothing is refused, missing or said in the console, wherever and however strictly the page is hosted |
//! | [`runs`] | the page shows the very runs that the model makes natively |
//! | [`playback`] | play, pause, steps and jumps move the one playhead |
//! | [`bad_input`] | whatever stands in a link, the page says what it could not use and goes on |
//! | [`access`] | labels and roles, keyboard alone, a narrow screen |
//!
//! [`page`] is the page as the tests see it, [`browser`] and [`server`] are what it runs in.

mod access;
mod bad_input;
mod browser;
mod loading;
mod page;
mod playback;
mod runs;
mod server;
