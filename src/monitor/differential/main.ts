/**
 * Compares random queries with a real Prometheus (`deno task promql:compare`). Options: `--seed N`
 * (default 1), `--queries N` (default 1000), `--prometheus PATH` (default: the one on PATH),
 * `--delayed-name-removal`. Prints a summary, and a minimal example of each kind of difference.
 *
 * @module
 */
import { findProgram } from "../../testing/programs.ts";
import { compareWithPrometheus, type ComparisonOptions } from "./harness.ts";
import { showComparison } from "./report.ts";

const USAGE =
  "usage: promql:compare [--seed N] [--queries N] [--prometheus PATH] [--delayed-name-removal]";

/** Reads the command line; a text says what is wrong with it. */
export function parseArguments(
  args: readonly string[],
  prometheus: string | undefined,
): ComparisonOptions | string {
  let [seed, queries, path, delayedNameRemoval] = [1, 1000, prometheus, false];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === "--delayed-name-removal") {
      delayedNameRemoval = true;
      continue;
    }
    if (!["--seed", "--queries", "--prometheus"].includes(arg)) {
      return `'${arg}' is not a flag; ${USAGE}`;
    }
    const value = rest.shift() ?? "";
    if (arg === "--prometheus") path = value;
    else if (!/^\d{1,9}$/.test(value)) return `${arg} needs a whole number, found '${value}'`;
    else if (arg === "--seed") seed = Number(value);
    else queries = Number(value);
  }
  if (path === undefined) return `no prometheus on PATH; name it with --prometheus PATH`;
  return { seed, queries, prometheus: path, delayedNameRemoval };
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseArguments(args, findProgram("prometheus"));
  if (typeof options === "string") {
    await Deno.stderr.write(new TextEncoder().encode(`promql:compare: ${options}\n`));
    return 2;
  }
  const comparison = await compareWithPrometheus(options);
  const text = showComparison(comparison).map((line) => `${line}\n`).join("");
  const writer = Deno.stdout.writable.getWriter();
  await writer.write(new TextEncoder().encode(text));
  writer.releaseLock();
  return 0;
}

if (import.meta.main) Deno.exitCode = await main(Deno.args);
