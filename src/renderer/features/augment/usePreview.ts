/** The preview of a recipe while it is edited: one request at a time, and always the newest one next. */
import { useEffect, useRef, useState } from "react";
import type { AugmentationPreview } from "../../../shared/contract/augment.ts";
import { faultOf } from "../../../shared/contract/faults.ts";
import { internal, type Problem } from "../../../shared/kit/fault.ts";
import { say } from "../../../shared/kit/say.ts";
import { client, useConnectionStatus } from "../../api/client.ts";

export interface PreviewAsked {
  readonly recipe: unknown;
  readonly sample: number | null;
  readonly epoch: number;
  readonly count: number;
}

export interface Previewed {
  readonly preview: AugmentationPreview | null;
  readonly problems: readonly Problem[];
  /** From request to response, in milliseconds. */
  readonly milliseconds: number | null;
}

const NOTHING: Previewed = { preview: null, problems: [], milliseconds: null };

/** @param asked null for no request */
export function usePreview(asked: PreviewAsked | null): Previewed {
  const [shown, setShown] = useState<Previewed>(NOTHING);
  const newest = useRef<PreviewAsked | null>(null);
  const busy = useRef(false);
  const key = JSON.stringify(asked);
  const connection = useConnectionStatus();

  // A failed request is repeated as soon as the studio is connected again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    newest.current = JSON.parse(key) as PreviewAsked | null;
    // A running loop sees the newer request and sends it next.
    if (!busy.current) void answerNewest(newest, busy, setShown);
  }, [key, connection]);

  useEffect(
    () => () => {
      newest.current = null;
    },
    [],
  );

  return asked === null ? NOTHING : shown;
}

/** Sends requests until the newest one is answered or the component unmounts. */
async function answerNewest(
  newest: { readonly current: PreviewAsked | null },
  busy: { current: boolean },
  show: (change: (before: Previewed) => Previewed) => void,
): Promise<void> {
  busy.current = true;
  for (let question = newest.current; question !== null; ) {
    const asked = question;
    const startedAt = performance.now();
    const answer = await client.augment.preview(asked).then(
      (preview): Previewed => ({ preview, problems: [], milliseconds: performance.now() - startedAt }),
      (error: unknown): Previewed => ({ ...NOTHING, problems: faultOf(error)?.problems ?? [internalProblem(error)] }),
    );
    if (newest.current === null) break;
    show((before) => ({ ...answer, preview: answer.preview ?? before.preview }));
    question = newest.current === asked ? null : newest.current;
  }
  busy.current = false;
}

function internalProblem(error: unknown): Problem {
  return {
    place: "preview",
    expected: say`must be drawn`,
    received: error instanceof Error ? error.message : internal(String(error)).message,
    remedy: say`Try again.`,
  };
}
