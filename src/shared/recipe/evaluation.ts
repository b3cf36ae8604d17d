/** What is measured on the way, beside the validation part after every epoch. */
import { z } from "zod";
import { flag } from "../kit/schema.ts";

export const evaluationSchema = z
  .strictObject({
    testEveryEpoch: flag({
      default: false,
      rare: true,
      title: "Test every epoch",
      description:
        "Also measures the test part after every epoch, as published learning curves do. It decides nothing: not the best epoch, not the learning rate, not when to stop. But what you choose by these curves makes the test figure optimistic: choose by the validation part. The test part is always measured once at the end.",
    }),
  })
  .meta({ title: "Evaluation" });
