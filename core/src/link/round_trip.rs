//! Property tests: any state round-trips through its link, and any text can be parsed.

use super::*;
use crate::chart::Window;
use crate::chart::lanes::{Sort, StateFilter};
use crate::playback::Speed;
use crate::scenario::{Domain, Field, MachineChoice, MachineProfile, Scenario};
use crate::time::{SimDuration, SimTime};
use crate::trace::{LaneState, TaskId};
use enumset::{EnumSet, EnumSetType};
use proptest::prelude::*;
use proptest::sample::select;

/// The text of any allowed value of a field.
fn value(field: Field) -> BoxedStrategy<String> {
    match field.domain() {
        Domain::Count(min, max) => (min..=max).prop_map(|count| count.to_string()).boxed(),
        // Whole milliseconds, because the timeout is truncated to them.
        Domain::Seconds(min, max) => (u64::from(min) * 1000..=u64::from(max) * 1000)
            .prop_map(|millis| SimDuration::from_millis(millis).to_string())
            .boxed(),
        Domain::Switch => select(vec!["0", "1"]).prop_map(str::to_owned).boxed(),
        Domain::Word(words) => select(words).prop_map(str::to_owned).boxed(),
    }
}

/// `scenario` with the profile of the link, if it runs on the user's own machine.
fn with_profile(profile: &MachineProfile, scenario: Scenario) -> Scenario {
    let profile = (scenario.machine == MachineChoice::Custom).then(|| Box::new(profile.clone()));
    Scenario { profile, ..scenario }
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let values: Vec<_> = Field::ALL.iter().map(|(field, _)| prop::option::of(value(*field))).collect();
    values.prop_map(|values| {
        let mut scenario = Scenario::default();
        for ((field, _), text) in Field::ALL.iter().zip(values) {
            // A value that conflicts with another field is not set.
            let _ = text.map(|text| scenario.set(*field, &text));
        }
        scenario
    })
}

prop_compose! {
    fn window()(from in 0_u64..80_000_000_000, span in 1_u64..1_000_000_000, first in 0_u32..10_000, lanes in 1_u32..=10_000) -> Window {
        Window { from: SimTime::from_micros(from), to: SimTime::from_micros(from + span), first, lanes }
    }
}

/// Any set of values.
fn set<T: EnumSetType + std::fmt::Debug + 'static>() -> impl Strategy<Value = EnumSet<T>> {
    prop::collection::vec(any::<bool>(), EnumSet::<T>::variant_count() as usize)
        .prop_map(|on| EnumSet::<T>::all().iter().zip(on).filter(|(_, on)| *on).map(|(value, _)| value).collect::<EnumSet<T>>())
}

fn picked() -> impl Strategy<Value = StateFilter> {
    prop::sample::subsequence(LaneState::ALL.to_vec(), 0..=LaneState::ALL.len())
        .prop_map(|states| states.into_iter().fold(StateFilter::default(), StateFilter::with))
}

prop_compose! {
    fn view()(
        zoom in prop::option::of(window()), sort in select(Sort::ALL.to_vec()), only in picked(), fold in set(), dial in set(),
    ) -> View {
        View { zoom, sort: sort.0, only, fold, dial }
    }
}

prop_compose! {
    fn frame()(
        embed: bool, predict: bool, hide in set(), show in set(), parts in set(), fields in set(),
        theme in select(Theme::ALL.to_vec()), motion in select(Motion::ALL.to_vec()),
    ) -> Frame {
        Frame { embed, hide, show, lock: Locks { parts, fields }, theme: theme.0, motion: motion.0, predict }
    }
}

prop_compose! {
    fn link()(
        cores in 1_u32..=1024, scenario in scenario(), second in prop::option::of(scenario()), same: bool, at in prop::option::of(0_u64..86_400_000_000),
        speed in 1_u32..=20_000, task in prop::option::of(1_u32..=10_000), view in view(), frame in frame(), script in prop::option::of("[A-Z: \\n'é.;]{1,40}"),
    ) -> Link {
        let profile = MachineProfile { cores, ..MachineProfile::linux_vm() };
        let scenario = with_profile(&profile, scenario);
        let second = if same { Some(scenario.clone()) } else { second.map(|second| with_profile(&profile, second)) };
        let (at, select) = (at.map(SimTime::from_micros), task.map(TaskId::new));
        Link { scenario, second, at, speed: Speed::from_thousandths(speed), select, view, frame, script, ..Link::default() }
    }
}

/// A known name with any value.
fn pair() -> impl Strategy<Value = (String, String)> {
    (select(Name::all().map(Name::text).collect::<Vec<_>>()), prop_oneof!["[-+0-9.,eE]{0,9}", "[a-z,-]{0,20}", ".*"])
}

proptest! {
    #[test]
    fn any_state_round_trips(state in link()) {
        prop_assert_eq!(Link::read(&state.write()), state);
    }

    #[test]
    fn any_text_can_be_parsed_and_has_few_notes(text in ".*") {
        let link = Link::read(&text);
        prop_assert!(link.notes.len() <= 9 && link.notes.iter().all(|note| note.len() < 600), "{:?}", link.notes);
    }

    #[test]
    fn any_values_of_known_names_give_a_link_without_problems(
        pairs in prop::collection::vec(pair(), 0..12),
    ) {
        let read = Link::read(form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish().as_str());
        let again = Link::read(&read.write());
        prop_assert_eq!(&again.notes, &Vec::<String>::new());
        prop_assert_eq!(again, Link { notes: Vec::new(), ..read });
    }
}

#[test]
fn long_and_malformed_texts_have_few_notes() {
    let long = ["t=9".repeat(5000), "a=1&".repeat(5000), ["hide=", &"clock,".repeat(5000)].concat()];
    for text in ["?&&&=", "t=1e999", "t=-1", "t=NaN", "%ff%00=%zz", "machine=custom", "zoom=,,,"]
        .into_iter()
        .chain(long.iter().map(String::as_str))
    {
        let link = Link::read(text);
        assert!(link.notes.len() <= 9 && link.notes.iter().all(|note| note.len() < 600), "{text}");
    }
}
