//! The program's text, line by line. A line may be a step at which a task can be, or a frame of a
//! traceback.
//!
//! It is the question's program by Ali Safapour, with its spelling and with the changes of the
//! scenario. `template` writes it.

mod lines;
mod template;

pub use lines::{Frame, Line, Source, Step};

use crate::scenario::Scenario;

impl Source {
    /// The program that `scenario` describes.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut source = template::write(scenario);
        if *scenario != Scenario::default() {
            let original = template::write(&Scenario::default());
            for line in &mut source.lines {
                line.changed = !original.lines.iter().any(|other| other.text.trim() == line.text.trim());
            }
        }
        source
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::query::read;

    fn text(query: &str) -> String {
        Source::of(&read(query).scenario).text()
    }

    #[test]
    fn the_default_program_is_that_of_the_question() {
        let source = Source::of(&Scenario::default());
        assert!(source.text().contains("    # await asyncio.sleep(2)\n    await db.commit()\n"));
        assert!(source.text().contains("connect('test_database.db')\n"));
        assert!(source.text().contains("for number in range(1000)])\n"));
        assert!(source.lines.iter().all(|line| !line.changed), "nothing is marked as changed");
    }

    #[test]
    fn changed_fields_are_in_the_program_and_their_lines_are_marked() {
        let source = Source::of(&read("tasks=20&timeout=0.5&sleep=2").scenario);
        let changed: Vec<&str> = source.lines.iter().filter(|line| line.changed).map(|line| line.text.trim()).collect();
        assert_eq!(
            changed,
            [
                "db = await aiosqlite.connect('test_database.db', timeout=0.5)",
                "await asyncio.sleep(2)",
                "*[write_to_db(number) for number in range(20)])",
            ]
        );
    }

    #[test]
    fn each_task_sets_the_modes_of_its_connection_and_modes_of_the_file_are_set_once() {
        assert!(text("journal=truncate").contains("    await db.execute('PRAGMA journal_mode=truncate')\n"));
        assert!(text("journal=wal").contains("        await db2.execute('PRAGMA journal_mode=wal')\n"));
        assert!(text("synchronous=off").contains("    await db.execute('PRAGMA synchronous=off')\n"));
        assert!(!text("").contains("PRAGMA"));
    }

    #[test]
    fn a_failed_task_closes_its_connection_only_if_the_gather_collects_errors() {
        assert!(text("keep_going=1").contains("        await db.close()\n        raise\n"));
        assert!(text("keep_going=1").contains("return_exceptions=True)"));
        assert!(!text("").contains("except"));
    }

    #[test]
    fn the_kind_of_begin_is_an_argument_of_connect() {
        assert!(text("begin=immediate").contains("connect('test_database.db', isolation_level='IMMEDIATE')\n"));
        assert!(text("begin=exclusive&timeout=1").contains("timeout=1, isolation_level='EXCLUSIVE')\n"));
        let reading = text("begin=immediate&read_first=1");
        assert!(reading.contains("isolation_level=None)\n") && reading.contains("await db.execute('BEGIN IMMEDIATE')\n"));
    }

    #[test]
    fn a_task_rolls_back_and_pauses_before_a_retry_and_raises_after_the_last_one() {
        let text = text("retries=3&retry_pause=0.2&keep_going=1");
        assert!(text.contains("    for attempt in range(4):\n        try:\n            await db.execute(command)\n"));
        assert!(text.contains("or attempt == 3:\n                await db.close()\n                raise\n"));
        assert!(
            text.contains("            await db.rollback()\n            await asyncio.sleep(random.uniform(0.5, 1.5) * 0.2)\n")
        );
    }

    #[test]
    fn the_main_coroutine_opens_and_closes_a_shared_connection() {
        let text = text("strategy=shared-connection&tasks=5&synchronous=off&retries=9");
        let main = text.split("async def insert_many_times():").nth(1).expect("the coroutine");
        assert!(main.contains("connect(") && main.contains("PRAGMA") && main.contains("write_to_db(db, number)"));
        assert!(main.contains("    await db.close()\n") && !text.contains("rollback"), "retries have no effect");
    }

    #[test]
    fn every_step_and_frame_of_a_program_has_one_line() {
        use Step::*;
        for (query, steps) in [
            (
                "strategy=semaphore&sleep=1&journal=off&synchronous=off&keep_going=1&read_first=1&retries=2",
                &[
                    Acquire, Connect, PragmaJournal, PragmaSynchronous, Begin, Select, Execute, Sleep, Commit, Rollback, Pause,
                    Close, CloseAfterError, Counted,
                ][..],
            ),
            ("strategy=shared-connection&sleep=1", &[Connect, Execute, Sleep, Commit, Close, Counted]),
            ("strategy=single-transaction&sleep=1", &[Connect, Execute, Sleep, Commit, Close]),
        ] {
            let source = Source::of(&read(query).scenario);
            let mut found: Vec<Step> = source.lines.iter().filter_map(|line| line.step).collect();
            found.sort_unstable();
            assert_eq!(found, steps, "{query}");
            let frames = source.lines.iter().filter(|line| line.frame.is_some()).count();
            assert_eq!(frames, if query.contains("single") { 2 } else { 3 }, "{query}");
        }
    }
}
