/** How images of different sizes are brought to one size. */
import { z } from "zod";
import { say } from "../../kit/say.ts";
import { choice, metaOf, named } from "../../kit/schema.ts";

export const imageFields = {
  size: z
    .tuple([z.int().min(1).max(4096), z.int().min(1).max(4096)])
    .optional()
    .meta(
      metaOf({
        title: { en: "Size", ko: "크기" },
        unit: { en: "pixels", ko: "픽셀" },
        description: {
          en: "Height and width of every sample. Where absent: the most frequent size, or the median height and width where sizes hardly repeat; at most 256 pixels on a side.",
          ko: "표본의 높이와 너비. 비우면 가장 잦은 크기, 크기가 거의 되풀이되지 않으면 높이와 너비의 중앙값이며, 한 변은 최대 256픽셀입니다.",
        },
      }),
    ),
  fit: choice(
    { stretch: { en: "Stretch", ko: "늘이기" }, crop: { en: "Crop", ko: "잘라 내기" }, pad: { en: "Pad", ko: "덧대기" } },
    {
      default: "stretch",
      title: { en: "Fit", ko: "맞추기" },
      description: {
        en: "What happens to an image of another shape: stretched, cropped to its centre, or padded with the background, which is black unless set.",
        ko: "모양이 다른 이미지를 맞추는 방법: 늘이기, 가운데를 잘라 내기, 배경 덧대기(정하지 않으면 검정).",
      },
    },
  ),
  channels: choice(
    { auto: { en: "Automatic", ko: "자동" }, gray: { en: "Grayscale", ko: "회색조" }, rgb: { en: "Colour (RGB)", ko: "색(RGB)" } },
    {
      default: "auto",
      title: { en: "Channels", ko: "채널" },
      description: {
        en: "Grayscale or colour. Automatic: colour where any image has colour, so that all samples have the same shape.",
        ko: "회색조 또는 색. 자동이면 색이 있는 이미지가 하나라도 있을 때 색으로 하여 모든 표본의 형태를 같게 합니다.",
      },
    },
  ),
  depth: named({ "8bit": { en: "8-bit", ko: "8비트" }, full: { en: "Full", ko: "전체" } })
    .optional()
    .meta(
      metaOf({
        title: { en: "Bit depth", ko: "비트 깊이" },
        description: {
          en: "Full keeps the values of images with more than 8 bits, and samples are float32; 8-bit rounds them to 0 … 255. Where absent: full where at least a tenth of the images have more than 8 bits.",
          ko: "전체는 8비트가 넘는 이미지의 값을 그대로 두며 표본이 float32가 됩니다. 8비트는 0 … 255로 반올림합니다. 비우면 이미지의 10분의 1 이상이 8비트를 넘을 때 전체입니다.",
        },
      }),
    ),
  range: named({ file: { en: "As in the file", ko: "파일대로" }, stretch: { en: "Stretch", ko: "펼치기" } })
    .optional()
    .meta(
      metaOf({
        title: { en: "Range", ko: "범위" },
        description: {
          en: "Stretch: the smallest and the largest value of all images become black and white (0 and 255, or 0 and 1 in float32). As in the file, or absent: values stay unchanged; Descent says so if they use only a small fraction of their range.",
          ko: "펼치기: 모든 이미지에서 가장 작은 값과 가장 큰 값이 검정과 흰색(0과 255, float32에서는 0과 1)이 됩니다. 파일대로 또는 비움: 값을 그대로 두며, 범위의 일부만 쓰면 알려 줍니다.",
        },
      }),
    ),
  background: z
    .string()
    .regex(/^(?:black|white|#[0-9a-fA-F]{6})$/)
    .optional()
    .meta(
      metaOf({
        rule: say`must be "black", "white" or a colour such as "#8090a0"`,
        title: { en: "Background", ko: "배경" },
        description: {
          en: 'The colour behind transparent images, and around padded ones: "black", "white" or "#rrggbb". Where absent: white where the content of transparent images is dark, otherwise black.',
          ko: '투명한 이미지의 뒤와 덧댄 둘레의 색: "black", "white", "#rrggbb". 비우면 투명한 이미지의 내용이 어두울 때 흰색, 아니면 검정입니다.',
        },
      }),
    ),
};
