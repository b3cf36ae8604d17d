/**
 * Replies of foreign code that are forged: bytes at random and bytes that are nearly right, at the reader of messages and from a real process that writes
 * to the pipe itself. Whatever comes, it ends in one fault that names the data set; nothing waits for ever, nothing fills the memory.
 *
 * DESCENT_FUZZ=50 makes both fifty times as long; DESCENT_FUZZ_SEED draws others.
 */
import { describe, expect, it } from "vitest";
import { Malformed } from "../../src/main/data/code/bytes.ts";
import { BEAT, FrameReader, frameHeader, REPLY } from "../../src/main/data/code/frames.ts";
import type { Opened, Reply, Request } from "../../src/main/data/code/protocol.ts";
import { decodeReply, encodeReply, mostReplyBytes } from "../../src/main/data/code/replies.ts";
import { openModule } from "../../src/main/data/readers/module.ts";
import { at, Fault } from "../../src/shared/kit/fault.ts";
import { RandomStream } from "../../src/shared/math/random.ts";
import { allowed, permissionsHome } from "../helpers/code.ts";
import { english } from "../helpers/english.ts";
import { scratchFolder } from "./files.ts";

const TIMES = Number(process.env["DESCENT_FUZZ"] ?? 1);
const SEED = Number(process.env["DESCENT_FUZZ_SEED"] ?? 10);
const MESSAGES = 20_000 * TIMES;
const PROCESSES = 24 * TIMES;

const scratch = scratchFolder();
permissionsHome();

const opened: Opened = {
  type: "opened",
  name: "waves",
  length: 30,
  sampleShape: [2],
  elementType: "float32",
  classes: ["even", "odd"],
  task: null,
  target: "even",
};
const sha256 = "0".repeat(64);
const problem = { place: "a.mjs", expected: "must", received: "this", remedy: "Do." };
/** Each question with answers that are right. */
const RIGHT: readonly (readonly [request: Request | null, opened: Opened | null, replies: readonly Reply[]])[] = [
  [null, null, [{ type: "ready" }]],
  [
    { type: "survey", url: "", file: "" },
    null,
    [
      { type: "surveyed", files: [{ path: "/a.mjs", size: 3, sha256 }] },
      { type: "failed", problem },
    ],
  ],
  [
    { type: "open", url: "", file: "", export: null, options: {}, allowed: [] },
    null,
    [
      opened,
      { ...opened, classes: null, target: [1, -0.5], elementType: "uint8" },
      { type: "failed", problem },
      { type: "unlisted", file: { path: "/b", size: 1, sha256 } },
    ],
  ],
  [{ type: "batch", indices: [3, 4] }, opened, [{ type: "batch", samples: Float32Array.of(1, 2, 3, 4), targets: ["odd", 7] }]],
  [{ type: "targets", first: 0, count: 3 }, opened, [{ type: "targets", targets: ["even", -0, [1, 2, 3]] }]],
  [{ type: "close" }, opened, [{ type: "closed" }]],
];

