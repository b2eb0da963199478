//! Describes a curve in words: its ends, a dip, plateaus, and the rows that each further second of
//! timeout adds.

use super::results::Point;
use super::{Axis, Measure, Sample, Sweep};
use crate::scenario::{Field, Scenario, query};
use crate::time::SimDuration;

/// Minimum depth of a dip, in percent of the highest median.
const MIN_DIP_PERCENT: u64 = 15;
/// Maximum difference of the medians along a plateau, in percent of its first median.
const PLATEAU_PERCENT: u64 = 3;
/// Minimum number of values on a plateau.
const MIN_PLATEAU_VALUES: usize = 4;

/// The settings that all runs share: "Every run has machine=linux-vm, timeout=2".
#[must_use]
pub fn shared_settings(sweep: &Sweep) -> String {
    let scenario = Scenario { seed: Scenario::default().seed, ..sweep.scenario(sweep.axis.value_of(&Scenario::default()), 0) };
    let fields = query::write(&scenario).replace('&', ", ");
    if fields.is_empty() { "Every run is the question\u{2019}s program".to_owned() } else { format!("Every run has {fields}") }
}

/// Describes the points, one observation per sentence.
#[must_use]
pub fn describe(points: &[Point], axis: &Axis, measure: Measure) -> Vec<String> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let mut sentences = vec![ends(first, last, axis, measure)];
    sentences.extend(dip(points, axis, measure));
    sentences.extend(plateaus(points, axis, measure));
    if axis.field == Field::Timeout && measure == Measure::Rows {
        sentences.extend(late_rate(points));
    }
    sentences
}

fn ends(first: &Point, last: &Point, axis: &Axis, measure: Measure) -> String {
    let end = |point: &Point| format!("{} with {}", measure.text(point.median), axis.phrase(point.value));
    format!("Median: {}, {}.", end(first), end(last))
}

/// The deepest dip: a point with clearly higher ones before and after it.
fn dip(points: &[Point], axis: &Axis, measure: Measure) -> Option<String> {
    let highest = points.iter().map(|point| point.median).max()?;
    let min_depth = highest * MIN_DIP_PERCENT / 100;
    let sides = |index: usize| {
        let before = points[..index].iter().max_by_key(|point| point.median)?;
        let after = points[index + 1..].iter().max_by_key(|point| point.median)?;
        let depth = before.median.min(after.median).checked_sub(points[index].median)?;
        (depth >= min_depth.max(1)).then_some((depth, index, before, after))
    };
    let (_, index, before, after) =
        (0..points.len()).filter_map(sides).max_by_key(|(depth, index, ..)| (*depth, usize::MAX - index))?;
    let phrase = |point: &Point| format!("{} with {}", measure.text(point.median), axis.phrase(point.value));
    Some(format!("It dips: {}, but {} before and {} after.", phrase(&points[index]), phrase(before), phrase(after)))
}

/// The plateaus, unless the whole curve is one.
fn plateaus(points: &[Point], axis: &Axis, measure: Measure) -> Option<String> {
    let mut rest = points;
    let mut phrases: Vec<String> = Vec::new();
    while let Some(first) = rest.first() {
        let is_level = |point: &&Point| point.median.abs_diff(first.median) * 100 <= first.median * PLATEAU_PERCENT;
        let length = rest.iter().take_while(is_level).count();
        let (part, remaining) = rest.split_at(length.max(1));
        if (MIN_PLATEAU_VALUES..points.len()).contains(&length) {
            phrases.push(plateau(part, axis, measure)?);
        }
        rest = remaining;
    }
    let (last, before) = phrases.split_last()?;
    let and = if before.is_empty() { "" } else { " and " };
    Some(format!("It hardly changes from {}{and}{last}.", before.join(", ")))
}

/// A plateau in words: "18 ms to 28 ms of COMMIT (168 rows to 170 rows)".
fn plateau(part: &[Point], axis: &Axis, measure: Measure) -> Option<String> {
    let medians = || part.iter().map(|point| point.median);
    let (low, high) = (measure.text(medians().min()?), measure.text(medians().max()?));
    let height = if low == high { high } else { format!("{low} to {high}") };
    Some(format!("{} to {} ({height})", axis.label(part.first()?.value), axis.phrase(part.last()?.value)))
}

