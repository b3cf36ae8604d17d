/**
 * Pooling over windows of 1 to 3 spatial axes: the maximum, to which padding never adds (it counts as −∞), or the mean, in which padding is not
 * counted. Equal maxima: the first in row-major order has the gradient, as in PyTorch.
 */
import { averagePool, maxPool } from "../../graph/functions.ts";
import { at } from "../../kit/fault.ts";
import { sampleShapeOf } from "../common/tensors.ts";
import { orEachAxis, paddingField, perAxis } from "./fields.ts";
import type { LayerDefinition } from "./layer.ts";
import { type Rank, spaceWords } from "./space.ts";
import { constantPad, evenPads, inSequence, padArgument, pythonTuple } from "./torchWindow.ts";
import { resolvePooling, type Window, type WindowConfig } from "./window.ts";

type Pooling<C> = Pick<LayerDefinition<C>, "outputShape" | "parameters" | "forward" | "torch">;

export function poolingFields(rank: Rank) {
  const { sample, elements } = spaceWords[rank];
  return {
    kernel: perAxis(rank, {
      default: 2,
      min: 1,
      title: "Window",
      description: `${rank === 1 ? "Length" : "Side"} of the window in ${elements}${orEachAxis(rank)}. Larger forgives larger shifts and forgets more of where things are.`,
    }),
    stride: perAxis(rank, {
      default: 2,
      min: 1,
      title: "Stride",
      description: `Step of the window in ${elements}${orEachAxis(rank)}. Equal to the window, each is used once; smaller, windows overlap.`,
    }),
    padding: paddingField(
      rank,
      `"valid" adds nothing, "same" widens the edges so that stride 1 keeps the size, "symmetric" by half a window on every side, as PyTorch's padding=1 for a kernel of 3, a number widens every side by that many; what is added is never the result. Use it where the edge of the ${sample} would be left out.`,
    ),
  };
}

export function maxPooling<C extends WindowConfig>(rank: Rank): Pooling<C> {
  return {
    ...pooled(rank),
    forward: ({ x, config }) => {
      const { kernel, stride, pads } = resolvePooling(sampleShapeOf(x.shape), rank, config);
      return maxPool(x, { kernel_shape: kernel, strides: stride, pads });
    },
    torch: (input, config) => {
      const window = resolvePooling(input, rank, config);
      const own = torchPadding(window);
      if (own !== undefined) return { make: `nn.MaxPool${rank}d(${shapeArguments(window)}, padding=${own})` };
      return inSequence([constantPad(rank, window.pads, 'float("-inf")'), `nn.MaxPool${rank}d(${shapeArguments(window)})`], 1);
    },
  };
}

export function averagePooling<C extends WindowConfig>(rank: Rank): Pooling<C> {
  return {
    ...pooled(rank),
    forward: ({ x, config }) => {
      const { kernel, stride, pads } = resolvePooling(sampleShapeOf(x.shape), rank, config);
      return averagePool(x, { kernel_shape: kernel, strides: stride, pads, count_include_pad: 0 });
    },
    torch: (input, config) => {
      const window = resolvePooling(input, rank, config);
      // AvgPool3d wants an input of at least one window before it looks at the padding.
      const own = window.kernel.every((size, axis) => size <= at(input, axis + 1)) ? torchPadding(window) : undefined;
      const pool = `nn.AvgPool${rank}d(${shapeArguments(window)}`;
      if (own !== undefined) return { make: `${pool}, padding=${own}, count_include_pad=False)` };
      return { make: `PaddedAveragePool(${padArgument(window.pads)}, ${pool}))`, definitions: [PADDED_AVERAGE_POOL] };
    },
  };
}

const PADDED_AVERAGE_POOL = `class PaddedAveragePool(nn.Module):
    """The mean over each window, in which padding is not counted."""

    def __init__(self, padding, pool):
        super().__init__()
        self.padding = padding
        self.pool = pool

    def forward(self, x):
        return self.pool(F.pad(x, self.padding)) / self.pool(F.pad(torch.ones_like(x), self.padding))
`;

function pooled(rank: Rank): Pick<Pooling<WindowConfig>, "outputShape" | "parameters"> {
  return {
    outputShape: (input, config) => {
      const { channels, output } = resolvePooling(input, rank, config);
      return [channels, ...output];
    },
    parameters: () => [],
  };
}

function shapeArguments({ kernel, stride }: Window): string {
  return `${pythonTuple(kernel)}, stride=${pythonTuple(stride)}`;
}

/** PyTorch pads both sides alike, and by half a window at most. */
function torchPadding({ kernel, pads }: Window): string | undefined {
  const even = evenPads(pads);
  return even?.every((amount, axis) => 2 * amount <= at(kernel, axis)) ? pythonTuple(even) : undefined;
}
