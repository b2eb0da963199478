//! The lines of a program, and what each of them is.

/// A line at which a coroutine can be suspended, or that says how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// `async with semaphore:`.
    Acquire,
    /// `await aiosqlite.connect(...)`.
    Connect,
    /// `await db.execute('PRAGMA journal_mode=...')`.
    PragmaJournal,
    /// `await db.execute('PRAGMA synchronous=...')`.
    PragmaSynchronous,
    /// `await db.execute('BEGIN ...')`.
    Begin,
    /// `await db.execute_fetchall('SELECT ...')`.
    Select,
    /// `await db.execute(command)`, the INSERT.
    Execute,
    /// `await asyncio.sleep(...)`.
    Sleep,
    /// `await db.commit()`.
    Commit,
    /// `await db.rollback()` after an error.
    Rollback,
    /// `await asyncio.sleep(...)` before a retry.
    Pause,
    /// `await db.close()` after the commit.
    Close,
    /// `await db.close()` after an error, where the gather goes on.
    CloseAfterError,
    /// The last line of a coroutine that inserts one row: the row is counted.
    Counted,
}

/// A line of the module that is not inside `write_to_db` and that a traceback names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// `loop.run_until_complete(...)`.
    RunUntilComplete,
    /// `await insert_many_times()`.
    InsertManyTimes,
    /// `await asyncio.gather(`.
    Gather,
}

/// One line of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text, with no line end.
    pub text: String,
    /// The step that it is, if a task can stand there.
    pub step: Option<Step>,
    /// The frame of a traceback that it is.
    pub frame: Option<Frame>,
    /// Whether the question's program has no such line.
    pub changed: bool,
}

/// The program of a scenario, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// In order; line 1 first.
    pub lines: Vec<Line>,
}

impl Source {
    /// The whole text, as a file.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }

    /// The number of the line that is `step`, counted from 1, and the line.
    #[must_use]
    pub fn at_step(&self, step: Step) -> Option<(usize, &Line)> {
        numbered(&self.lines, |line| line.step == Some(step))
    }

    /// The number of the line that is `frame`, counted from 1, and the line.
    #[must_use]
    pub fn at_frame(&self, frame: Frame) -> Option<(usize, &Line)> {
        numbered(&self.lines, |line| line.frame == Some(frame))
    }
}

fn numbered(lines: &[Line], is_wanted: impl Fn(&Line) -> bool) -> Option<(usize, &Line)> {
    lines.iter().enumerate().find(|(_, line)| is_wanted(line)).map(|(index, line)| (index + 1, line))
}
