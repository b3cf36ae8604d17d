/** What layers, losses and augmentations say of what does not suit them. */
export const catalogKorean: Readonly<Record<string, string>> = {
  // augmentations
  "needs colours: images of three channels, red, green and blue": "색이 있어야 합니다. 빨강, 초록, 파랑의 세 채널 이미지에 씁니다",
  "images of one channel": "채널이 하나인 이미지",
  "images of {0} channels": "채널이 {0}개인 이미지",
  'Remove it, or use "brightness", "contrast" or "gamma".': '빼거나 "brightness", "contrast", "gamma" 가운데 하나를 쓰세요.',
  "needs images of at least {0} pixels, because fewer have no histogram to equalize":
    "이미지의 픽셀이 {0}개 이상이어야 합니다. 그보다 적으면 평활화할 히스토그램이 없습니다",
  'Remove it, or use "contrast" or "gamma".': '빼거나 "contrast" 또는 "gamma"를 쓰세요.',
  "must not be above the highest, {0}": "가장 높은 값인 {0}보다 크면 안 됩니다",
  "Exchange the two.": "두 값을 서로 바꾸세요.",
  "rows of features": "특성의 행",
  signals: "신호",
  images: "이미지",
  volumes: "부피 데이터",
  "must be empty where the inputs are words, whose numbers cannot be changed a little":
    "입력이 단어이면 비워야 합니다. 단어의 번호는 조금 바꿀 수 있는 값이 아닙니다",
  "Remove them, or use dropout behind the embedding.": "빼거나, 임베딩 뒤에 드롭아웃을 쓰세요.",
  "{0} for {1}": "{1}에 {0}",
  "must suit the samples, which are {0} [{1}]": "표본에 맞아야 합니다. 표본은 {0} [{1}]입니다",
  "{0}, which is for {1}": "{1}에 쓰는 {0}",
  "Remove it, or use {0}.": "빼거나 {0} 중에서 쓰세요.",

  // layers: what they need
  "needs rows of features, or signals, images or volumes with channels first": "특성의 행이나, 채널이 앞에 오는 신호, 이미지, 부피 데이터를 받아야 합니다",
  "needs signals, images or volumes with channels first": "채널이 앞에 오는 신호, 이미지, 부피 데이터를 받아야 합니다",
  "needs one row of features per sample": "표본마다 특성의 행 하나를 받아야 합니다",
  "needs a row of whole numbers per sample": "표본마다 정수의 행 하나를 받아야 합니다",
  "needs more than one number per sample, because a single number equals its mean": "표본마다 수가 둘 이상이어야 합니다. 수 하나는 그 평균과 같습니다",
  "needs {0} of shape [{1}]": "형태가 [{1}]인 {0|을} 받아야 합니다",
  "samples of shape [{0}]": "형태가 [{0}]인 표본",
  "Put a reshape or a flatten layer in front.": "앞에 reshape 층이나 flatten 층을 두세요.",
  "Put a flatten layer in front.": "앞에 flatten 층을 두세요.",
  "Put a flatten or a {0} layer in front.": "앞에 flatten 층이나 {0} 층을 두세요.",
  "Put it first, on a table's rows.": "표의 행을 받는 첫 층으로 두세요.",
  "Put it first, on data whose samples are words or categories.": "표본이 단어나 범주인 데이터를 받는 첫 층으로 두세요.",
  "Put it behind a convolution.": "합성곱 뒤에 두세요.",
  "Put this layer before flatten and dense, or use data whose samples are {0}.": "이 층을 flatten과 dense 앞에 두거나, 표본이 {0}인 데이터를 쓰세요.",
  "Use dropout for rows of features.": "특성의 행에는 dropout을 쓰세요.",
  "Remove this layer.": "이 층을 빼세요.",
  "must start with a letter and contain letters, digits, _ . -": "영문자로 시작하고 영문자, 숫자, _ . - 만 써야 합니다",

  // layers: groups and categories
  "must sum to at most {0}, the features of a row": "합이 한 행의 특성 수인 {0} 이하여야 합니다",
  "[{0}], {1} in all": "[{0}], 합은 {1}",
  "Give the number of categories of each one-hot column.": "원-핫 열마다 범주의 수를 적으세요.",
  "must leave more than one number in each group, because a single number equals its mean": "그룹마다 수가 둘 이상이어야 합니다. 수 하나는 그 평균과 같습니다",
  "must divide the input's channels": "입력의 채널 수를 나누어떨어지게 해야 합니다",
  "{0} groups for samples of shape [{1}]": "형태가 [{1}]인 표본에 그룹 {0}개",
  "Use {0}.": "{0|을} 쓰세요.",
  "must divide the input's channels and the filters": "입력의 채널 수와 필터 수를 나누어떨어지게 해야 합니다",
  "{0} groups for {1} channels and {2} filters": "채널 {1}개와 필터 {2}개에 그룹 {0}개",
  "Use {0}, or {1} filters.": "{0|을} 쓰거나, 필터를 {1}개로 하세요.",
  "{0} groups": "그룹 {0}개",
  "{0} filters": "필터 {0}개",

  // layers: branches and shapes
  "must all have the same spatial shape to be concatenated along the channels": "채널을 따라 이으려면 공간 형태가 모두 같아야 합니다",
  "must all have the same shape to be combined element by element": "원소끼리 합치려면 형태가 모두 같아야 합니다",
  "Give branch {0} the spatial shape of the first.": "갈래 {0}의 공간 형태를 첫 갈래와 같게 하세요.",
  'Give branch {0} the shape of the first, or merge by "concat".': '갈래 {0}의 형태를 첫 갈래와 같게 하거나 "concat"으로 합치세요.',
  "Give branch {0} the shape of the first.": "갈래 {0}의 형태를 첫 갈래와 같게 하세요.",
  "must hold the {0} numbers of a sample, with at most one −1": "표본의 수 {0}개를 담아야 하며, −1은 하나까지만 쓸 수 있습니다",
  "[{0}], which holds {1}": "[{0}], 담는 수는 {1}개",
  "Choose dimensions whose product is that of the input.": "곱이 입력과 같은 차원을 고르세요.",
  "must give what the layers give, [{0}]": "층들의 출력과 같은 [{0}] 형태를 내야 합니다",
  "Change the layers or the shortcut so that both give the same shape.": "둘의 출력 형태가 같도록 층이나 지름길을 바꾸세요.",
  'Make {"type": "dense", "units": {0}} the shortcut.': '지름길에 {"type": "dense", "units": {0}}을 두세요.',
  "Make {0} or {1} the shortcut.": "지름길에 {0} 또는 {1|을} 두세요.",
  "Make {0} the shortcut.": "지름길에 {0|을} 두세요.",
  "must be at least the input's {0} channels, because this shortcut only adds channels":
    "입력의 채널 수인 {0} 이상이어야 합니다. 이 지름길은 채널을 더하기만 합니다",
  "Give it the number of filters that the shortcut goes around, or use a conv2d with a kernel of 1.":
    "지름길이 건너뛰는 층의 필터 수를 적거나, 커널이 1인 conv2d를 쓰세요.",

  // layers: windows
  'must not be "same" where the window is even and the stride over 1: the zeros cannot be the same on both sides, and frameworks disagree on which side has more':
    '창이 짝수이고 스트라이드가 1보다 크면 "same"일 수 없습니다. 양쪽의 0이 같은 수일 수 없고, 어느 쪽이 더 많은지는 프레임워크마다 다릅니다',
  'must not be "same" where the stride is over 1 and the padding cannot be the same on both sides: frameworks disagree on which side has more':
    '스트라이드가 1보다 크고 양쪽 패딩이 같을 수 없으면 "same"일 수 없습니다. 어느 쪽이 더 많은지는 프레임워크마다 다릅니다',
  'must not be "same" where the stride is over 1 and what is cut cannot be the same at both ends: frameworks disagree on which end loses more':
    '스트라이드가 1보다 크고 양 끝에서 자르는 양이 같을 수 없으면 "same"일 수 없습니다. 어느 끝을 더 자르는지는 프레임워크마다 다릅니다',
  "a window of {0} with a stride of {1} along the {2}": "{2} 방향으로 창 {0}, 스트라이드 {1}",
  "a window of {0} with a stride of {1} along the {2} of {3}": "크기 {3}의 {2} 방향으로 창 {0}, 스트라이드 {1}",
  'Use an odd kernel or "symmetric", or give the padding as a number.': '홀수 커널이나 "symmetric"을 쓰거나, 패딩을 수로 적으세요.',
  'Set padding to "symmetric", "valid" or a number.': '패딩을 "symmetric", "valid" 또는 수로 정하세요.',
  "must be smaller than the window of {0}": "창 {0}보다 작아야 합니다",
  "{0} on each side": "양쪽에 {0}",
  'Make the padding smaller, or use "same".': '패딩을 줄이거나 "same"을 쓰세요.',
  "must be smaller than the stride of {0} along the {1}": "{1} 방향의 스트라이드 {0}보다 작아야 합니다",
  "an output padding of {0}": "출력 패딩 {0}",
  "Make it smaller: with a whole stride more, the input would be larger.": "줄이세요. 스트라이드만큼 더하면 입력이 더 큰 것이 됩니다.",
  "must be less than half of the output's {0} of {1}": "출력의 {0} {1}의 절반보다 작아야 합니다",
  "{0} to cut from each end": "양 끝에서 {0}씩 자름",
  'must be 0 where padding is "same", which sets the output\'s size': '패딩이 "same"이면 0이어야 합니다. 출력의 크기는 패딩이 정합니다',
  "Set it to 0, or give the padding as a number.": "0으로 하거나, 패딩을 수로 적으세요.",
  "Use an odd kernel, as the stride is, or give padding and outputPadding as numbers.":
    "스트라이드처럼 홀수인 커널을 쓰거나, padding과 outputPadding을 수로 적으세요.",
  "Use an even kernel, as the stride is, or give padding and outputPadding as numbers.":
    "스트라이드처럼 짝수인 커널을 쓰거나, padding과 outputPadding을 수로 적으세요.",
  "Use an even kernel, as the stride is, and no dilation, or give padding and outputPadding as numbers.":
    "스트라이드처럼 짝수인 커널을 팽창 없이 쓰거나, padding과 outputPadding을 수로 적으세요.",
  "must fit into the input's {0} of {1} (padding included)": "입력의 {0} {1}(패딩 포함)에 들어가야 합니다",
  "a window of {0}": "창 {0}",
  'Make the kernel or the dilation smaller, or set padding to "same".': '커널이나 팽창을 줄이거나, 패딩을 "same"으로 하세요.',

  // losses
  "must have one number for each of the {0} classes": "클래스 {0}개마다 수가 하나씩 있어야 합니다",
  "{0} numbers": "수 {0}개",
  'Give as many as there are classes, or use "balanced".': '클래스의 수만큼 적거나 "balanced"를 쓰세요.',
  "needs at least two classes: {0} over one class is always certain": "클래스가 둘 이상이어야 합니다. 클래스가 하나이면 {0|은} 언제나 확실합니다",
  "{0} classes": "클래스 {0}개",
  "Use data with more classes.": "클래스가 더 많은 데이터를 쓰세요.",
  "an answer": "답",
  "a comparison": "비교",
  "a softmax": "소프트맥스",
};
