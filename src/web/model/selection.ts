import type { Choice, Variable } from "./dashboard.ts";
import { ALL, type Scope, type Selection } from "./interpolate.ts";

/**
 * What a variable stands for: the values of the URL if there are any, otherwise what the file has, as far
 * as `options` still offer it, otherwise All or the first option.
 */
export function selectionOf(
  variable: Variable,
  values: readonly string[] | undefined,
  options: readonly Choice[],
): Selection {
  const many = variable.multi || variable.includeAll;
  const wanted = values ?? variable.current.map(({ value }) => value);
  const isAll = (value: string) => value === ALL || value === "All";
  const free = !ASKED.has(variable.type) || options.length === 0;
  const known = (value: string) => options.find((option) => option.value === value);
  const choices = wanted.filter((value) => !isAll(value)).flatMap((value) => {
    const text = variable.current.find((choice) => choice.value === value)?.text ?? value;
    return known(value) ?? (free || values !== undefined ? { value, text } : []);
  });
  const first = options[0];
  const all = variable.includeAll && (wanted.some(isAll) || choices.length === 0);
  return {
    choices: all
      ? options
      : choices.length === 0 && first !== undefined
      ? [first]
      : variable.multi
      ? choices
      : choices.slice(0, 1),
    all,
    many,
    ...(variable.allValue === undefined ? {} : { allValue: variable.allValue }),
  };
}

/** Types whose options are complete: a value outside is none. */
const ASKED: ReadonlySet<string> = new Set(["query", "custom", "interval", "datasource"]);

/** The scope of a dashboard: its variables, by the URL's values and the options found so far. */
export function scopeOf(
  variables: readonly Variable[],
  values: ReadonlyMap<string, readonly string[]>,
  options: ReadonlyMap<string, readonly Choice[]>,
  builtins: Readonly<Record<string, string>> = {},
): Scope {
  return {
    builtins,
    variables: new Map(variables.map((variable) => [
      variable.name,
      selectionOf(
        variable,
        values.get(variable.name),
        options.get(variable.name) ?? optionsKnown(variable),
      ),
    ])),
  };
}

/** Options that need no question to Prometheus; undefined where one is needed. */
export function optionsWithoutAsking(variable: Variable): readonly Choice[] | undefined {
  switch (variable.type) {
    case "query":
      return undefined;
    case "datasource":
      // The page has one data source: what answers below its own origin.
      return [{ text: "Prometheus", value: variable.current[0]?.value ?? "prometheus" }];
    default:
      return variable.options;
  }
}

function optionsKnown(variable: Variable): readonly Choice[] {
  return optionsWithoutAsking(variable) ?? [];
}

/** Variables in an order in which each comes after those that its query refers to. */
export function inOrderOfNeed(
  variables: readonly Variable[],
  references: (text: string) => ReadonlySet<string>,
): Variable[] {
  const sorted: Variable[] = [];
  const seen = new Set<string>();
  const visit = (variable: Variable) => {
    if (seen.has(variable.name)) return;
    seen.add(variable.name);
    const needs = references(`${variable.query} ${variable.regex ?? ""}`);
    for (const other of variables) if (needs.has(other.name)) visit(other);
    sorted.push(variable);
  };
  variables.forEach(visit);
  return sorted;
}
