//! The position of each coroutine in its list of steps, and where it continues after "database is
//! locked".

use super::task::{self, AFTER_ERROR, Routine, Step};
use crate::scenario::Scenario;
use crate::trace::{Statement, TaskId};

/// The main coroutine and all tasks.
#[derive(Debug)]
pub(super) struct Coroutines {
    task_routine: Routine,
    main_routine: Routine,
    before_retry: [Step; 2],
    /// A task closes its connection after an error.
    closes_after_error: bool,
    main: Coroutine,
    tasks: Vec<Coroutine>,
}

/// One coroutine.
#[derive(Clone, Debug)]
struct Coroutine {
    phase: Phase,
    /// Steps of the phase begun so far.
    begun: usize,
    retries_left: u32,
    /// The statement that failed with "database is locked", if the result that the coroutine
    /// receives next is that error.
    locked_error: Option<Statement>,
    has_failed: bool,
}

/// The list of steps that a coroutine is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Routine,
    BeforeRetry,
    AfterError,
    /// It raises its error: it has no further steps.
    Raise,
}

/// What a task does after "database is locked".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reaction {
    /// It retries.
    Retry,
    /// It fails.
    Fail,
}

impl Coroutines {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let coroutine =
            Coroutine { phase: Phase::Routine, begun: 0, retries_left: scenario.retries, locked_error: None, has_failed: false };
        Self {
            task_routine: task::task_routine(scenario),
            main_routine: task::main_routine(scenario),
            before_retry: task::before_retry(scenario),
            closes_after_error: scenario.keep_going,
            tasks: vec![coroutine.clone(); scenario.coroutines() as usize],
            main: coroutine,
        }
    }

    fn get(&self, task: TaskId) -> (&Coroutine, &Routine) {
        task.index().map_or((&self.main, &self.main_routine), |index| (&self.tasks[index], &self.task_routine))
    }

    fn get_mut(&mut self, task: TaskId) -> (&mut Coroutine, &Routine) {
        match task.index() {
            None => (&mut self.main, &self.main_routine),
            Some(index) => (&mut self.tasks[index], &self.task_routine),
        }
    }

    /// The step at `index` in the phase of `task`.
    fn step(&self, task: TaskId, index: usize) -> Option<Step> {
        let (coroutine, routine) = self.get(task);
        let steps = match coroutine.phase {
            Phase::Routine => &routine.steps[..],
            Phase::BeforeRetry => &self.before_retry,
            Phase::AfterError => &AFTER_ERROR,
            Phase::Raise => &[],
        };
        steps.get(index).copied()
    }

    /// The step that `task` begins next, unless an error comes first.
    pub(super) fn next_step(&self, task: TaskId) -> Option<Step> {
        self.step(task, self.get(task).0.begun)
    }

    /// The step that `task` awaits, or awaited last, in its routine; none if it has left its
    /// routine after an error.
    pub(super) fn current_step(&self, task: TaskId) -> Option<Step> {
        let (coroutine, routine) = self.get(task);
        let last = coroutine.begun.checked_sub(1).filter(|_| coroutine.phase == Phase::Routine);
        last.and_then(|last| routine.steps.get(last).copied())
    }

    /// Begins the next step of `task` and returns it; none if the coroutine returns or raises.
    pub(super) fn begin_next_step(&mut self, task: TaskId) -> Option<Step> {
        if self.next_step(task).is_none() {
            let (coroutine, routine) = self.get_mut(task);
            if coroutine.phase == Phase::BeforeRetry {
                (coroutine.phase, coroutine.begun) = (Phase::Routine, routine.caught.start);
            }
        }
        let step = self.next_step(task);
        self.get_mut(task).0.begun += 1;
        step
    }

    /// Sets whether the next result that `task` receives is "database is locked", and which
    /// statement failed with it.
    pub(super) fn set_locked_error(&mut self, task: TaskId, statement: Option<Statement>) {
        self.get_mut(task).0.locked_error = statement;
    }

    /// The statement that failed with "database is locked", if that is the result that `task`
    /// receives now.
    pub(super) fn take_locked_error(&mut self, task: TaskId) -> Option<Statement> {
        self.get_mut(task).0.locked_error.take()
    }

    /// Handles "database is locked" in `task`: moves it to the steps that follow the error.
    pub(super) fn handle_locked_error(&mut self, task: TaskId) -> Reaction {
        let closes = self.closes_after_error;
        let (coroutine, routine) = self.get_mut(task);
        let is_caught = coroutine.begun.checked_sub(1).is_some_and(|step| routine.caught.contains(&step));
        coroutine.begun = 0;
        if is_caught && coroutine.retries_left > 0 {
            coroutine.retries_left -= 1;
            coroutine.phase = Phase::BeforeRetry;
            return Reaction::Retry;
        }
        coroutine.has_failed = true;
        coroutine.phase = if is_caught && closes { Phase::AfterError } else { Phase::Raise };
        Reaction::Fail
    }

    /// Raises the gather's error in the main coroutine, which then has no further steps.
    pub(super) fn raise_in_main(&mut self) {
        self.main.phase = Phase::Raise;
    }

    /// Whether `task` has ended, or will end, with an error.
    pub(super) fn has_failed(&self, task: TaskId) -> bool {
        self.get(task).0.has_failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::query::read;
    use crate::trace::Call;

    const ONE: TaskId = TaskId::new(1);

    /// All calls of task 1, whose first two INSERTs fail with "database is locked".
    fn calls(query: &str) -> Vec<Call> {
        let mut coroutines = Coroutines::new(&read(query).scenario);
        let (mut calls, mut errors) = (Vec::new(), 2);
        while let Some(step) = coroutines.begin_next_step(ONE) {
            calls.extend(if let Step::Call(call) = step { Some(call) } else { None });
            if step == Step::Call(Call::Execute) && errors > 0 {
                errors -= 1;
                coroutines.handle_locked_error(ONE);
            }
        }
        calls
    }

    #[test]
    fn a_retry_repeats_the_transaction_and_keeps_the_connection() {
        use Call::{Begin, Close, Commit, Connect, Execute, Rollback, Select, Stop};
        let failed = [Begin, Select, Execute, Rollback];
        let expected = [&[Connect][..], &failed, &failed, &[Begin, Select, Execute, Commit, Close, Stop]].concat();
        assert_eq!(calls("read_first=1&retries=2"), expected);
    }

    #[test]
    fn a_task_without_retries_left_closes_its_connection_only_if_the_gather_continues_after_errors() {
        use Call::{Close, Connect, Execute, Rollback, Stop};
        assert_eq!(calls("retries=1"), [Connect, Execute, Rollback, Execute]);
        assert_eq!(calls("retries=1&keep_going=1"), [Connect, Execute, Rollback, Execute, Close, Stop]);
    }

    #[test]
    fn on_a_shared_connection_no_error_is_caught() {
        assert_eq!(calls("strategy=shared-connection&retries=5&keep_going=1"), [Call::Execute]);
    }
}
