/** Every layer a recipe can name. */
import { avgPool2d } from "./avgPool2d.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { flatten } from "./flatten.ts";
import { globalAvgPool2d } from "./globalAvgPool2d.ts";
import { maxPool2d } from "./maxPool2d.ts";
import { relu } from "./relu.ts";

export const layers = { dense, conv2d, maxPool2d, avgPool2d, globalAvgPool2d, flatten, relu };
