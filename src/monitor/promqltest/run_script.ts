/** Runs a script and keeps how each of its cases went. */
import type { EvalCommand } from "./eval_command.ts";
import { load } from "./load.ts";
import { MemoryStorage } from "./memory_storage.ts";
import { type Outcome, type QueryEngine, runCase } from "./run_case.ts";
import { parseScript } from "./script.ts";
import { ScriptError } from "./script_error.ts";
import { showExpected } from "./show.ts";

/** How one case of a script went. */
export interface CaseReport extends Outcome {
  readonly line: number;
  readonly query: string;
  /** A line for each series. */
  readonly expected: readonly string[];
  /** Whether no series at all is expected, which an engine that knows nothing gives too. */
  readonly isEmpty: boolean;
}

/**
 * The cases of a script whose text contains `filter`. What cannot be read counts as failed. Throws
 * ScriptError where a line is no command.
 */
export async function runScript(
  script: string,
  engine: QueryEngine,
  { filter = "" }: { readonly filter?: string } = {},
): Promise<CaseReport[]> {
  const storage = new MemoryStorage();
  const reports: CaseReport[] = [];
  let brokenLoad: string | undefined;
  for (const command of parseScript(script)) {
    if (command.kind === "clear") {
      storage.clear();
      brokenLoad = undefined;
    } else if (command.kind === "load") {
      brokenLoad ??= problemOf(() => load(storage, command));
    } else if (command.kind === "broken") {
      const reason = `line ${command.line} cannot be read: ${command.reason}`;
      if (command.command === "load") brokenLoad ??= reason;
      else if (command.text.includes(filter)) {
        reports.push(failed(command.line, command.text, reason));
      }
    } else if (command.query.includes(filter)) {
      reports.push(
        brokenLoad === undefined
          ? await reportOf(command, engine, storage)
          : failed(command.line, command.query, brokenLoad, command),
      );
    }
  }
  return reports;
}

async function reportOf(
  command: EvalCommand,
  engine: QueryEngine,
  storage: MemoryStorage,
): Promise<CaseReport> {
  const outcome = await runCase(engine, storage, command);
  return { ...describe(command), ...outcome };
}

function describe(
  command: EvalCommand,
): Pick<CaseReport, "line" | "query" | "expected" | "isEmpty"> {
  const { line, query, result, failure } = command;
  const isEmpty = failure === undefined && result.kind === "series" && result.series.length === 0;
  return { line, query, expected: showExpected(command), isEmpty };
}

function failed(line: number, query: string, reason: string, command?: EvalCommand): CaseReport {
  const problem = { query, way: "", reason, got: [] };
  const known = command === undefined
    ? { line, query, expected: [], isEmpty: false }
    : describe(command);
  return { ...known, asWritten: problem, rangeMode: "none", all: problem };
}

function problemOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ScriptError) return error.message;
    throw error;
  }
}
