"""Draws the charts of the report from data/report.json and the phases of all polls."""
import math

from score import LATER
from report_svg import EDGE, HAIRLINE, INK, MODEL, Panel, circle, legend, line, rectangle, svg, text

# (minimum number of polls in a cell, opacity of the cell)
SHADES = ((1, 0.22), (3, 0.4), (8, 0.6), (16, 0.8), (32, 1.0))


def words_of(scenario):
    """A setting in a few words: tasks, timeout, and everything that is not the default."""
    value = dict(part.split("=") for part in scenario.split("&"))
    words = [f"{value['tasks']} tasks", f"{value['timeout']} s timeout"]
    if value["sleep"] != "0":
        words.append(f"{value['sleep']} s sleep")
    if value["journal"] != "delete":
        words.append(value["journal"])
    if value["synchronous"] != "full":
        words.append(f"synchronous {value['synchronous']}")
    words += ["reads first" if name == "read_first" else f"{name.replace('_', ' ')} {value[name]}" for name in LATER if name in value]
    if value["keep_going"] != "0":
        words.append("keeps going")
    return ", ".join(words)


def ticks(high, max_steps):
    """Axis ticks from 0 up to at most `high`. The step is 1, 2 or 5 times a power of ten."""
    step = next(unit * 10 ** power for power in range(-2, 6) for unit in (1, 2, 5) if high / (unit * 10 ** power) <= max_steps)
    return [round(step * i, 6) for i in range(int(high / step + 1e-9) + 1)]


