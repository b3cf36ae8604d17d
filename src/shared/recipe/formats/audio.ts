/** Audio files, with one folder per class. */
import { z } from "zod";
import { choice, integer, real } from "../../kit/schema.ts";
import { folderFields } from "./folderFields.ts";
import { type Format, path } from "./format.ts";

export const audio = {
  schema: z.strictObject({
    type: z.literal("audio"),
    path: path({
      en: "A folder with a folder of recordings for every class (WAV, FLAC, MP3, Ogg, AIFF, AU), or with train, validation and test folders of them, or a folder of files whose names begin with the class.",
      ko: "클래스마다 녹음 폴더(WAV, FLAC, MP3, Ogg, AIFF, AU)가 있는 폴더, 또는 그런 train, validation, test 폴더가 있는 폴더, 또는 이름이 클래스로 시작하는 파일의 폴더.",
    }),
    ...folderFields,
    sampleRate: integer({
      default: 16_000,
      min: 100,
      max: 192_000,
      title: { en: "Sample rate", ko: "샘플링 주파수" },
      unit: { en: "Hz", ko: "Hz" },
      description: { en: "Recordings of other rates are resampled to this rate.", ko: "주파수가 다른 녹음은 이 주파수로 리샘플링합니다." },
    }),
    seconds: real({
      default: 1,
      above: 0,
      max: 60,
      title: { en: "Length", ko: "길이" },
      unit: { en: "s", ko: "초" },
      description: {
        en: "Length of every sample: longer recordings are cut, shorter ones are padded with silence.",
        ko: "표본의 길이. 긴 녹음은 자르고 짧은 녹음은 무음으로 채웁니다.",
      },
    }),
    features: choice(
      { waveform: { en: "Waveform", ko: "파형" }, logMel: { en: "Log-mel spectrogram", ko: "로그 멜 스펙트로그램" } },
      {
        default: "waveform",
        title: { en: "Features", ko: "특성" },
        description: {
          en: "The waveform itself for 1-D convolutions, or its log-mel spectrogram [1, bands, frames], which 2-D convolutions take like an image.",
          ko: "1차원 합성곱에는 파형 그대로, 2차원 합성곱에는 이미지처럼 쓰는 로그 멜 스펙트로그램 [1, 대역, 프레임].",
        },
      },
    ),
    mels: integer({
      default: 64,
      min: 8,
      max: 256,
      title: { en: "Mel bands", ko: "멜 대역 수" },
      description: { en: "Number of bands of the spectrogram, spaced as the ear hears.", ko: "스펙트로그램의 대역 수. 귀가 듣는 간격으로 나눕니다." },
    }),
  }),
  holds: "recordings",
  title: { en: "audio folders", ko: "오디오 폴더" },
  drop: { en: "folders of audio files by class", ko: "클래스별 오디오 폴더" },
  paths: ["path"],
  endings: [],
} satisfies Format;
