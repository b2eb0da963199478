use super::*;
use crate::state::run::at_once;
use lockstep_core::scenario::Field;

fn open(query: &str) -> Rc<Workbench> {
    Rc::new(Workbench::open(Link::read(query)))
}

/// Runs what is pending, as the page does.
fn finish(workbench: Rc<Workbench>) -> Rc<Workbench> {
    let scenario = workbench.pending.clone().expect("something is pending");
    let run = at_once(&scenario);
    workbench.reduce(Action::Run(RunNews::Finished(scenario, run)))
}

fn ready() -> Rc<Workbench> {
    finish(open("tasks=5&timeout=1&sleep=1"))
}

fn now(workbench: &Workbench) -> SimTime {
    workbench.showing.as_ref().expect("a run is shown").playback.position
}

#[test]
fn an_action_that_changes_nothing_gives_the_same_state() {
    let workbench = ready().reduce(Action::Prediction(PredictionAnswer::Skip));
    for action in [Action::Page(PageChange::DismissNotes), Action::Scenario(Change::Set(Field::Tasks, "5".into()))] {
        assert!(Rc::ptr_eq(&workbench, &workbench.clone().reduce(action)));
    }
}

#[test]
fn a_run_that_takes_long_tells_how_far_it_has_come_and_can_be_given_up_for_the_one_that_is_shown() {
    let changed = ready().reduce(Action::Scenario(Change::Set(Field::Tasks, "7".into())));
    let pending = changed.pending.clone().expect("a run");
    let at = SimTime::from_micros(1_500_000);
    let other = Rc::new(Scenario { tasks: 8, ..(*pending).clone() });
    assert_eq!(
        changed.clone().reduce(Action::Run(RunNews::Reached(other, at))).reached,
        None,
        "of a run that nobody waits for any more"
    );
    let under_way = changed.reduce(Action::Run(RunNews::Reached(pending, at)));
    assert_eq!((under_way.reached, under_way.is_busy()), (Some(at), true));
    assert_eq!(finish(under_way.clone()).reached, None);
    let back = under_way.reduce(Action::StopRun);
    assert_eq!((back.scenario.tasks, back.is_busy(), back.reached), (5, false, None));
}

#[test]
fn a_value_that_a_field_cannot_take_changes_the_notes_and_nothing_else() {
    let noted = ready().reduce(Action::Scenario(Change::Set(Field::Tasks, "many".into())));
    assert_eq!((noted.scenario.tasks, noted.is_busy(), noted.notes.len()), (5, false, 1));
}

#[test]
fn a_change_keeps_the_old_run_until_the_new_one_is_done() {
    let changed = ready().reduce(Action::Scenario(Change::Set(Field::Tasks, "3".into())));
    assert!(changed.is_busy());
    assert_eq!(changed.showing.as_ref().map(|showing| showing.run.trace.scenario.tasks), Some(5));
    let done = finish(changed);
    assert!(!done.is_busy());
    assert_eq!(done.showing.as_ref().map(|showing| showing.run.trace.scenario.tasks), Some(3));
}

#[test]
fn going_back_to_the_run_at_hand_needs_no_new_run() {
    let back = ready()
        .reduce(Action::Scenario(Change::Set(Field::Tasks, "3".into())))
        .reduce(Action::Scenario(Change::Set(Field::Tasks, "5".into())));
    assert!(!back.is_busy());
}

#[test]
fn a_run_that_comes_too_late_is_dropped() {
    let first = open("tasks=3&timeout=1");
    let late = first.pending.clone().expect("something is pending");
    let run = at_once(&late);
    let changed = first.reduce(Action::Scenario(Change::Set(Field::Tasks, "4".into())));
    assert!(changed.reduce(Action::Run(RunNews::Finished(late, run))).showing.is_none());
}

#[test]
fn a_refused_run_is_noted_and_the_old_picture_stays() {
    let changed = ready().reduce(Action::Scenario(Change::Set(Field::Tasks, "10000".into())));
    let scenario = changed.pending.clone().expect("something is pending");
    let refusal = RunError::TooLarge { reached: SimTime::from_seconds(1.0), tasks: 10, retries: false };
    let refused = changed.reduce(Action::Run(RunNews::Finished(scenario, Err(refusal.clone()))));
    assert_eq!(refused.notes, [format!("{refusal} Below is still the run before.")]);
    assert!(refused.showing.is_some() && !refused.is_busy());
}

#[test]
fn the_result_is_held_back_until_the_guess_is_given_or_skipped_and_playing_skips_it() {
    assert_eq!(ready().prediction, Prediction::Open);
    assert_eq!(ready().reduce(Action::Prediction(PredictionAnswer::Guess(7))).prediction, Prediction::Guessed(7));
    assert_eq!(ready().reduce(Action::Play(Move::PlayOrPause)).prediction, Prediction::Skipped);
    assert_eq!(open("predict=0").prediction, Prediction::Skipped);
}