describe("the reader of replies", () => {
  it("reads what is right as it was written", () => {
    for (const [request, known, replies] of RIGHT) for (const reply of replies) expect(decodeReply(encodeReply(reply), request, known)).toEqual(reply);
  });

  it(`refuses ${MESSAGES} forged ones in its own words, or reads what could have come`, () => {
    const random = new RandomStream(SEED, "fuzz/replies");
    const counts = { refused: 0, read: 0 };
    for (let i = 0, draw = 0; i < MESSAGES; i++) {
      const below = (limit: number) => random.below(limit, draw++);
      const [request, known] = at(RIGHT, below(RIGHT.length));
      const [, , others] = at(RIGHT, below(4) === 0 ? below(RIGHT.length) : RIGHT.findIndex(([each]) => each === request));
      const bytes = forge(encodeReply(at(others, below(others.length))), below);
      try {
        const { type } = decodeReply(bytes, request, known);
        if (type === "batch") expect(request?.type).toBe("batch");
        counts.read++;
      } catch (error) {
        if (!(error instanceof Malformed)) throw new Error(`message ${i} of seed ${SEED}: ${bytes.toString("hex")}`, { cause: error });
        counts.refused++;
      }
    }
    console.log(`fuzz: ${MESSAGES} forged replies, ${counts.refused} refused, ${counts.read} read as what could have come; seed ${SEED}`);
    expect(counts.refused).toBeGreaterThan(MESSAGES / 4);
    expect(counts.read).toBeGreaterThan(0);
  });

  it("takes frames together from pieces of any size, and no more into memory than can come", () => {
    const random = new RandomStream(SEED, "fuzz/frames");
    let draw = 0;
    const frames = Array.from({ length: 300 }, () => {
      const payload = Buffer.alloc(random.below(200, draw++), draw);
      return { kind: random.below(2, draw++), payload };
    });
    const whole = Buffer.concat(frames.flatMap(({ kind, payload }) => [frameHeader(kind, payload.length), payload]));
    const taken: { kind: number; payload: Buffer }[] = [];
    const reader = new FrameReader({ most: () => 200, take: (kind, payload) => taken.push({ kind, payload }) });
    for (let from = 0; from < whole.length; ) {
      const size = 1 + random.below(40, draw++);
      reader.push(whole.subarray(from, from + size));
      from += size;
    }
    expect(taken).toEqual(frames);
    const small = new FrameReader({ most: () => mostReplyBytes(null, null), take: () => {} });
    expect(() => small.push(frameHeader(REPLY, 1_150_000_000))).toThrow("a message of 1150000000 bytes, where at most 1 can come");
  });
});

/** Nearly right: a byte changed, cut, lengthened, doubled, or all at random. */
function forge(right: Buffer, below: (limit: number) => number): Buffer {
  const bytes = Buffer.from(right);
  switch (below(6)) {
    case 0:
      return bytes.subarray(0, below(bytes.length + 1));
    case 1:
      return Buffer.concat([bytes, Buffer.alloc(1 + below(9), below(256))]);
    case 2:
      return Buffer.from(Array.from({ length: below(64) }, () => below(256)));
    case 3:
      bytes.fill(255, below(bytes.length), bytes.length);
      return bytes;
    default:
      for (let i = 0; i <= below(3); i++) bytes[below(bytes.length)] = below(256);
      return bytes;
  }
}

/** Its class answers as it should, where nothing forged comes first. */
const moduleThat = (forges: string) => `import { writeSync } from "node:fs";
  const frame = (kind, payload) => { const head = Buffer.alloc(5); head[0] = kind; head.writeUInt32LE(payload.length, 1); return Buffer.concat([head, payload]); };
  const tell = (bytes) => { for (let at = 0; at < bytes.length;) try { at += writeSync(3, bytes, at); } catch (error) { if (error.code !== "EAGAIN") throw error; } };
  const beat = (step) => { const bytes = Buffer.alloc(4); bytes.writeInt32LE(step); return frame(0, bytes); };
  export default class Forger {
    length = 30; classes = ["even", "odd"];
    get(i) { if (i === 3) { ${forges} } return { sample: [i, 1], target: i % 2 }; }
  }`;

/** How reading sample 3 ended, and how much larger this process was at its largest. */
async function endOf(forges: string): Promise<{ readonly fault: Fault | null; readonly file: string; readonly grown: number }> {
  const file = allowed(scratch.write(`forger${Math.random()}.mjs`, moduleThat(forges)));
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  const dataset = await openModule({ type: "module", path: file, timeout: 3 });
  try {
    await dataset.fetch(Uint32Array.of(3, 4));
    return { fault: null, file, grown: most - before };
  } catch (error) {
    if (!(error instanceof Fault)) throw new Error(`${forges} ended in no fault`, { cause: error });
    return { fault: error, file, grown: Math.max(most, process.memoryUsage().rss) - before };
  } finally {
    clearInterval(watch);
    await dataset.close();
  }
}

