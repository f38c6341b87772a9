/** Series as scripts name them. */
import { type Label, Labels, METRIC_NAME } from "../labels.ts";
import { ScriptError } from "./script_error.ts";
import { readQuoted } from "./text.ts";

/** The labels at the start of `text`, such as `up{job="echo"}`, and what follows them. Throws ScriptError. */
export function readMetric(text: string): { readonly labels: Labels; readonly rest: string } {
  const name = /^[^\s{"'`@]*/.exec(text)?.[0] ?? "";
  const pairs: Label[] = name === "" ? [] : [[METRIC_NAME, name]];
  let rest = text.slice(name.length);
  if (!rest.startsWith("{")) {
    if (name === "") throw new ScriptError(`expected a series, found '${text}'`);
    return { labels: Labels.of(pairs), rest };
  }
  rest = rest.slice(1).trimStart();
  while (!rest.startsWith("}")) {
    const label = readLabel(rest);
    pairs.push(label.pair);
    rest = label.rest.trimStart();
    if (rest.startsWith(",")) rest = rest.slice(1).trimStart();
    else if (!rest.startsWith("}")) {
      throw new ScriptError(`expected ',' or '}' after a label, found '${rest}'`);
    }
  }
  return { labels: Labels.of(pairs), rest: rest.slice(1) };
}

function readLabel(text: string): { readonly pair: Label; readonly rest: string } {
  const isQuoted = /^["'`]/.test(text);
  const { value: name, length } = isQuoted ? readQuoted(text) : readBare(text);
  const afterName = text.slice(length).trimStart();
  if (!afterName.startsWith("=")) {
    if (isQuoted) return { pair: [METRIC_NAME, name], rest: afterName };
    throw new ScriptError(`expected '=' after the label '${name}', found '${afterName}'`);
  }
  const afterSign = afterName.slice(1).trimStart();
  const value = readQuoted(afterSign);
  return { pair: [name, value.value], rest: afterSign.slice(value.length) };
}

function readBare(text: string): { readonly value: string; readonly length: number } {
  const value = /^[^\s={},"'`]+/.exec(text)?.[0];
  if (value === undefined) throw new ScriptError(`expected a label, found '${text}'`);
  return { value, length: value.length };
}
