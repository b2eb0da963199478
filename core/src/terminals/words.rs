//! Sentences about the answers of SQLite and the state of the file.

use super::script::Terminal;
use super::view::{Answer, Connection, Step, View, WalLog};
use crate::text::counted;
use crate::trace::Lock;

impl View {
    /// The state of the file and its locks in one or two sentences.
    #[must_use]
    pub fn summary(&self) -> String {
        match &self.file.wal {
            Some(log) => wal_summary(&self.connections, log),
            None if self.file.journal.is_some_and(|journal| journal.is_hot) => {
                "A process died inside COMMIT and left a hot journal. The next reader rolls it back first.".to_owned()
            }
            None => rollback_summary(&self.connections),
        }
    }
}

fn rollback_summary(connections: &[Connection]) -> String {
    let with = |lock| letters(connections.iter().filter(|connection| connection.lock == lock));
    let (readers, exclusive, pending, reserved) =
        (with(Lock::Shared), with(Lock::Exclusive), with(Lock::Pending), with(Lock::Reserved));
    if !exclusive.is_empty() {
        return format!("{} holds EXCLUSIVE: no other connection may read or write.", listed(&exclusive));
    }
    if !pending.is_empty() {
        let holder = listed(&pending);
        let rest = if readers.is_empty() {
            "no reader is left, so it can go on".to_owned()
        } else {
            format!("it needs {} to stop reading", listed(&readers))
        };
        return format!("{holder} holds PENDING: {rest}. New readers are refused.");
    }
    if !reserved.is_empty() {
        let reading = if readers.is_empty() { String::new() } else { format!(" {}", reading(&readers)) };
        return format!("{} holds RESERVED: it may write; others may still read.{reading}", listed(&reserved));
    }
    if !readers.is_empty() {
        return format!("{} One connection may prepare to write, but not commit.", reading(&readers));
    }
    "No connection holds a lock: any of them may read or write.".to_owned()
}

fn wal_summary(connections: &[Connection], log: &WalLog) -> String {
    let writer = letters(connections.iter().filter(|connection| connection.lock == Lock::Write));
    let readers: Vec<_> =
        log.snapshots.iter().map(|snapshot| snapshot.terminal).filter(|reader| !writer.contains(reader)).collect();
    let outdated = letters(connections.iter().filter(|connection| {
        let snapshot = log.snapshots.iter().find(|snapshot| snapshot.terminal == connection.terminal);
        snapshot.is_some_and(|snapshot| snapshot.mark < log.frames)
    }));
    let writing = match &writer[..] {
        [] => "No connection holds the write lock.".to_owned(),
        _ => format!("{} holds the write lock: no other connection may write, but all may read.", listed(&writer)),
    };
    let reading = if readers.is_empty() { String::new() } else { format!(" {}", reading(&readers)) };
    let old = match &outdated[..] {
        [] => String::new(),
        [one] => format!(" {one}'s snapshot is older than the last COMMIT, so it cannot write."),
        several => format!(" The snapshots of {} are older than the last COMMIT, so they cannot write.", listed(several)),
    };
    [writing, reading, old].concat()
}

fn reading(readers: &[Terminal]) -> String {
    format!("{} {}.", listed(readers), if readers.len() == 1 { "reads" } else { "read" })
}

fn letters<'a>(connections: impl Iterator<Item = &'a Connection>) -> Vec<Terminal> {
    connections.map(|connection| connection.terminal).collect()
}

/// `A`, `A and B`, `A, B and C`.
fn listed(letters: &[Terminal]) -> String {
    let letters: Vec<_> = letters.iter().map(ToString::to_string).collect();
    match letters.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => letters.concat(),
    }
}

impl Step {
    /// The answer in one sentence, for a screen reader.
    #[must_use]
    pub fn spoken(&self) -> String {
        let answer = match &self.answer {
            Answer::Ok => self.table.as_ref().map_or_else(
                || "OK".to_owned(),
                |table| format!("{}{}", if table.is_cut { "the first " } else { "" }, counted(table.rows.len(), "row")),
            ),
            Answer::Waiting(waiting) => waiting.to_string(),
            Answer::Refused(refusal) => {
                let wait = refusal.wait.map(|wait| format!("; {}", wait.explanation())).unwrap_or_default();
                format!("{refusal}{wait}")
            }
        };
        format!("{}: {}: {answer}.", self.terminal, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminals::{File, Journal, Snapshot};

    fn view(locks: &[(usize, Lock)], journal: Option<Journal>, wal: Option<WalLog>) -> View {
        let terminals: Vec<_> = Terminal::all().collect();
        let connection = |(index, lock): &(usize, Lock)| Connection {
            terminal: terminals[*index],
            is_open: true,
            in_transaction: *lock != Lock::Unlocked,
            lock: *lock,
            busy_timeout_ms: 0,
            waiting: None,
        };
        View {
            version: "3".to_owned(),
            now_ms: 0,
            steps: Vec::new(),
            connections: locks.iter().map(connection).collect(),
            file: File { pages: 2, page_bytes: 4096, journal, wal },
        }
    }

    #[test]
    fn the_strongest_lock_of_the_rollback_journal_is_explained() {
        for (locks, summary) in [
            (&[][..], "No connection holds a lock: any of them may read or write."),
            (&[(1, Lock::Shared)], "B reads. One connection may prepare to write, but not commit."),
            (
                &[(0, Lock::Reserved), (1, Lock::Shared), (2, Lock::Shared)],
                "A holds RESERVED: it may write; others may still read. B and C read.",
            ),
            (&[(0, Lock::Pending), (1, Lock::Shared)], "A holds PENDING: it needs B to stop reading. New readers are refused."),
            (&[(0, Lock::Pending)], "A holds PENDING: no reader is left, so it can go on. New readers are refused."),
            (&[(0, Lock::Exclusive)], "A holds EXCLUSIVE: no other connection may read or write."),
        ] {
            assert_eq!(view(locks, None, None).summary(), summary);
        }
        let hot = view(&[], Some(Journal { bytes: 512, is_hot: true }), None);
        assert!(hot.summary().contains("hot journal"));
    }

    #[test]
    fn wal_mode_names_the_writer_and_the_outdated_snapshots() {
        let [a, b] = [0, 1].map(|index| Terminal::all().nth(index).expect("a connection"));
        let snapshots = vec![Snapshot { terminal: a, mark: 4 }, Snapshot { terminal: b, mark: 2 }];
        let log = WalLog { bytes: 16_512, frames: 4, checkpointed: 0, snapshots };
        let view = view(&[(0, Lock::Write), (1, Lock::Read)], None, Some(log));
        assert_eq!(
            view.summary(),
            "A holds the write lock: no other connection may write, but all may read. B reads. \
             B's snapshot is older than the last COMMIT, so it cannot write."
        );
    }
}
