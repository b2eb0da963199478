//! Enforces the locks of a link against every way to change the state: controls, keys, pointers and
//! links in the text.
//!
//! Locked controls are also disabled, but only these checks guarantee that nothing changes.

use super::action::{Action, Change};
use lockstep_core::link::{Link, Locks, Part, View};
use lockstep_core::scenario::{Field, Scenario};

/// Whether an action is allowed. Actions that set a link or a view are checked in more detail with
/// [`locked_in`] and [`view`].
#[must_use]
pub fn allows(locks: Locks, action: &Action) -> bool {
    match action {
        Action::Scenario(Change::Set(field, _)) => !locks.field(*field),
        Action::Scenario(Change::AnotherSeed) => !locks.field(Field::Seed),
        Action::Scenario(Change::Reset | Change::Follow(_) | Change::Return(_)) => true,
        Action::Play(_) => !locks.part(Part::Playback),
        Action::Select(_) => !locks.part(Part::Task),
        Action::Terminals(edit) => !(edit.changes_script() && locks.part(Part::Terminals)),
        Action::Run(_) | Action::StopRun | Action::Tick(_) | Action::View(_) | Action::Page(_) | Action::Prediction(_) => true,
    }
}

/// `wanted`, but locked parts keep their settings from `now`.
#[must_use]
pub fn view(locks: Locks, now: View, wanted: View) -> View {
    let View { zoom, sort, only, .. } = if locks.part(Part::Lanes) { now } else { wanted };
    let dial = if locks.part(Part::Clock) { now.dial } else { wanted.dial };
    View { zoom, sort, only, dial, fold: wanted.fold }
}

/// The first locked name that `link` would change, if any.
#[must_use]
pub fn locked_in(locks: Locks, now: &Scenario, link: &Link) -> Option<&'static str> {
    let differs = |field, wanted: &Scenario| {
        now.text(field) != wanted.text(field) || (field == Field::Machine && now.profile != wanted.profile)
    };
    let would_change = |field| std::iter::once(&link.scenario).chain(&link.second).any(|wanted| differs(field, wanted));
    let field = Field::ALL.iter().find(|(field, _)| locks.field(*field) && would_change(*field));
    let playback = locks.part(Part::Playback).then(|| Part::Playback.word());
    let terminals = (link.script.is_some() && locks.part(Part::Terminals)).then(|| Part::Terminals.word());
    field.map(|(_, name)| *name).or(playback).or(terminals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::action::{Move, RunNews};
    use crate::state::terminals::Edit;
    use crate::state::workbench::Workbench;
    use lockstep_core::run::Run;
    use lockstep_core::time::SimTime;
    use lockstep_core::trace::TaskId;
    use std::rc::Rc;
    use yew::prelude::Reducible;

    fn open(query: &str) -> Rc<Workbench> {
        let workbench = Rc::new(Workbench::open(Link::read(&["tasks=5&timeout=1&t=0.1&predict=0&", query].concat())));
        let scenario = workbench.pending.clone().expect("a pending run");
        let run = Run::at_once(&scenario).map(Rc::new);
        workbench.reduce(Action::Run(RunNews::Finished(scenario, run)))
    }

    fn set(field: Field, text: &str) -> Action {
        Action::Scenario(Change::Set(field, text.to_owned()))
    }

    #[test]
    fn a_locked_field_cannot_be_changed_but_others_can() {
        let locked = open("lock=sleep,seed");
        for action in [set(Field::Sleep, "2"), Action::Scenario(Change::AnotherSeed)] {
            assert!(Rc::ptr_eq(&locked, &locked.clone().reduce(action)));
        }
        assert_eq!(locked.reduce(set(Field::Tasks, "7")).scenario.tasks, 7);
    }

    #[test]
    fn locked_parts_cannot_be_changed() {
        for (lock, action) in [
            ("controls", set(Field::Tasks, "7")),
            ("playback", Action::Play(Move::PlayOrPause)),
            ("playback", Action::Play(Move::Seek(SimTime::ZERO))),
            ("task", Action::Select(TaskId::new(2))),
            ("terminals", Action::Terminals(Edit::Replace("A: BEGIN".to_owned()))),
            ("lanes", Action::View(View { sort: lockstep_core::chart::lanes::Sort::Success, ..View::default() })),
        ] {
            let locked = open(&["lock=", lock].concat());
            assert!(Rc::ptr_eq(&locked, &locked.clone().reduce(action.clone())), "{lock}");
            let free = open("");
            assert!(!Rc::ptr_eq(&free, &free.clone().reduce(action)), "{lock}");
        }
    }

    #[test]
    fn a_link_that_would_change_a_locked_name_is_rejected_with_a_note() {
        for (lock, link, name) in [
            ("sleep", "tasks=5&timeout=1&sleep=2", "sleep"),
            ("controls", "tasks=6&timeout=1", "tasks"),
            ("sleep", "tasks=5&timeout=1&b.sleep=2", "sleep"),
            ("playback", "tasks=5&timeout=1&t=0.2", "playback"),
            ("terminals", "script=A: BEGIN", "terminals"),
        ] {
            let locked = open(&["lock=", lock].concat());
            let followed = locked.clone().reduce(Action::Scenario(Change::Follow(link.into())));
            assert_eq!((&followed.scenario, &followed.showing), (&locked.scenario, &locked.showing));
            assert!(followed.notes.len() == 1 && followed.notes[0].starts_with(name), "{:?}", followed.notes);
        }
        let moved = open("lock=controls").reduce(Action::Scenario(Change::Follow("tasks=5&timeout=1&t=0.2".into())));
        assert_eq!(moved.showing.as_ref().map(|showing| showing.playback.position), Some(SimTime::from_seconds(0.2)));
    }

    #[test]
    fn reset_of_an_embedded_page_restores_the_state_of_its_link() {
        let changed = open("embed=1&sleep=1").reduce(set(Field::Tasks, "7"));
        assert_eq!(changed.reduce(Action::Scenario(Change::Reset)).scenario.tasks, 5);
        assert_eq!(open("sleep=1").reduce(Action::Scenario(Change::Reset)).scenario.tasks, 1000);
    }
}
