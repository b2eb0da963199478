"""The model against the measured runs of every setting: score.py's figures, what they are made of, and their noise."""
import pathlib
import random
import statistics as st
from typing import NamedTuple

import score
from seeds import MACHINE, band, bands, in_parallel

DATA = pathlib.Path(__file__).parent.parent / "data"
SEEDS = 20
RESAMPLES = 100
INSTANTS = 100


class Measured(NamedTuple):
    """Runs that were measured on one machine, and its profile where it is not one of the model's own."""
    name: str
    words: str
    runs: pathlib.Path
    profile: pathlib.Path | None

    def model(self, program):
        """The command that models a setting, and what is added to the setting."""
        command = [str(program), "simulate", "--seeds", str(SEEDS)]
        return (command + ["--machine-profile", str(self.profile)], "") if self.profile else (command, f"&machine={MACHINE}")


def other(name, words):
    """Runs beside their profile."""
    return Measured(name, words, DATA / "machines" / f"{name}.jsonl", DATA / "machines" / f"{name}.profile.json")


# What the model was made with.
MAIN = Measured(MACHINE, "the machine that the model was made with", DATA / "real_runs.jsonl", None)
# What it was not: predicted from a profile alone.
OTHERS = (
    other("one-core", "a machine of one core"),
    other("ram-disk", "a database in memory (tmpfs)"),
    other("variants", "other strategies, BEGINs, journals and retries, on an ordinary disk"),
    other("fast-one-core", "one core of a machine three times as fast"),
    other("fast-ram-disk", "a database in memory on a machine three times as fast"),
)


class Setting:
    """A setting with its measured and its modelled runs."""

    def __init__(self, key, runs, model):
        self.key, self.scenario, self.runs, self.model = key, score.query(key), runs, model
        self.real = score.unstalled(runs)

    def summary(self):
        """What is kept of it."""
        return {
            "scenario": self.scenario, "tasks": self.key[0],
            "real": sorted(run["inserted"] for run in self.real),
            "stalled": sorted(run["inserted"] for run in self.runs if run not in self.real),
            "model": band([run["inserted"] for run in self.model]),
            "elapsed": {"real": st.median(run["elapsed"] for run in self.real), "model": st.median(run["elapsed"] for run in self.model)},
            "figures": score.figures_of(self.real, self.model),
        }

    def curves(self):
        """Rows over time: of each measured run, and the model's band."""
        end = max([run["elapsed"] for run in self.real] + [st.median(run["elapsed"] for run in self.model)])
        instants = [end * i / INSTANTS for i in range(INSTANTS + 1)]
        rows = [score.curve([run], instants) for run in self.model]
        return {
            "scenario": self.scenario, "tasks": self.key[0], "seconds": instants,
            "real": [score.curve([run], instants) for run in self.real], "model": bands(rows),
        }

    def resampled(self, chance):
        """The model's figures with as many seeds, chosen with replacement."""
        instants = score.instants_of(self.real)
        known = [score.curve([run], instants) for run in self.model]
        number = len(self.model)
        for _ in range(RESAMPLES):
            chosen = [int(chance.random() * number) for _ in range(number)]
            mean_curve = [sum(column) / number for column in zip(*(known[i] for i in chosen))]
            yield score.model_figures(self.real, [self.model[i] for i in chosen], mean_curve)


def settings(program, measured):
    """All settings of one machine, modelled."""
    command, added = measured.model(program)
    real = score.settings_of(measured.runs)
    modelled = in_parallel(lambda key: score.modelled(command, score.query(key) + added), real)
    return [Setting(key, runs, model) for (key, runs), model in zip(real.items(), modelled)]


def badness(mean, own):
    """The mean figures, each so that more is worse: of the spread it is the distance from the measured runs' own."""
    return {name: mean[name] for name in ("rows", "curve", "time")} | {"spread": abs(mean["spread"] - own["spread self"])}


def compared(all_settings):
    """Figures of every setting, their means, and the noise of the means."""
    summaries = [setting.summary() for setting in all_settings]
    mean = score.means_of([summary["figures"] for summary in summaries])
    chance = random.Random(0)
    samples = zip(*(setting.resampled(chance) for setting in all_settings))
    worse = [badness(score.means_of(sample), mean) for sample in samples]
    noise = {name: st.stdev(sample[name] for sample in worse) for name in worse[0]}
    return {"mean": mean, "ratio": score.ratios_of(mean), "noise": noise, "settings": summaries}
