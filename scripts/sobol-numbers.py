"""Writes src/shared/math/sobolNumbers.ts: the direction numbers of S. Joe and F. Y. Kuo ("Constructing Sobol sequences with better two-dimensional
projections", 2008; new-joe-kuo-6.21201) for the first dimensions, as scipy ships them.

Run with a Python that has scipy: python3 scripts/sobol-numbers.py
"""

from pathlib import Path

import numpy as np
import scipy.stats

DIMENSIONS = 64

numbers = np.load(Path(scipy.stats.__file__).with_name("_sobol_direction_numbers.npz"))
rows = []
for dimension in range(DIMENSIONS):
    polynomial = int(numbers["poly"][dimension])
    degree = polynomial.bit_length() - 1
    # The first dimension is the van der Corput sequence; scipy gives it the polynomial 1, of degree 0.
    rows.append([polynomial, *(int(m) for m in numbers["vinit"][dimension][:degree])])

lines = "\n".join(f"  {row}," for row in rows)
text = f"""/**
 * Direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", 2008, for {DIMENSIONS} dimensions.
 * Written by scripts/sobol-numbers.py. For each dimension the primitive polynomial as bits, highest power first, and the initial numbers m₁, m₂, ….
 */
export const SOBOL_NUMBERS: readonly (readonly number[])[] = [
{lines}
];
"""
(Path(__file__).parent.parent / "src/shared/math/sobolNumbers.ts").write_text(text)
