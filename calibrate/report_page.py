"""The report as a page of Markdown, written from data/report.json."""
from report_charts import middle, words_of

FIGURES = (("rows", "rows that get in"), ("curve", "rows over time"), ("time", "time to the end"), ("spread", "spread of the rows"))

HEAD = """# The model against measured runs

Written by `python3 calibrate/report.py`; the numbers lie in [`data/report.json`](../data/report.json).

The real program ran five times in each of {settings} settings on one Linux machine; the model ran as `{machine}` with {seeds} seeds
each. Runs of one setting differ, so no model can be right to the row. The question is whether it is further from them than
they are from each other.
"""

MEANING = """
- **rows that get in**: model's median against the measured median, as a share of it; the measured runs' own is each against the others.
- **rows over time**: distance of the model's mean curve from the measured one, averaged over the run, as a share of the most rows.
- **time to the end**: medians again.
- **spread of the rows**: how far apart the middle runs are, as a share of the median. Here the two should be alike.
- **ratio**: model's error by the measured runs' own. A perfect model lands near 0.5; 1.0 is as far off as one real run is from the others.
- **noise**: how much the figure moves when other seeds are chosen. `report.py --check` fails if a figure got worse by more than twice that.
"""

CURVES = """
## Rows

![Rows over time in six settings, measured and modelled](report/curves.svg)

![Share of the tasks that get in: measured against modelled, with the diagonal](report/rows.svg)

![Share of the tasks that get in, in every setting](report/settings.svg)
"""

OTHERS = """
## Other machines and other programs

The constants are fitted to the runs above; the first three of these were in view meanwhile, the two of a faster machine came last. Each machine is predicted from its profile (`data/machines/`) alone.
"""

BUNCHES = """
## Bunches

Waiters that come to poll together share one chance a turn, whatever their number. So what decides how many rows get in late is how
many bunches there are and how wide. In two measured runs every poll was logged (`data/real_polls.json`); the model ran {seeds} seeds
of each and its medians stand here. Both are counted by the same code, with the definition of [fact 13.1](facts.md).

![Bunches and their width over time](report/bunches.svg)

![Every poll of a measured and of a modelled run by turn and phase](report/phases.svg)
"""


def row(*cells):
    """A line of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head, lines):
    """A table whose first column is words."""
    return "\n".join([row(*head), row("---", *["---:"] * (len(head) - 1)), *lines])


def percent(share):
    """A share in % with one decimal."""
    return f"{100 * share:.1f} %"


def short(value):
    """A number with at most one decimal."""
    return f"{round(value, 1):g}"


def means(report):
    """The mean figures."""
    lines = []
    for key, words in FIGURES:
        ratio = f"{report['ratio'][key]:.2f}" if key in report["ratio"] else ""
        lines.append(row(words, percent(report["mean"][key]), percent(report["mean"][key + " self"]), ratio, percent(report["noise"][key])))
    return table(["mean over the settings", "model", "measured runs' own", "ratio", "noise"], lines)


def measured_rows(entry):
    """Every run's rows; those that the machine stalled in brackets."""
    return " ".join(map(str, entry["real"])) + "".join(f" ({count})" for count in entry["stalled"])


def settings(report):
    """All settings of one machine."""
    lines = []
    for entry in report["settings"]:
        model, figures = entry["model"], entry["figures"]
        pairs = (f"{100 * figures[key]:.1f} / {100 * figures[key + ' self']:.1f}" for key in ("rows", "curve"))
        band = short(model["median"]) if model["p10"] == model["p90"] else f"{short(model['median'])} ({model['p10']}-{model['p90']})"
        elapsed = f"{entry['elapsed']['model']:.2f} / {entry['elapsed']['real']:.2f}"
        lines.append(row(words_of(entry["scenario"]), measured_rows(entry), band, *pairs, elapsed))
    return table(["setting", "measured rows", "model: median (10-90 %)", "rows, %", "curve, %", "end, s"], lines)


def others(report):
    """The mean figures of the other measured machines."""
    lines = []
    for part in report["others"]:
        mean, ratio = part["mean"], part["ratio"]
        pairs = (f"{percent(mean[name])} / {percent(mean[name + ' self'])}" for name in ("rows", "curve", "time", "spread"))
        lines.append(row(part["words"], len(part["settings"]), *pairs, f"{ratio['rows']:.2f}", f"{ratio['curve']:.2f}"))
    return table(["runs of", "settings", "rows: model / own", "curve", "time", "spread", "ratio, rows", "ratio, curve"], lines)


def moments(entry):
    """Bunches at some moments."""
    names = (("waiters", "waiters"), ("bunches", "bunches"), ("bunched", "waiters in bunches"),
             ("width_ms", "median width, ms"), ("rows_a_turn", "rows a turn"))
    lines = [row(words, *(f"{short(real[name])} / {short(model[name])}" for real, model in
                          zip(entry["real"]["moments"], entry["model"]["moments"]))) for name, words in names]
    return table([f"{entry['tasks']} tasks: measured / model", *(f"{at:g} s" for at in entry["at"])], lines)


def holds(report):
    """How long rows hold the lock."""
    lines = []
    for entry in report["polls"]:
        for name, words in (("granted", "from the granted poll"), ("executed", "from the INSERT's return")):
            real, model = entry["real"]["holds"][name], entry["model"]["holds"][name]
            cells = (f"{real[share]:.2f} / {model[share]:.2f}" for share in ("p5", "median", "p95"))
            lines.append(row(f"{entry['tasks']} tasks, {words}", *cells))
    return table(["hold until the COMMIT's return, ms: measured / model", "5 %", "50 %", "95 %"], lines)


def furthest(report):
    """Words about the settings whose rows are furthest off."""
    worst = sorted(report["settings"], key=lambda entry: -entry["figures"]["rows"])[:3]
    words = (f"{words_of(entry['scenario'])} ({short(middle(entry['real']))} measured, {short(entry['model']['median'])} modelled)" for entry in worst)
    return "Furthest off: " + "; ".join(words) + "."


def page(report):
    """The whole page."""
    parts = [
        HEAD.format(settings=len(report["settings"]), machine=report["machine"], seeds=report["seeds"]), means(report), MEANING,
        furthest(report), CURVES,
        "Rows of the five runs of each setting, in order; in brackets a run that the machine stalled, which is left out. "
        "`rows` and `curve` are the model's error, then the measured runs' own; `end` is modelled, then measured.\n", settings(report),
        OTHERS, others(report), *(f"\n### {part['words'].capitalize()}\n\n{settings(part)}" for part in report["others"]),
        BUNCHES.format(seeds=report["poll_seeds"]), *(moments(entry) + "\n" for entry in report["polls"]), holds(report),
    ]
    return "\n".join(parts) + "\n"
