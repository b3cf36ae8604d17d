"""Stores figures of linear algebra, minimisation and Gaussian processes that the sampler's parts are tested against.

Run with a Python that has numpy, scipy (made with 1.10) and mpmath: python3 tests/golden/tuning/make_gaussian_process.py
Writes gaussianProcess.json. The process is written here by its definition: densities of scipy.stats, matrices solved by numpy, the constant and the
variance found by a minimiser instead of their closed form, derivatives by finite differences.
"""

import json
import math
from pathlib import Path

import mpmath
import numpy as np
from scipy import optimize, stats

rng = np.random.default_rng(20)


def cholesky():
    a = rng.normal(size=(7, 7))
    matrix = a @ a.T + 0.1 * np.eye(7)
    b = rng.normal(size=7)
    return {
        "matrix": matrix.ravel().tolist(),
        "factor": np.tril(np.linalg.cholesky(matrix)).ravel().tolist(),
        "logDeterminant": np.linalg.slogdet(matrix)[1],
        "inverse": np.linalg.inv(matrix).ravel().tolist(),
        "b": b.tolist(),
        "solution": np.linalg.solve(matrix, b).tolist(),
    }


def minima():
    """Rosenbrock's function in a box that holds its minimum, and in one that does not."""
    found = []
    for low, high in [(-2, 2), (-2, 0.5), (1.5, 3)]:
        result = optimize.minimize(optimize.rosen, np.full(4, low + 0.2 * (high - low)), jac=optimize.rosen_der, method="L-BFGS-B", bounds=[(low, high)] * 4, options={"ftol": 1e-15, "gtol": 1e-10})
        found.append({"low": low, "high": high, "value": result.fun, "x": result.x.tolist()})
    return found


# Two numbers, of which the second is absent (NaN) at some points, and a choice of three.
CHOICES = [False, False, True]
INPUTS = np.column_stack([rng.uniform(size=14), np.where(np.arange(14) % 4 == 1, np.nan, rng.uniform(size=14)), rng.integers(0, 3, size=14)])
TARGETS = np.sin(5 * INPUTS[:, 0]) + np.nan_to_num(INPUTS[:, 1], nan=0.3) ** 2 + 0.4 * INPUTS[:, 2] + 0.1 * rng.normal(size=14)
TARGETS = (TARGETS - TARGETS.mean()) / TARGETS.std()
OTHERS = np.array([[0.2, 0.7, 0], [0.9, np.nan, 2], [0.5, 0.1, 1], [0.0, 1.0, 2], INPUTS[3]])


def features(x):
    """Every point as a vector whose Euclidean distances are those of the kernel: a choice is one-hot over √8, absence is half a range to the side."""
    rows = []
    for a, b, c in x:
        hot = np.eye(3)[int(c)] / math.sqrt(8)
        rows.append([[a], [0.5, 0.5] if math.isnan(b) else [b, 0.0], hot])
    return [np.array([row[d] for row in rows], dtype=float) for d in range(3)]


def kernel(x, y, lengths):
    r2 = sum(np.sum((u[:, None] - v[None]) ** 2, axis=-1) / l**2 for u, v, l in zip(features(x), features(y), lengths))
    r = np.sqrt(r2)
    return (1 + math.sqrt(5) * r + 5 * r2 / 3) * np.exp(-math.sqrt(5) * r)


def joint(theta, c, s2):
    """−log p(y, c, s², ℓ, η) with every constant."""
    lengths, noise = np.exp(theta[:-1]), math.exp(theta[-1])
    covariance = s2 * (kernel(INPUTS, INPUTS, lengths) + noise * np.eye(len(INPUTS)))
    prior = stats.lognorm(s=math.sqrt(3), scale=math.exp(math.sqrt(2) + 0.5 * math.log(3)))
    return -(
        stats.multivariate_normal(np.full(len(INPUTS), c), covariance).logpdf(TARGETS)
        + stats.norm(0, math.sqrt(s2)).logpdf(c)
        + stats.gamma(2, scale=1).logpdf(1 / s2)
        + prior.logpdf(lengths).sum()
        + stats.norm(math.log(1e-4), 3).logpdf(theta[-1])
    )


