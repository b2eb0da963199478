//! Ready-made scripts for the terminals, one for each fact about locks.

/// A script that shows one thing about SQLite's locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The name in URLs and tests.
    pub name: &'static str,
    /// What happens, in a few words.
    pub title: &'static str,
    /// What to look at and why it happens, in two or three sentences.
    pub about: &'static str,
    /// The script.
    pub script: &'static str,
    /// The result code of each step after the whole script, from SQLite itself.
    pub codes: &'static [&'static str],
    /// The numbers of the facts in `docs/facts.md`.
    pub facts: &'static [&'static str],
}

impl Case {
    /// The case with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        CASES.iter().find(|case| case.name == name).copied()
    }

    /// The query string of the link that opens the case.
    #[must_use]
    pub fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).append_pair("script", self.script).finish()
    }
}

const OK: &str = "OK";
const BUSY: &str = "SQLITE_BUSY";
const SNAPSHOT: &str = "SQLITE_BUSY_SNAPSHOT";
const ERROR: &str = "SQLITE_ERROR";

/// All cases, the simplest first.
pub const CASES: &[Case] = &[
    Case {
        name: "one-writer",
        title: "Only one connection may write",
        about: "A holds RESERVED from BEGIN IMMEDIATE to COMMIT. B may read meanwhile, but not write. After the COMMIT, B's \
                INSERT succeeds.",
        script: "A: BEGIN IMMEDIATE\nB: SELECT * FROM person\nB: INSERT INTO person(name) VALUES('Ben')\n\
                 A: INSERT INTO person(name) VALUES('Ann')\nA: COMMIT\nB: INSERT INTO person(name) VALUES('Ben')",
        codes: &[OK, OK, BUSY, OK, OK, OK],
        facts: &["1.1", "1.4"],
    },
    Case {
        name: "busy-timeout",
        title: "A busy timeout makes SQLite wait",
        about: "B waits: SQLite tries again after 1, 2, 5, 10, 15 ms and so on. A commits after 100 ms, and B gets in at its next \
                attempt, 3 ms later. Nothing tells B that the lock is free.",
        script: "B: PRAGMA busy_timeout=1000\nA: BEGIN IMMEDIATE\nB: INSERT INTO person(name) VALUES('Ben')\n.wait 100ms\n\
                 A: COMMIT\n.run",
        codes: &[OK, OK, OK, OK],
        facts: &["3.2", "3.10"],
    },
    Case {
        name: "timeout-ends",
        title: "\u{201c}database is locked\u{201d} after the busy timeout",
        about: "A keeps its transaction open for longer than B's timeout. B sleeps 12 times, 300 ms altogether, and then gives up. \
                A longer timeout only helps if A commits in time.",
        script: "B: PRAGMA busy_timeout=300\nA: BEGIN IMMEDIATE\nB: INSERT INTO person(name) VALUES('Ben')\n.run\nA: COMMIT",
        codes: &[OK, OK, BUSY, OK],
        facts: &["3.3", "3.4"],
    },
    Case {
        name: "no-timeout",
        title: "Without a busy timeout it fails at once",
        about: "SQLite itself has no busy timeout. Many drivers set one: Python sets 5 s.",
        script: "A: BEGIN IMMEDIATE\nB: PRAGMA busy_timeout\nB: INSERT INTO person(name) VALUES('Ben')",
        codes: &[OK, OK, BUSY],
        facts: &["3.1"],
    },
    Case {
        name: "no-queue",
        title: "There is no queue: the next attempt gets in",
        about: "B and C both wait, and neither holds a lock. The connection whose next attempt comes first after the COMMIT gets in: \
                here C, although it began later. B still waits.",
        script: "B: PRAGMA busy_timeout=1000\nC: PRAGMA busy_timeout=1000\nA: BEGIN IMMEDIATE\n\
                 B: INSERT INTO person(name) VALUES('Ben')\n.wait 60ms\nC: BEGIN IMMEDIATE\n.wait 5ms\nA: COMMIT\n.wait 5ms\nC: SELECT 1",
        codes: &[OK, OK, OK, "WAITING", OK, OK, OK],
        facts: &["1.8", "3.10"],
    },
    Case {
        name: "begin-takes-no-lock",
        title: "BEGIN takes no lock",
        about: "BEGIN only says that a transaction starts. The SELECT takes SHARED and keeps it, because a transaction is open. \
                The INSERT takes RESERVED, and COMMIT writes the file under EXCLUSIVE.",
        script: "A: BEGIN\nA: SELECT * FROM person\nA: INSERT INTO person(name) VALUES('Ann')\nA: COMMIT",
        codes: &[OK, OK, OK, OK],
        facts: &["1.7"],
    },
    Case {
        name: "read-then-write",
        title: "Two transactions read, then both write",
        about: "Both hold SHARED. A takes RESERVED. B would have to wait for A, and A's COMMIT for B: a deadlock. So SQLite refuses \
                B at once, although B has a busy timeout. B has to roll back; then A's COMMIT succeeds.",
        script: "A: PRAGMA busy_timeout=1000\nB: PRAGMA busy_timeout=1000\nA: BEGIN\nB: BEGIN\nA: SELECT * FROM person\n\
                 B: SELECT * FROM person\nA: INSERT INTO person(name) VALUES('Ann')\nB: INSERT INTO person(name) VALUES('Ben')\n\
                 A: COMMIT\nB: ROLLBACK\n.run",
        codes: &[OK, OK, OK, OK, OK, OK, OK, BUSY, OK, OK],
        facts: &["1.15", "14.1"],
    },
    Case {
        name: "begin-immediate",
        title: "BEGIN IMMEDIATE avoids that deadlock",
        about: "B asks for RESERVED before it reads, so it may wait. It gets in when A commits.",
        script: "B: PRAGMA busy_timeout=1000\nA: BEGIN IMMEDIATE\nA: SELECT * FROM person\nB: BEGIN IMMEDIATE\n.wait 20ms\n\
                 A: INSERT INTO person(name) VALUES('Ann')\nA: COMMIT\n.run\nB: SELECT * FROM person\nB: COMMIT",
        codes: &[OK, OK, OK, OK, OK, OK, OK, OK],
        facts: &["1.7", "1.15"],
    },
    Case {
        name: "commit-waits-for-reader",
        title: "A reader delays a COMMIT",
        about: "A's COMMIT needs EXCLUSIVE, but B reads. A is refused and keeps PENDING: C, a new reader, is refused too. When B ends \
                its transaction, A can commit.",
        script: "B: BEGIN\nB: SELECT * FROM person\nA: BEGIN\nA: INSERT INTO person(name) VALUES('Ann')\nA: COMMIT\n\
                 C: SELECT * FROM person\nB: COMMIT\nA: COMMIT\nC: SELECT * FROM person",
        codes: &[OK, OK, OK, OK, BUSY, BUSY, OK, OK, OK],
        facts: &["1.4", "1.11"],
    },
    Case {
        name: "commit-waits",
        title: "A COMMIT waits for a reader with PENDING",
        about: "With a busy timeout, A's COMMIT waits. While it waits it holds PENDING, so that no new reader gets in.",
        script: "A: PRAGMA busy_timeout=1000\nB: BEGIN\nB: SELECT * FROM person\nA: BEGIN\nA: INSERT INTO person(name) VALUES('Ann')\n\
                 A: COMMIT\n.wait 10ms\nC: SELECT * FROM person\nB: COMMIT\n.run\nC: SELECT * FROM person",
        codes: &[OK, OK, OK, OK, OK, OK, BUSY, OK, OK],
        facts: &["1.4", "1.15"],
    },
    Case {
        name: "refused-autocommit",
        title: "A refused INSERT outside a transaction leaves nothing",
        about: "A's INSERT is its own transaction. Its COMMIT finds the reader B, so SQLite rolls the INSERT back.",
        script: "B: BEGIN\nB: SELECT * FROM person\nA: INSERT INTO person(name) VALUES('Ann')\nB: COMMIT\nC: SELECT count(*) FROM person",
        codes: &[OK, OK, BUSY, OK, OK],
        facts: &["1.11"],
    },
    Case {
        name: "refused-insert",
        title: "After a refused INSERT the transaction is still open",
        about: "Only the statement fails. B is in a transaction without a lock and may try the INSERT again.",
        script: "A: BEGIN IMMEDIATE\nB: BEGIN\nB: INSERT INTO person(name) VALUES('Ben')\nA: COMMIT\n\
                 B: INSERT INTO person(name) VALUES('Ben')\nB: COMMIT",
        codes: &[OK, OK, BUSY, OK, OK, OK],
        facts: &["1.12"],
    },
    Case {
        name: "begin-exclusive",
        title: "BEGIN EXCLUSIVE locks readers out",
        about: "With a rollback journal, EXCLUSIVE means that no other connection reads. In WAL mode it would be like BEGIN IMMEDIATE.",
        script: "A: BEGIN EXCLUSIVE\nB: SELECT * FROM person\nA: ROLLBACK\nB: SELECT * FROM person",
        codes: &[OK, BUSY, OK, OK],
        facts: &["1.4", "1.7"],
    },
    Case {
        name: "forgotten-transaction",
        title: "A constraint error leaves the transaction open",
        about: "The second INSERT breaks a constraint. The transaction stays open and keeps RESERVED, so B is locked out until A \
                rolls back. A program that handles the error without a ROLLBACK locks out all others.",
        script: "A: BEGIN\nA: INSERT INTO person(name) VALUES('Ann')\nA: INSERT INTO person(name) VALUES(NULL)\n\
                 B: INSERT INTO person(name) VALUES('Ben')\nA: ROLLBACK\nB: INSERT INTO person(name) VALUES('Ben')",
        codes: &[OK, OK, "SQLITE_CONSTRAINT_NOTNULL", BUSY, OK, OK],
        facts: &["14.4"],
    },
    Case {
        name: "close",
        title: "Closing a connection rolls its transaction back",
        about: "A closes inside its transaction. Its row is gone, and its lock is free.",
        script: "A: BEGIN\nA: INSERT INTO person(name) VALUES('Ann')\nB: INSERT INTO person(name) VALUES('Ben')\nA: .close\n\
                 B: INSERT INTO person(name) VALUES('Ben')\nB: SELECT name FROM person",
        codes: &[OK, OK, BUSY, OK, OK, OK],
        facts: &["1.7"],
    },
    Case {
        name: "shared-connection",
        title: "Two tasks on one connection share one transaction",
        about: "A transaction belongs to a connection. A second BEGIN on the same connection is an error, but not \u{201c}database is locked\u{201d}.",
        script: "A: BEGIN\nA: INSERT INTO person(name) VALUES('Ann')\nA: BEGIN\nA: COMMIT\nA: COMMIT",
        codes: &[OK, OK, ERROR, OK, ERROR],
        facts: &["14.5"],
    },
    Case {
        name: "kill",
        title: "A killed process leaves no lock",
        about: "The process of A dies inside its transaction. Its locks are gone at once. Its journal stays, but it was not synced, \
                so the next connection ignores it.",
        script: "A: BEGIN\nA: INSERT INTO person(name) VALUES('Ann')\nA: .kill\nB: SELECT count(*) FROM person\n\
                 B: INSERT INTO person(name) VALUES('Ben')",
        codes: &[OK, OK, OK, OK, OK],
        facts: &["1.13"],
    },
    Case {
        name: "hot-journal",
        title: "A crash inside COMMIT leaves a hot journal",
        about: "The process of A dies when the journal is synced and the first page is in the file. The next reader finds the hot \
                journal, takes EXCLUSIVE, rolls back and reads the old state.",
        script: "A: BEGIN\nA: INSERT INTO person(name) VALUES('Ann')\nA: .crash COMMIT\nB: SELECT count(*) FROM person\n\
                 B: PRAGMA integrity_check",
        codes: &[OK, OK, OK, OK, OK],
        facts: &["1.13"],
    },
    Case {
        name: "wal-readers",
        title: "WAL mode: readers and a writer do not wait for each other",
        about: "B reads a snapshot. A's COMMIT appends to the log and needs no EXCLUSIVE. B still reads its old snapshot until its \
                transaction ends.",
        script: "A: PRAGMA journal_mode=wal\nB: BEGIN\nB: SELECT count(*) FROM person\nA: INSERT INTO person(name) VALUES('Ann')\n\
                 B: SELECT count(*) FROM person\nB: COMMIT\nB: SELECT count(*) FROM person",
        codes: &[OK, OK, OK, OK, OK, OK, OK],
        facts: &["2.2", "2.3"],
    },
    Case {
        name: "wal-one-writer",
        title: "WAL mode: still only one connection may write",
        about: "WAL mode does not allow two writers. B is refused, exactly as with a rollback journal.",
        script: "A: PRAGMA journal_mode=wal\nA: BEGIN IMMEDIATE\nB: SELECT * FROM person\nB: INSERT INTO person(name) VALUES('Ben')\n\
                 A: COMMIT\nB: INSERT INTO person(name) VALUES('Ben')",
        codes: &[OK, OK, OK, BUSY, OK, OK],
        facts: &["2.2"],
    },
    Case {
        name: "wal-old-snapshot",
        title: "WAL mode: an old snapshot may not write",
        about: "A has read before B wrote. If A wrote now, it would overwrite what it has not seen. Waiting cannot renew the snapshot, \
                so SQLite refuses at once with SQLITE_BUSY_SNAPSHOT. A has to end the transaction and begin again.",
        script: "A: PRAGMA journal_mode=wal\nA: PRAGMA busy_timeout=1000\nA: BEGIN\nA: SELECT * FROM person\n\
                 B: INSERT INTO person(name) VALUES('Ben')\nA: INSERT INTO person(name) VALUES('Ann')\nA: ROLLBACK\n\
                 A: INSERT INTO person(name) VALUES('Ann')",
        codes: &[OK, OK, OK, OK, OK, SNAPSHOT, OK, OK],
        facts: &["2.4"],
    },
    Case {
        name: "wal-read-then-write",
        title: "WAL mode: plain SQLITE_BUSY while the other writes",
        about: "As long as B's transaction is open, A gets SQLITE_BUSY, at once. After B's COMMIT the code is SQLITE_BUSY_SNAPSHOT.",
        script: "A: PRAGMA journal_mode=wal\nA: PRAGMA busy_timeout=1000\nA: BEGIN\nA: SELECT * FROM person\nB: BEGIN IMMEDIATE\n\
                 B: INSERT INTO person(name) VALUES('Ben')\nA: INSERT INTO person(name) VALUES('Ann')\nB: COMMIT\n\
                 A: INSERT INTO person(name) VALUES('Ann')",
        codes: &[OK, OK, OK, OK, OK, OK, BUSY, OK, SNAPSHOT],
        facts: &["14.7", "2.4"],
    },
    Case {
        name: "wal-begin-exclusive",
        title: "WAL mode: BEGIN EXCLUSIVE lets readers in",
        about: "It takes the write lock, like BEGIN IMMEDIATE.",
        script: "A: PRAGMA journal_mode=wal\nA: BEGIN EXCLUSIVE\nB: SELECT * FROM person\nB: BEGIN IMMEDIATE\nA: COMMIT",
        codes: &[OK, OK, OK, BUSY, OK],
        facts: &["2.3"],
    },
    Case {
        name: "wal-checkpoint",
        title: "WAL mode: a reader keeps the log from being copied",
        about: "A checkpoint copies frames of the log into the database file, but not those after the oldest snapshot. B's snapshot \
                is from before the second row. After B's COMMIT the checkpoint copies the rest.",
        script: "A: PRAGMA journal_mode=wal\nA: INSERT INTO person(name) VALUES('Ann')\nB: BEGIN\nB: SELECT * FROM person\n\
                 A: INSERT INTO person(name) VALUES('Ada')\nA: PRAGMA wal_checkpoint\nB: COMMIT\nA: PRAGMA wal_checkpoint",
        codes: &[OK, OK, OK, OK, OK, OK, OK, OK],
        facts: &["2.5"],
    },
    Case {
        name: "wal-checkpoint-waits",
        title: "WAL mode: wal_checkpoint(TRUNCATE) waits, and fails without an error",
        about: "It waits for the reader B until the busy timeout ends. Then it returns a row: 1 for busy. Nothing is raised, so a \
                program has to look at the row.",
        script: "A: PRAGMA journal_mode=wal\nA: PRAGMA busy_timeout=100\nB: BEGIN\nB: SELECT * FROM person\n\
                 A: INSERT INTO person(name) VALUES('Ann')\nA: PRAGMA wal_checkpoint(TRUNCATE)\n.run",
        codes: &[OK, OK, OK, OK, OK, OK],
        facts: &["14.10", "2.5"],
    },
    Case {
        name: "wal-crash",
        title: "WAL mode: a crash inside COMMIT loses only that transaction",
        about: "The process of A dies while it writes the log. The last frame has no mark of a COMMIT, so other connections ignore it.",
        script: "A: PRAGMA journal_mode=wal\nA: BEGIN\nA: INSERT INTO person(name) VALUES('Ann')\nA: .crash COMMIT\n\
                 B: SELECT count(*) FROM person\nB: INSERT INTO person(name) VALUES('Ben')",
        codes: &[OK, OK, OK, OK, OK, OK],
        facts: &["2.2"],
    },
    Case {
        name: "wal-last-close",
        title: "WAL mode: the last connection deletes the log",
        about: "B closes first: the log stays. When A closes, SQLite copies the log into the file and deletes it. Then C reads the rows \
                from the file.",
        script: "A: PRAGMA journal_mode=wal\nA: INSERT INTO person(name) VALUES('Ann')\nB: SELECT * FROM person\nB: .close\nA: .close\n\
                 C: SELECT name FROM person",
        codes: &[OK, OK, OK, OK, OK, OK],
        facts: &["2.7"],
    },
    Case {
        name: "switch-to-wal",
        title: "Switching to WAL mode while another connection writes",
        about: "The switch needs the file for itself. Beside a writer it fails at once, although A has a busy timeout.",
        script: "A: PRAGMA busy_timeout=1000\nB: BEGIN IMMEDIATE\nA: PRAGMA journal_mode=wal\nB: COMMIT\nA: PRAGMA journal_mode=wal",
        codes: &[OK, OK, BUSY, OK, OK],
        facts: &["14.3"],
    },
    Case {
        name: "switch-from-wal",
        title: "Switching back needs all other connections closed",
        about: "B is open and holds no lock. That is enough: A's switch is refused until B is closed.",
        script: "A: PRAGMA journal_mode=wal\nB: SELECT * FROM person\nA: PRAGMA journal_mode=delete\nB: .close\nA: PRAGMA journal_mode=delete",
        codes: &[OK, OK, BUSY, OK, OK],
        facts: &["14.3"],
    },
    Case {
        name: "savepoint",
        title: "ROLLBACK TO keeps the locks",
        about: "A's RELEASE is a COMMIT, which the reader B refuses. ROLLBACK TO undoes the row, but not the lock: new readers are still \
                refused until A rolls back the whole transaction.",
        script: "B: BEGIN\nB: SELECT * FROM person\nA: SAVEPOINT s\nA: INSERT INTO person(name) VALUES('Ann')\nA: RELEASE s\n\
                 A: ROLLBACK TO s\nC: SELECT * FROM person\nA: ROLLBACK\nC: SELECT * FROM person",
        codes: &[OK, OK, OK, OK, BUSY, OK, BUSY, OK, OK],
        facts: &["14.10"],
    },
    Case {
        name: "cache-spill",
        title: "A large transaction locks readers out before its COMMIT",
        about: "A's cache is small, so SQLite writes changed pages to the file early, and for that it takes EXCLUSIVE.",
        script: "A: PRAGMA cache_size=10\nA: BEGIN\nA: WITH RECURSIVE n(x) AS (VALUES(1) UNION ALL SELECT x+1 FROM n LIMIT 200) \
                 INSERT INTO person(name) SELECT hex(zeroblob(1000)) FROM n\nB: SELECT count(*) FROM person\nA: ROLLBACK",
        codes: &[OK, OK, OK, BUSY, OK],
        facts: &["1.7", "14.10"],
    },
    Case {
        name: "used-up-handler",
        title: "A used-up busy timeout is not renewed",
        about: "C's first INSERT finds the file locked while it reads the schema. After the ROLLBACK, C has to read the schema again. \
                Its BEGIN IMMEDIATE uses up the busy timeout, so the INSERT after it, which reads the schema while it is prepared, fails \
                at once.",
        script: "C: PRAGMA busy_timeout=10\nA: BEGIN EXCLUSIVE\nC: INSERT INTO person(name) VALUES('Cy')\n.run\nA: ROLLBACK\nC: BEGIN\n\
                 C: SELECT * FROM person\nC: ROLLBACK\nA: BEGIN EXCLUSIVE\nC: BEGIN IMMEDIATE\n.run\n\
                 C: INSERT INTO person(name) VALUES('Cy')",
        codes: &[OK, OK, BUSY, OK, OK, OK, OK, OK, BUSY, BUSY],
        facts: &["3.6", "14.8"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminals::{Line, Script};
    use std::collections::BTreeSet;

    #[test]
    fn every_case_has_its_own_name_and_a_code_for_each_step() {
        let names: BTreeSet<_> = CASES.iter().map(|case| case.name).collect();
        assert_eq!(names.len(), CASES.len());
        for case in CASES {
            let script = Script::parse(case.script).expect("a script");
            let steps = script.lines.iter().filter(|(_, line)| matches!(line, Line::Step(..))).count();
            assert_eq!(steps, case.codes.len(), "{}", case.name);
            assert_eq!(Case::named(case.name), Some(*case));
        }
    }

    #[test]
    fn the_facts_of_every_case_are_in_the_list_of_facts() {
        let facts = include_str!("../../../docs/facts.md");
        for (case, fact) in CASES.iter().flat_map(|case| case.facts.iter().map(move |fact| (case, fact))) {
            assert!(facts.contains(&format!("\n{fact} ")), "{}: fact {fact}", case.name);
        }
    }
}
