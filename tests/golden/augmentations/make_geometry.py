"""Stores what NumPy, SciPy and PyTorch make of moved pictures and volumes, in float64, for tests/conformance/geometryFigures.test.ts.

Run from this folder with a Python that has numpy, scipy and torch (made with 1.13): python3 make_geometry.py
Writes geometry.json. Nothing here is taken from Descent: a movement is written forwards as a matrix about the middle, in pixels, inverted by
numpy.linalg.inv and sampled by affine_grid and grid_sample; a homography is solved by numpy.linalg.solve; a crop is resized by
torch.nn.functional.interpolate; a spline is scipy.interpolate.BSpline; quarter turns, flips and whole shifts are numpy.rot90, flip and slices.
"""

import json

import numpy as np
import torch
import torch.nn.functional as F
from scipy.integrate import quad
from scipy.interpolate import BSpline

# Far faster than many threads on arrays this small.
torch.set_num_threads(1)
generator = np.random.default_rng(4)
MODES = ["zeros", "border", "reflection"]
groups = []


def sample_of(shape):
    """Multiples of 1/64, which float32 holds exactly."""
    return generator.integers(0, 65, shape) / 64


def listed(values):
    return [round(float(value), 7) for value in np.asarray(values).flatten()]


def group(title, type, config, sample, rows):
    groups.append({"title": title, "type": type, "config": config, "shape": list(sample.shape), "sample": listed(sample), "rows": rows})


def row(kind, given, expected):
    return {"kind": kind, "given": given, "expected": listed(expected)}


def sampled(sample, grid, mode):
    return F.grid_sample(torch.tensor(sample)[None], grid, mode="bilinear", padding_mode=mode, align_corners=True)[0].numpy()


def moved(sample, forward, shift, mode):
    """forward: matrix over (column, row[, plane]) about the middle; shift in pixels. p' = forward p + shift."""
    inverse = np.linalg.inv(forward)
    # Half of the distance between the outermost pixels, innermost axis first: pixels to -1 ... 1.
    half = np.diag([(size - 1) / 2 for size in sample.shape[:0:-1]])
    linear = np.linalg.inv(half) @ inverse @ half
    offset = np.linalg.inv(half) @ (-inverse @ np.array(shift, dtype=float))
    theta = torch.tensor(np.concatenate([linear, offset[:, None]], axis=1))[None]
    return sampled(sample, F.affine_grid(theta, [1, *sample.shape], align_corners=True), mode)


def plane(rotate=0, zoom=1, shearX=0, shearY=0, **_):
    """Shear, then counter-clockwise rotation as seen with rows counting downwards, and zoom."""
    angle, kx, ky = np.deg2rad(rotate), np.tan(np.deg2rad(shearX)), np.tan(np.deg2rad(shearY))
    seen = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    downwards = np.diag([1, -1])
    return zoom * downwards @ seen @ downwards @ np.array([[1, kx], [ky, 1]])


def turn(axis, degrees):
    """Over (column, row, plane). From rows to planes about columns, columns to planes about rows, and counter-clockwise as seen about planes."""
    first, second = [(1, 2), (0, 2), (1, 0)][axis]
    matrix, angle = np.eye(3), np.deg2rad(degrees)
    matrix[first, first] = matrix[second, second] = np.cos(angle)
    matrix[second, first], matrix[first, second] = np.sin(angle), -np.sin(angle)
    return matrix


# Pictures: each movement by itself, and all at once.
MOVEMENTS = [
    {"rotate": 30},
    {"right": 1.25},
    {"down": -0.75},
    {"zoom": 1.5},
    {"zoom": 0.6},
    {"shearX": 20},
    {"shearY": -15},
    {"rotate": -140, "zoom": 0.8, "right": -1.5, "down": 2.25, "shearX": 12, "shearY": 7},
]
for mode in MODES:
    picture = sample_of((2, 5, 7))
    group(
        f"a picture, {mode} outside",
        "affine",
        {"outside": mode},
        picture,
        [row("movement", each, moved(picture, plane(**each), [each.get("right", 0), each.get("down", 0)], mode)) for each in MOVEMENTS],
    )

