/** The binary batches of CIFAR-10 and CIFAR-100 (cs.toronto.edu/~kriz/cifar.html). */
import { z } from "zod";
import { type Format, path } from "./format.ts";

export const cifar = {
  schema: z.strictObject({ type: z.literal("cifar"), path: path("A folder with the binary batches of CIFAR-10 or CIFAR-100.") }),
  holds: "arrays",
  label: { en: "CIFAR", ko: "CIFAR" },
  drop: { en: "the CIFAR batches", ko: "CIFAR 배치" },
  paths: ["path"],
  endings: [],
} satisfies Format;
