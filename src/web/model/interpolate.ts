import type { Choice } from "./dashboard.ts";

/** What a variable stands for at the moment. */
export interface Selection {
  /** What was chosen; with All, every option. */
  readonly choices: readonly Choice[];
  /** Whether All was chosen. */
  readonly all: boolean;
  /** What All is in a query, instead of every option. */
  readonly allValue?: string;
  /** Whether more than one can be chosen: only then are values escaped as regular expressions. */
  readonly many: boolean;
}

/** What names in a text stand for. */
export interface Scope {
  readonly variables: ReadonlyMap<string, Selection>;
  /** `__interval`, `__rate_interval`, `__range_s`, `__from`, `__dashboard` …, without the `$`. */
  readonly builtins: Readonly<Record<string, string>>;
}

/**
 * How values are written: `promql` (values of a multi variable as `(a|b)`, escaped for a matcher in
 * quotes) or one of Grafana's formats. A text's own `${x:raw}` wins.
 */
export type Format =
  | "promql"
  | "text"
  | "raw"
  | "regex"
  | "pipe"
  | "csv"
  | "glob"
  | "json"
  | "doublequote"
  | "singlequote"
  | "percentencode"
  | "queryparam";

const REFERENCE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.[^:^}]+)?(?::([^}]+))?\}/g;

/** All, as it stands in files and URLs. */
export const ALL = "$__all";

/** The choice of an interval variable that follows the time range. */
export const AUTO = "$__auto";

/**
 * `text` with `$x`, `${x}`, `${x:format}` and `[[x]]` filled in by Grafana's rules. Names that are not
 * in the scope stay as they are.
 */
export function interpolate(text: string, scope: Scope, format: Format = "promql"): string {
  if (!text.includes("$") && !text.includes("[[")) return text;
  return text.replace(REFERENCE, (whole, plain, squared, squaredFormat, braced, bracedFormat) => {
    const name: string = plain ?? squared ?? braced;
    const wanted: string = squaredFormat ?? bracedFormat ?? format;
    const builtin = Object.hasOwn(scope.builtins, name) ? scope.builtins[name] : undefined;
    if (builtin !== undefined) return formatBuiltin(builtin, wanted);
    const selection = scope.variables.get(name);
    return selection === undefined ? whole : formatSelection(name, selection, scope, wanted);
  });
}

/** Names of variables that `text` refers to. */
export function referencedNames(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, plain, squared, , braced] of text.matchAll(REFERENCE)) {
    names.add(plain ?? squared ?? braced ?? "");
  }
  return names;
}

/** A scope in which one variable stands for one value, as in a repeated panel. */
export function narrowed(scope: Scope, name: string, choice: Choice): Scope {
  const many = scope.variables.get(name)?.many ?? false;
  const variables = new Map(scope.variables);
  variables.set(name, { choices: [choice], all: false, many });
  return { ...scope, variables };
}

/** A scope with other or more builtins. */
export function withBuiltins(scope: Scope, builtins: Readonly<Record<string, string>>): Scope {
  return { ...scope, builtins: { ...scope.builtins, ...builtins } };
}

function formatBuiltin(value: string, format: string): string {
  if (!format.startsWith("date")) return value;
  const date = new Date(Number(value));
  if (Number.isNaN(date.getTime())) return value;
  return format === "date:seconds" ? String(Math.floor(date.getTime() / 1000)) : date.toISOString();
}

function formatSelection(name: string, selection: Selection, scope: Scope, format: string): string {
  if (format === "queryparam") return queryParameter(name, selection);
  if (format === "text") {
    return selection.all ? "All" : selection.choices.map(({ text }) => text).join(" + ");
  }
  if (selection.all && selection.allValue) {
    const others = new Map(scope.variables);
    others.delete(name);
    return interpolate(selection.allValue, { ...scope, variables: others });
  }
  const values = selection.choices.map(({ value }) =>
    value === AUTO ? scope.builtins["__interval"] ?? "1m" : value
  );
  return formatValues(values, selection.many, format);
}

function formatValues(values: readonly string[], many: boolean, format: string): string {
  switch (format) {
    case "raw":
    case "csv":
      return values.join(",");
    case "pipe":
      return values.join("|");
    case "glob":
      return values.length > 1 ? `{${values.join(",")}}` : values.join("");
    case "json":
      return JSON.stringify(values.length === 1 ? values[0] : values);
    case "doublequote":
      return values.map((value) => `"${value.replaceAll('"', '\\"')}"`).join(",");
    case "singlequote":
      return values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(",");
    case "percentencode":
      return encodeURIComponent(values.length > 1 ? `{${values.join(",")}}` : values.join(""));
    case "regex":
      return alternatives(values.map(escapeRegExp));
    default:
      return many
        ? alternatives(values.map((value) => escapeString(escapeRegExp(value))))
        : values.map(escapeString).join(",");
  }
}

function alternatives(values: readonly string[]): string {
  return values.length === 1 ? values[0] ?? "" : `(${values.join("|")})`;
}

function escapeRegExp(value: string): string {
  return value.replace(/[\\$^*{}[\]+?.()|]/g, "\\$&");
}

/** As it is written between double quotes in PromQL, which refuses `\'` there. */
function escapeString(value: string): string {
  return value.replace(/[\\"]/g, "\\$&");
}

function queryParameter(name: string, selection: Selection): string {
  const values = selection.all ? [ALL] : selection.choices.map(({ value }) => value);
  return values.map((value) => `var-${name}=${encodeURIComponent(value)}`).join("&");
}