# What needs no convention to be told: quarter turns, whole shifts, a zoom that keeps every second pixel.
square = sample_of((1, 5, 5))
right, down, near = np.zeros_like(square), np.zeros_like(square), np.zeros_like(square)
right[:, :, 2:] = square[:, :, :-2]
down[:, 1:, :] = square[:, :-1, :]
near = F.interpolate(torch.tensor(square[:, 1:4, 1:4])[None], size=(5, 5), mode="bilinear", align_corners=True)[0].numpy()
exact = [
    row("movement", {"rotate": 90}, np.rot90(square, 1, (1, 2))),
    row("movement", {"rotate": 180}, np.rot90(square, 2, (1, 2))),
    row("movement", {"rotate": -90}, np.rot90(square, 3, (1, 2))),
    row("movement", {"right": 2}, right),
    row("movement", {"down": 1}, down),
    row("movement", {"zoom": 2}, near),
    row("space", {"turns": [0, 0, 90]}, np.rot90(square, 1, (1, 2))),
    row("space", {"shift": [2, 0, 0]}, right),
    row("space", {"shift": [0, 1, 0]}, down),
    row("space", {"zoom": 2}, near),
]
group("quarter turns, whole shifts and a zoom of two", "affine", {"outside": "zeros"}, square, exact)

# A picture of one row has no extent along it, and shifts along its columns as any other.
line = sample_of((1, 1, 6))
shifted = np.zeros_like(line)
shifted[:, :, 1:] = line[:, :, :-1]
group("a picture of one row", "translate", {"outside": "zeros"}, line, [row("space", {"shift": [1, 0, 0]}, shifted)])

# Volumes.
SPACE = [
    {"turns": [25, 0, 0]},
    {"turns": [0, -35, 0]},
    {"turns": [0, 0, 50]},
    {"turns": [20, 30, 40]},
    {"shift": [1.5, -0.5, 0.75]},
    {"zoom": 1.4},
    {"turns": [-70, 15, 110], "zoom": 0.7, "shift": [0.5, 1, -1.25]},
]


def space(turns=(0, 0, 0), zoom=1, **_):
    """About columns, then rows, then planes."""
    return zoom * turn(2, turns[2]) @ turn(1, turns[1]) @ turn(0, turns[0])


for mode in MODES:
    volume = sample_of((1, 3, 4, 5))
    group(
        f"a volume, {mode} outside",
        "rotate",
        {"outside": mode},
        volume,
        [row("space", each, moved(volume, space(**each), each.get("shift", [0, 0, 0]), mode)) for each in SPACE],
    )
cube = sample_of((1, 3, 3, 3))
behind = np.zeros_like(cube)
behind[:, 1:] = cube[:, :-1]
group(
    "quarter turns of a cube, and a shift to the back",
    "rotate",
    {"outside": "zeros"},
    cube,
    [
        row("space", {"turns": [0, 0, 90]}, np.rot90(cube, 1, (2, 3))),
        row("space", {"turns": [90, 0, 0]}, np.rot90(cube, 1, (2, 1))),
        row("space", {"turns": [0, 90, 0]}, np.rot90(cube, 1, (3, 1))),
        row("space", {"turns": [90, 90, 0]}, np.rot90(np.rot90(cube, 1, (2, 1)), 1, (3, 1))),
        row("space", {"shift": [0, 0, 1]}, behind),
    ],
)

# Homographies: the quadrilateral in which the picture's corners are seen.
CORNERS = [[-1, -1], [1, -1], [1, 1], [-1, 1]]
SEEN = [
    [[-0.9, -0.8], [0.95, -0.85], [0.9, 0.9], [-0.8, 1]],
    [[-0.8, -1], [0.8, -1], [1, 1], [-1, 1]],
    [[-1, -0.7], [0.75, -0.9], [1, 0.8], [-0.85, 0.75]],
]
STEEP = [
    [[-0.4, -0.4], [0.4, -0.4], [1, 1], [-1, 1]],
    [[-1, -1], [0.45, -0.5], [0.42, 0.4], [-1, 1]],
    [[-0.45, -1], [1, -0.41], [0.4, 1], [-1, 0.5]],
]
# The result's first corner lies behind its horizon.
BEHIND = [[-0.4, -0.4], [0.4, -1], [1, 1], [-1, 0.4]]


def solved(seen):
    system, right_side = [], []
    for (x, y), (u, v) in zip(seen, CORNERS):
        system += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right_side += [u, v]
    return np.linalg.solve(np.array(system, dtype=float), np.array(right_side, dtype=float))


