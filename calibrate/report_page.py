"""Renders the data of data/report.json as the Markdown page docs/report.md."""
from report_charts import median, words_of

FIGURES = (("rows", "inserted rows"), ("curve", "rows over time"), ("time", "time to the end"), ("spread", "spread of the rows"))

HEAD = """# The model against measured runs

`python3 calibrate/report.py` generates this page. The numbers are in
[`data/report.json`](../data/report.json).

The real program ran five times in each of {settings} settings on one Linux machine. The model ran
each setting as `{machine}` with {seeds} seeds. The runs of one setting differ, so no model can
predict the exact number of rows. The question is whether the model is further from the measured
runs than they are from each other.
"""

MEANING = """
- **measured runs**: the same figure when the measured runs are compared with each other. For rows,
  each run is compared with the others.
- **inserted rows**: the difference of the model's median from the measured median, as a percentage
  of the measured median.
- **rows over time**: the distance of the model's mean curve from the measured one, averaged over
  the run, as a percentage of the largest measured number of rows.
- **time to the end**: the difference of the medians, as a percentage of the measured median.
- **spread of the rows**: the range of the middle 80 % of the runs, as a percentage of the median.
  Here the two numbers should be equal.
- **ratio**: the model's error divided by that of the measured runs. A perfect model gets about 0.5.
  At 1.0 the model is as far off as one real run is from the others.
- **noise**: how much the figure changes when other seeds are chosen. `report.py --check` fails if a
  figure is worse than the saved one by more than twice the noise.
"""

CURVES = """
## Rows

![Rows over time in six settings, measured and modelled](report/curves.svg)

![Percentage of tasks whose row is inserted: measured against modelled, with the diagonal](report/rows.svg)

![Percentage of tasks whose row is inserted, in every setting](report/settings.svg)
"""

SETTINGS = """The measured rows are sorted. A number in brackets is a run in which the machine stalled; it is
not counted. `rows` and `curve` are the model's error and the error when the measured runs are
compared with each other. `end` is the modelled and the measured time until the run ends.
"""

OTHERS = """
## Other machines and other programs

The constants of the model were fitted to the runs above. The first three groups in this table were
known during the fitting; the two groups from a faster machine were added last. The only input for
each machine is its profile (`data/machines/`).
"""

BUNCHES = """
## Bunches

Waiters that poll at the same time have one chance per turn between them, no matter how many they
are. So the number of bunches and their width decide how many rows are inserted late in a run. In
two measured runs every poll was logged (`data/real_polls.json`). The model ran {seeds} seeds of
each; the table shows its medians. The same code counts the bunches in both, as
[fact 13.1](facts.md) defines them.

![The number of bunches and their width over time](report/bunches.svg)

![Every poll of a measured and of a modelled run by turn and phase](report/phases.svg)
"""


def row(*cells):
    """One row of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head, lines):
    """A table. The first column is text, the others are numbers."""
    return "\n".join([row(*head), row("---", *["---:"] * (len(head) - 1)), *lines])


def percent(share):
    """A number between 0 and 1 as a percentage with one decimal."""
    return f"{100 * share:.1f} %"


def short(value):
    """A number with at most one decimal."""
    return f"{round(value, 1):g}"


def means(report):
    """The table of the mean figures."""
    lines = []
    for key, words in FIGURES:
        ratio = f"{report['ratio'][key]:.2f}" if key in report["ratio"] else ""
        lines.append(row(words, percent(report["mean"][key]), percent(report["mean"][key + " self"]), ratio, percent(report["noise"][key])))
    return table(["mean over the settings", "model", "measured runs", "ratio", "noise"], lines)


def measured_rows(entry):
    """The rows of every run. Runs in which the machine stalled are in brackets."""
    return " ".join(map(str, entry["real"])) + "".join(f" ({count})" for count in entry["stalled"])


def settings(report):
    """The table of all settings of one machine."""
    lines = []
    for entry in report["settings"]:
        model, figures = entry["model"], entry["figures"]
        pairs = (f"{100 * figures[key]:.1f} / {100 * figures[key + ' self']:.1f}" for key in ("rows", "curve"))
        band = short(model["median"]) if model["p10"] == model["p90"] else f"{short(model['median'])} ({model['p10']}-{model['p90']})"
        elapsed = f"{entry['elapsed']['model']:.2f} / {entry['elapsed']['real']:.2f}"
        lines.append(row(words_of(entry["scenario"]), measured_rows(entry), band, *pairs, elapsed))
    return table(["setting", "measured rows", "model: median (10th-90th percentile)", "rows, %", "curve, %", "end, s"], lines)


def others(report):
    """The table of the mean figures for the other measured runs."""
    lines = []
    for part in report["others"]:
        mean, ratio = part["mean"], part["ratio"]
        pairs = (f"{percent(mean[name])} / {percent(mean[name + ' self'])}" for name in ("rows", "curve", "time", "spread"))
        lines.append(row(part["words"], len(part["settings"]), *pairs, f"{ratio['rows']:.2f}", f"{ratio['curve']:.2f}"))
    return table(["runs of", "settings", "rows: model / measured runs", "curve", "time", "spread", "ratio, rows", "ratio, curve"], lines)


def moments(entry):
    """The table of waiters and bunches at several times of a run."""
    names = (("waiters", "waiters"), ("bunches", "bunches"), ("bunched", "waiters in bunches"),
             ("width_ms", "median width, ms"), ("rows_a_turn", "rows per turn"))
    lines = [row(words, *(f"{short(real[name])} / {short(model[name])}" for real, model in
                          zip(entry["real"]["moments"], entry["model"]["moments"]))) for name, words in names]
    return table([f"{entry['tasks']} tasks: measured / model", *(f"{at:g} s" for at in entry["at"])], lines)


def holds(report):
    """The table of how long rows hold the lock."""
    lines = []
    for entry in report["polls"]:
        for name, words in (("granted", "from the granted poll"), ("executed", "from the return of the INSERT")):
            real, model = entry["real"]["holds"][name], entry["model"]["holds"][name]
            cells = (f"{real[share]:.2f} / {model[share]:.2f}" for share in ("p5", "median", "p95"))
            lines.append(row(f"{entry['tasks']} tasks, {words}", *cells))
    return table(["time until the COMMIT returned, ms: measured / model", "5 %", "50 %", "95 %"], lines)


def largest_errors(report):
    """A sentence about the three settings with the largest errors in rows."""
    worst = sorted(report["settings"], key=lambda entry: -entry["figures"]["rows"])[:3]
    words = (f"{words_of(entry['scenario'])} ({short(median(entry['real']))} measured, {short(entry['model']['median'])} modelled)" for entry in worst)
    return "The largest errors: " + "; ".join(words) + "."


def page(report):
    """The complete page."""
    parts = [
        HEAD.format(settings=len(report["settings"]), machine=report["machine"], seeds=report["seeds"]), means(report), MEANING,
        largest_errors(report), CURVES,
        SETTINGS, settings(report),
        OTHERS, others(report), *(f"\n### {part['words'][0].upper()}{part['words'][1:]}\n\n{settings(part)}" for part in report["others"]),
        BUNCHES.format(seeds=report["poll_seeds"]), *(moments(entry) + "\n" for entry in report["polls"]), holds(report),
    ]
    return "\n".join(parts) + "\n"
