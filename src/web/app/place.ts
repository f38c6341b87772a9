import { useEffect, useState } from "preact/hooks";
import { routeOf } from "./route.ts";

/** Where the page is: everything that changes what it shows. */
export interface Place {
  readonly path: string;
  readonly parameters: URLSearchParams;
}

/** Parameters to set; undefined removes one. */
export type Changes = Readonly<Record<string, string | readonly string[] | undefined>>;

const moved = new EventTarget();

/** The URL as it is now. */
export function currentPlace(): Place {
  return { path: location.pathname, parameters: new URLSearchParams(location.search) };
}

/** The place, anew whenever it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(currentPlace);
  useEffect(() => {
    const read = () => setPlace(currentPlace());
    moved.addEventListener("moved", read);
    addEventListener("popstate", read);
    return () => {
      moved.removeEventListener("moved", read);
      removeEventListener("popstate", read);
    };
  }, []);
  return place;
}

/** Goes to a URL of the page without loading it anew; `replace` leaves no entry to go back to. */
export function goTo(url: string, { replace = false }: { replace?: boolean } = {}): void {
  if (url === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  moved.dispatchEvent(new Event("moved"));
}

/** Changes parameters of the URL and nothing else. */
export function changeParameters(changes: Changes, options: { replace?: boolean } = {}): void {
  const { path, parameters } = currentPlace();
  goTo(urlOf(path, withChanges(parameters, changes)), options);
}

/** A copy of `parameters` with changes. */
export function withChanges(parameters: URLSearchParams, changes: Changes): URLSearchParams {
  const changed = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(changes)) {
    changed.delete(name);
    if (value === undefined) continue;
    for (const one of typeof value === "string" ? [value] : value) changed.append(name, one);
  }
  return changed;
}

/** A URL that people can read: what needs no escaping in a query is not escaped. */
export function urlOf(path: string, parameters: URLSearchParams): string {
  const query = parameters.toString().replaceAll("%24", "$").replaceAll("%3A", ":")
    .replaceAll("%2C", ",").replaceAll("%2F", "/");
  return query === "" ? path : `${path}?${query}`;
}

/** The values of `var-NAME` by name. */
export function variableValues(parameters: URLSearchParams): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    if (!name.startsWith("var-")) continue;
    const own = values.get(name.slice(4)) ?? [];
    values.set(name.slice(4), [...own, value]);
  }
  return values;
}

/** Follows plain clicks on links to views of the page without loading it anew. */
export function followLinks(): () => void {
  const follow = (event: MouseEvent) => {
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (event.defaultPrevented || event.button !== 0 || modified) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.target !== "" || link.download !== "") return;
    if (link.origin !== location.origin || routeOf(link.pathname).view === "nothing") return;
    if (link.hash !== "") return;
    event.preventDefault();
    goTo(link.pathname + link.search);
    scrollTo(0, 0);
  };
  document.addEventListener("click", follow);
  return () => document.removeEventListener("click", follow);
}