describe("a process that forges", () => {
  const FORGED = "must only answer through its class";
  const LATE = "must answer within 3 s";
  const reply = (right: Reply) => `frame(${REPLY}, Buffer.from("${encodeReply(right).toString("hex")}", "hex"))`;
  const answer = reply({ type: "batch", samples: Float32Array.of(1, 2, 3, 4), targets: [0, 1] });

  it.each<readonly [string, string, string, string]>([
    ["an answer before its last step", `tell(${answer});`, FORGED, "an answer before its last step"],
    ["an answer to something else", `tell(${reply({ type: "closed" })});`, FORGED, '"closed" that was not asked for'],
    ["that it is ready again", `tell(${reply({ type: "ready" })});`, FORGED, '"ready" that was not asked for'],
    [
      "an answer with too few samples",
      `tell(${reply({ type: "batch", samples: Float32Array.of(1), targets: [0, 1] })});`,
      FORGED,
      "fewer bytes than announced",
    ],
    [
      "numbers that are none",
      `tell(beat(4)); tell(${reply({ type: "batch", samples: Float32Array.of(1, Number.NaN, 3, 4), targets: [0, 1] })});`,
      FORGED,
      "not finite",
    ],
    [
      "a name with an override in it",
      `tell(beat(4)); tell(${reply({ type: "batch", samples: Float32Array.of(1, 2, 3, 4), targets: ["\u202eneve", "odd"] })});`,
      FORGED,
      "control characters",
    ],
    ["a message of 1.15 GB", "tell(Buffer.from([1, 0x80, 0x8a, 0x8b, 0x44])); tell(Buffer.alloc(64 * 2 ** 20)); for (;;);", FORGED, "where at most"],
    ["messages of no known kind", "tell(frame(7, Buffer.alloc(3)));", FORGED, "the unknown kind 7"],
    ["half a message", "tell(Buffer.from([1, 9, 0, 0, 0, 1])); for (;;);", LATE, "get(3) did not answer"],
    ["beats without end, so that it is waited for", "for (;;) tell(beat(3));", FORGED, "a step that is not the next one"],
    ["beats from before", "tell(beat(-1));", FORGED, "a step that is not the next one"],
    ["a beat of another size", "tell(frame(0, Buffer.alloc(3)));", FORGED, "a step that is not the next one"],
  ])("%s", async (_what, forges, expected, received) => {
    const { fault, file, grown } = await endOf(forges);
    expect(fault?.kind).toBe("input");
    expect(english(fault?.problems)).toMatchObject([{ place: file, expected, received: expect.stringContaining(received) }]);
    expect(grown).toBeLessThan(200 * 2 ** 20);
  });

  it("a problem with the place of something else is told as the data set's own", async () => {
    const place = { place: "optimizer.lr", expected: "must be 1", received: "2", remedy: "Set it." };
    const { fault, file } = await endOf(`tell(${reply({ type: "failed", problem: place })}); for (;;);`);
    expect(english(fault?.problems)).toEqual([{ ...place, place: `${file} (optimizer.lr)` }]);
  });

  it("a flood of prints fills no memory", async () => {
    const { fault, grown } = await endOf(`const text = "x".repeat(2 ** 20); for (let k = 0; k < 300; k++) console.log(text);`);
    expect(fault).toBeNull();
    expect(grown).toBeLessThan(200 * 2 ** 20);
  }, 60_000);

  it(
    `${PROCESSES} processes that write at random each end in one fault, or answer as they should`,
    async () => {
      const random = new RandomStream(SEED, "fuzz/processes");
      const counts = { fault: 0, answered: 0 };
      let draw = 0;
      for (let i = 0; i < PROCESSES; i++) {
        const below = (limit: number) => random.below(limit, draw++);
        const parts = Array.from({ length: 1 + below(3) }, () => {
          const [, , replies] = at(RIGHT, below(RIGHT.length));
          const bytes = forge(encodeReply(at(replies, below(replies.length))), below);
          return below(4) === 0 ? bytes : Buffer.concat([frameHeader(below(8) === 0 ? BEAT : REPLY, bytes.length), bytes]);
        });
        const { fault, file } = await endOf(`tell(Buffer.from("${Buffer.concat(parts).toString("hex")}", "hex"));`);
        if (fault === null) counts.answered++;
        else {
          counts.fault++;
          expect(fault.problems).toHaveLength(1);
          expect(at(fault.problems, 0).place.startsWith(file), `process ${i} of seed ${SEED}: ${fault.message}`).toBe(true);
        }
      }
      console.log(`fuzz: ${PROCESSES} forging processes, ${counts.fault} ended in a fault of the data set, ${counts.answered} answered; seed ${SEED}`);
      expect(counts.fault).toBeGreaterThan(PROCESSES / 2);
    },
    600_000 * TIMES,
  );
});
