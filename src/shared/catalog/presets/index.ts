/** Every preset for a model. */
import { cnn1d } from "./cnn1d.ts";
import { cnn3d } from "./cnn3d.ts";
import { convMixer } from "./convMixer.ts";
import { lenet5 } from "./lenet5.ts";
import { mlp } from "./mlp.ts";
import { resnet } from "./resnet.ts";
import { vgg } from "./vgg.ts";

export const presets = { mlp, lenet5, vgg, resnet8: resnet(1), resnet20: resnet(3), resnet32: resnet(5), resnet56: resnet(9), cnn1d, cnn3d, convMixer };
