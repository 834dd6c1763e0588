#!/usr/bin/env python3
"""Draws the icon: a notice on a red board, with its title, its lines and its seal.

One list of shapes gives the drawing (SVG), and the pictures that Windows and the
desktops of Linux ask for, by nothing but Python.
"""
import struct
import sys
import zlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "packaging"

RED, PAPER, INK, SEAL = "#b3261e", "#fffaf0", "#4a3f35", "#d93025"

# On a square of 64: left, top, width, height, radius, colour.
SHAPES = [
    (2, 2, 60, 60, 12, RED),
    (13, 10, 38, 44, 2, PAPER),
    (20, 16, 24, 5, 1, INK),
    (18, 27, 28, 2.5, 1, INK),
    (18, 33, 28, 2.5, 1, INK),
    (18, 39, 28, 2.5, 1, INK),
    (18, 45, 12, 2.5, 1, INK),
    (35, 38, 13, 13, 6.5, SEAL),
    (37.5, 40.5, 8, 8, 4, PAPER),
    (40, 43, 3, 3, 1.5, SEAL),
]

SIZES = [16, 24, 32, 48, 64, 128, 256]
FINE = 8  # samples along each side of a dot


def drawing():
    shape = '  <rect x="{}" y="{}" width="{}" height="{}" rx="{}" fill="{}"/>'
    shapes = "\n".join(shape.format(*values) for values in SHAPES)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">\n{shapes}\n</svg>\n'


def span(shape, y):
    """From where to where a shape reaches at this height."""
    left, top, width, height, radius, _ = shape
    if not top <= y < top + height:
        return None
    rise = max(top + radius - y, y - (top + height - radius), 0)
    inset = radius - max(radius * radius - rise * rise, 0) ** 0.5
    return left + inset, left + width - inset


def row_of(size, y):
    """One line of fine samples: which shape is on top, or none."""
    step = 64 / (size * FINE)
    row = [None] * (size * FINE)
    for shape in SHAPES:
        reach = span(shape, (y + 0.5) * step)
        if reach:
            first, last = (round(edge / step) for edge in reach)
            row[first:last] = [shape[-1]] * (last - first)
    return row


def dots(size):
    """Red, green, blue and cover of every dot, line by line from above."""
    for line in range(size):
        rows = [row_of(size, line * FINE + fine) for fine in range(FINE)]
        yield b"".join(dot([c for row in rows for c in row[x : x + FINE]]) for x in range(0, size * FINE, FINE))


def dot(samples):
    seen = [c for c in samples if c]
    if not seen:
        return bytes(4)
    parts = [[int(c[at : at + 2], 16) for c in seen] for at in (1, 3, 5)]
    colour = [(sum(part) + len(part) // 2) // len(part) for part in parts]
    return bytes(colour + [(len(seen) * 255 + len(samples) // 2) // len(samples)])


def png(size):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + line for line in dots(size)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def bitmap(size):
    """As older Windows wants small icons: blue first, from below, and a mask of nothing."""
    lines = [bytes(line[at + i] for at in range(0, len(line), 4) for i in (2, 1, 0, 3)) for line in dots(size)]
    mask = bytes((size + 31) // 32 * 4 * size)
    head = struct.pack("<IiiHHIIiiII", 40, size, size * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    return head + b"".join(reversed(lines)) + mask


def icon():
    images = [png(size) if size >= 128 else bitmap(size) for size in SIZES]
    at = 6 + 16 * len(images)
    head = struct.pack("<HHH", 0, 1, len(images))
    for size, image in zip(SIZES, images):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), at)
        at += len(image)
    return head + b"".join(images)


def main():
    (FOLDER / "zhangbang.svg").write_text(drawing())
    (FOLDER / "windows/zhangbang.ico").write_bytes(icon())
    for size in (48, 256):
        (FOLDER / f"linux/zhangbang-{size}.png").write_bytes(png(size))


if __name__ == "__main__":
    sys.exit(main())
