/** Go's fmt.Sprintf, as far as rule files use it. */
import { quote } from "../../promql/print/mod.ts";
import { formatCompactFloat } from "../../format_float.ts";
import { formatExponential, formatFixed, formatShort } from "./go_float.ts";
import { printValue, typeName, type Value } from "./value.ts";

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly verb: string;
}

const VERB = /%([-+# 0]*)(\d*)(?:\.(\d*))?(.?)/gsu;
const KNOWN_VERBS = "vsdfFegqtx%";
/** So wide may a field be: a slip must not eat the memory. */
const WIDEST = 1_000;

/** Fills in a format. What does not fit its verb is shown as Go shows it: `%!d(string=a)`. */
export function sprintf(format: string, values: readonly Value[]): string {
  let next = 0;
  const text = format.replace(VERB, (_, flags: string, width: string, precision, verb: string) => {
    if (verb === "%") return "%";
    if (verb === "") return "%!(NOVERB)";
    const value = values[next++];
    if (value === undefined) return `%!${verb}(MISSING)`;
    const formatted = formatVerb({
      flags,
      width: Math.min(Number(width), WIDEST),
      precision: precision === undefined ? undefined : Math.min(Number(precision), 100),
      verb,
    }, value);
    return formatted ?? `%!${verb}(${typeName(value)}=${printValue(value)})`;
  });
  const extra = values.slice(next).map((value) => `${typeName(value)}=${printValue(value)}`);
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(", ")})`;
}

/** The first verb of a format that {@linkcode sprintf} does not know. */
export function unknownVerb(format: string): string | undefined {
  for (const [verb = "", flags = "", , , letter = ""] of format.matchAll(VERB)) {
    if (!KNOWN_VERBS.includes(letter) || flags.includes("#")) return verb;
  }
  return undefined;
}

function formatVerb(verb: Verb, value: Value): string | undefined {
  const text = typeof value === "number"
    ? formatNumber(verb, value)
    : typeof value === "bigint"
    ? formatInteger(verb, value)
    : formatText(verb, value);
  return text === undefined ? undefined : pad(verb, text, typeof value);
}

function formatNumber({ flags, precision, verb }: Verb, value: number): string | undefined {
  const text = numberText(verb, precision, value);
  if (text === undefined) return undefined;
  return withSign(flags, text);
}

function withSign(flags: string, text: string): string {
  if (text.startsWith("-")) return text;
  const size = text.replace(/^\+/, "");
  if (flags.includes("+")) return `+${size}`;
  // An infinity has its sign in any case.
  return flags.includes(" ") ? ` ${size}` : text;
}

function numberText(verb: string, precision: number | undefined, value: number) {
  switch (verb) {
    case "v":
    case "g":
      return precision === undefined ? formatCompactFloat(value) : formatShort(value, precision);
    case "f":
    case "F":
      return formatFixed(value, precision ?? 6);
    case "e":
      return formatExponential(value, precision ?? 6);
    default:
      return undefined;
  }
}

function formatInteger({ flags, verb }: Verb, value: bigint): string | undefined {
  if (!"vdx".includes(verb)) return undefined;
  return withSign(flags, value.toString(verb === "x" ? 16 : 10));
}

function formatText({ precision, verb }: Verb, value: Value): string | undefined {
  if (typeof value === "boolean") return "vt".includes(verb) ? String(value) : undefined;
  if (typeof value !== "string") return verb === "v" ? printValue(value) : undefined;
  const text = precision === undefined ? value : [...value].slice(0, precision).join("");
  if (verb === "q") return quote(text);
  if (verb === "x") {
    return [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
  }
  return "vs".includes(verb) ? text : undefined;
}

function pad({ flags, width }: Verb, text: string, type: string): string {
  if (flags.includes("-")) return text.padEnd(width);
  const isNumber = type === "number" || type === "bigint";
  if (!flags.includes("0") || !isNumber || /[Nn]/.test(text)) return text.padStart(width);
  const sign = /^[-+ ]/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(width - sign.length, "0");
}
