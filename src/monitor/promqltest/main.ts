/**
 * Runs scripts of Prometheus' own test language against our engine. Run as a program
 * (`deno task promqltest FOLDER`) it prints how many cases of each file and folder pass; with
 * `--failures` also each that does not, and with `--filter TEXT` only cases whose query contains TEXT.
 *
 * @module
 */
import { Engine } from "../promql/engine.ts";
import { parseArguments } from "./arguments.ts";
import { findScripts, UnreadableError } from "./files.ts";
import { type CaseReport, runScript } from "./run_script.ts";
import { scoreTable } from "./scores.ts";
import { ScriptError } from "./script_error.ts";
import { showFailure } from "./failures.ts";
import type { QueryEngine } from "./run_case.ts";

/** The engine with the settings that the expectations were made with. */
export function testEngine(): QueryEngine {
  return new Engine({ delayedNameRemoval: true, maxSamples: 10_000_000, useStartTimes: true });
}

async function main(args: readonly string[]): Promise<number> {
  const { folder, filter, showsFailures, problem } = parseArguments(args);
  if (problem !== undefined) return await complain(problem);
  const engine = testEngine();
  const reports = new Map<string, readonly CaseReport[]>();
  try {
    for (const { name, text } of await findScripts(folder)) {
      try {
        const cases = await runScript(text, engine, { filter });
        if (cases.length > 0) reports.set(name, cases);
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        throw new UnreadableError(`${name}:${error.line}: ${error.message}`, { cause: error });
      }
    }
  } catch (error) {
    if (error instanceof UnreadableError) return await complain(error.message);
    throw error;
  }
  const lines = scoreTable(reports);
  if (showsFailures) {
    for (const [name, cases] of reports) {
      lines.push(...cases.flatMap((one) => showFailure(name, one)));
    }
  }
  const crashed = [...reports].flatMap(([name, cases]) =>
    cases.filter(({ all }) => all?.isCrash).flatMap((one) => showFailure(name, one))
  );
  await write(Deno.stdout, lines);
  if (crashed.length === 0) return 0;
  await write(Deno.stderr, ["promqltest: the engine crashed:", ...crashed]);
  return 1;
}

async function complain(problem: string): Promise<number> {
  await write(Deno.stderr, [`promqltest: ${problem}`]);
  return 2;
}

async function write(to: typeof Deno.stdout, lines: readonly string[]): Promise<void> {
  const writer = to.writable.getWriter();
  await writer.write(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
  writer.releaseLock();
}

if (import.meta.main) Deno.exitCode = await main(Deno.args);
