import { count, currency, plain, powerOfPrefix, prefixed, si } from "./scaling.ts";
import type { Unit, UnitText } from "./unit.ts";
import { UNITS } from "./unit_table.ts";
import { pattern } from "./time_pattern.ts";

export type { Unit, UnitText };

const found = new Map<string, Unit>();

/**
 * The way a unit id of Grafana writes numbers. `prefix:x`, `suffix:x`, `time:YYYY-MM-DD`, `si:mV`,
 * `count:x`, `currency:x` and `bool:up/down` are made as asked; an unknown id is written as a suffix.
 */
export function unitText(id: string | undefined): Unit {
  const known = id ?? "none";
  let unit = found.get(known);
  if (unit === undefined) {
    unit = UNITS.get(known) ?? made(known);
    found.set(known, unit);
  }
  return unit;
}

function made(id: string): Unit {
  const colon = id.indexOf(":");
  const key = id.slice(0, Math.max(0, colon));
  const rest = id.slice(colon + 1);
  if (key === "prefix") return prefixed(rest);
  if (key === "suffix") return plain(rest);
  if (key === "time") return (value, _, zone) => ({ text: pattern(value, rest, zone) });
  if (key === "count") return count(rest);
  if (key === "currency") return currency(rest);
  if (key === "si") {
    const power = powerOfPrefix(rest.charAt(0));
    return si(power === 0 ? rest : rest.slice(1), power);
  }
  if (key === "bool") {
    const [yes = "", no = "-"] = rest.split("/");
    return (value) => ({ text: value !== 0 ? yes : no });
  }
  return plain(id);
}
