import type { FieldConfig, FieldOverride } from "../model/dashboard.ts";
import { regexOf } from "./mappings.ts";

/** What overrides choose a field by. */
export interface FieldIdentity {
  /** As the legend has it. */
  readonly name: string;
  /** "number" where nothing is said. */
  readonly type?: "number" | "string" | "time";
  readonly refId?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** A calculation over the field's values, for overrides by value. */
  readonly reduced?: (calculation: string) => number | null | undefined;
}

type Source = Readonly<Record<string, unknown>>;

/** The settings of one field: the panel's defaults with every override that matches, in their order. */
export function applyOverrides(
  field: FieldIdentity,
  config: { readonly defaults: FieldConfig; readonly overrides: readonly FieldOverride[] },
): FieldConfig {
  const matching = config.overrides.filter(({ matcher }) =>
    matches(field, matcher.id, matcher.options)
  );
  if (matching.length === 0) return config.defaults;
  const settings: Record<string, unknown> = { ...config.defaults };
  const custom: Record<string, unknown> = { ...config.defaults.custom };
  for (const { id, value } of matching.flatMap(({ properties }) => properties)) {
    if (id.startsWith("custom.")) setDeep(custom, id.slice("custom.".length).split("."), value);
    else if (value === undefined || value === null) delete settings[id];
    else settings[id] = value;
  }
  return { ...settings, custom };
}

/** The name that is shown: the field's `displayName` with its references filled in, or its own. */
export function fieldName(field: FieldIdentity, settings: FieldConfig): string {
  const { displayName } = settings;
  if (displayName === undefined || displayName === "") return field.name;
  return displayName.replace(
    /\$\{__(field|series)\.([^}]*)\}/g,
    (whole, of: string, path: string) => {
      if (path === "name" || path === "displayName") return field.name;
      if (of !== "field" || !path.startsWith("labels")) return whole;
      const label = /^labels(?:\.(.+)|\["(.+)"\])$/.exec(path);
      const name = label?.[1] ?? label?.[2];
      if (name !== undefined) return field.labels?.[name] ?? "";
      return Object.entries(field.labels ?? {}).map(([key, value]) => `${key}="${value}"`).join(
        ", ",
      );
    },
  );
}

function matches(field: FieldIdentity, id: string, options: unknown): boolean {
  const text = typeof options === "string" ? options : "";
  switch (id) {
    case "byName":
      return field.name === text;
    case "byNames":
      return matchesNames(field.name, record(options));
    case "byRegexp":
      return matchesRegex(field.name, text);
    case "byRegexpOrNames": {
      const { pattern, names } = record(options);
      return strings(names).includes(field.name) ||
        (typeof pattern === "string" && matchesRegex(field.name, pattern));
    }
    case "byType":
      return (field.type ?? "number") === text;
    case "byTypes":
      return strings(options).includes(field.type ?? "number");
    case "numeric":
      return (field.type ?? "number") === "number";
    case "time":
      return field.type === "time";
    case "byFrameRefID":
      return field.refId !== undefined && field.refId === text;
    case "byValue":
      return matchesValue(field, record(options));
    default:
      return false;
  }
}

function matchesNames(name: string, { names, mode }: Source): boolean {
  return strings(names).includes(name) !== (mode === "exclude");
}

function matchesRegex(name: string, text: string): boolean {
  return text !== "" && (regexOf(text)?.test(name) ?? false);
}

function matchesValue(field: FieldIdentity, { reducer, op, value }: Source): boolean {
  const found = field.reduced?.(String(reducer ?? ""));
  if (found === undefined || found === null) return false;
  const limit = Number(value ?? 0);
  switch (op) {
    case "lt":
      return found < limit;
    case "lte":
      return found <= limit;
    case "gt":
      return found > limit;
    case "gte":
      return found >= limit;
    case "neq":
      return found !== limit;
    default:
      return found === limit;
  }
}

/** Objects on the way are copied: they may belong to the panel's defaults. */
function setDeep(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = { ...record(target[key]) };
  target[key] = inner;
  setDeep(inner, rest, value);
}

function record(value: unknown): Source {
  return typeof value === "object" && value !== null ? value as Source : {};
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
