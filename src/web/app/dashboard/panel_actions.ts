import type { TimeRange } from "../../data/series.ts";
import type { PlacedPanel } from "../../model/mod.ts";
import { interpolate } from "../../model/mod.ts";
import { currentPlace, goTo, urlOf, withChanges } from "../place.ts";
import { toast } from "../ui/toasts.tsx";

/** The panels that are shown, by their keys: what shortcuts and menus act on. */
export const shownPanels = new Map<string, PlacedPanel>();

/** Opens the queries of a panel in the explore view, over the same time. */
export function explorePanel(key: string): void {
  const placed = shownPanels.get(key);
  if (placed === undefined) return;
  const { parameters } = currentPlace();
  const queries = placed.panel.targets.map(({ expr }) => interpolate(expr, placed.scope));
  const next = new URLSearchParams();
  for (const name of ["from", "to", "refresh", "theme", "timezone"]) {
    const value = parameters.get(name);
    if (value !== null) next.set(name, value);
  }
  for (const query of queries) next.append("expr", query);
  goTo(urlOf("/explore", next));
}

/** Copies a link to a panel alone, over the time that is shown now. */
export async function sharePanel(key: string, range: TimeRange): Promise<void> {
  const { path, parameters } = currentPlace();
  const changed = withChanges(parameters, {
    viewPanel: key,
    inspect: undefined,
    from: String(range.from),
    to: String(range.to),
  });
  await copy(location.origin + urlOf(path, changed), "A link to the panel is copied.");
}

/** Copies text, and says so. */
export async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    // Without TLS, and elsewhere than on localhost, a browser gives no clipboard.
    toast(`The browser lets nothing be copied here. Copy it by hand: ${text}`, "error");
  }
}