def curves(report):
    """Rows over time, in the settings whose curves are saved."""
    parts = legend(24, 82, [("measured", "each measured run", 160), ("model", f"model: median, 10th to 90th percentile of {report['seeds']} seeds", 0)])
    for index, entry in enumerate(report["curves"]):
        high = max(max(map(max, entry["real"])), max(entry["model"]["p90"]))
        end = entry["seconds"][-1]
        panel = Panel(64 + index % 3 * 292, 132 + index // 3 * 246, 236, 160, (0, end), (0, high * 1.06))
        parts += panel.axes(ticks(end, 6), ticks(high * 1.06, 6), words_of(entry["scenario"]).replace(" timeout", ""), "seconds since the gather began")
        parts.append(panel.model_band(entry["seconds"], entry["model"]))
        parts += [panel.measured_curve(entry["seconds"], rows) for rows in entry["real"]]
        parts.append(panel.model_median(entry["seconds"], entry["model"]))
    return svg(920, 590, "Rows over time", "Rows whose COMMIT has returned, in six settings", parts)


def shares(entry):
    """The inserted rows in % of the tasks: of each measured run, and the model's band."""
    percent = 100 / entry["tasks"]
    return [rows * percent for rows in entry["real"]], {name: rows * percent for name, rows in entry["model"].items()}


def median(values):
    """The median."""
    values = sorted(values)
    return (values[len(values) // 2] + values[(len(values) - 1) // 2]) / 2


def rows(report):
    """Modelled rows against measured rows, in % of the tasks, with the diagonal."""
    panel = Panel(70, 116, 420, 420, (0, 104), (0, 104))
    percents = [0, 20, 40, 60, 80, 100]
    parts = panel.axes(percents, percents, x_label="measured: median and range, % of the tasks", format_tick="{} %".format)
    parts.append(text(70, 98, "modelled: median, 10th to 90th percentile, % of the tasks", size=11))
    parts.append(line(panel.x(0), panel.y(0), panel.x(104), panel.y(104), EDGE, 1, ' stroke-dasharray="4 4"'))
    marks, missed = [], []
    for entry in report["settings"]:
        real, model = shares(entry)
        x, y = panel.x(median(real)), panel.y(model["median"])
        parts.append(line(panel.x(min(real)), y, panel.x(max(real)), y, INK, 1, ' stroke-opacity="0.45"'))
        parts.append(line(x, panel.y(model["p10"]), x, panel.y(model["p90"]), MODEL, 2, ' stroke-opacity="0.45"'))
        marks.append(circle(x, y, 4, MODEL, ' stroke="#fbfaf7" stroke-width="1"'))
        if not min(real) <= model["median"] <= max(real):
            missed.append((model["median"] - median(real), entry, median(real), model["median"]))
    return svg(920, 590, "Inserted rows, measured and modelled", "Each point is one setting. On the dashed line the model is exact.",
                 parts + marks + outside_list(missed, len(report["settings"]), 540, 132))


def outside_list(missed, setting_count, x, y):
    """A list of the settings in which the model's median is outside the measured range."""
    parts = [text(x, y, "Outside the measured range", size=12.5, colour=INK, weight=600),
             text(x + 355, y, "measured → modelled", "end", 11)]
    for _, entry, real, model in sorted(missed, key=lambda miss: -abs(miss[0])):
        y += 24
        parts += [text(x, y, words_of(entry["scenario"])), text(x + 355, y, f"{real:.0f} → {model:.0f} %", "end", colour=INK)]
        parts.append(line(x, y + 8, x + 355, y + 8))
    return parts + [text(x, y + 32, f"In the other {setting_count - len(missed)} settings the model's median is inside.")]


def settings(report):
    """One row per setting: the measured runs are strokes, the model is a band."""
    entries = report["settings"]
    panel = Panel(320, 108, 560, 24 * len(entries), (0, 100), (len(entries), 0))
    bottom = panel.top + panel.height
    parts = legend(24, 82, [("stroke", "a measured run", 150), ("dot", "model: median, 10th to 90th percentile of the seeds", 0)])
    for tick in (0, 20, 40, 60, 80, 100):
        parts += [line(panel.x(tick), panel.top, panel.x(tick), bottom), text(panel.x(tick), bottom + 18, f"{tick} %", "middle", 11)]
    for index, entry in enumerate(entries):
        real, model = shares(entry)
        y = panel.top + 24 * index + 12
        parts.append(text(306, y + 4, words_of(entry["scenario"]), "end", colour=INK))
        parts.append(line(panel.left, y + 12, panel.left + panel.width, y + 12, HAIRLINE, 0.5))
        low, high = panel.x(model["p10"]), panel.x(model["p90"])
        parts.append(rectangle(low - 4, y - 5, high - low + 8, 10, MODEL, ' fill-opacity="0.22" rx="5"'))
        parts.append(circle(panel.x(model["median"]), y, 4, MODEL))
        parts += [line(panel.x(share), y - 8, panel.x(share), y + 8, INK, 1.4, ' stroke-opacity="0.6"') for share in real]
    return svg(920, int(bottom) + 40, "All settings", "Percentage of tasks whose row is inserted", parts)


def logarithm(value):
    """The decimal logarithm. Values below 0.1 count as 0.1."""
    return math.log10(max(value, 0.1))


def count_panel(entry, left, top):
    """The number of bunches over time."""
    real, model, seconds = over_time(entry, "bunches")
    high = 1.08 * max(*real, *model["p90"])
    panel = Panel(left, top, 374, 146, (0, seconds[-1]), (0, high))
    parts = panel.axes(ticks(seconds[-1], 6), ticks(high, 5), f"{entry['tasks']} tasks: bunches", "seconds")
    return parts + [panel.model_band(seconds, model), panel.measured_curve(seconds, real, 1.6), panel.model_median(seconds, model)]


def width_panel(entry, left, top):
    """The median width of the bunches over time, on a logarithmic axis.

    There is no curve where there is no bunch.
    """
    real, model, seconds = over_time(entry, "width_ms")
    panel = Panel(left, top, 374, 146, (0, seconds[-1]), (-1, 2))
    parts = panel.axes(ticks(seconds[-1], 6), [-1, 0, 1, 2], f"{entry['tasks']} tasks: median width of a bunch, ms", "seconds",
                       format_tick=lambda power: f"{10 ** power:g}")
    present = [index for index, high in enumerate(model["p90"]) if high > 0]
    model_range = {name: [logarithm(model[name][index]) for index in present] for name in ("p10", "p90")}
    medians = [(at, logarithm(width)) for at, width in zip(seconds, model["median"]) if width > 0]
    widths = [(at, logarithm(width)) for at, width in zip(seconds, real) if width > 0]
    return parts + [panel.model_band([seconds[index] for index in present], model_range), panel.measured_curve(*zip(*widths), 1.6),
                    panel.model_median([at for at, _ in medians], {"median": [width for _, width in medians]})]


def over_time(entry, name):
    """A quantity of the measured run, the same quantity of the model, and the times in seconds."""
    series = entry["over_time"][name]
    return series["real"], series["model"], [entry["step"] * (i + 1) for i in range(len(series["real"]))]


def bunches(report):
    """The number of bunches and their width over time."""
    parts = legend(24, 82, [("measured", "one measured run", 160), ("model", f"model: median, 10th to 90th percentile of {report['poll_seeds']} seeds", 0)])
    for column, entry in enumerate(report["polls"]):
        parts += count_panel(entry, 64 + 442 * column, 136) + width_panel(entry, 64 + 442 * column, 364)
    return svg(920, 556, "Bunches over time",
                 "A bunch: three or more waiters whose next polls follow each other by less than 1 ms", parts)


def cells(panel, phases, colour):
    """One cell for each turn and millisecond with a poll.

    More polls give a darker cell. Each shade is one path, in units of turns and ms.
    """
    width, height = panel.x(1) - panel.x(0), panel.y(0) - panel.y(1)
    parts = [f'<g fill="{colour}" transform="translate({panel.x(0):.1f} {panel.y(0):.1f}) scale({width:.4f} {-height:.4f})">']
    for shade, (minimum, opacity) in enumerate(SHADES):
        limit = SHADES[shade + 1][0] if shade + 1 < len(SHADES) else float("inf")
        moves = [f"M{turn} {ms}h1v1h-1z" for turn in sorted(phases) for ms, polls in sorted(phases[turn].items()) if minimum <= polls < limit]
        parts.append(f'<path fill-opacity="{opacity}" d="{"".join(moves)}"/>')
    return [*parts, "</g>"]


def phases(runs):
    """Every poll of the last run: its turn, and its position within the turn."""
    run = runs[-1]
    last = max(max(run["real"]), max(run["model"])) + 1
    parts = []
    for column, (name, words, colour) in enumerate((("real", "measured", INK), ("model", "modelled, seed 1", MODEL))):
        panel = Panel(64 + 436 * column, 104, 396, 400, (0, last), (0, 100))
        parts += panel.axes(ticks(last, 6), [0, 20, 40, 60, 80, 100], words, "turns of 100 ms since the gather began", "ms within the turn")
        parts += cells(panel, run[name], colour)
    return svg(920, 556, f"Every poll of {run['tasks']} tasks",
                 "Each column is one turn of the poll clock, each cell one millisecond. More polls make a cell darker.", parts)


def all_charts(report, poll_phases):
    """All charts, by file name without the extension."""
    return {"curves": curves(report), "rows": rows(report), "settings": settings(report), "bunches": bunches(report), "phases": phases(poll_phases)}
