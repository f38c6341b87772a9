/**
 * What stands in braces: the labels of a series or of an exemplar, and a metric's name in quotes.
 *
 * @module
 */
import { blanksEnd, BRACE_CLOSE, COMMA, EQUALS, labelNameEnd, QUOTE } from "./characters.ts";
import { type Cursor, readQuoted } from "./cursor.ts";
import { expositionError, quote, unexpected } from "./exposition_error.ts";
import type { LabelPair } from "./model.ts";

/** What a format allows in braces. */
export interface LabelRules {
  /** Spaces and tabs between the parts, and labels with no comma between them. */
  readonly isLoose: boolean;
  /** Line feeds in a label's value. */
  readonly lineFeedsInValues: boolean;
  /** Line feeds in a quoted name. */
  readonly lineFeedsInNames: boolean;
  /** Whether a metric's name may stand among the labels. */
  readonly metricNames: boolean;
}

/**
 * Reads from behind the opening brace to behind the closing one, and adds the labels to `labels`.
 * Returns the metric's name that stands among them, or `name`, which is the one before the brace.
 */
export function readLabels(
  cursor: Cursor,
  rules: LabelRules,
  labels: LabelPair[],
  name?: string,
): string | undefined {
  const { text } = cursor;
  let metricName = name;
  skipBlanks(cursor, rules);
  while (text.charCodeAt(cursor.at) !== BRACE_CLOSE) {
    const start = cursor.at;
    const isQuoted = text.charCodeAt(start) === QUOTE;
    const first = readName(cursor, rules, isQuoted);
    skipBlanks(cursor, rules);
    const code = text.charCodeAt(cursor.at);
    if (isQuoted && rules.metricNames && (code === COMMA || code === BRACE_CLOSE)) {
      if (metricName !== undefined) {
        throw expositionError(
          text,
          start,
          `found a second metric name ${quote(first)} beside ${quote(metricName)}`,
        );
      }
      metricName = first;
    } else {
      if (code !== EQUALS) throw unexpected(text, cursor.at, "'=' after the label's name");
      cursor.at++;
      labels.push([first, readValue(cursor, rules)]);
    }
    readComma(cursor, rules);
  }
  cursor.at++;
  return metricName;
}

function skipBlanks(cursor: Cursor, { isLoose }: LabelRules): void {
  if (isLoose) cursor.at = blanksEnd(cursor.text, cursor.at);
}

function readName(cursor: Cursor, rules: LabelRules, isQuoted: boolean): string {
  const { text, at: start } = cursor;
  if (isQuoted) {
    return readQuoted(cursor, "the name", { lineFeeds: rules.lineFeedsInNames, nulls: false });
  }
  const end = labelNameEnd(text, start);
  if (end === start) throw unexpected(text, start, "a label's name or '}'");
  cursor.at = end;
  return text.slice(start, end);
}

function readValue(cursor: Cursor, rules: LabelRules): string {
  skipBlanks(cursor, rules);
  if (cursor.text.charCodeAt(cursor.at) !== QUOTE) {
    throw unexpected(cursor.text, cursor.at, "a label's value in double quotes");
  }
  return readQuoted(cursor, "the label's value", {
    lineFeeds: rules.lineFeedsInValues,
    nulls: true,
  });
}

/** One comma, before the closing brace too. */
function readComma(cursor: Cursor, rules: LabelRules): void {
  skipBlanks(cursor, rules);
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === COMMA) {
    cursor.at++;
    skipBlanks(cursor, rules);
  } else if (!rules.isLoose && code !== BRACE_CLOSE) {
    throw unexpected(cursor.text, cursor.at, "',' or '}' after the label");
  }
}
