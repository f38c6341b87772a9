import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { variableOptions } from "../../data/mod.ts";
import type { TimeRange } from "../../data/series.ts";
import {
  type Choice,
  inOrderOfNeed,
  interpolate,
  optionsWithoutAsking,
  referencedNames,
  type Scope,
  scopeOf,
  type Selection,
  type Variable,
} from "../../model/mod.ts";
import { useSurroundings } from "../context.ts";
import { variableValues } from "../place.ts";

/** The options of a variable, or why there are none. */
export interface Offered {
  readonly options: readonly Choice[];
  readonly error?: string;
}

/** The variables of a dashboard as they stand. */
export interface Variables {
  readonly scope: Scope;
  readonly offered: ReadonlyMap<string, Offered>;
  /** Whether every variable was asked for at least once: before that, panels wait. */
  readonly ready: boolean;
}

/** Options change rarely: so often they are asked for anew, if the variable wants that at all. */
const FRESH_MS = 60_000;

/** Follows the URL's `var-*` and asks for options in the order in which variables need each other. */
export function useVariables(
  variables: readonly Variable[],
  parameters: URLSearchParams,
  { repeated, range, round, builtins }: {
    /** Names of variables that repeat something: their options matter even when all are chosen. */
    repeated: ReadonlySet<string>;
    range: TimeRange;
    round: number;
    builtins: Readonly<Record<string, string>>;
  },
): Variables {
  const { client, scrapeSeconds = 15 } = useSurroundings();
  const values = useStable(variableValues(parameters), (map) => JSON.stringify([...map]));
  const [offered, setOffered] = useState<ReadonlyMap<string, Offered>>(() => known(variables));
  const asked = useRef(new Map<string, { query: string; at: number }>());

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const ask = async () => {
      const found = new Map(offered);
      for (const variable of inOrderOfNeed(variables, referencedNames)) {
        if (optionsWithoutAsking(variable) !== undefined) continue;
        const scope = scopeOf(variables, values, optionsOf(found), builtins);
        const query = interpolate(variable.query, scope);
        const before = asked.current.get(variable.name);
        const fresh = variable.refresh === 2 ? FRESH_MS : Infinity;
        const failed = found.get(variable.name)?.error !== undefined;
        if (before?.query === query && range.to - before.at < fresh && !failed) continue;
        asked.current.set(variable.name, { query, at: range.to });
        found.set(
          variable.name,
          await offer(
            () => variableOptions(client, variable, { scope, range, scrapeSeconds, signal }),
            found.get(variable.name)?.options ?? [],
          ),
        );
        if (signal.aborted) {
          asked.current.delete(variable.name);
          return;
        }
      }
      if (!sameOptions(found, offered)) setOffered(found);
    };
    void ask();
    return () => abort.abort();
  }, [variables, values, round, range.from]);

  const current = useMemo(
    () => settled(scopeOf(variables, values, optionsOf(offered), builtins), repeated),
    [variables, values, offered, builtins, repeated],
  );
  const scope = useStable(current, ({ variables }) => JSON.stringify([...variables]));
  const ready = variables.every(({ name }) => {
    const selection = scope.variables.get(name);
    return offered.has(name) || selection?.all && selection.choices === ANY;
  });
  return { scope, offered, ready };
}

const ANY: readonly Choice[] = [];

/** All with a value of its own does not depend on the options: nothing waits for them. */
function settled(scope: Scope, repeated: ReadonlySet<string>): Scope {
  const variables = [...scope.variables].map(([name, selection]): [string, Selection] => {
    const free = selection.all && selection.allValue !== undefined && !repeated.has(name);
    return [name, free ? { ...selection, choices: ANY } : selection];
  });
  return { ...scope, variables: new Map(variables) };
}

function known(variables: readonly Variable[]): Map<string, Offered> {
  return new Map(variables.flatMap((variable) => {
    const options = optionsWithoutAsking(variable);
    return options === undefined ? [] : [[variable.name, { options }]];
  }));
}

async function offer(
  ask: () => Promise<readonly Choice[]>,
  before: readonly Choice[],
): Promise<Offered> {
  try {
    return { options: await ask() };
  } catch (error) {
    return { options: before, error: error instanceof Error ? error.message : String(error) };
  }
}

function optionsOf(offered: ReadonlyMap<string, Offered>): Map<string, readonly Choice[]> {
  return new Map([...offered].map(([name, { options }]) => [name, options]));
}

function sameOptions(
  a: ReadonlyMap<string, Offered>,
  b: ReadonlyMap<string, Offered>,
): boolean {
  return JSON.stringify([...a]) === JSON.stringify([...b]);
}

/** The same object as long as its text is the same. */
export function useStable<T>(value: T, textOf: (value: T) => string): T {
  const text = textOf(value);
  return useMemo(() => value, [text]);
}
