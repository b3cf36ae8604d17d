/** Starts a trainer as a utility process of Electron. */
import { utilityProcess } from "electron";
import type { TrainerToHost } from "../../training/protocol.ts";
import { type SpawnTrainer, trainerEntry, trainerEnvironment } from "../../training/spawn.ts";

export const utilityTrainer: SpawnTrainer = () => {
  const child = utilityProcess.fork(trainerEntry(), [], { serviceName: "Descent trainer", stdio: "inherit", env: trainerEnvironment() });
  let running = true;
  let killed = false;
  child.once("exit", () => {
    running = false;
  });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => {
      if (running) child.postMessage(message);
    },
    onMessage: (listener) => void child.on("message", (message: TrainerToHost) => listener(message)),
    onExit: (listener) => void child.once("exit", (code) => (killed ? listener(null, "SIGKILL") : listener(code, null))),
    kill: () => {
      killed = true;
      // Electron's own kill() sends SIGTERM, which a hanging trainer ignores.
      if (running && child.pid !== undefined) process.kill(child.pid, "SIGKILL");
    },
  };
};
