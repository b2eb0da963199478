"""The report's charts, drawn from data/report.json and the phases of every poll."""
import math

from score import LATER
from report_svg import EDGE, HAIRLINE, INK, MODEL, Panel, circle, legend, line, rectangle, sheet, text

# From so many polls in a millisecond on a cell is drawn so dark.
SHADES = ((1, 0.22), (3, 0.4), (8, 0.6), (16, 0.8), (32, 1.0))


def words_of(scenario):
    """A setting in few words: what it has beside 1000 tasks, 5 s, delete/full is said."""
    value = dict(part.split("=") for part in scenario.split("&"))
    words = [f"{value['tasks']} tasks", f"{value['timeout']} s timeout"]
    if value["sleep"] != "0":
        words.append(f"{value['sleep']} s sleep")
    if value["journal"] != "delete":
        words.append(value["journal"])
    if value["synchronous"] != "full":
        words.append(f"synchronous {value['synchronous']}")
    words += [f"{name.replace('_', ' ')} {value[name]}" for name in LATER if name in value]
    if value["keep_going"] != "0":
        words.append("keeps going")
    return ", ".join(words)


def ticks(high, most):
    """At most so many steps from zero to just below or at `high`, of 1, 2 or 5 times a power of ten."""
    step = next(unit * 10 ** power for power in range(-2, 6) for unit in (1, 2, 5) if high / (unit * 10 ** power) <= most)
    return [round(step * i, 6) for i in range(int(high / step + 1e-9) + 1)]


