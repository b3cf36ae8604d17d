/** Regularization, in addition to layers with that purpose (dropout, noise, normalization). */
import { z } from "zod";
import { flag, real } from "../kit/schema.ts";

export const regularizationSchema = z.strictObject({
  l2: real({
    default: 0,
    min: 0,
    max: 10,
    scale: "log",
    search: [1e-6, 1e-2],
    title: { en: "L2 penalty", ko: "L2 벌점" },
    description: {
      en: "Adds λ/2 · Σ w² to the loss: its gradient pulls every weight toward zero in proportion to its size. Raise it by factors of 3 when training is much better than validation. This is PyTorch's weight_decay.",
      ko: "손실에 λ/2 · Σ w²을 더합니다. 기울기가 모든 가중치를 크기에 비례하여 0으로 끌어당깁니다. 학습 결과가 검증보다 훨씬 좋으면 3배씩 올리세요. PyTorch의 weight_decay와 같습니다.",
    },
  }),
  l1: real({
    default: 0,
    min: 0,
    max: 10,
    scale: "log",
    search: [1e-6, 1e-2],
    rare: true,
    title: { en: "L1 penalty", ko: "L1 벌점" },
    description: {
      en: "Adds λ · Σ |w| to the loss: pulls every weight toward zero with the same force, so that the useless ones become zero. Together with L2 it is the elastic net. Use it for sparse weights.",
      ko: "손실에 λ · Σ |w|를 더합니다. 모든 가중치를 같은 힘으로 0으로 끌어당겨 쓸모없는 것은 0이 됩니다. L2와 함께 쓰면 엘라스틱 넷입니다. 희소한 가중치에 쓰세요.",
    },
  }),
  weightDecay: real({
    default: 0,
    min: 0,
    max: 10,
    scale: "log",
    search: [1e-4, 0.1],
    title: { en: "Weight decay", ko: "가중치 감쇠" },
    description: {
      en: "Shrinks every weight by the learning rate times this value, apart from the gradient step (Loshchilov & Hutter 2019). With adaptive optimizers prefer it to L2. AdamW, LAMB, Lion and Muon have their own.",
      ko: "가중치를 기울기 스텝과 따로 학습률과 이 값의 곱만큼 줄입니다(Loshchilov & Hutter 2019). 적응형 옵티마이저에서는 L2보다 이것을 쓰세요. AdamW, LAMB, Lion, Muon에는 자체 감쇠가 있습니다.",
    },
  }),
  decayBiases: flag({
    default: false,
    rare: true,
    title: { en: "Decay biases and normalizations", ko: "편향과 정규화도 감쇠" },
    description: {
      en: "Also decays biases and the scale and shift of normalizations. Off by default, for all penalties: these few numbers do not overfit, and pulling them to zero does harm. Turn it on to do as PyTorch does by default.",
      ko: "편향과 정규화의 배율·이동도 감쇠합니다. 모든 벌점에서 기본으로 꺼져 있습니다. 이 몇 안 되는 수는 과적합하지 않으며 0으로 끌면 해롭습니다. PyTorch의 기본과 같게 하려면 켜세요.",
    },
  }),
  maxNorm: real({
    default: 0,
    min: 0,
    max: 1000,
    scale: "log",
    search: [0.5, 8],
    rare: true,
    title: { en: "Max-norm", ko: "최대 노름" },
    description: {
      en: "After every step, the incoming weights of each unit are scaled back to at most this length (Srivastava et al. 2014); of an embedding, each vector. Biases and normalizations stay unchanged. 0: off. 3 or 4 works well with dropout and large learning rates.",
      ko: "스텝마다 유닛으로 들어오는 가중치의 길이를 이 값 이하로 줄입니다(Srivastava 등 2014). 임베딩에서는 벡터마다입니다. 편향과 정규화는 그대로입니다. 0이면 끕니다. 드롭아웃과 큰 학습률에는 3이나 4가 좋습니다.",
    },
  }),
  inputNoise: real({
    default: 0,
    min: 0,
    max: 10,
    step: 0.01,
    search: [0.01, 0.5],
    rare: true,
    title: { en: "Input noise", ko: "입력 잡음" },
    description: {
      en: "Standard deviation of the Gaussian noise added to the standardized inputs in training. 0: off. A little noise smooths what is learned (Bishop 1995); raise it while validation improves.",
      ko: "학습 중에 표준화한 입력에 더하는 가우스 잡음의 표준편차. 0이면 끕니다. 작은 잡음은 학습한 것을 매끄럽게 합니다(Bishop 1995). 검증 결과가 좋아지는 동안 올리세요.",
    },
  }),
  weightNoise: real({
    default: 0,
    min: 0,
    max: 10,
    step: 0.001,
    search: [0.001, 0.1],
    rare: true,
    title: { en: "Weight noise", ko: "가중치 잡음" },
    description: {
      en: "Standard deviation of the Gaussian noise added to the weights for each step's gradient. 0: off. It favours flat minima, where a small change of the weights changes little.",
      ko: "스텝마다 기울기를 구할 때 가중치에 더하는 가우스 잡음의 표준편차. 0이면 끕니다. 가중치가 조금 바뀌어도 결과가 거의 같은 평평한 최솟값을 선호합니다.",
    },
  }),
  labelNoise: real({
    default: 0,
    min: 0,
    max: 1,
    step: 0.01,
    search: [0.01, 0.4],
    rare: true,
    title: { en: "Label noise", ko: "라벨 잡음" },
    description: {
      en: "Fraction of training labels that are replaced by a random class, drawn again at every step. 0: off. Raise it to see how robust training is; label smoothing does on average what this does by chance. For a regression: standard deviation of noise added to the targets, in standard deviations of the target where targets are standardized.",
      ko: "임의의 클래스로 바꾸는 학습 라벨의 비율. 스텝마다 새로 뽑습니다. 0이면 끕니다. 학습이 얼마나 강건한지 보려면 올리세요. 라벨 스무딩은 이것이 우연히 하는 일을 평균으로 합니다. 회귀에서는 목표값에 더하는 잡음의 표준편차이며, 목표값을 표준화하면 목표값의 표준편차가 단위입니다.",
    },
  }),
  mixup: real({
    default: 0,
    min: 0,
    max: 8,
    step: 0.1,
    search: [0.1, 1],
    title: { en: "Mixup α", ko: "Mixup α" },
    description: {
      en: "Trains on mixtures of two samples and of their targets, with a fraction drawn from Beta(α, α) for every step (Zhang et al. 2018). 0: off. 0.2 to 0.4 helps most; training metrics are then those of mixtures.",
      ko: "두 표본과 그 목표값을 섞어 학습합니다. 섞는 비율은 스텝마다 Beta(α, α)에서 뽑습니다(Zhang 등 2018). 0이면 끕니다. 0.2~0.4가 가장 도움이 됩니다. 이때 학습 지표는 섞은 표본의 지표입니다.",
    },
  }),
  cutmix: real({
    default: 0,
    min: 0,
    max: 8,
    step: 0.1,
    search: [0.1, 1],
    rare: true,
    title: { en: "CutMix α", ko: "CutMix α" },
    description: {
      en: "Replaces a box of every sample by that of another and mixes the targets by area, which is drawn from Beta(α, α) (Yun et al. 2019). 0: off. For images and signals; 1 is the paper's. With mixup also on, each step draws one of the two.",
      ko: "표본마다 상자 하나를 다른 표본의 것으로 바꾸고 목표값을 면적에 따라 섞습니다. 면적은 Beta(α, α)에서 뽑습니다(Yun 등 2019). 0이면 끕니다. 이미지와 신호에 쓰며 논문의 값은 1입니다. Mixup도 켜면 스텝마다 둘 가운데 하나를 뽑습니다.",
    },
  }),
});

export type RegularizationConfig = z.output<typeof regularizationSchema>;
