/**
 * Channels become b × b blocks of pixels: [N, C b², H, W] to [N, C, H b, W b].
 * The channel index is ordered (channel, row, column) in mode CRD, as in PyTorch's pixel_shuffle, and (row, column, channel) in DCR.
 */
import { at, internal } from "../../kit/fault.ts";
import { reshape, transpose } from "../functions.ts";
import { defineOperator } from "../operator.ts";
import { staticShape } from "../types.ts";
import { build, inputAt } from "./arrays.ts";
import { float } from "./elementwise.ts";

/** The input channel of a position in a block. */
function channelOf(mode: string, blocksize: number, channels: number, channel: number, row: number, column: number): number {
  return mode === "CRD" ? (channel * blocksize + row) * blocksize + column : (row * blocksize + column) * channels + channel;
}

export const DepthToSpace = defineOperator<{ readonly blocksize: number; readonly mode: string }>({
  name: "DepthToSpace",
  summary: "y holds the channels of x as blocks of pixels",
  arity: [1, 1],
  attributes: { blocksize: "int", mode: "string" },
  infer: (inputs, { blocksize, mode }) => {
    const { dtype, shape } = at(inputs, 0);
    const [batch, channels, height, width] = staticShape(shape);
    if (mode !== "CRD" && mode !== "DCR") throw internal(`channels are read as CRD or DCR, not ${mode}`);
    if (batch === undefined || channels === undefined || height === undefined || width === undefined || shape.length !== 4 || channels % blocksize ** 2 !== 0)
      throw internal(`[${shape.join(",")}] has no blocks of ${blocksize}×${blocksize}`);
    return [{ dtype, shape: [batch, channels / blocksize ** 2, height * blocksize, width * blocksize] }];
  },
  gradient: [
    // Moves the blocks back into channels.
    ({ dy, inputs, attributes: { blocksize, mode } }) => {
      const [batch = 1, channels = 1, height = 1, width = 1] = staticShape(at(inputs, 0).shape);
      const blocks = reshape(dy, [batch, channels / blocksize ** 2, height, blocksize, width, blocksize]);
      return reshape(transpose(blocks, mode === "CRD" ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4]), [batch, channels, height, width]);
    },
  ],
  reference: (inputs, { blocksize, mode }, outputs) => {
    const x = inputAt(inputs, 0);
    const [, depth = 1, height = 1, width = 1] = x.shape;
    const channels = depth / blocksize ** 2;
    return [
      build(at(outputs, 0), ([n = 0, channel = 0, row = 0, column = 0]) => {
        const from = channelOf(mode, blocksize, channels, channel, row % blocksize, column % blocksize);
        return at(x.data, ((n * depth + from) * height + Math.floor(row / blocksize)) * width + Math.floor(column / blocksize));
      }),
    ];
  },
  samples: [
    { title: "channel, row, column", inputs: [float(2, 8, 2, 3)], attributes: { blocksize: 2, mode: "CRD" } },
    { title: "row, column, channel", inputs: [float(2, 8, 2, 3)], attributes: { blocksize: 2, mode: "DCR" } },
    { title: "blocks of three", inputs: [float(1, 9, 1, 2)], attributes: { blocksize: 3, mode: "CRD" } },
  ],
});