def curves(report):
    """Rows over time of the telling settings."""
    parts = legend(24, 82, [("measured", "each measured run", 160), ("model", f"model: median, 10 to 90 % of {report['seeds']} seeds", 0)])
    for place, entry in enumerate(report["curves"]):
        high = max(max(map(max, entry["real"])), max(entry["model"]["p90"]))
        end = entry["seconds"][-1]
        panel = Panel(64 + place % 3 * 292, 132 + place // 3 * 246, 236, 160, (0, end), (0, high * 1.06))
        parts += panel.axes(ticks(end, 6), ticks(high * 1.06, 6), words_of(entry["scenario"]).replace(" timeout", ""), "seconds since the gather began")
        parts.append(panel.around(entry["seconds"], entry["model"]))
        parts += [panel.measured(entry["seconds"], rows) for rows in entry["real"]]
        parts.append(panel.median(entry["seconds"], entry["model"]))
    return sheet(920, 590, "Rows over time", "How many rows the program has seen committed, in six settings of tasks and timeout", parts)


def shares(entry):
    """What a setting's runs got in, in % of its tasks: the measured runs, then the model's p10, median and p90."""
    percent = 100 / entry["tasks"]
    return [rows * percent for rows in entry["real"]], {name: rows * percent for name, rows in entry["model"].items()}


def middle(values):
    """The median."""
    values = sorted(values)
    return (values[len(values) // 2] + values[(len(values) - 1) // 2]) / 2


def rows(report):
    """Rows measured against rows modelled, as shares of the tasks, with the diagonal."""
    panel = Panel(70, 116, 420, 420, (0, 104), (0, 104))
    percents = [0, 20, 40, 60, 80, 100]
    parts = panel.axes(percents, percents, x_words="measured: median and range, % of the tasks", tick_words="{} %".format)
    parts.append(text(70, 98, "modelled: median, 10 to 90 % of the seeds", size=11))
    parts.append(line(panel.x(0), panel.y(0), panel.x(104), panel.y(104), EDGE, 1, ' stroke-dasharray="4 4"'))
    marks, missed = [], []
    for entry in report["settings"]:
        real, model = shares(entry)
        x, y = panel.x(middle(real)), panel.y(model["median"])
        parts.append(line(panel.x(min(real)), y, panel.x(max(real)), y, INK, 1, ' stroke-opacity="0.45"'))
        parts.append(line(x, panel.y(model["p10"]), x, panel.y(model["p90"]), MODEL, 2, ' stroke-opacity="0.45"'))
        marks.append(circle(x, y, 4, MODEL, ' stroke="#fbfaf7" stroke-width="1"'))
        if not min(real) <= model["median"] <= max(real):
            missed.append((model["median"] - middle(real), entry, middle(real), model["median"]))
    return sheet(920, 590, "Rows that get in, measured and modelled", "A point is a setting; on the dashed line the model is right",
                 parts + marks + outside(missed, len(report["settings"]), 540, 132))


def outside(missed, number, x, y):
    """Words about the settings in which the model's median lies outside the measured range."""
    parts = [text(x, y, "Outside the measured range", size=12.5, colour=INK, weight=600),
             text(x + 355, y, "measured → modelled", "end", 11)]
    for _, entry, real, model in sorted(missed, key=lambda miss: -abs(miss[0])):
        y += 24
        parts += [text(x, y, words_of(entry["scenario"])), text(x + 355, y, f"{real:.0f} → {model:.0f} %", "end", colour=INK)]
        parts.append(line(x, y + 8, x + 355, y + 8))
    return parts + [text(x, y + 32, f"The medians of the other {number - len(missed)} settings lie within it.")]


def settings(report):
    """Every setting as a line: the measured runs as strokes, the model as a band."""
    entries = report["settings"]
    panel = Panel(320, 108, 560, 24 * len(entries), (0, 100), (len(entries), 0))
    bottom = panel.top + panel.height
    parts = legend(24, 82, [("stroke", "a measured run", 150), ("dot", "model: median, 10 to 90 % of the seeds", 0)])
    for tick in (0, 20, 40, 60, 80, 100):
        parts += [line(panel.x(tick), panel.top, panel.x(tick), bottom), text(panel.x(tick), bottom + 18, f"{tick} %", "middle", 11)]
    for place, entry in enumerate(entries):
        real, model = shares(entry)
        y = panel.top + 24 * place + 12
        parts.append(text(306, y + 4, words_of(entry["scenario"]), "end", colour=INK))
        parts.append(line(panel.left, y + 12, panel.left + panel.width, y + 12, HAIRLINE, 0.5))
        low, high = panel.x(model["p10"]), panel.x(model["p90"])
        parts.append(rectangle(low - 4, y - 5, high - low + 8, 10, MODEL, ' fill-opacity="0.22" rx="5"'))
        parts.append(circle(panel.x(model["median"]), y, 4, MODEL))
        parts += [line(panel.x(share), y - 8, panel.x(share), y + 8, INK, 1.4, ' stroke-opacity="0.6"') for share in real]
    return sheet(920, int(bottom) + 40, "All settings", "The share of tasks that get their row in", parts)


def logarithm(value):
    """Power of ten; below a tenth is a tenth."""
    return math.log10(max(value, 0.1))


def count_panel(entry, left, top):
    """How many bunches there are over time."""
    real, model, seconds = over_time(entry, "bunches")
    high = 1.08 * max(*real, *model["p90"])
    panel = Panel(left, top, 374, 146, (0, seconds[-1]), (0, high))
    parts = panel.axes(ticks(seconds[-1], 6), ticks(high, 5), f"{entry['tasks']} tasks: bunches", "seconds")
    return parts + [panel.around(seconds, model), panel.measured(seconds, real, 1.6), panel.median(seconds, model)]


def width_panel(entry, left, top):
    """How wide they are, on an axis of powers of ten; nothing where there is none."""
    real, model, seconds = over_time(entry, "width_ms")
    panel = Panel(left, top, 374, 146, (0, seconds[-1]), (-1, 2))
    parts = panel.axes(ticks(seconds[-1], 6), [-1, 0, 1, 2], f"{entry['tasks']} tasks: median width of a bunch, ms", "seconds",
                       tick_words=lambda power: f"{10 ** power:g}")
    present = [place for place, high in enumerate(model["p90"]) if high > 0]
    around = {name: [logarithm(model[name][place]) for place in present] for name in ("p10", "p90")}
    middles = [(at, logarithm(width)) for at, width in zip(seconds, model["median"]) if width > 0]
    widths = [(at, logarithm(width)) for at, width in zip(seconds, real) if width > 0]
    return parts + [panel.around([seconds[place] for place in present], around), panel.measured(*zip(*widths), 1.6),
                    panel.median([at for at, _ in middles], {"median": [width for _, width in middles]})]


def over_time(entry, name):
    """A quantity of the measured run, of the model, and when, in seconds."""
    series = entry["over_time"][name]
    return series["real"], series["model"], [entry["step"] * (i + 1) for i in range(len(series["real"]))]


def bunches(report):
    """Bunches and their width over time."""
    parts = legend(24, 82, [("measured", "one measured run", 160), ("model", f"model: median, 10 to 90 % of {report['poll_seeds']} seeds", 0)])
    for column, entry in enumerate(report["polls"]):
        parts += count_panel(entry, 64 + 442 * column, 136) + width_panel(entry, 64 + 442 * column, 364)
    return sheet(920, 556, "Bunches over time",
                 "Waiters that have come to poll together: three or more whose next polls follow each other by less than 1 ms", parts)


def cells(panel, phases, colour):
    """A cell for each turn and millisecond in which somebody polls, darker the more do: a path a shade, in turns and ms."""
    width, height = panel.x(1) - panel.x(0), panel.y(0) - panel.y(1)
    parts = [f'<g fill="{colour}" transform="translate({panel.x(0):.1f} {panel.y(0):.1f}) scale({width:.4f} {-height:.4f})">']
    for shade, (least, opacity) in enumerate(SHADES):
        below = SHADES[shade + 1][0] if shade + 1 < len(SHADES) else float("inf")
        moves = [f"M{turn} {ms}h1v1h-1z" for turn in sorted(phases) for ms, polls in sorted(phases[turn].items()) if least <= polls < below]
        parts.append(f'<path fill-opacity="{opacity}" d="{"".join(moves)}"/>')
    return [*parts, "</g>"]


def phases(drawn):
    """Every poll of a run: in which turn, and where on the dial."""
    run = drawn[-1]
    last = max(max(run["real"]), max(run["model"])) + 1
    parts = []
    for column, (name, words, colour) in enumerate((("real", "measured", INK), ("model", "modelled, seed 1", MODEL))):
        panel = Panel(64 + 436 * column, 104, 396, 400, (0, last), (0, 100))
        parts += panel.axes(ticks(last, 6), [0, 20, 40, 60, 80, 100], words, "turns of 100 ms since the gather began", "ms on the dial")
        parts += cells(panel, run[name], colour)
    return sheet(920, 556, f"Every poll of {run['tasks']} tasks",
                 "A column is a turn of the poll clock, a cell a millisecond of it, darker the more waiters poll in it", parts)


def all_charts(report, drawn):
    """Each chart by the name of its file."""
    return {"curves": curves(report), "rows": rows(report), "settings": settings(report), "bunches": bunches(report), "phases": phases(drawn)}
