//! Which answers the coroutines see: a worker posts one, and the coroutine learns of it when the loop resumes it.

use super::{Call, EventKind, TaskId};

/// The answer that waits for each task.
#[derive(Clone, Debug)]
pub struct Answers(Vec<Option<Call>>);

impl Answers {
    /// Nobody has been answered yet.
    #[must_use]
    pub fn new(tasks: u32) -> Self {
        Self(vec![None; tasks as usize])
    }

    /// Reads the next event: the call whose good answer its coroutine sees with it, if it sees one.
    pub fn read(&mut self, task: TaskId, kind: EventKind) -> Option<Call> {
        let waiting = self.0.get_mut(task.index()?)?;
        match kind {
            EventKind::CallReturned { call, ok } => {
                *waiting = ok.then_some(call);
                None
            }
            EventKind::Resumed { .. } => waiting.take(),
            _ => None,
        }
    }
}
