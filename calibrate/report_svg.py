"""Plain SVG: a sheet with its own background, and panels with axes on it.  Lengths are pixels; y of a panel points up."""
PAPER, INK, QUIET, HAIRLINE, EDGE, MODEL = "#fbfaf7", "#20242a", "#5a616c", "#e2dfd7", "#868b93", "#1d6fc4"
FACES = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def number(value):
    """A number as short as it may be."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def escaped(text):
    """Text inside an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def text(x, y, words, anchor="start", size=12, colour=QUIET, weight=400):
    """A line of text with its baseline at y."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return (f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"{bold}>'
            f"{escaped(words)}</text>")


def line(x1, y1, x2, y2, colour=HAIRLINE, width=1, more=""):
    """A straight line."""
    return (f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" stroke="{colour}" '
            f'stroke-width="{width}"{more}/>')


def circle(x, y, radius, fill, more=""):
    """A filled circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{more}/>'


def rectangle(x, y, width, height, fill, more=""):
    """A filled rectangle."""
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" fill="{fill}"{more}/>'


def sheet(width, height, title, description, parts):
    """A whole file."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FACES}" role="img" aria-label="{escaped(title)}">',
        f"<title>{escaped(title)}</title>", f"<desc>{escaped(description)}</desc>",
        rectangle(0, 0, width, height, PAPER, ' rx="8"'),
        text(24, 34, title, size=17, colour=INK, weight=600), text(24, 54, description, size=12.5), *parts, "</svg>", ""])


def legend(x, y, entries):
    """Marks with words: (kind, words, width), kind "measured" or "model", as lines, or "stroke" or "dot", as in a row."""
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
    """A place for data: x and y from left/bottom to right/top, given as (from, to) in the data's units."""

    def __init__(self, left, top, width, height, x, y):
        self.left, self.top, self.width, self.height, self.x_range, self.y_range = left, top, width, height, x, y

    def x(self, value):
        """The pixel of a value."""
        low, high = self.x_range
        return self.left + (value - low) / (high - low) * self.width

    def y(self, value):
        """The pixel of a value."""
        low, high = self.y_range
        return self.top + self.height - (value - low) / (high - low) * self.height

    def axes(self, x_ticks, y_ticks, title="", x_words=None, y_words=None, tick_words="{:g}".format):
        """Hairlines at the y ticks, the x axis with its ticks, and words; `tick_words` says the number of a y tick."""
        bottom = self.top + self.height
        parts = [line(self.left, self.y(tick), self.left + self.width, self.y(tick)) for tick in y_ticks]
        parts += [text(self.left - 7, self.y(tick) + 4, tick_words(tick), "end", 11) for tick in y_ticks]
        parts.append(line(self.left, bottom, self.left + self.width, bottom, EDGE))
        for tick in x_ticks:
            parts += [line(self.x(tick), bottom, self.x(tick), bottom + 4, EDGE), text(self.x(tick), bottom + 17, f"{tick:g}", "middle", 11)]
        if title:
            parts.append(text(self.left, self.top - 12, title, size=12.5, colour=INK, weight=600))
        if x_words:
            parts.append(text(self.left + self.width, bottom + 32, x_words, "end", 11))
        if y_words:
            parts.append(text(self.left + self.width, self.top - 12, y_words, "end", 11))
        return parts

    def points(self, xs, ys):
        """Coordinates of a line."""
        return " ".join(f"{number(self.x(x))},{number(self.y(y))}" for x, y in zip(xs, ys))

    def measured(self, xs, ys, width=1.2):
        """A measured run."""
        return (f'<polyline points="{self.points(xs, ys)}" fill="none" stroke="{INK}" stroke-opacity="0.6" '
                f'stroke-width="{width}" stroke-linejoin="round"/>')

    def around(self, xs, band):
        """The model's band."""
        points = self.points(list(xs) + list(reversed(xs)), band["p90"] + band["p10"][::-1])
        return f'<polygon points="{points}" fill="{MODEL}" fill-opacity="0.2"/>'

    def median(self, xs, band):
        """The model's median."""
        return (f'<polyline points="{self.points(xs, band["median"])}" fill="none" stroke="{MODEL}" stroke-width="2" '
                'stroke-linejoin="round"/>')