/// How many rows the last third of the timeouts adds, per second of timeout and per second of the
/// run.
fn late_rate(points: &[Point]) -> Option<String> {
    let (early, late) = (points.get(points.len() * 2 / 3)?, points.last()?);
    let rows = late.median.checked_sub(early.median).filter(|rows| *rows > 0)?;
    let (asked, passed) = ((late.value - early.value) / 1000, late.elapsed.since(early.elapsed).millis());
    let rate = |millis: u64| (rows * 1000 + millis / 2).checked_div(millis);
    // Rounded to a tenth of a second.
    let longer = SimDuration::from_millis((passed * 10 + asked / 2).checked_div(asked)? * 100);
    Some(format!(
        "From {} s on, each further second of timeout adds {} rows and {longer} s to the run: {} rows a second.",
        SimDuration::from_micros(early.value),
        rate(asked)?,
        rate(passed)?
    ))
}

/// Compares measured runs with the band: how many lie inside, and which one is farthest from it.
/// `None` if no value has both.
#[must_use]
pub fn compare_with_measured(
    points: &[Point],
    measured: &[(u64, Vec<Sample>)],
    sweep: &Sweep,
    measure: Measure,
) -> Option<String> {
    let (mut inside, mut total, mut farthest) = (0, 0, None);
    for (value, samples) in measured {
        let Some(point) = points.iter().find(|point| point.value == *value) else { continue };
        let tasks = sweep.scenario(*value, 0).tasks;
        for result in samples.iter().map(|sample| measure.of(*sample, tasks)) {
            let distance = point.low.saturating_sub(result).max(result.saturating_sub(point.high));
            inside += usize::from(distance == 0);
            total += 1;
            farthest = farthest.max((distance > 0).then_some((distance, *value, result)));
        }
    }
    let counted = format!("{inside} of {total} measured runs of the real program lie inside the band");
    match farthest {
        _ if total == 0 => None,
        None => Some(counted + "."),
        Some((_, value, result)) => {
            Some(format!("{counted}; the one farthest from it has {} with {}.", measure.text(result), sweep.axis.phrase(value)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::SimTime;

    fn points(medians: &[u64]) -> Vec<Point> {
        let point = |(index, median): (u64, &u64)| Point {
            value: index * 1_000_000,
            low: *median,
            median: *median,
            high: *median,
            seed: 1,
            elapsed: SimTime::from_micros(index * 2_000_000),
            runs: 1,
        };
        (1..).zip(medians).map(point).collect()
    }

    fn rows(medians: &[u64]) -> String {
        describe(&points(medians), Axis::of(Field::Timeout).expect("timeouts can be swept"), Measure::Rows)[1..].join(" ")
    }

    #[test]
    fn a_dip_needs_higher_values_on_both_sides() {
        assert_eq!(
            rows(&[100, 60, 90, 95]),
            "It dips: 60 rows with 2 s of timeout, but 100 rows with 1 s of timeout before and 95 rows with 4 s of timeout after. \
             From 3 s on, each further second of timeout adds 5 rows and 2 s to the run: 3 rows a second."
        );
        for no_dip in [&[100, 90, 80][..], &[100, 95, 100], &[7], &[]] {
            assert!(
                !describe(&points(no_dip), Axis::of(Field::Tasks).expect("tasks can be swept"), Measure::Rows)
                    .join(" ")
                    .contains("dips"),
                "{no_dip:?}"
            );
        }
    }

    #[test]
    fn every_plateau_is_described_unless_the_whole_curve_is_level() {
        let curve = [340, 339, 338, 335, 250, 170, 169, 169, 168, 120];
        assert_eq!(
            rows(&curve),
            "It hardly changes from 1 s to 4 s of timeout (335 rows to 340 rows) and 6 s to 9 s of timeout (168 rows to 170 rows)."
        );
        assert_eq!(rows(&[5, 5, 5, 5, 5]), "");
    }

    #[test]
    fn the_late_rate_is_per_second_of_timeout_and_per_second_of_the_run() {
        assert_eq!(
            rows(&[300, 400, 460, 480, 500, 520]),
            "From 5 s on, each further second of timeout adds 20 rows and 2 s to the run: 10 rows a second."
        );
    }

    #[test]
    fn only_values_with_both_kinds_of_runs_are_compared() {
        let axis = Axis::of(Field::Timeout).expect("timeouts can be swept");
        let sweep = Sweep { base: Scenario::default(), axis, values: vec![1_000_000, 2_000_000], seeds: 1 };
        let sample = |rows| Sample { rows, elapsed: SimTime::ZERO };
        let compare = |measured: &[(u64, Vec<Sample>)]| compare_with_measured(&points(&[5, 7]), measured, &sweep, Measure::Rows);
        assert_eq!(compare(&[(1_500_000, vec![sample(5)])]), None);
        assert_eq!(
            compare(&[(1_000_000, vec![sample(5), sample(9)]), (2_000_000, vec![sample(6)])]).as_deref(),
            Some(
                "1 of 3 measured runs of the real program lie inside the band; the one farthest from it has 9 rows with 1 s of timeout."
            )
        );
    }
}
