//! The page in a real browser, as it leaves `script/build`. `cargo test --test e2e` runs these; they need `dist/` and chromedriver.
//!
//! | module | what it proves |
//! |---|---|
//! | [`loading`] | nothing is refused, missing or said in the console, wherever and however strictly the page is hosted |
//! | [`runs`] | the page shows the very runs that the model makes natively |
//! | [`playback`] | play, pause, steps and jumps move the one playhead |
//! | [`bad_input`] | whatever stands in a link, the page says what it could not use and goes on |
//! | [`lesson`] | findings, the lesson and a comparison show what they say, in place |
//! | [`stage`] | lanes, panels, loops and the measured dial do what they promise |
//! | [`sweep`] | a sweep runs in the background, its points are single runs, cancel ends it |
//! | [`workshop`] | the workshop comes when the reader does, and meets the page only in links |
//! | [`take_away`] | what can be downloaded is what the model says, and can be opened again |
//! | [`one_file`] | the page in one file works where a browser forbids it to fetch and to import |
//! | [`doubt`] | challenges are solved in place; a profile and a real run that a reader brings are shown, kept and answered |
//! | [`links`] | what is on the screen is in the link, and comes back from it |
//! | [`embed`] | the page in a frame of others: small, framed as its link says, on speaking terms with the page around it |
//! | [`access`] | labels and roles, keyboard alone, a narrow screen |
//!
//! [`page`] is the page as the tests see it, [`browser`] and [`server`] are what it runs in.

mod access;
mod bad_input;
mod browser;
mod doubt;
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
mod take_away;
mod workshop;
