//! The results that coroutines see. A worker posts a result, and the coroutine sees it when the
//! loop resumes it.

use super::{Call, EventKind, TaskId};

/// The posted result of each task that its coroutine has not seen yet.
#[derive(Clone, Debug)]
pub struct Answers(Vec<Option<Call>>);

impl Answers {
    /// No results for `tasks` tasks.
    #[must_use]
    pub fn new(tasks: u32) -> Self {
        Self(vec![None; tasks as usize])
    }

    /// Reads the next event. Returns the call whose successful result the coroutine sees with this
    /// event, if there is one.
    pub fn read(&mut self, task: TaskId, kind: EventKind) -> Option<Call> {
        let pending = self.0.get_mut(task.index()?)?;
        match kind {
            EventKind::CallReturned { call, ok } => {
                *pending = ok.then_some(call);
                None
            }
            EventKind::Resumed { .. } => pending.take(),
            _ => None,
        }
    }
}