def level(theta):
    result = optimize.minimize(lambda v: joint(theta, v[0], math.exp(v[1])), [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 4000})
    return result.x[0], math.exp(result.x[1]), result.fun


def processes():
    found = []
    for theta in ([math.log(0.5), math.log(0.9), math.log(1.5), math.log(0.01)], [math.log(2), math.log(0.3), math.log(0.7), math.log(0.3)]):
        theta = np.array(theta)
        c, s2, value = level(theta)
        gradient = []
        for i in range(4):
            h = np.eye(4)[i] * 1e-4
            # At the best c and s², derivatives through them vanish.
            gradient.append((joint(theta + h, c, s2) - joint(theta - h, c, s2)) / 2e-4)
        lengths, noise = np.exp(theta[:-1]), math.exp(theta[-1])
        k = kernel(INPUTS, INPUTS, lengths) + noise * np.eye(len(INPUTS))
        cross = kernel(OTHERS, INPUTS, lengths)
        mean = c + cross @ np.linalg.solve(k, TARGETS - c)
        variance = s2 * (1 - np.einsum("ij,ij->i", cross, np.linalg.solve(k, cross.T).T))
        found.append({"theta": theta.tolist(), "value": value, "gradient": gradient, "noise": math.sqrt(s2 * noise), "mean": mean.tolist(), "deviation": np.sqrt(variance).tolist()})
    return found


def fitted():
    """The least value that scipy finds over the hyperparameters, the constant and the variance together, from several starts."""
    bounds = [(math.log(0.01), math.log(100))] * 3 + [(math.log(1e-8), math.log(10)), (-3, 3), (-3, 3)]
    starts = [[length] * 3 + [noise, 0, 0] for length in (-1, 0.5) for noise in (-9, -2)]
    return min(optimize.minimize(lambda v: joint(v[:4], v[4], math.exp(v[5])), start, method="L-BFGS-B", bounds=bounds).fun for start in starts)


def improvements():
    """log E[max(best − f, 0)] by integration with 60 digits; mean, deviation, best, value."""
    mpmath.mp.dps = 60
    rows = []
    for mean, deviation, best in [(0, 1, 2), (0, 1, 0), (0.3, 0.5, 0.1), (1, 0.5, 0), (1, 0.1, 0), (2.4, 0.1, 0), (2.6, 0.1, 0), (5, 0.1, 0), (10, 0.01, 0)]:
        z = (mpmath.mpf(best) - mean) / mpmath.mpf(deviation)
        value = mpmath.log(deviation) + mpmath.log(mpmath.npdf(z) + z * mpmath.erfc(-z / mpmath.sqrt(2)) / 2) if z > -40 else None
        if value is None:
            # ∫ (z − t) φ(t) dt below z, with t = z − u: the integrand without φ(z), which would be zero in any floating point.
            value = mpmath.log(deviation) - z * z / 2 - mpmath.log(2 * mpmath.pi) / 2 + mpmath.log(mpmath.quad(lambda u: u * mpmath.exp(z * u - u * u / 2), [0, -1 / z, -10 / z, -200 / z]))
        rows.append([mean, deviation, best, float(value)])
    return rows


def plain(x):
    return [[None if math.isnan(v) else v for v in row] for row in np.asarray(x).tolist()]


out = {
    "cholesky": cholesky(),
    "minima": minima(),
    "choices": CHOICES,
    "inputs": plain(INPUTS),
    "targets": TARGETS.tolist(),
    "others": plain(OTHERS),
    "processes": processes(),
    "fitted": fitted(),
    "improvements": improvements(),
}
Path(__file__).with_name("gaussianProcess.json").write_text(json.dumps(out, indent=1) + "\n")
