/** Recordings in a folder for every class. */
import { z } from "zod";
import { choice, integer, real } from "../../kit/schema.ts";
import { folderFields } from "./folderFields.ts";
import { type Format, path } from "./format.ts";

export const audio = {
  schema: z.strictObject({
    type: z.literal("audio"),
    path: path(
      "A folder with a folder of recordings for every class (WAV, FLAC, MP3, Ogg, AIFF, AU), or with train, validation and test folders of them, or of files whose names begin with the class.",
    ),
    ...folderFields,
    sampleRate: integer({
      default: 16_000,
      min: 100,
      max: 192_000,
      title: "Sample rate",
      unit: "Hz",
      description: "Recordings of other rates are resampled to this.",
    }),
    seconds: real({
      default: 1,
      above: 0,
      max: 60,
      title: "Length",
      unit: "s",
      description: "Length of every sample: longer recordings are cut, shorter ones end in silence.",
    }),
    features: choice(["waveform", "logMel"], {
      default: "waveform",
      title: "Features",
      description: "The wave itself for 1-D convolutions, or its log-mel spectrogram [1, bands, frames], which 2-D convolutions take like an image.",
    }),
    mels: integer({ default: 64, min: 8, max: 256, title: "Mel bands", description: "Bands of the spectrogram, spaced as the ear hears." }),
  }),
  holds: "recordings",
  label: { en: "folders of sound", ko: "소리 폴더" },
  drop: { en: "folders of sound by class", ko: "클래스별 소리 폴더" },
  paths: ["path"],
  endings: [],
} satisfies Format;
