//! Where each coroutine stands in its list of steps, and where it goes on when "database is locked" reaches it.

use super::task::{self, AFTER_ERROR, Routine, Step};
use crate::scenario::Scenario;
use crate::trace::{Statement, TaskId};

/// The main coroutine and all tasks.
#[derive(Debug)]
pub(super) struct Coroutines {
    task_routine: Routine,
    main_routine: Routine,
    before_retry: [Step; 2],
    /// A task that failed closes its connection.
    closes_after_error: bool,
    main: Coroutine,
    tasks: Vec<Coroutine>,
}

/// One coroutine.
#[derive(Clone, Debug)]
struct Coroutine {
    path: Path,
    /// Steps of the path begun so far.
    begun: usize,
    retries_left: u32,
    /// What SQLite gave up in the call whose answer it will see next.
    refused: Option<Statement>,
    has_failed: bool,
}

/// Which list of steps a coroutine follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    Routine,
    BeforeRetry,
    AfterError,
    /// Its error leaves it.
    Raise,
}

/// What "database is locked" comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reaction {
    /// The task will try again.
    Retry,
    /// It will not.
    Fail,
}

impl Coroutines {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let coroutine =
            Coroutine { path: Path::Routine, begun: 0, retries_left: scenario.retries, refused: None, has_failed: false };
        Self {
            task_routine: task::task(scenario),
            main_routine: task::main(scenario),
            before_retry: task::before_retry(scenario),
            closes_after_error: scenario.keep_going,
            tasks: vec![coroutine.clone(); scenario.coroutines() as usize],
            main: coroutine,
        }
    }

    fn of(&self, task: TaskId) -> (&Coroutine, &Routine) {
        task.index().map_or((&self.main, &self.main_routine), |index| (&self.tasks[index], &self.task_routine))
    }

    fn of_mut(&mut self, task: TaskId) -> (&mut Coroutine, &Routine) {
        match task.index() {
            None => (&mut self.main, &self.main_routine),
            Some(index) => (&mut self.tasks[index], &self.task_routine),
        }
    }

    fn step(&self, task: TaskId, place: usize) -> Option<Step> {
        let (coroutine, routine) = self.of(task);
        let steps = match coroutine.path {
            Path::Routine => &routine.steps[..],
            Path::BeforeRetry => &self.before_retry,
            Path::AfterError => &AFTER_ERROR,
            Path::Raise => &[],
        };
        steps.get(place).copied()
    }

    /// What `task` awaits next, if nothing goes wrong.
    pub(super) fn upcoming(&self, task: TaskId) -> Option<Step> {
        self.step(task, self.of(task).0.begun)
    }

    /// What `task` awaits, or awaited last, in its routine; none where it has left that after an error.
    pub(super) fn current(&self, task: TaskId) -> Option<Step> {
        let (coroutine, routine) = self.of(task);
        let last = coroutine.begun.checked_sub(1).filter(|_| coroutine.path == Path::Routine);
        last.and_then(|last| routine.steps.get(last).copied())
    }

    /// Begins the next step of `task`; none when it returns or its error leaves it.
    pub(super) fn next(&mut self, task: TaskId) -> Option<Step> {
        if self.upcoming(task).is_none() {
            let (coroutine, routine) = self.of_mut(task);
            if coroutine.path == Path::BeforeRetry {
                (coroutine.path, coroutine.begun) = (Path::Routine, routine.caught.start);
            }
        }
        let step = self.upcoming(task);
        self.of_mut(task).0.begun += 1;
        step
    }

    /// The answer that `task` will see next is a refusal, or none.
    pub(super) fn set_refused(&mut self, task: TaskId, statement: Option<Statement>) {
        self.of_mut(task).0.refused = statement;
    }

    /// What SQLite gave up, if the answer that `task` sees now is a refusal.
    pub(super) fn take_refused(&mut self, task: TaskId) -> Option<Statement> {
        self.of_mut(task).0.refused.take()
    }

    /// "database is locked" reached `task`.
    pub(super) fn refuse(&mut self, task: TaskId) -> Reaction {
        let closes = self.closes_after_error;
        let (coroutine, routine) = self.of_mut(task);
        let is_caught = coroutine.begun.checked_sub(1).is_some_and(|step| routine.caught.contains(&step));
        coroutine.begun = 0;
        if is_caught && coroutine.retries_left > 0 {
            coroutine.retries_left -= 1;
            coroutine.path = Path::BeforeRetry;
            return Reaction::Retry;
        }
        coroutine.has_failed = true;
        coroutine.path = if is_caught && closes { Path::AfterError } else { Path::Raise };
        Reaction::Fail
    }

    /// The gather raises: the main coroutine, which awaits it, does nothing more.
    pub(super) fn raise_in_main(&mut self) {
        self.main.path = Path::Raise;
    }

    /// Whether `task` ended, or will end, with an error.
    pub(super) fn has_failed(&self, task: TaskId) -> bool {
        self.of(task).0.has_failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::query::read;
    use crate::trace::Call;

    const ONE: TaskId = TaskId::new(1);

    /// The calls of task 1 to its end, of which the first two INSERTs are refused.
    fn calls(query: &str) -> Vec<Call> {
        let mut coroutines = Coroutines::new(&read(query).scenario);
        let (mut calls, mut refusals) = (Vec::new(), 2);
        while let Some(step) = coroutines.next(ONE) {
            calls.extend(if let Step::Call(call) = step { Some(call) } else { None });
            if step == Step::Call(Call::Execute) && refusals > 0 {
                refusals -= 1;
                coroutines.refuse(ONE);
            }
        }
        calls
    }

    #[test]
    fn a_retry_begins_the_transaction_again_and_not_the_connection() {
        use Call::{Begin, Close, Commit, Connect, Execute, Rollback, Select, Stop};
        let again = [Begin, Select, Execute, Rollback];
        let expected = [&[Connect][..], &again, &again, &[Begin, Select, Execute, Commit, Close, Stop]].concat();
        assert_eq!(calls("read_first=1&retries=2"), expected);
    }

    #[test]
    fn a_task_whose_retries_are_used_up_closes_its_connection_only_where_the_gather_goes_on() {
        use Call::{Close, Connect, Execute, Rollback, Stop};
        assert_eq!(calls("retries=1"), [Connect, Execute, Rollback, Execute]);
        assert_eq!(calls("retries=1&keep_going=1"), [Connect, Execute, Rollback, Execute, Close, Stop]);
    }

    #[test]
    fn on_one_connection_nothing_is_caught() {
        assert_eq!(calls("strategy=shared-connection&retries=5&keep_going=1"), [Call::Execute]);
    }
}
