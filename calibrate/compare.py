"""Compares the model with the measured runs of every setting.

The results are the figures of score.py, the data behind them, and their noise.
"""
import pathlib
import random
import statistics as st
from typing import NamedTuple

import score
from seeds import MACHINE, band, bands, map_in_threads

DATA = pathlib.Path(__file__).parent.parent / "data"
SEEDS = 20
RESAMPLES = 100
INSTANTS = 100


class Measured(NamedTuple):
    """Runs that were measured on one machine.

    `profile` is None if the model already knows the machine.
    """
    name: str
    words: str
    runs: pathlib.Path
    profile: pathlib.Path | None

    def model_command(self, program):
        """The command that runs the model, and what has to be appended to the scenario."""
        command = [str(program), "simulate", "--seeds", str(SEEDS)]
        return (command + ["--machine-profile", str(self.profile)], "") if self.profile else (command, f"&machine={MACHINE}")


def runs_with_profile(name, words):
    """The runs of another machine, in data/machines/, with the profile of that machine."""
    return Measured(name, words, DATA / "machines" / f"{name}.jsonl", DATA / "machines" / f"{name}.profile.json")


# The runs that the model was fitted to.
MAIN = Measured(MACHINE, "the machine that the model was fitted to", DATA / "real_runs.jsonl", None)
# Runs that the model was not fitted to. Each machine is predicted from its profile alone.
OTHERS = (
    runs_with_profile("one-core", "a machine with one core"),
    runs_with_profile("ram-disk", "a database in memory (tmpfs)"),
    runs_with_profile("variants", "other strategies, BEGINs, journals and retries, on an ordinary disk"),
    runs_with_profile("fast-one-core", "one core of a machine three times as fast"),
    runs_with_profile("fast-ram-disk", "a database in memory on a machine three times as fast"),
)


class Setting:
    """One setting with its measured runs and the model's runs."""

    def __init__(self, key, runs, model):
        self.key, self.scenario, self.runs, self.model = key, score.query(key), runs, model
        self.real = score.unstalled(runs)

    def summary(self):
        """The entry of this setting in data/report.json."""
        return {
            "scenario": self.scenario, "tasks": self.key[0],
            "real": sorted(run["inserted"] for run in self.real),
            "stalled": sorted(run["inserted"] for run in self.runs if run not in self.real),
            "model": band([run["inserted"] for run in self.model]),
            "elapsed": {"real": st.median(run["elapsed"] for run in self.real), "model": st.median(run["elapsed"] for run in self.model)},
            "figures": score.figures_of(self.real, self.model),
        }

    def curves(self):
        """Rows over time: one curve per measured run, and the band of the model."""
        end = max([run["elapsed"] for run in self.real] + [st.median(run["elapsed"] for run in self.model)])
        instants = [end * i / INSTANTS for i in range(INSTANTS + 1)]
        rows = [score.curve([run], instants) for run in self.model]
        return {
            "scenario": self.scenario, "tasks": self.key[0], "seconds": instants,
            "real": [score.curve([run], instants) for run in self.real], "model": bands(rows),
        }

    def resampled_figures(self, rng):
        """Yields the model's figures for RESAMPLES samples of its seeds.

        Each sample has as many seeds, drawn with replacement.
        """
        instants = score.instants_of(self.real)
        known = [score.curve([run], instants) for run in self.model]
        count = len(self.model)
        for _ in range(RESAMPLES):
            sample = [int(rng.random() * count) for _ in range(count)]
            mean_curve = [sum(column) / count for column in zip(*(known[i] for i in sample))]
            yield score.model_figures(self.real, [self.model[i] for i in sample], mean_curve)


def run_settings(program, measured):
    """Runs the model for every setting of one machine."""
    command, suffix = measured.model_command(program)
    real = score.read_settings(measured.runs)
    modelled = map_in_threads(lambda key: score.run_model(command, score.query(key) + suffix), real)
    return [Setting(key, runs, model) for (key, runs), model in zip(real.items(), modelled)]


def badness(mean, own):
    """The mean figures in a form where a larger value is worse.

    For the spread that is the distance from the spread of the measured runs.
    """
    return {name: mean[name] for name in ("rows", "curve", "time")} | {"spread": abs(mean["spread"] - own["spread self"])}


def compare(all_settings):
    """The figures of every setting, their means, and the noise of the means."""
    summaries = [setting.summary() for setting in all_settings]
    mean = score.means_of([summary["figures"] for summary in summaries])
    rng = random.Random(0)
    samples = zip(*(setting.resampled_figures(rng) for setting in all_settings))
    badnesses = [badness(score.means_of(sample), mean) for sample in samples]
    noise = {name: st.stdev(values[name] for values in badnesses) for name in badnesses[0]}
    return {"mean": mean, "ratio": score.ratios_of(mean), "noise": noise, "settings": summaries}
