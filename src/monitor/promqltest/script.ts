/** Scripts of Prometheus' test language: what their commands are, and reading them. */
import type { Labels } from "../labels.ts";
import { type EvalCommand, parseEval } from "./eval_command.ts";
import { atLine, ScriptError } from "./script_error.ts";
import { parseSeries, type SequenceValue } from "./series.ts";
import {
  isStartTimestampLine,
  parseStartTimestamps,
  type StartTimestampLine,
} from "./start_timestamps.ts";
import { parseDuration } from "./text.ts";

/** A series of a `load`; its values stand at 0, one step, two steps and so on. */
export interface LoadedSeries {
  readonly labels: Labels;
  readonly values: readonly SequenceValue[];
  /** Milliseconds from each sample to its start timestamp; none are known where undefined. */
  readonly starts?: readonly (number | undefined)[];
}

/** Adds series to the storage. */
export interface LoadCommand {
  readonly kind: "load";
  readonly line: number;
  /** Milliseconds between values. */
  readonly step: number;
  readonly series: readonly LoadedSeries[];
  /** `load_with_nhcb`: classic histograms come as histograms with custom buckets too. */
  readonly withCustomBuckets: boolean;
}

/** A command that cannot be read; what depends on it fails. */
export interface BrokenCommand {
  readonly kind: "broken";
  readonly line: number;
  readonly command: "load" | "eval";
  readonly text: string;
  readonly reason: string;
}

export type Command =
  | { readonly kind: "clear"; readonly line: number }
  | LoadCommand
  | EvalCommand
  | BrokenCommand;

/** A trimmed line and its number, from 1. */
export interface ScriptLine {
  readonly text: string;
  readonly number: number;
}

/**
 * The commands of a script. A `load` or `eval` that cannot be read comes as broken, so that it is
 * counted; a line that is no command at all throws ScriptError.
 */
export function parseScript(script: string): Command[] {
  const commands: Command[] = [];
  for (const block of blocks(script)) {
    const [first] = block;
    if (first === undefined) continue;
    const word = /^\S*/.exec(first.text.toLowerCase())?.[0] ?? "";
    if (word === "clear") commands.push({ kind: "clear", line: first.number });
    else if (word.startsWith("load")) {
      commands.push(readable("load", first, () => parseLoad(block)));
    } else if (word.startsWith("eval")) {
      commands.push(readable("eval", first, () => parseEval(block)));
    } else {throw new ScriptError(
        `expected load, eval or clear, found '${first.text}'`,
        first.number,
      );}
  }
  return commands;
}

/** Lines that belong together: a `clear` alone, other commands up to a blank line. */
function blocks(script: string): ScriptLine[][] {
  const all: ScriptLine[][] = [];
  let block: ScriptLine[] = [];
  const finish = () => {
    if (block.length > 0) all.push(block);
    block = [];
  };
  for (const [index, raw] of script.split("\n").entries()) {
    const text = raw.trim();
    if (text === "" || text.startsWith("#")) finish();
    else {
      block.push({ text, number: index + 1 });
      if (block.length === 1 && /^clear\b/i.test(text)) finish();
    }
  }
  finish();
  return all;
}

function readable(command: "load" | "eval", first: ScriptLine, read: () => Command): Command {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    const { line = first.number, message: reason } = error;
    return { kind: "broken", line, command, text: first.text, reason };
  }
}

function parseLoad([first, ...lines]: readonly ScriptLine[]): LoadCommand {
  const header = /^load(_with_nhcb)?\s+(.+)$/.exec(first?.text ?? "");
  if (first === undefined || header === null) {
    throw new ScriptError(`expected 'load STEP' or 'load_with_nhcb STEP', found '${first?.text}'`);
  }
  const series: LoadedSeries[] = [];
  let starts: StartTimestampLine | undefined;
  for (const { text, number } of lines) {
    atLine(number, () => {
      if (isStartTimestampLine(text)) {
        if (starts !== undefined) {
          throw new ScriptError("a line of start timestamps has no samples");
        }
        starts = parseStartTimestamps(text);
      } else {
        const line = parseSeries(text);
        series.push(starts === undefined ? line : withStarts(line, starts));
        starts = undefined;
      }
    });
  }
  if (starts !== undefined) throw new ScriptError("a line of start timestamps has no samples");
  return {
    kind: "load",
    line: first.number,
    step: atLine(first.number, () => parseDuration(header[2] ?? "")),
    series,
    withCustomBuckets: header[1] !== undefined,
  };
}

function withStarts(line: LoadedSeries, starts: StartTimestampLine): LoadedSeries {
  if (!starts.labels.equals(line.labels)) {
    throw new ScriptError(`start timestamps of ${starts.labels} come before ${line.labels}`);
  }
  if (starts.offsets.length !== line.values.length) {
    throw new ScriptError(
      `${line.labels} has ${line.values.length} values and ${starts.offsets.length} start timestamps`,
    );
  }
  return { ...line, starts: starts.offsets };
}
