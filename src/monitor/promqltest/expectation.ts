/** Lines `expect warn msg: …` and the older `expected_fail_message …`. */
import { ScriptError } from "./script_error.ts";

/** A condition on a message or an annotation. */
export interface TextMatch {
  /** For a report: what was expected. */
  readonly description: string;
  matches(text: string): boolean;
}

/** What a line asks of failures, annotations or the order. */
export interface Expectation {
  readonly kind: "fail" | "warn" | "no_warn" | "info" | "no_info" | "ordered";
  /** Undefined is any. */
  readonly text: TextMatch | undefined;
}

const EXPECT = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/;
const EXPECTED_FAIL = /^expected_fail_(message|regexp)\s+(.+)$/;

/** Reads such a line. Throws ScriptError. */
export function parseExpectation(line: string): Expectation {
  const old = EXPECTED_FAIL.exec(line);
  if (old !== null) return { kind: "fail", text: textMatch(old[1], old[2] ?? "") };
  const parts = EXPECT.exec(line);
  if (parts === null) {
    throw new ScriptError(`expected such as 'expect warn msg: TEXT', found '${line}'`);
  }
  const kind = parts[1] as Expectation["kind"];
  return { kind, text: parts[2] === undefined ? undefined : textMatch(parts[2], parts[3] ?? "") };
}

function textMatch(type: string | undefined, text: string): TextMatch {
  const wanted = text.trim();
  if (type === "msg" || type === "message") {
    return { description: `'${wanted}'`, matches: (found) => found === wanted };
  }
  const pattern = regularExpression(wanted);
  return { description: `text like /${wanted}/`, matches: (found) => pattern.test(found) };
}

/** Go's flags at the start, such as (?s), become those of JavaScript. */
function regularExpression(text: string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(text);
  try {
    return new RegExp(text.slice(flags?.[0].length ?? 0), flags?.[1] ?? "");
  } catch (error) {
    throw new ScriptError(`'${text}' is no regular expression that can be read`, undefined, {
      cause: error,
    });
  }
}
