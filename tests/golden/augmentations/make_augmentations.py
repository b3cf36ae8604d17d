"""Stores what Pillow, SciPy, PyTorch and NumPy make of pictures in light, colour, levels and focus, and of the policies' operations, for the tests.

Run from this folder with a Python that has Pillow, scipy, torch and numpy: python3 make_augmentations.py
Writes augmentations.json: pictures, and for every case what is done to which of them and the outcome, to seven digits. Movements by themselves are in
make_geometry.py. Nothing here is taken from Descent.
"""

import colorsys
import json

import numpy
import PIL
import scipy
import torch
from PIL import Image, ImageEnhance, ImageFilter, ImageOps
from scipy import ndimage
from torch.nn import functional as F

random = numpy.random.default_rng(11)


def picture(*shape):
    """Bytes of uneven frequency, so that histograms have gaps and peaks."""
    return (255 * random.beta(0.7, 1.6, size=shape)).astype(numpy.uint8)


BYTES = {"gray": picture(1, 18, 15), "colour": picture(3, 17, 16), "wide": picture(1, 40, 34)}
PICTURES = {name: bytes_.astype(numpy.float64) / 255 for name, bytes_ in BYTES.items()}

cases = []


def store(kind, of, given, expected, **more):
    data = [float(f"{number:.7f}") for number in numpy.asarray(expected, dtype=numpy.float64).ravel()]
    cases.append({"kind": kind, "of": of, "given": given, "expected": data, **more})


def sampled(x, grid, outside):
    """x [C, …] at grid [1, …, axes] of torch's conventions."""
    return F.grid_sample(torch.tensor(x)[None], grid, mode="bilinear", padding_mode=outside, align_corners=True)[0].numpy()


def scaled(matrix, space):
    """A matrix of pixels about the middle, innermost axis first, as one of places from -1 to 1."""
    half = numpy.diag([(size - 1) / 2 for size in reversed(space)] + [1])
    return numpy.linalg.inv(half) @ matrix @ half


def moved(x, forward, outside):
    theta = torch.tensor(scaled(numpy.linalg.inv(forward), x.shape[1:]))[:-1][None]
    return sampled(x, F.affine_grid(theta, [1, *x.shape], align_corners=True), outside)


def plane(rotate=0, zoom=1, right=0, down=0, shearX=0, shearY=0):
    angle, kx, ky = numpy.radians(rotate), numpy.tan(numpy.radians(shearX)), numpy.tan(numpy.radians(shearY))
    # Counter-clockwise to the eye, where rows count downwards.
    turn = numpy.array([[numpy.cos(angle), numpy.sin(angle), 0], [-numpy.sin(angle), numpy.cos(angle), 0], [0, 0, 1]])
    slant = numpy.array([[1, kx, 0], [ky, 1, 0], [0, 0, 1]])
    shift = numpy.array([[1, 0, right], [0, 1, down], [0, 0, 1]])
    return shift @ numpy.diag([zoom, zoom, 1]) @ turn @ slant


for of in ("gray", "colour"):
    for deviation, radius in ((0.4, 3), (1, 3), (2, 6), (9, 20)):
        x = PICTURES[of]
        for axis in (1, 2):
            x = ndimage.gaussian_filter1d(x, deviation, axis=axis, mode="mirror", radius=radius)
        store("blur", of, {"deviation": deviation, "radius": radius}, x)


# Light and colour: the definition in numbers, and Pillow's bytes where it has the operation.
def image(of):
    return Image.fromarray(BYTES[of][0], "L") if of == "gray" else Image.fromarray(BYTES[of].transpose(1, 2, 0).copy(), "RGB")


def bytes_of(made):
    array = numpy.asarray(made)
    return (array[None] if array.ndim == 2 else array.transpose(2, 0, 1)).astype(numpy.float64)


def gray_of(x):
    return numpy.tensordot([0.299, 0.587, 0.114], x, 1)[None] if x.shape[0] == 3 else x


def blend(without, x, factor):
    return numpy.clip(without + factor * (x - without), 0, 1)


def pillow(made):
    return {"pillow": bytes_of(made).ravel().tolist()}


SMOOTH = numpy.array([[1, 1, 1], [1, 5, 1], [1, 1, 1]]) / 13


def smooth(x):
    soft = x.copy()
    for channel, made in zip(x, soft):
        made[1:-1, 1:-1] = ndimage.convolve(channel, SMOOTH)[1:-1, 1:-1]
    return soft


