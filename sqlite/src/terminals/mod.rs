//! The terminals: a script of SQL on the real SQLite, in simulated time.
//!
//! A refused statement that may wait is run again at the times of SQLite's busy handler, while other
//! connections go on.

mod drawing;
mod terminal;
#[cfg(test)]
mod tests;

use crate::connection::prepare_for_session;
use crate::setup::create;
use crate::vfs::Vfs;
use lockstep_core::model::database::script::ScriptError;
use lockstep_core::terminals::{Action, Line, Script, Step, Terminal as Letter, View};
use std::rc::Rc;
use terminal::{Progress, Terminal};

/// The state after the lines of a script so far.
pub struct Session {
    terminals: [Option<Terminal>; Letter::COUNT],
    vfs: Rc<Vfs>,
    lines: Vec<Line>,
    steps: Vec<Step>,
    now_ms: u64,
}

impl Default for Session {
    fn default() -> Self {
        prepare_for_session();
        let vfs = Rc::new(Vfs::new());
        create(&vfs, false, 0);
        vfs.record_requests();
        Self { terminals: Default::default(), vfs, lines: Vec::new(), steps: Vec::new(), now_ms: 0 }
    }
}

impl Session {
    /// Plays `script`. If the lines so far are its beginning, it plays only the others; otherwise it
    /// starts again with a new file.
    ///
    /// # Errors
    /// If the script cannot be parsed. Then nothing is played.
    pub fn play(&mut self, script: &str) -> Result<View, ScriptError> {
        let script = Script::parse(script)?;
        let same = |(played, (_, line)): (&Line, &(usize, Line))| played == line;
        if self.lines.len() > script.lines.len() || !self.lines.iter().zip(&script.lines).all(same) {
            *self = Self::default();
        }
        for (number, line) in script.lines.iter().skip(self.lines.len()) {
            self.play_line(*number, line);
            self.lines.push(line.clone());
        }
        self.number_steps(&script);
        Ok(self.view(&script))
    }

    fn play_line(&mut self, number: usize, line: &Line) {
        match line {
            Line::Wait { milliseconds } => self.advance(self.now_ms + milliseconds),
            Line::Run => self.run_until(|session| !session.is_waiting()),
            Line::Step(letter, action) => {
                let index = letter.index();
                self.run_until(|session| session.terminals[index].as_ref().is_none_or(|terminal| !terminal.is_waiting()));
                self.begin_step(number, *letter, action);
            }
        }
    }

    fn begin_step(&mut self, number: usize, letter: Letter, action: &Action) {
        let index = letter.index();
        if self.terminals[index].is_none() && !matches!(action, Action::Close | Action::Kill) {
            self.terminals[index] = Terminal::open(&self.vfs);
        }
        self.vfs.take_requests();
        let mut step = terminal::empty_step(number, letter, action, self.now_ms);
        let progress = match (self.terminals[index].take(), action) {
            (Some(mut terminal), Action::Sql(sql)) => {
                terminal.begin(sql, self.steps.len());
                terminal.go_on(&mut step, self.now_ms);
                Progress::Alive(terminal)
            }
            (Some(terminal), Action::CrashInCommit) => terminal.crash_in_commit(&mut step),
            (Some(terminal), Action::Kill) => terminal.kill(),
            (Some(_) | None, Action::Close) | (None, _) => Progress::Gone,
        };
        step.requests = self.vfs.take_requests();
        self.pass_sleeps();
        self.terminals[index] = match progress {
            Progress::Alive(terminal) => Some(terminal),
            Progress::Gone => None,
        };
        self.steps.push(step);
    }

    fn is_waiting(&self) -> bool {
        self.next_attempt().is_some()
    }

    /// When the next waiting statement is run again, and which terminal has it. Of several at the
    /// same time, the first letter goes first.
    fn next_attempt(&self) -> Option<(u64, usize)> {
        let at = |(index, terminal): (usize, &Option<Terminal>)| Some((terminal.as_ref()?.next_attempt_ms()?, index));
        self.terminals.iter().enumerate().filter_map(at).min()
    }

    /// Lets time pass until `is_done`. It ends, because each wait has a timeout.
    fn run_until(&mut self, is_done: impl Fn(&Self) -> bool) {
        while !is_done(self) {
            let Some((at, index)) = self.next_attempt() else { return };
            self.attempt(at, index);
        }
    }

    /// Lets time pass until `end`.
    fn advance(&mut self, end: u64) {
        while let Some((at, index)) = self.next_attempt().filter(|(at, _)| *at <= end) {
            self.attempt(at, index);
        }
        self.set_time(end);
    }

    fn attempt(&mut self, at: u64, index: usize) {
        self.set_time(at);
        let Some(terminal) = &mut self.terminals[index] else { return };
        let Some(step) = self.steps.get_mut(terminal.step()) else { return };
        self.vfs.take_requests();
        terminal.go_on(step, self.now_ms);
        let requests = self.vfs.take_requests();
        // An attempt that asks for the same as the one before adds nothing.
        if !step.requests.ends_with(&requests) {
            step.requests.extend(requests);
        }
        self.pass_sleeps();
    }

    /// Lets the time pass that SQLite has slept inside a call, which others cannot use.
    fn pass_sleeps(&mut self) {
        let slept: u64 = self.vfs.take_sleeps().iter().map(|sleep| sleep.milliseconds).sum();
        self.set_time(self.now_ms + slept);
    }

    fn set_time(&mut self, now_ms: u64) {
        self.now_ms = now_ms;
        self.vfs.now_ms.set(now_ms);
    }

    /// Gives each step the number of its line in `script`: comments and blank lines may have moved.
    fn number_steps(&mut self, script: &Script) {
        let numbers = script.lines.iter().filter(|(_, line)| matches!(line, Line::Step(..))).map(|(number, _)| *number);
        self.steps.iter_mut().zip(numbers).for_each(|(step, number)| step.line = number);
    }

    fn view(&mut self, script: &Script) -> View {
        for terminal in self.terminals.iter().flatten() {
            if let Some(step) = self.steps.get_mut(terminal.step()) {
                terminal.show_waiting(step, self.now_ms);
            }
        }
        let connections = script.terminals().into_iter();
        let connections =
            connections.map(|letter| terminal::connection(letter, self.terminals[letter.index()].as_ref(), self.now_ms));
        View {
            version: crate::version().to_owned(),
            now_ms: self.now_ms,
            steps: self.steps.clone(),
            connections: connections.collect(),
            file: drawing::file(&self.vfs, &self.terminals),
        }
    }
}
