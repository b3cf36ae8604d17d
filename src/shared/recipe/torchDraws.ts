/**
 * Descent's random numbers in Python, for layers that draw (dropout, noise): the same hashes as in graph/random.ts, so that training outside Descent
 * draws the same masks. Such a module gets an attribute `address`, the address of its layer, which selects its random numbers.
 */
export const TORCH_DRAWS = `class Draws:
    """Descent's random numbers: each is a hash of the seed, a name, the pass and a place (the mixer is Wellons' triple32)."""

    seed = 0
    count = 0  # of the pass, over all steps

    @staticmethod
    def mix(x):
        for shift, factor in ((17, 0xED5AD4BB), (11, 0xAC4C1B51), (15, 0x31848BAB), (14, 1)):
            x = (x ^ (x >> np.uint32(shift))) * np.uint32(factor)
        return x

    @classmethod
    def bits(cls, name, shape):
        word = lambda number: np.array([number & 0xFFFFFFFF], dtype=np.uint32)
        hashed = 0x811C9DC5
        for letter in name.encode():
            hashed = ((hashed ^ letter) * 0x01000193) & 0xFFFFFFFF
        key = cls.mix(word(hashed) ^ cls.mix(word(cls.seed) ^ cls.mix(word((cls.seed >> 32) ^ 0x9E3779B9))))
        places = cls.mix(np.arange(int(np.prod(shape)), dtype=np.uint32))
        return cls.mix(places ^ cls.mix(word(cls.count) ^ key)).reshape(shape) >> np.uint32(8)

    @classmethod
    def uniform(cls, name, shape):
        """Numbers of 24 bits on [0, 1)."""
        return torch.from_numpy(cls.bits(name, tuple(shape)).astype(np.float32) * np.float32(2**-24))

    @classmethod
    def normal(cls, name, shape, dtype):
        """Both numbers of each pair of Box and Muller."""
        size = int(np.prod(tuple(shape)))
        radius = (-2 * (1 - cls.uniform(f"{name}/radius", [-(-size // 2)]).double()).log()).sqrt()
        angle = 2 * np.pi * cls.uniform(f"{name}/angle", [-(-size // 2)]).double()
        return torch.cat([radius * angle.cos(), radius * angle.sin()])[:size].reshape(tuple(shape)).to(dtype)

    @classmethod
    def bernoulli(cls, name, shape, keep, dtype):
        """1 with a probability, else 0."""
        return torch.from_numpy(cls.bits(name, tuple(shape)) < int(keep * 2**24 + 0.5)).to(dtype)
`;
