//! The sleeps that SQLite's real busy handler requests, for many timeouts.

use crate::sqlite::{File, INSERT, SELECT, vfs};
use lockstep_core::model::database::script::{Command, Engine};
use lockstep_core::model::database::{BusyHandler, ConnectionId, Database, ResultCode, RollbackJournal, Sessions};
use lockstep_core::scenario::Begin;
use lockstep_core::time::SimDuration;
use lockstep_core::trace::{Lock, Statement};
use std::cell::RefCell;
use std::rc::Rc;

#[test]
fn sqlite_requests_the_sleeps_of_the_model_for_timeouts_from_a_millisecond_to_a_minute() {
    let mut file = File::new("busy-handler", false);
    let locked = file.execute(ConnectionId(1), Command::Begin(Begin::Immediate));
    assert_eq!(locked.answer.code, ResultCode::Ok);
    let waiter = file.open();
    for timeout in (1..=1500).chain((1500..=60_000).step_by(487)).chain([60_000]).map(SimDuration::from_millis) {
        waiter.set_busy_timeout(timeout);
        vfs::take_sleeps();
        assert_eq!(waiter.run(INSERT), ResultCode::Busy);
        let mut handler = BusyHandler::new(timeout);
        let expected: Vec<u64> = std::iter::from_fn(|| handler.next_sleep()).map(SimDuration::micros).collect();
        assert_eq!(vfs::take_sleeps(), expected, "timeout {timeout} s");
    }
}

#[test]
fn begin_exclusive_blocks_new_readers_while_it_waits_for_a_reader() {
    let file = File::new("begin-exclusive", false);
    let (mut reader, writer, other) = (file.open(), file.open(), Rc::new(file.open()));
    assert_eq!((reader.open_cursor(), other.run(SELECT)), (ResultCode::Ok, ResultCode::Ok));
    writer.set_busy_timeout(SimDuration::from_millis(40));
    let codes = Rc::new(RefCell::new(Vec::new()));
    let (new_reader, log) = (Rc::clone(&other), Rc::clone(&codes));
    let begun = vfs::with_sleep_hook(move || log.borrow_mut().push(new_reader.run(SELECT)), || writer.run(c"BEGIN EXCLUSIVE"));
    assert_eq!(
        (begun, &*codes.borrow()),
        (ResultCode::Busy, &[ResultCode::Busy; 6].to_vec()),
        "one attempt in each sleep of 1, 2, 5, 10, 15 and 7 ms"
    );
    assert_eq!(other.run(SELECT), ResultCode::Ok, "BEGIN EXCLUSIVE has given up and released PENDING");

    let [reader, writer, other] = [1, 2, 3].map(ConnectionId);
    let mut model = Sessions::new(RollbackJournal::default());
    Database::begin(&mut model, reader);
    assert!(model.attempt(reader, Statement::Select).is_ok());
    let begun = model.attempt(writer, Statement::BeginExclusive);
    assert_eq!((begun.code, begun.may_wait, Database::lock(&model, writer)), (ResultCode::Busy, true, Lock::Pending));
    assert!(!model.attempt(other, Statement::Select).is_ok());
    Database::end_statement(&mut model, writer);
    assert!(model.attempt(other, Statement::Select).is_ok());
}
