//! Summarizes a measured machine in a few numbers, next to those of `linux-vm`.

use crate::scenario::{Journal, MachineProfile, Synchronous};

/// A timer is coarse, like that of Windows, if a 1 ms sleep ends at least this much late.
const COARSE_NS: u64 = 4_000_000;

/// One number for both machines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The name of the number.
    pub name: &'static str,
    /// The value on the measured machine.
    pub yours: String,
    /// The value on `linux-vm`.
    pub linux_vm: String,
}

/// The costs that affect the number of inserted rows most.
#[must_use]
pub fn costs(profile: &MachineProfile) -> Vec<Cost> {
    let linux_vm = MachineProfile::linux_vm();
    let cost = |name, get: fn(&MachineProfile) -> String| Cost { name, yours: get(profile), linux_vm: get(&linux_vm) };
    vec![
        cost("Cores", |machine| machine.cores.to_string()),
        cost("COMMIT, rollback journal", |machine| {
            format_duration(machine.commit_ns.in_mode(Journal::Delete, Synchronous::Full))
        }),
        cost("COMMIT, WAL", |machine| format_duration(machine.commit_ns.in_mode(Journal::Wal, Synchronous::Full))),
        cost("COMMIT, no wait for the disk", |machine| {
            format_duration(machine.commit_ns.in_mode(Journal::Delete, Synchronous::Off))
        }),
        cost("Thread and connection", |machine| format_duration(machine.connect_ns)),
        cost("To another thread and back", |machine| format_duration(machine.thread_round_trip_ns)),
        cost("A callback of the loop", |machine| format_duration(machine.loop_callback_ns)),
        cost("A sleep of 100 ms ends late by", |machine| format_duration(machine.long_sleep_overshoot_ns())),
    ]
}

/// Whether sleeps end on a coarse tick. The model of a measured machine does not simulate that.
#[must_use]
pub fn has_coarse_timer(profile: &MachineProfile) -> bool {
    profile.sleep_overshoot_ns[0] > COARSE_NS
}

/// Formats a duration in nanoseconds with two or three digits: "1.7 µs", "96 µs", "0.69 ms".
fn format_duration(nanoseconds: u64) -> String {
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
    fn durations_have_two_or_three_digits_and_a_unit() {
        let shown = [0, 996, 1_665, 9_960, 95_900, 691_200, 1_960_000, 23_400_000].map(format_duration);
        assert_eq!(
            shown,
            ["0.00 \u{b5}s", "1.0 \u{b5}s", "1.7 \u{b5}s", "10 \u{b5}s", "96 \u{b5}s", "0.69 ms", "2.0 ms", "23 ms"]
        );
    }

    #[test]
    fn linux_vm_equals_itself_and_has_no_coarse_timer() {
        let linux_vm = MachineProfile::linux_vm();
        assert!(costs(&linux_vm).iter().all(|cost| cost.yours == cost.linux_vm) && !has_coarse_timer(&linux_vm));
        assert!(has_coarse_timer(&MachineProfile { sleep_overshoot_ns: [14_600_000, 5_600_000, 9_300_000], ..linux_vm }));
    }
}