for of in ("gray", "colour"):
    x = PICTURES[of]
    for factor in (0, 0.3, 1.9):
        given = {"factor": factor}
        store("brightness", of, given, numpy.clip(factor * x, 0, 1), **pillow(ImageEnhance.Brightness(image(of)).enhance(factor)))
        store("contrast", of, given, blend(gray_of(x).mean(), x, factor), **pillow(ImageEnhance.Contrast(image(of)).enhance(factor)))
        store("color", of, given, blend(gray_of(x), x, factor), **pillow(ImageEnhance.Color(image(of)).enhance(factor)))
        store("sharpness", of, given, blend(smooth(x), x, factor), **pillow(ImageEnhance.Sharpness(image(of)).enhance(factor)))
    for exponent in (0.4, 2.2):
        store("gamma", of, {"exponent": exponent}, x**exponent)
    low, high = x.min(axis=(1, 2), keepdims=True), x.max(axis=(1, 2), keepdims=True)
    store("autoContrast", of, {}, (x - low) / (high - low), **pillow(ImageOps.autocontrast(image(of))))
    # These are defined by levels: Pillow's bytes to the very level.
    for bits in (1, 2, 4, 7):
        store("posterize", of, {"bits": bits}, bytes_of(ImageOps.posterize(image(of), bits)) / 255)
    for level in (1, 100, 128, 255):
        store("solarize", of, {"level": level}, bytes_of(ImageOps.solarize(image(of), level)) / 255)
    store("equalize", of, {}, bytes_of(ImageOps.equalize(image(of))) / 255)

store("equalize", "wide", {}, bytes_of(ImageOps.equalize(Image.fromarray(BYTES["wide"][0], "L"))) / 255)

for turn in (0.4, 1, 2, -1.7, 3):
    x = PICTURES["colour"].reshape(3, -1)
    made = []
    for red, green, blue in x.T:
        hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
        made.append(colorsys.hsv_to_rgb((hue + turn / 6) % 1, saturation, value))
    store("hue", "colour", {"turn": turn}, numpy.array(made).T)


# Hidden boxes, [top, bottom, left, right].
for of, box in (("gray", [3, 9, 0, 15]), ("colour", [16, 17, 5, 7])):
    for fill in ("black", "mean"):
        x = PICTURES[of].copy()
        x[:, box[0] : box[1], box[2] : box[3]] = 0 if fill == "black" else x.mean()
        store("cutout", of, {"box": box, "fill": fill}, x)


# The policies' operations one by one, at a strength of full strength 1 and to one side; the ranges are those of the papers as torchvision has them.
RANGES = {
    "randAugment": {"shear": 0.3, "translate": lambda size: 150 / 331 * size, "rotate": 30, "enhance": 0.9, "bits": 4},
    "trivialAugment": {"shear": 0.99, "translate": lambda size: 32, "rotate": 135, "enhance": 0.99, "bits": 6},
}


def operated(operation, strength, ranges, of):
    x = PICTURES[of]
    _, height, width = x.shape
    slant = numpy.degrees(numpy.arctan(ranges["shear"] * strength))
    factor = 1 + ranges["enhance"] * strength
    level = 255 - 255 * abs(strength)
    if operation == "shearX":
        return moved(x, plane(shearX=slant), "zeros")
    if operation == "shearY":
        return moved(x, plane(shearY=slant), "zeros")
    if operation == "translateX":
        return moved(x, plane(right=ranges["translate"](width) * strength), "zeros")
    if operation == "translateY":
        return moved(x, plane(down=ranges["translate"](height) * strength), "zeros")
    if operation == "rotate":
        return moved(x, plane(rotate=ranges["rotate"] * strength), "zeros")
    if operation == "brightness":
        return blend(0, x, factor)
    if operation == "color":
        return blend(gray_of(x), x, factor)
    if operation == "contrast":
        return blend(gray_of(x).mean(), x, factor)
    if operation == "sharpness":
        return blend(smooth(x), x, factor)
    if operation == "posterize":
        return bytes_of(ImageOps.posterize(image(of), int(8 - round(ranges["bits"] * abs(strength))))) / 255
    if operation == "solarize":
        return numpy.where(BYTES[of] >= level, 1 - x, x)
    if operation == "autoContrast":
        low, high = x.min(axis=(1, 2), keepdims=True), x.max(axis=(1, 2), keepdims=True)
        return (x - low) / (high - low)
    if operation == "equalize":
        return bytes_of(ImageOps.equalize(image(of))) / 255
    return x


OPERATIONS = (
    "identity shearX shearY translateX translateY rotate brightness color contrast sharpness posterize solarize autoContrast equalize".split()
)
for type_, ranges in RANGES.items():
    for i, operation in enumerate(OPERATIONS):
        of = "gray" if i % 3 == 1 else "colour"
        # No level of a picture lies on a threshold.
        strength = (-1) ** i * (0.31 if type_ == "randAugment" else 0.17)
        store("policy", of, {"type": type_, "operation": operation, "strength": strength}, operated(operation, strength, ranges, of))


with open("augmentations.json", "w") as file:
    stored = {
        "made": f"torch {torch.__version__}, scipy {scipy.__version__}, Pillow {PIL.__version__}, numpy {numpy.__version__}",
        "pictures": {name: {"shape": list(x.shape), "data": BYTES[name].ravel().tolist()} for name, x in PICTURES.items()},
        "cases": cases,
    }
    file.write(json.dumps(stored, separators=(",", ":")).replace('{"kind"', '\n{"kind"') + "\n")
