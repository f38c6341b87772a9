import type { MappingResult, ValueMapping } from "../model/dashboard.ts";

/** A value of a field: a number, or a text such as a label's. */
export type CellValue = number | string | null | undefined;

/** What the first mapping that matches makes of the value, or undefined. */
export function mappingOf(
  value: CellValue,
  mappings: readonly ValueMapping[] | undefined,
): MappingResult | undefined {
  for (const mapping of mappings ?? []) {
    const result = resultOf(value, mapping);
    if (result !== undefined) return result;
  }
  return undefined;
}

function resultOf(value: CellValue, mapping: ValueMapping): MappingResult | undefined {
  switch (mapping.type) {
    case "value":
      return value === null || value === undefined ? undefined : mapping.options[String(value)];
    case "range": {
      const number = asNumber(value);
      const { from, to, result } = mapping.options;
      return number >= (from ?? -Infinity) && number <= (to ?? Infinity) ? result : undefined;
    }
    case "regex":
      return byPattern(value, mapping.options);
    case "special":
      return isSpecial(value, mapping.options.match) ? mapping.options.result : undefined;
  }
}

/** The text of a pattern's mapping may use the groups: `$1`. */
function byPattern(
  value: CellValue,
  options: { readonly pattern: string; readonly result: MappingResult },
): MappingResult | undefined {
  if (value === null || value === undefined) return undefined;
  const expression = regexOf(options.pattern);
  const text = String(value);
  if (expression === undefined || !expression.test(text)) return undefined;
  expression.lastIndex = 0;
  const result = options.result;
  return result.text === undefined
    ? result
    : { ...result, text: text.replace(expression, result.text) };
}

function isSpecial(value: CellValue, match: string): boolean {
  const missing = value === null || value === undefined;
  const nan = typeof value === "number" && Number.isNaN(value);
  switch (match) {
    case "null":
      return missing;
    case "nan":
      return nan;
    case "null+nan":
      return missing || nan;
    case "empty":
      return value === "";
    case "true":
      return value === "true" || value === 1;
    case "false":
      return value === "false" || value === 0;
    default:
      return false;
  }
}

function asNumber(value: CellValue): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
}

/** A regular expression as Grafana writes them: `/pattern/flags`, or a bare pattern. */
export function regexOf(text: string): RegExp | undefined {
  const [, body, flags] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [, text, ""];
  try {
    return new RegExp(body ?? "", flags);
  } catch {
    return undefined;
  }
}