#[test]
fn a_link_sets_scenario_and_playhead_whether_or_not_a_run_is_needed() {
    let same = ready().reduce(Action::Scenario(Change::Follow("tasks=5&timeout=1&sleep=1&t=0.5".into())));
    assert_eq!(now(&same), SimTime::from_seconds(0.5));
    let other = finish(same.reduce(Action::Scenario(Change::Follow("tasks=3&timeout=1&t=0.25".into()))));
    assert_eq!((other.scenario.tasks, now(&other)), (3, SimTime::from_seconds(0.25)));
}

#[test]
fn a_followed_link_leaves_the_state_before_it_and_going_back_leads_there_without_another_visit() {
    let before = ready().reduce(Action::Play(Move::Seek(SimTime::from_seconds(0.5)))).reduce(Action::Select(TaskId::new(2)));
    let followed = finish(before.clone().reduce(Action::Scenario(Change::Follow("tasks=3&timeout=1&t=0.25".into()))));
    assert_eq!(followed.visits, 1);
    let back = finish(followed.reduce(Action::Scenario(Change::Return(before.link().write()))));
    assert_eq!((back.link().write(), back.visits), (before.link().write(), 1));
}

#[test]
fn a_guess_belongs_to_the_run_that_was_guessed_at() {
    let guessed = ready().reduce(Action::Prediction(PredictionAnswer::Guess(7)));
    assert!(guessed.is_guessed_at(&guessed.scenario));
    assert!(!guessed.is_guessed_at(&Scenario::default()));
}

#[test]
fn the_theme_is_kept_in_the_link() {
    assert_eq!(
        ready().reduce(Action::Page(PageChange::SetTheme(Theme::Dark))).link().write(),
        "tasks=5&timeout=1&sleep=1&theme=dark"
    );
}

#[test]
fn the_playhead_stays_where_it_is_when_a_control_changes() {
    let there = ready().reduce(Action::Play(Move::Seek(SimTime::from_seconds(0.125))));
    let changed = finish(there.reduce(Action::Scenario(Change::Set(Field::Seed, "2".into()))));
    assert_eq!(now(&changed), SimTime::from_seconds(0.125));
}

#[test]
fn the_link_of_a_state_opens_that_state() {
    let there = ready().reduce(Action::Play(Move::Seek(SimTime::from_seconds(0.5))));
    assert_eq!(there.link().write(), "tasks=5&timeout=1&sleep=1&t=0.5");
    assert_eq!(finish(open(&there.link().write())).scenario, there.scenario);
}

#[test]
fn a_kept_run_stays_while_the_other_changes_and_the_link_has_both() {
    let kept = ready().reduce(Action::Scenario(Change::Follow("tasks=5&timeout=1&sleep=1&b.seed=1".into())));
    assert!(!kept.is_busy(), "the run is at hand");
    let changed = finish(kept.reduce(Action::Scenario(Change::Set(Field::Tasks, "3".into()))));
    assert_eq!(changed.pinned.as_ref().map(|scenario| scenario.tasks), Some(5));
    assert_eq!(changed.link().write(), "tasks=5&timeout=1&sleep=1&b.tasks=3");
    let alone = changed.reduce(Action::Scenario(Change::Follow("tasks=3&timeout=1&sleep=1".into())));
    assert!(alone.pinned.is_none() && !alone.is_busy());
}

#[test]
fn a_link_to_a_comparison_keeps_the_first_and_shows_the_second() {
    let opened = finish(open("tasks=5&timeout=1&b.sleep=1"));
    assert_eq!(opened.pinned.as_ref().map(|scenario| scenario.sleep.millis()), Some(0));
    assert_eq!(opened.showing.as_ref().map(|showing| showing.run.trace.scenario.sleep.millis()), Some(1000));
    assert_eq!((opened.link().write(), now(&opened)), ("tasks=5&timeout=1&b.sleep=1".to_owned(), OPENING));
    let noted = finish(open("tasks=5&timeout=1&b.tasks=0&b.sleep=1"));
    assert_eq!(noted.notes.len(), 1);
    let followed = finish(opened.reduce(Action::Scenario(Change::Follow("tasks=4&timeout=1&b.sleep=1".into()))));
    assert_eq!(followed.link().write(), "tasks=4&timeout=1&b.sleep=1");
}

#[test]
fn another_seed_is_the_next_and_after_the_last_comes_the_first() {
    assert_eq!(open("seed=4294967295").reduce(Action::Scenario(Change::AnotherSeed)).scenario.seed, 0);
    assert_eq!(*open("tasks=7").reduce(Action::Scenario(Change::Reset)).scenario, Scenario::default());
}
