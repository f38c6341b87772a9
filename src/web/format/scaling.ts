import { fixed } from "./decimals.ts";
import type { Unit, UnitText } from "./unit.ts";

const SI = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"];
const SI_ONE = SI.indexOf("");
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"];

/** A number and its unit's symbol, never scaled. */
export function plain(symbol: string): Unit {
  return (value, decimals) => ({
    text: fixed(value, decimals),
    ...(symbol === "" ? {} : { suffix: ` ${symbol}` }),
  });
}

/** A symbol before the number. */
export function prefixed(symbol: string): Unit {
  return (value, decimals) => ({ text: fixed(value, decimals), prefix: symbol });
}

/**
 * Divides by `factor` until the number is below it. The value is given in the unit that is `offset` steps
 * after the first of `suffixes`; there is no scaling beyond either end.
 */
export function scaled(factor: number, suffixes: readonly string[], offset = 0): Unit {
  return (value, decimals) => {
    if (!Number.isFinite(value)) return { text: fixed(value) };
    const power = value === 0 ? 0 : powerOf(Math.abs(value), factor);
    const step = Math.min(Math.max(power, -offset), suffixes.length - offset - 1);
    return withSuffix(fixed(value / factor ** step, decimals), suffixes[offset + step] ?? "");
  };
}

/** kB, MB …; `power` is the prefix in which values come: 1 for kilo, -1 for milli. */
export function si(symbol: string, power = 0): Unit {
  return scaled(1000, SI.map((prefix) => ` ${prefix}${symbol}`), SI_ONE + power);
}

/** KiB, MiB …; `power` is the prefix in which values come: 1 for kibi. */
export function binary(symbol: string, power = 0): Unit {
  return scaled(1024, BINARY.map((prefix) => ` ${prefix}${symbol}`), power);
}

/** 1.5K req/s: a count of something. */
export function count(symbol: string): Unit {
  return scaled(1000, ["", "K", "M", "B", "T"].map((size) => `${size} ${symbol}`));
}

/** $1.5K, or 1.5K kr. */
export function currency(symbol: string, after = false): Unit {
  const sizes = scaled(1000, ["", "K", "M", "B", "T"]);
  return (value, decimals) => {
    const { text, suffix = "" } = sizes(value, decimals);
    if (after) return { text, suffix: `${suffix} ${symbol}` };
    const minus = text.startsWith("-") ? "-" : "";
    return {
      text: minus === "" ? text : text.slice(1),
      prefix: minus + symbol,
      ...(suffix === "" ? {} : { suffix }),
    };
  };
}

/** The power that an SI prefix letter stands for, 0 for any other letter. */
export function powerOfPrefix(letter: string): number {
  const at = SI.indexOf(letter === "u" || letter === "μ" ? "µ" : letter === "K" ? "k" : letter);
  return at === -1 ? 0 : at - SI_ONE;
}

function powerOf(size: number, factor: number): number {
  const power = Math.floor(Math.log10(size) / Math.log10(factor));
  // Logarithms of exact powers come out a hair too small: log10(1000)/log10(1000) is 1, but not for all.
  return size >= factor ** (power + 1) ? power + 1 : power;
}

function withSuffix(text: string, suffix: string): UnitText {
  return suffix === "" ? { text } : { text, suffix };
}
