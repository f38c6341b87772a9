/**
 * Kinds of value that a flag or a variable can hold: how each is written, read and shown.
 *
 * @module
 */

import { formatAddress } from "../net/address.ts";

/** Reads one kind of value out of text. */
export interface Value<T> {
  /** Shown in the help after the flag: `--port NUMBER`. Empty for a switch. */
  readonly placeholder: string;
  /** Completes "must be …". */
  readonly allowed: string;
  /** What the help tells of it, where there are bounds to tell: `1 to 10`. */
  readonly range?: string;
  /** The value, or undefined when the text is not one. */
  readonly parse: (text: string) => T | undefined;
  /** The value as a person would type it. */
  readonly show: (value: T) => string;
  /** Whether the flag may be given several times, which is the same as once with commas between. */
  readonly repeats?: boolean;
}

/** A whole number within bounds. */
export function integer(min: number, max: number, placeholder = "NUMBER"): Value<number> {
  return {
    placeholder,
    allowed: `an integer from ${min} to ${max}`,
    range: `${min} to ${max}`,
    parse: (text) => /^-?\d{1,15}$/.test(text) ? within(Number(text), min, max) : undefined,
    show: String,
  };
}

/** A number above zero, such as a rate. */
export function positiveNumber(max: number, placeholder = "NUMBER"): Value<number> {
  return {
    placeholder,
    allowed: `a number above 0, at most ${max}`,
    parse: (text) =>
      /^\d+(\.\d+)?$/.test(text) && Number(text) > 0 ? within(Number(text), 0, max) : undefined,
    show: String,
  };
}

/** A TCP port; 0 lets the system choose. */
export const port: Value<number> = integer(0, 65535, "PORT");

/** A value that need not be given. */
export function optional<T>(value: Value<T>): Value<T | undefined> {
  return { ...value, show: (given) => given === undefined ? "" : value.show(given) };
}

/** A host name or an IP address. */
export const host: Value<string> = {
  placeholder: "HOST",
  allowed: "a host name or an IP address",
  parse: (text) => /^[0-9A-Za-z_.:%-]{1,253}$/.test(text) ? text : undefined,
  show: String,
};

/** An address and a port: `127.0.0.1:5000`, `[::1]:5000`. */
export const address: Value<{ readonly hostname: string; readonly port: number }> = {
  placeholder: "HOST:PORT",
  allowed: "an address and a port, such as 127.0.0.1:5000 or [::1]:5000",
  parse: (given) => {
    const [, bracketed, plain, digits = ""] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(given) ?? [];
    const hostname = host.parse(bracketed ?? plain ?? "");
    const number = port.parse(digits);
    return hostname === undefined || number === undefined ? undefined : { hostname, port: number };
  },
  show: formatAddress,
};

/** An address on the web. */
export const httpUrl: Value<URL> = {
  placeholder: "URL",
  allowed: "a URL that begins with http:// or https://",
  parse: (given) => {
    const url = URL.parse(given.trim());
    return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
  },
  show: (url) => url.href,
};

/** Several of one kind: the flag comes again, or the values have commas between. */
export function listOf<T>(value: Value<T>): Value<readonly T[]> {
  return {
    placeholder: value.placeholder,
    allowed: `${value.allowed}; several with commas between`,
    parse: (given) => {
      const parts = given.split(",").filter((part) => part !== "").map(value.parse);
      const known = parts.filter((part) => part !== undefined);
      return known.length === parts.length ? known : undefined;
    },
    show: (values) => values.map(value.show).join(","),
    repeats: true,
  };
}

/** A share: 0 to 1. */
export const fraction: Value<number> = {
  placeholder: "SHARE",
  allowed: "a number from 0 to 1, such as 0.05",
  parse: (given) => /^\d+(\.\d+)?$/.test(given) ? within(Number(given), 0, 1) : undefined,
  show: String,
};

/** A file. */
export const path: Value<string> = {
  placeholder: "FILE",
  allowed: "the path of a file",
  parse: (given) => given === "" ? undefined : given,
  show: String,
};

/** Any text. */
export const text: Value<string> = {
  placeholder: "TEXT",
  allowed: "a text",
  parse: (given) => given,
  show: (value) => JSON.stringify(value),
};

/** A switch: present or not; as a variable `true` or `false`. */
export const toggle: Value<boolean> = {
  placeholder: "",
  allowed: "'true' or 'false'",
  parse: (given) =>
    given === "" || given === "true" || given === "1"
      ? true
      : given === "false" || given === "0"
      ? false
      : undefined,
  show: (value) => value ? "on" : "off",
};

/** One of a few words. */
export function oneOf<const T extends string>(...words: T[]): Value<T> {
  return {
    placeholder: words.join("|"),
    allowed: `one of ${words.join(", ")}`,
    parse: (given) => words.find((word) => word === given),
    show: String,
  };
}

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;

/** A span of time such as `500ms`, `2s` or `1m30s`; `0` needs no unit. In milliseconds. */
export function duration(minMs: number, maxMs: number): Value<number> {
  const range = `${showDuration(minMs)} to ${showDuration(maxMs)}`;
  return {
    placeholder: "TIME",
    allowed: `a time from ${range}, such as 500ms, 2s or 1m30s`,
    range,
    parse: (given) => {
      if (given === "0") return within(0, minMs, maxMs);
      if (!DURATION.test(given)) return undefined;
      let total = 0;
      for (const [, number, unit] of given.matchAll(/([\d.]+)(ms|s|m|h)/g)) {
        total += Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS];
      }
      return within(total, minMs, maxMs);
    },
    show: showDuration,
  };
}

/** Milliseconds as {@linkcode duration} reads them: `90000` is `1m30s`. */
export function showDuration(ms: number): string {
  if (ms === 0) return "0";
  if (ms < 1000) return `${ms}ms`;
  const hours = Math.floor(ms / UNIT_MS.h);
  const minutes = Math.floor(ms % UNIT_MS.h / UNIT_MS.m);
  const seconds = ms % UNIT_MS.m / UNIT_MS.s;
  return [hours && `${hours}h`, minutes && `${minutes}m`, seconds && `${seconds}s`].filter(Boolean)
    .join("");
}

function within(value: number, min: number, max: number): number | undefined {
  return value >= min && value <= max ? value : undefined;
}
