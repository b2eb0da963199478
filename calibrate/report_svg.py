"""Writes charts as plain SVG.

A chart has its own background and one or more panels with axes.  Lengths are pixels.  In a panel,
y points up.
"""
PAPER, INK, QUIET, HAIRLINE, EDGE, MODEL = "#fbfaf7", "#20242a", "#5a616c", "#e2dfd7", "#868b93", "#1d6fc4"
FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def number(value):
    """A number with one decimal, or with none if that is a zero."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def escape(text):
    """Escapes text for use inside an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def text(x, y, words, anchor="start", size=12, colour=QUIET, weight=400):
    """One line of text. `y` is its baseline."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return (f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{bold}>'
            f"{escape(words)}</text>")


def line(x1, y1, x2, y2, colour=HAIRLINE, width=1, attributes=""):
    """A straight line."""
    return (f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" stroke="{colour}" '
            f'stroke-width="{width}"{attributes}/>')


def circle(x, y, radius, fill, attributes=""):
    """A filled circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{attributes}/>'


def rectangle(x, y, width, height, fill, attributes=""):
    """A filled rectangle."""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" fill="{fill}"{attributes}/>'


def svg(width, height, title, description, parts):
    """A complete SVG file."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONTS}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>", f"<desc>{escape(description)}</desc>",
        rectangle(0, 0, width, height, PAPER, ' rx="8"'),
        text(24, 34, title, size=17, colour=INK, weight=600), text(24, 54, description, size=12.5), *parts, "</svg>", ""])


def legend(x, y, entries):
    """A legend.

    Each entry is (kind, words, width). The kinds "measured" and "model" are curves; "stroke" and
    "dot" are marks in a row of the chart of all settings.
    """
    parts = []
    for kind, words, width in entries:
        if kind in ("model", "dot"):
            parts.append(rectangle(x, y - 9, 22, 10, MODEL, ' fill-opacity="0.2"' + (' rx="5"' if kind == "dot" else "")))
        parts.append({
            "measured": line(x, y - 4, x + 22, y - 4, INK, 1.2, ' stroke-opacity="0.6"'),
            "stroke": line(x + 16, y - 12, x + 16, y + 4, INK, 1.4, ' stroke-opacity="0.6"'),
            "model": line(x, y - 4, x + 22, y - 4, MODEL, 2),
            "dot": circle(x + 11, y - 4, 4, MODEL),
        }[kind])
        parts.append(text(x + 29, y, words))
        x += width
    return parts


class Panel:
    """A plot area.

    `x` and `y` are the ranges (from, to) of the axes, in the data's units; the origin is at the
    bottom left.
    """

    def __init__(self, left, top, width, height, x, y):
        self.left, self.top, self.width, self.height, self.x_range, self.y_range = left, top, width, height, x, y

    def x(self, value):
        """The horizontal pixel position of a value."""
        low, high = self.x_range
        return self.left + (value - low) / (high - low) * self.width

    def y(self, value):
        """The vertical pixel position of a value."""
        low, high = self.y_range
        return self.top + self.height - (value - low) / (high - low) * self.height

    def axes(self, x_ticks, y_ticks, title="", x_label=None, y_label=None, format_tick="{:g}".format):
        """Grid lines at the y ticks, the x axis with its ticks, and the labels.

        `format_tick` formats the number at a y tick.
        """
        bottom = self.top + self.height
        parts = [line(self.left, self.y(tick), self.left + self.width, self.y(tick)) for tick in y_ticks]
        parts += [text(self.left - 7, self.y(tick) + 4, format_tick(tick), "end", 11) for tick in y_ticks]
        parts.append(line(self.left, bottom, self.left + self.width, bottom, EDGE))
        for tick in x_ticks:
            parts += [line(self.x(tick), bottom, self.x(tick), bottom + 4, EDGE), text(self.x(tick), bottom + 17, f"{tick:g}", "middle", 11)]
        if title:
            parts.append(text(self.left, self.top - 12, title, size=12.5, colour=INK, weight=600))
        if x_label:
            parts.append(text(self.left + self.width, bottom + 32, x_label, "end", 11))
        if y_label:
            parts.append(text(self.left + self.width, self.top - 12, y_label, "end", 11))
        return parts

    def points(self, xs, ys):
        """The value of a `points` attribute."""
        return " ".join(f"{number(self.x(x))},{number(self.y(y))}" for x, y in zip(xs, ys))

    def measured_curve(self, xs, ys, width=1.2):
        """The curve of a measured run."""
        return (f'<polyline points="{self.points(xs, ys)}" fill="none" stroke="{INK}" stroke-opacity="0.6" '
                f'stroke-width="{width}" stroke-linejoin="round"/>')

    def model_band(self, xs, band):
        """The area between the model's 10th and 90th percentile."""
        points = self.points(list(xs) + list(reversed(xs)), band["p90"] + band["p10"][::-1])
        return f'<polygon points="{points}" fill="{MODEL}" fill-opacity="0.2"/>'

    def model_median(self, xs, band):
        """The curve of the model's median."""
        return (f'<polyline points="{self.points(xs, band["median"])}" fill="none" stroke="{MODEL}" stroke-width="2" '
                'stroke-linejoin="round"/>')
