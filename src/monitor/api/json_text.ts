/**
 * JSON as Prometheus writes it. Most text has `<`, `>` and `&` escaped as Go does it by default; labels
 * have not. Numbers of samples are strings.
 */
import { formatApiFloat, formatFloat } from "../format_float.ts";
import { histogramToJson } from "../histogram/mod.ts";
import { Labels } from "../labels.ts";
import type { FloatHistogram } from "../histogram/float_histogram.ts";

const MAY_NEED_ESCAPES = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;
/** JavaScript has short escapes for these, where Go has none. */
const UNNAMED = /[\b\f]/;
const UNNAMED_PARTS = /([\b\f])/;
const HTML = /[<>&\u2028\u2029]/;
const HTML_CHARACTERS = "<>&\u2028\u2029";

/** Text in quotes; only what JSON asks for is escaped. */
export function plainText(text: string): string {
  if (!MAY_NEED_ESCAPES.test(text)) return `"${text}"`;
  if (!UNNAMED.test(text)) return JSON.stringify(text.toWellFormed());
  return `"${text.split(UNNAMED_PARTS).map(escapedPart).join("")}"`;
}

/** Text in quotes that is also safe within HTML. */
export function safeText(text: string): string {
  return htmlEscaped(plainText(text));
}

/** As {@linkcode safeText}, with Go's short escapes for backspace and form feed, as strings of PromQL have. */
export function stringJson(text: string): string {
  return htmlEscaped(JSON.stringify(text.toWellFormed()));
}

function escapedPart(part: string): string {
  return part === "\b" || part === "\f" ? unicodeEscape(part) : plainText(part).slice(1, -1);
}

/** Without a call for each: texts may be long. */
function htmlEscaped(json: string): string {
  if (!HTML.test(json)) return json;
  let escaped = json;
  for (const one of HTML_CHARACTERS) escaped = escaped.replaceAll(one, unicodeEscape(one));
  return escaped;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Labels as an object. */
export function labelsJson(labels: Labels): string {
  let text = "";
  for (const [name, value] of labels) {
    text += `${text === "" ? "" : ","}${plainText(name)}:${plainText(value)}`;
  }
  return `{${text}}`;
}

/** A sample's time, given in milliseconds, in seconds: `1435781451.780`, `1435781451`. */
export function timestampJson(ms: number): string {
  const size = Math.abs(ms);
  const fraction = size % 1000;
  const text = String((size - fraction) / 1000) +
    (fraction === 0 ? "" : `.${String(fraction).padStart(3, "0")}`);
  return ms < 0 ? `-${text}` : text;
}

/** A sample's value, in quotes. */
export function valueJson(value: number): string {
  if (Object.is(value, 0)) return '"0"';
  const size = Math.abs(value);
  // Here JavaScript writes what Go does, and several times faster than we can.
  return `"${size >= 1e-6 && size < 1e21 ? String(value) : formatApiFloat(value)}"`;
}

/** A number as Go's verb `e` has it: `1.5e+00`. */
export function exponentialText(value: number): string {
  if (!Number.isFinite(value)) return formatFloat(value);
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  const sign = Object.is(value, -0) ? "-" : "";
  return `${sign}${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, "0")}`;
}

/** A native histogram. */
export function histogramJson(histogram: FloatHistogram): string {
  return JSON.stringify(histogramToJson(histogram));
}

/** What {@linkcode safeJson} writes. */
export type Json =
  | string
  | number
  | boolean
  | null
  | Labels
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** JSON of a small value: keys in their order, those that are undefined left out, text safe in HTML. */
export function safeJson(value: Json): string {
  if (typeof value === "string") return safeText(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (value instanceof Labels) return labelsJson(value);
  if (isList(value)) return `[${value.map(safeJson).join()}]`;
  const fields = Object.entries(value).flatMap(([key, field]) =>
    field === undefined ? [] : [`${safeText(key)}:${safeJson(field)}`]
  );
  return `{${fields.join()}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** JSON that is written piece by piece. */
export class JsonPieces {
  constructor(readonly pieces: Iterable<string>) {}
}

/** {@linkcode safeJson} of an object of which some fields may be long, piece by piece. */
export function* objectJson(
  fields: Readonly<Record<string, Json | JsonPieces | undefined>>,
): Generator<string> {
  let separator = "{";
  for (const [key, field] of Object.entries(fields)) {
    if (field === undefined) continue;
    const start = `${separator}${safeText(key)}:`;
    separator = ",";
    if (field instanceof JsonPieces) {
      yield start;
      yield* field.pieces;
    } else {
      yield start + safeJson(field);
    }
  }
  yield separator === "{" ? "{}" : "}";
}

/** A list of items that may be long, piece by piece. */
export function* longItemsJson<T>(
  items: Iterable<T>,
  write: (item: T) => Iterable<string>,
): Generator<string> {
  let separator = "";
  yield "[";
  for (const item of items) {
    yield separator;
    yield* write(item);
    separator = ",";
  }
  yield "]";
}

/** A list, piece by piece. */
export function* listJson<T>(items: Iterable<T>, write: (item: T) => string): Generator<string> {
  let text = "[";
  let separator = "";
  for (const item of items) {
    text += separator + write(item);
    separator = ",";
    if (text.length >= PIECE) {
      yield text;
      text = "";
    }
  }
  yield `${text}]`;
}

/** How long a piece is at least, in UTF-16 units. */
export const PIECE = 4096;
