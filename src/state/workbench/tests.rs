use super::*;
use lockstep_core::scenario::Field;

fn open(query: &str) -> Rc<Workbench> {
    Rc::new(Workbench::open(Link::read(query)))
}

/// Computes the pending run, as the page does.
fn finish(workbench: Rc<Workbench>) -> Rc<Workbench> {
    let scenario = workbench.pending.clone().expect("a run is pending");
    let run = Run::at_once(&scenario).map(Rc::new);
    workbench.reduce(Action::Run(RunNews::Finished(scenario, run)))
}

fn ready() -> Rc<Workbench> {
    finish(open("tasks=5&timeout=1&sleep=1"))
}

fn now(workbench: &Workbench) -> SimTime {
    workbench.showing.as_ref().expect("a run is shown").playback.position
}

#[test]
fn an_action_that_changes_nothing_returns_the_same_state() {
    let workbench = ready().reduce(Action::Prediction(PredictionAnswer::Skip));
    for action in [Action::Page(PageChange::DismissNotes), Action::Scenario(Change::Set(Field::Tasks, "5".into()))] {
        assert!(Rc::ptr_eq(&workbench, &workbench.clone().reduce(action)));
    }
}

#[test]
fn a_long_run_reports_its_progress_and_can_be_stopped() {
    let changed = ready().reduce(Action::Scenario(Change::Set(Field::Tasks, "7".into())));
    let pending = changed.pending.clone().expect("a run is pending");
    let at = SimTime::from_micros(1_500_000);
    let other = Rc::new(Scenario { tasks: 8, ..(*pending).clone() });
    assert_eq!(
        changed.clone().reduce(Action::Run(RunNews::Reached(other, at))).reached,
        None,
        "the progress of a run that is no longer pending is ignored"
    );
    let in_progress = changed.reduce(Action::Run(RunNews::Reached(pending, at)));
    assert_eq!((in_progress.reached, in_progress.is_busy()), (Some(at), true));
    assert_eq!(finish(in_progress.clone()).reached, None);
    let back = in_progress.reduce(Action::StopRun);
    assert_eq!((back.scenario.tasks, back.is_busy(), back.reached), (5, false, None));
}

#[test]
fn an_invalid_value_adds_a_note_and_changes_nothing_else() {
    let noted = ready().reduce(Action::Scenario(Change::Set(Field::Tasks, "many".into())));
    assert_eq!((noted.scenario.tasks, noted.is_busy(), noted.notes.len()), (5, false, 1));
}

#[test]
fn the_old_run_stays_until_the_new_one_is_complete() {
    let changed = ready().reduce(Action::Scenario(Change::Set(Field::Tasks, "3".into())));
    assert!(changed.is_busy());
    assert_eq!(changed.showing.as_ref().map(|showing| showing.run.trace.scenario.tasks), Some(5));
    let done = finish(changed);
    assert!(!done.is_busy());
    assert_eq!(done.showing.as_ref().map(|showing| showing.run.trace.scenario.tasks), Some(3));
}

#[test]
fn changing_back_to_the_run_on_screen_needs_no_new_run() {
    let back = ready()
        .reduce(Action::Scenario(Change::Set(Field::Tasks, "3".into())))
        .reduce(Action::Scenario(Change::Set(Field::Tasks, "5".into())));
    assert!(!back.is_busy());
}

#[test]
fn a_run_that_is_no_longer_pending_is_dropped() {
    let first = open("tasks=3&timeout=1");
    let late = first.pending.clone().expect("a run is pending");
    let run = Run::at_once(&late).map(Rc::new);
    let changed = first.reduce(Action::Scenario(Change::Set(Field::Tasks, "4".into())));
    assert!(changed.reduce(Action::Run(RunNews::Finished(late, run))).showing.is_none());
}

