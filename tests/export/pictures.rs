//! Every picture is well-formed SVG of the requested size, with a title and a description.

use crate::{QUERIES, run};
use lockstep_core::export::picture::{Frame, Picture, Theme, svg};
use lockstep_core::time::SimTime;
use proptest::prelude::*;

const FRAME: Frame = Frame { width: 800, height: 500, theme: Theme::Light };

/// The names of all elements. Checks that elements nest, attributes are quoted and text is escaped.
fn elements(file: &str) -> Vec<&str> {
    let mut open = Vec::new();
    let mut names = Vec::new();
    for tag in file.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').expect("the end of a tag");
        assert!(!text.contains('>'), "unescaped: {text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().expect("a name");
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes: {tag}");
        names.push(name);
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "not closed: {open:?}");
    names
}

#[test]
fn every_picture_has_a_title_a_description_its_size_and_the_scenario() {
    for query in QUERIES {
        let (trace, index) = run(query);
        for (picture, _, name) in Picture::ALL {
            let file = svg(&trace, &index, SimTime::from_micros(200_000), picture, &FRAME);
            elements(&file);
            assert!(file.contains(&format!("<title id=\"title\">{name} at 0.20 s")), "{file}");
            assert!(file.contains("<desc id=\"words\">") && file.contains("width=\"800\" height=\"500\""));
            assert!(query.split('&').all(|part| file.contains(part)), "the scenario is in the file");
            assert!(!file.contains("style=") && !file.contains("var(") && !file.contains("NaN") && !file.contains("inf\""));
        }
    }
}

#[test]
fn the_legend_of_the_lanes_has_each_state_with_its_word_and_glyph() {
    let (trace, index) = run(QUERIES[0]);
    let file = svg(&trace, &index, trace.end(), Picture::Lanes, &FRAME);
    for state in index.states() {
        assert!(file.contains(&format!(">{}</text>", state.word())), "{}", state.word());
        assert!(file.contains(&format!(">{}</text>", state.glyph())), "{}", state.glyph());
    }
}

#[test]
fn the_themes_differ_only_in_their_colours() {
    let (trace, index) = run(QUERIES[1]);
    let [light, dark] =
        [Theme::Light, Theme::Dark].map(|theme| svg(&trace, &index, trace.end(), Picture::Rows, &Frame { theme, ..FRAME }));
    let without_colours =
        |file: &str| file.split('#').map(|part| part.get(6..).unwrap_or(part).to_owned()).skip(1).collect::<Vec<_>>();
    assert_ne!(light, dark);
    assert_eq!(without_colours(&light), without_colours(&dark));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn a_picture_of_any_size_and_moment_is_well_formed(width in 1_u32..5000, height in 1_u32..5000, at in 0_u64..2_000_000) {
        let (trace, index) = run(QUERIES[2]);
        for (picture, ..) in Picture::ALL {
            let file = svg(&trace, &index, SimTime::from_micros(at), picture, &Frame { width, height, theme: Theme::Dark });
            elements(&file);
            prop_assert!(!file.contains("NaN"));
        }
    }
}