def seen_through(sample, seen, mode):
    a, b, c, d, e, f, g, h = solved(seen)
    rows, columns = np.meshgrid(np.linspace(-1, 1, sample.shape[1]), np.linspace(-1, 1, sample.shape[2]), indexing="ij")
    depth = g * columns + h * rows + 1
    over = np.stack([a * columns + b * rows + c, d * columns + e * rows + f], axis=-1)
    # Behind the horizon is what vanishes there: infinitely far, in the direction in which the horizon is neared.
    assert np.abs(depth).min() > 0.01 and (depth.min() > 0) == (seen is not BEHIND) and (mode != "reflection" or depth.min() > 0.2)
    places = np.where(depth[..., None] > 0, over / depth[..., None], 100 * np.sign(over))
    return sampled(sample, torch.tensor(places)[None], mode)


homographies = [{"seen": seen, "numbers": [float(each) for each in solved(seen)] + [1.0]} for seen in [*SEEN, *STEEP, BEHIND]]
for mode in MODES:
    picture = sample_of((2, 6, 5))
    shown = SEEN if mode == "reflection" else [*SEEN, *STEEP, BEHIND]
    group(f"seen from aside, {mode} outside", "perspective", {"outside": mode}, picture, [row("corners", seen, seen_through(picture, seen, mode)) for seen in shown])

# Crops.
picture = sample_of((2, 6, 9))
crops = [(0, 0, 6, 9), (1, 2, 3, 5), (0, 0, 1, 1), (5, 8, 1, 1), (2, 0, 4, 9), (0, 3, 6, 2)]
group(
    "crops brought to full size",
    "cropResize",
    {},
    picture,
    [
        row(
            "crop",
            {"top": top, "left": left, "height": height, "width": width},
            F.interpolate(torch.tensor(picture[:, top : top + height, left : left + width])[None], size=(6, 9), mode="bilinear", align_corners=False)[0],
        )
        for top, left, height, width in crops
    ],
)

# What moves whole pixels.
picture = sample_of((2, 4, 3))
volume = sample_of((1, 2, 3, 4))
group("mirrored left to right", "horizontalFlip", {}, picture, [row("numbers", [], np.flip(picture, 2))])
group("mirrored top to bottom", "verticalFlip", {}, picture, [row("numbers", [], np.flip(picture, 1))])
group("a volume mirrored top to bottom", "verticalFlip", {}, volume, [row("numbers", [], np.flip(volume, 2))])
group("a volume mirrored front to back", "depthFlip", {}, volume, [row("numbers", [], np.flip(volume, 1))])
square = sample_of((2, 4, 4))
group("quarter turns", "rotate90", {}, square, [row("numbers", [turns], np.rot90(square, turns, (1, 2))) for turns in (1, 2, 3)])
group("half a turn", "rotate90", {}, picture, [row("numbers", [2], np.rot90(picture, 2, (1, 2)))])

# Elastic fields: cubic B-splines over a lattice, and a picture moved by one (right and down, as shares of its size).
elastic = []
for intervals, mode in [(1, "reflection"), (3, "border"), (4, "zeros")]:
    picture = sample_of((1, 7, 6))
    control = generator.integers(-16, 17, (2, intervals + 3, intervals + 3)) / 128
    knots = np.arange(-3, intervals + 4, dtype=float)

    def along(values, size, axis):
        return BSpline(knots, values, 3, axis=axis)(np.linspace(0, intervals, size))

    field = along(along(control, 7, 1), 6, 2)
    rows, columns = np.meshgrid(np.arange(7.0), np.arange(6.0), indexing="ij")
    places = np.stack([2 * (columns + 6 * field[0]) / 5 - 1, 2 * (rows + 7 * field[1]) / 6 - 1], axis=-1)
    elastic.append(
        {
            "intervals": intervals,
            "outside": mode,
            "shape": [1, 7, 6],
            "sample": listed(picture),
            "control": listed(control),
            "field": listed(field),
            "expected": listed(sampled(picture, torch.tensor(places)[None], mode)),
        }
    )
pieces = [BSpline.basis_element(np.arange(5.0) - shift, extrapolate=False) for shift in range(4)]
deviation = quad(lambda t: sum(float(piece(t)) ** 2 for piece in pieces), 0, 1)[0]

with open("geometry.json", "w") as file:
    json.dump(
        {"torch": torch.__version__, "groups": groups, "homographies": homographies, "elastic": elastic, "fieldDeviation": deviation},
        file,
        separators=(",", ":"),
    )
    file.write("\n")
