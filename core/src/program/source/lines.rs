//! The lines of a program, with their steps and frames.

/// A line at which a coroutine can be suspended, or at which it ended.
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
    /// `await db.close()` after an error, if the gather collects errors.
    CloseAfterError,
    /// `counter += 1`, the last line of a coroutine that inserts one row.
    Counted,
}

/// A line outside of `write_to_db` that is in the traceback.
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
    /// Its text, without the line break.
    pub text: String,
    /// The step on this line, if there is one.
    pub step: Option<Step>,
    /// The traceback frame on this line, if there is one.
    pub frame: Option<Frame>,
    /// Whether this line is not in the question's program.
    pub changed: bool,
}

/// The program of a scenario, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The lines in order.
    pub lines: Vec<Line>,
}

impl Source {
    /// The text of the whole file.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }

    /// The line with `step` and its number, from 1.
    #[must_use]
    pub fn at_step(&self, step: Step) -> Option<(usize, &Line)> {
        find_line(&self.lines, |line| line.step == Some(step))
    }

    /// The line with `frame` and its number, from 1.
    #[must_use]
    pub fn at_frame(&self, frame: Frame) -> Option<(usize, &Line)> {
        find_line(&self.lines, |line| line.frame == Some(frame))
    }
}

fn find_line(lines: &[Line], is_wanted: impl Fn(&Line) -> bool) -> Option<(usize, &Line)> {
    lines.iter().enumerate().find(|(_, line)| is_wanted(line)).map(|(index, line)| (index + 1, line))
}
