/** The command line: `run` takes the arguments and returns the exit status. Importing this file does nothing. */
import { Command, CommanderError } from "commander";
import packageJson from "../../../../package.json" with { type: "json" };
import { visibleLines } from "../../../shared/kit/visibleText.ts";
import { withCode } from "./allowCode.ts";
import { addCache } from "./commands/cache.ts";
import { addCatalog } from "./commands/catalog.ts";
import { addCode } from "./commands/code.ts";
import { addData } from "./commands/data.ts";
import { addDevices } from "./commands/devices.ts";
import { addExport } from "./commands/export.ts";
import { addMetrics } from "./commands/metrics.ts";
import { addNew } from "./commands/new.ts";
import { addPredict } from "./commands/predict.ts";
import { addRangeTest } from "./commands/rangeTest.ts";
import { addReproduce } from "./commands/reproduce.ts";
import { addRuns } from "./commands/runs.ts";
import { addServe } from "./commands/serve.ts";
import { addStudies } from "./commands/studies.ts";
import { addTrain } from "./commands/train.ts";
import { addTune } from "./commands/tune.ts";
import { type Context, createContext } from "./context.ts";
import { report, reportUsage } from "./faults.ts";
import { Output, type Streams } from "./output.ts";

/** Runs one command. `argv` begins behind the program's name; without a command the studio is served. */
export async function run(argv: readonly string[], streams: Streams = process): Promise<number> {
  const output = new Output({ json: argv.includes("--json"), stdout: streams.stdout, stderr: streams.stderr });
  try {
    return await dispatch(argv, output, streams);
  } catch (error) {
    return error instanceof CommanderError ? await reportUsage(error, argv, output) : await report(error, output);
  } finally {
    await output.close();
  }
}

async function dispatch(argv: readonly string[], output: Output, { stdout, stderr }: Streams): Promise<number> {
  let status = 0;
  const program = new Command("descent");
  program
    .description("Train neural networks on this machine, offline, and see why they learn.")
    .version(packageJson.version, "-V, --version", "print the version")
    .option("--home <folder>", "where runs and their history are kept (default: DESCENT_HOME, or the system's folder for data)")
    .option("--json", "print one JSON object per line")
    .option("--log-level <level>", "trace, debug, info, warn, error, fatal or silent (default: DESCENT_LOG, or warn)")
    .option("--allow-code", "allow the code of the data set that this command reads, as it is now, to run here from now on")
    .configureHelp({ showGlobalOptions: true })
    // Messages repeat what was typed, so it is made visible.
    .configureOutput({
      writeOut: (text) => void stdout.write(visibleLines(text)),
      writeErr: (text) => void stderr.write(visibleLines(text)),
    })
    .exitOverride();
  const perform = async (work: (context: Context) => Promise<number>): Promise<void> => {
    const context = createContext(program.opts(), output);
    status = await withCode(context, () => work(context));
  };
  addTrain(program, perform);
  addRuns(program, perform);
  addTune(program, perform);
  addStudies(program, perform);
  addMetrics(program, perform);
  addCatalog(program, perform);
  addCache(program, perform);
  addData(program, perform);
  addNew(program, perform);
  addCode(program, perform);
  addDevices(program, perform);
  addRangeTest(program, perform);
  addExport(program, perform);
  addPredict(program, perform);
  addReproduce(program, perform);
  addServe(program, perform);
  await program.parseAsync(withDefaultCommand(argv, program), { from: "user" });
  return status;
}

/** Options without a command, such as `descent --home X`, mean the studio. */
function withDefaultCommand(argv: readonly string[], program: Command): readonly string[] {
  const { operands, unknown } = program.parseOptions([...argv]);
  const asksForHelp = unknown.includes("--help") || unknown.includes("-h");
  return operands.length === 0 && !asksForHelp ? ["serve", ...argv] : argv;
}
