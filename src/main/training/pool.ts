/**
 * Trainers that stay for the next run. Starting a process and loading the runtime takes longer than many a small training, so a trainer that has ended
 * a run waits a while for another one.
 *
 * A lease has the interface of a process: it begins with `ready` and ends with an exit. Behind it the process may have trained before.
 */
import type { HostToTrainer, TrainerToHost } from "./protocol.ts";
import type { SpawnTrainer, TrainerProcess } from "./spawn.ts";

type MessageListener = (message: TrainerToHost) => void;
type ExitListener = (code: number | null, signal: string | null) => void;

/** How long a trainer waits for the next run. */
const IDLE_MS = 5000;

export class TrainerPool {
  readonly #spawn: SpawnTrainer;
  readonly #idleMs: number;
  readonly #idle = new Set<Member>();
  #closed = false;

  constructor(spawn: SpawnTrainer, idleMs = IDLE_MS) {
    this.#spawn = spawn;
    this.#idleMs = idleMs;
  }

  /** A trainer for one run: one that waits, or a new one. */
  readonly take: SpawnTrainer = () => {
    const [waiting] = this.#idle;
    if (waiting === undefined) return this.#start().lease();
    this.#idle.delete(waiting);
    return waiting.lease();
  };

  /** Ends those that wait. Trainers at work end with their runs. */
  close(): void {
    this.#closed = true;
    for (const member of this.#idle) member.kill();
    this.#idle.clear();
  }

  #start(): Member {
    const member = new Member(this.#spawn(), {
      free: () => {
        if (this.#closed) return member.kill();
        this.#idle.add(member);
        member.endAfter(this.#idleMs);
      },
      gone: () => void this.#idle.delete(member),
    });
    return member;
  }
}

/** One process, and the lease that it serves. */
class Member {
  readonly #process: TrainerProcess;
  #lease: Lease | null = null;
  #ready = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(process: TrainerProcess, { free, gone }: { free(): void; gone(): void }) {
    this.#process = process;
    process.onMessage((message) => {
      if (message.type === "ready") this.#ready = true;
      if (message.type !== "idle") return this.#lease?.receive(message);
      const ended = this.#lease;
      this.#lease = null;
      free();
      ended?.end(0, null);
    });
    process.onExit((code, signal) => {
      clearTimeout(this.#timer);
      gone();
      this.#lease?.end(code, signal);
    });
  }

  lease(): TrainerProcess {
    clearTimeout(this.#timer);
    const lease = new Lease(this.#process.pid, {
      send: (message) => this.#process.send(message.type === "job" ? { ...message, stay: true } : message),
      kill: () => this.#process.kill(),
    });
    this.#lease = lease;
    if (this.#ready) queueMicrotask(() => lease.receive({ type: "ready" }));
    return lease;
  }

  kill(): void {
    clearTimeout(this.#timer);
    this.#process.kill();
  }

  endAfter(ms: number): void {
    this.#timer = setTimeout(() => this.#process.kill(), ms).unref();
  }
}

/** How a lease reaches the process behind it. */
type Wire = Pick<TrainerProcess, "send" | "kill">;

/** What a run sees of its trainer. After its end nothing reaches the process, which may serve another run. */
class Lease implements TrainerProcess {
  readonly pid: number | undefined;
  readonly #wire: Wire;
  readonly #messages: MessageListener[] = [];
  readonly #exits: ExitListener[] = [];
  #ended = false;

  constructor(pid: number | undefined, wire: Wire) {
    this.pid = pid;
    this.#wire = wire;
  }

  send(message: HostToTrainer): void {
    if (!this.#ended) this.#wire.send(message);
  }

  onMessage(listener: MessageListener): void {
    this.#messages.push(listener);
  }

  onExit(listener: ExitListener): void {
    this.#exits.push(listener);
  }

  kill(): void {
    if (!this.#ended) this.#wire.kill();
  }

  receive(message: TrainerToHost): void {
    for (const listener of this.#messages) listener(message);
  }

  end(code: number | null, signal: string | null): void {
    this.#ended = true;
    for (const listener of this.#exits) listener(code, signal);
  }
}
