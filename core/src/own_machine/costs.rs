//! A measured machine in a few numbers that mean something to a reader, beside those of the project's own.

use crate::scenario::{Journal, MachineProfile, Synchronous};

/// From this overshoot of a 1 ms sleep on, a machine's timer ticks coarsely, as Windows' does.
const COARSE_NS: u64 = 4_000_000;

/// One number of both machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// What costs it.
    pub name: &'static str,
    /// There.
    pub yours: String,
    /// On `linux-vm`.
    pub linux_vm: String,
}

/// What matters most for the rows that get in.
#[must_use]
pub fn costs(profile: &MachineProfile) -> Vec<Cost> {
    let ours = MachineProfile::linux_vm();
    let cost = |name, get: fn(&MachineProfile) -> String| Cost { name, yours: get(profile), linux_vm: get(&ours) };
    vec![
        cost("Cores", |machine| machine.cores.to_string()),
        cost("COMMIT, rollback journal", |machine| long(machine.commit_ns.in_mode(Journal::Delete, Synchronous::Full))),
        cost("COMMIT, WAL", |machine| long(machine.commit_ns.in_mode(Journal::Wal, Synchronous::Full))),
        cost("COMMIT, no wait for the disk", |machine| long(machine.commit_ns.in_mode(Journal::Delete, Synchronous::Off))),
        cost("Thread and connection", |machine| long(machine.connect_ns)),
        cost("To another thread and back", |machine| long(machine.thread_round_trip_ns)),
        cost("A callback of the loop", |machine| long(machine.loop_callback_ns)),
        cost("A sleep of 100 ms ends late by", |machine| long(machine.long_sleep_overshoot_ns())),
    ]
}

/// Whether sleeps there end on a coarse tick, which the model of a measured machine does not have.
#[must_use]
pub fn has_a_coarse_timer(profile: &MachineProfile) -> bool {
    profile.sleep_overshoot_ns[0] > COARSE_NS
}

/// So many nanoseconds, two or three digits long: "1.7 µs", "96 µs", "0.69 ms".
fn long(nanoseconds: u64) -> String {
    let (unit, name) = if nanoseconds < 100_000 { (1_000, "\u{b5}s") } else { (1_000_000, "ms") };
    let hundredths = (nanoseconds * 100 + unit / 2) / unit;
    match hundredths {
        0..100 => format!("0.{hundredths:02} {name}"),
        100..995 => format!("{}.{} {name}", (hundredths + 5) / 100, (hundredths + 5) / 10 % 10),
        _ => format!("{} {name}", (hundredths + 50) / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_two_or_three_digits_and_a_unit() {
        let shown = [0, 996, 1_665, 9_960, 95_900, 691_200, 1_960_000, 23_400_000].map(long);
        assert_eq!(
            shown,
            ["0.00 \u{b5}s", "1.0 \u{b5}s", "1.7 \u{b5}s", "10 \u{b5}s", "96 \u{b5}s", "0.69 ms", "2.0 ms", "23 ms"]
        );
    }

    #[test]
    fn the_projects_own_machine_is_beside_itself_the_same_and_its_timer_is_fine() {
        let ours = MachineProfile::linux_vm();
        assert!(costs(&ours).iter().all(|cost| cost.yours == cost.linux_vm) && !has_a_coarse_timer(&ours));
        assert!(has_a_coarse_timer(&MachineProfile { sleep_overshoot_ns: [14_600_000, 5_600_000, 9_300_000], ..ours }));
    }
}
