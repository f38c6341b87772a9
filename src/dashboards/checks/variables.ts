/**
 * Every variable that a dashboard uses is defined, and every one that it defines is used and
 * asked for at a time that Grafana knows.
 *
 * @module
 */
import type { Finding } from "../finding.ts";
import { type Dashboard, panelsOf } from "../model.ts";
import { variablesIn } from "../stand_ins.ts";
import { stringsIn } from "./strings.ts";

/** Finds variables without a definition, and definitions without a use. */
export function checkVariables(dashboard: Dashboard): Finding[] {
  const where = `dashboard '${dashboard.title}'`;
  const { templating: _, ...rest } = dashboard;
  const defined = (dashboard.templating?.list ?? []).map(({ name = "" }) => name);
  // A variable's present value (`$__all`) is no use of one, and its own query is none of itself.
  const queries = (dashboard.templating?.list ?? []).flatMap(({ name, query, datasource }) =>
    stringsIn({ query, datasource }).flatMap(variablesIn).filter((one) => one !== name)
  );
  const repeats = panelsOf(dashboard).flatMap((panel) =>
    "repeat" in panel && typeof panel.repeat === "string" && panel.repeat ? [panel.repeat] : []
  );
  const used = new Set([...stringsIn(rest).flatMap(variablesIn), ...queries, ...repeats]);
  const foreign = [...used].filter((name) => !name.startsWith("__") && !defined.includes(name));
  return [
    ...foreign.map((name) => ({ where, what: `it uses the variable '${name}' and has none` })),
    ...defined.filter((name) => !used.has(name))
      .map((name) => ({ where, what: `it has the variable '${name}' and does not use it` })),
    ...(dashboard.templating?.list ?? []).filter(({ refresh = 0 }) =>
      ![0, 1, 2].includes(refresh as number)
    )
      .map(({ name, refresh }) => ({
        where,
        what: `its variable '${name}' has the refresh '${refresh}', which must be 0, 1 or 2`,
      })),
  ];
}