#[test]
fn a_refused_run_adds_a_note_and_the_old_run_stays() {
    let changed = ready().reduce(Action::Scenario(Change::Set(Field::Tasks, "10000".into())));
    let scenario = changed.pending.clone().expect("a run is pending");
    let refusal = RunError::TooLarge { reached: SimTime::from_seconds(1.0), tasks: 10, retries: false };
    let refused = changed.reduce(Action::Run(RunNews::Finished(scenario, Err(refusal.clone()))));
    assert_eq!(refused.notes, [format!("{refusal} The page still shows the previous run.")]);
    assert!(refused.showing.is_some() && !refused.is_busy());
}

#[test]
fn the_result_is_hidden_until_the_prediction_is_answered_or_skipped_and_playing_skips_it() {
    assert_eq!(ready().prediction, Prediction::Open);
    assert_eq!(ready().reduce(Action::Prediction(PredictionAnswer::Guess(7))).prediction, Prediction::Guessed(7));
    assert_eq!(ready().reduce(Action::Play(Move::PlayOrPause)).prediction, Prediction::Skipped);
    assert_eq!(open("predict=0").prediction, Prediction::Skipped);
}

#[test]
fn a_link_sets_the_scenario_and_the_playhead_with_and_without_a_new_run() {
    let same = ready().reduce(Action::Scenario(Change::Follow("tasks=5&timeout=1&sleep=1&t=0.5".into())));
    assert_eq!(now(&same), SimTime::from_seconds(0.5));
    let other = finish(same.reduce(Action::Scenario(Change::Follow("tasks=3&timeout=1&t=0.25".into()))));
    assert_eq!((other.scenario.tasks, now(&other)), (3, SimTime::from_seconds(0.25)));
}

#[test]
fn going_back_restores_the_state_before_a_followed_link_and_does_not_count_as_following() {
    let before = ready().reduce(Action::Play(Move::Seek(SimTime::from_seconds(0.5)))).reduce(Action::Select(TaskId::new(2)));
    let followed = finish(before.clone().reduce(Action::Scenario(Change::Follow("tasks=3&timeout=1&t=0.25".into()))));
    assert_eq!(followed.followed_links, 1);
    let back = finish(followed.reduce(Action::Scenario(Change::Return(before.link().write()))));
    assert_eq!((back.link().write(), back.followed_links), (before.link().write(), 1));
}

#[test]
fn a_guess_belongs_to_one_scenario() {
    let guessed = ready().reduce(Action::Prediction(PredictionAnswer::Guess(7)));
    assert!(guessed.is_guess_for(&guessed.scenario));
    assert!(!guessed.is_guess_for(&Scenario::default()));
}

#[test]
fn the_link_contains_the_theme() {
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
fn the_link_to_a_state_opens_that_state() {
    let there = ready().reduce(Action::Play(Move::Seek(SimTime::from_seconds(0.5))));
    assert_eq!(there.link().write(), "tasks=5&timeout=1&sleep=1&t=0.5");
    assert_eq!(finish(open(&there.link().write())).scenario, there.scenario);
}

#[test]
fn run_a_stays_while_run_b_changes_and_the_link_has_both() {
    let kept = ready().reduce(Action::Scenario(Change::Follow("tasks=5&timeout=1&sleep=1&b.seed=1".into())));
    assert!(!kept.is_busy(), "the run is on screen already");
    let changed = finish(kept.reduce(Action::Scenario(Change::Set(Field::Tasks, "3".into()))));
    assert_eq!(changed.pinned.as_ref().map(|scenario| scenario.tasks), Some(5));
    assert_eq!(changed.link().write(), "tasks=5&timeout=1&sleep=1&b.tasks=3");
    let alone = changed.reduce(Action::Scenario(Change::Follow("tasks=3&timeout=1&sleep=1".into())));
    assert!(alone.pinned.is_none() && !alone.is_busy());
}

#[test]
fn a_link_to_a_comparison_pins_the_first_run_and_shows_the_second() {
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
fn another_seed_increments_the_seed_and_wraps_around() {
    assert_eq!(open("seed=4294967295").reduce(Action::Scenario(Change::AnotherSeed)).scenario.seed, 0);
    assert_eq!(*open("tasks=7").reduce(Action::Scenario(Change::Reset)).scenario, Scenario::default());
}
