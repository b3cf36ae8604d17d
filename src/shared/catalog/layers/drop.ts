/** Shared by the dropout layers. */
import { real } from "../../kit/schema.ts";
import type { Words } from "../../kit/words.ts";

export function dropRate(description: Words, standard = 0.5) {
  return real({ default: standard, min: 0, below: 1, step: 0.05, search: [0.05, 0.6], title: { en: "Rate", ko: "비율" }, description });
}

const DROP = `class Drop(nn.Module):
    """nn.Dropout, or for whole channels nn.Dropout1d to 3d, with Descent's masks."""

    def __init__(self, rate, whole_channels):
        super().__init__()
        self.rate = rate
        self.whole_channels = whole_channels

    def forward(self, x):
        if not self.training or self.rate == 0:
            return x
        shape = (*x.shape[:2], *(1 for _ in x.shape[2:])) if self.whole_channels else x.shape
        return x * (Draws.bernoulli(f"{self.address}/mask", shape, 1 - self.rate, x.dtype) / (1 - self.rate))
`;

/** PyTorch's dropout with Descent's random masks (recipe/torchDraws.ts). */
export function torchDrop(rate: number, wholeChannels: boolean) {
  return { make: `Drop(${rate}, whole_channels=${wholeChannels ? "True" : "False"})`, definitions: [DROP] };
}
