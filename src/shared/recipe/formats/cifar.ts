/** The binary batches of CIFAR-10 and CIFAR-100 (cs.toronto.edu/~kriz/cifar.html). */
import { z } from "zod";
import { type Format, path } from "./format.ts";

export const cifar = {
  schema: z.strictObject({
    type: z.literal("cifar"),
    path: path({ en: "A folder with the binary batches of CIFAR-10 or CIFAR-100.", ko: "CIFAR-10 또는 CIFAR-100의 이진 배치가 있는 폴더." }),
  }),
  holds: "arrays",
  title: { en: "CIFAR", ko: "CIFAR" },
  drop: { en: "the CIFAR batches", ko: "CIFAR 배치" },
  paths: ["path"],
  endings: [],
} satisfies Format;
