import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PrometheusClient } from "../data/mod.ts";
import type { DashboardSummary } from "../model/mod.ts";
import type { Theme } from "./theme.ts";

/** What every view of the page has at hand. */
export interface Surroundings {
  readonly client: PrometheusClient;
  readonly dashboards: readonly DashboardSummary[];
  readonly theme: Theme;
  /** Seconds between two scrapes; undefined before it is known, which queries wait for. */
  readonly scrapeSeconds: number | undefined;
}

const Context = createContext<Surroundings | undefined>(undefined);

/** Gives them to the views below. */
export const SurroundingsProvider = Context.Provider;

/** The surroundings of a view. */
export function useSurroundings(): Surroundings {
  const found = useContext(Context);
  if (found === undefined) throw new Error("a view outside of the page");
  return found;
}
