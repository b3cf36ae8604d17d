/**
 * Pooling over all spatial axes of each channel: [C, ...space] to [C] (Lin et al. 2014, arXiv:1312.4400, section 3.2). Equal maxima divide the
 * gradient evenly, as in PyTorch's `amax`; PyTorch's `AdaptiveMaxPool` gives it to the first.
 */
import { reduceMax, reduceMean } from "../../graph/functions.ts";
import type { LayerDefinition } from "./layer.ts";
import { type Rank, spatialAxes, spatialShape } from "./space.ts";
import { pythonTuple } from "./torchWindow.ts";

type GlobalPooling<C> = Pick<LayerDefinition<C>, "outputShape" | "parameters" | "forward" | "torch">;

export function globalAveragePooling<C>(rank: Rank): GlobalPooling<C> {
  return {
    ...pooled(rank),
    forward: ({ x }) => reduceMean(x, spatialAxes(rank)),
    torch: () => ({ make: `nn.Sequential(nn.AdaptiveAvgPool${rank}d(1), nn.Flatten())` }),
  };
}

export function globalMaxPooling<C>(rank: Rank): GlobalPooling<C> {
  return {
    ...pooled(rank),
    forward: ({ x }) => reduceMax(x, spatialAxes(rank)),
    torch: () => ({ make: `GlobalMaxPool(${pythonTuple(spatialAxes(rank))})`, definitions: [GLOBAL_MAX_POOL] }),
  };
}

const GLOBAL_MAX_POOL = `class GlobalMaxPool(nn.Module):
    """The maximum over some axes; equal maxima share the gradient evenly."""

    def __init__(self, dim):
        super().__init__()
        self.dim = dim

    def forward(self, x):
        return x.amax(dim=self.dim)
`;

function pooled(rank: Rank): Pick<GlobalPooling<unknown>, "outputShape" | "parameters"> {
  return {
    outputShape: (input) => [spatialShape(input, rank).channels],
    parameters: () => [],
  };
}
