import type { Link } from "./dashboard.ts";
import { interpolate, type Scope } from "./interpolate.ts";

/** A dashboard of the list. */
export interface DashboardSummary {
  /** Its name in `/d/NAME` and `/dashboards/NAME.json`. */
  readonly name: string;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
}

/** A link to draw. */
export interface ResolvedLink {
  readonly title: string;
  readonly url: string;
  readonly newTab: boolean;
}

/** Where links lead from the view that `parameters` describe. Unsafe schemes lead nowhere. */
export function resolveLinks(
  links: readonly Link[],
  { dashboards, scope, parameters, here }: {
    readonly dashboards: readonly DashboardSummary[];
    readonly scope: Scope;
    /** Of the page's URL: `from`, `to` and `var-*`. */
    readonly parameters: URLSearchParams;
    /** The uid of the dashboard with the links, which is not linked to itself. */
    readonly here: string;
  },
): ResolvedLink[] {
  return links.flatMap((link) => {
    const carried = carriedParameters(link, parameters);
    const newTab = link.targetBlank ?? false;
    if (link.type === "dashboards") {
      const tags = link.tags ?? [];
      return dashboards
        .filter((one) => one.uid !== here && tags.every((tag) => one.tags.includes(tag)))
        .map((one) => ({
          title: one.title,
          url: withParameters(`/d/${one.name}`, carried),
          newTab,
        }));
    }
    const url = interpolate(link.url ?? "", scope, "percentencode");
    if (url === "" || !isSafe(url)) return [];
    const title = interpolate(link.title, scope, "text") || url;
    return [{ title, url: withParameters(url, carried), newTab }];
  });
}

function carriedParameters(link: Link, parameters: URLSearchParams): [string, string][] {
  return [...parameters].filter(([name]) =>
    name.startsWith("var-")
      ? link.includeVars
      : name === "from" || name === "to"
      ? link.keepTime
      : false
  );
}

function withParameters(url: string, parameters: readonly [string, string][]): string {
  if (parameters.length === 0) return url;
  const query = new URLSearchParams(parameters.map((pair) => [...pair])).toString();
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}

/** Whether a URL is one to go to: a dropped file is a stranger's, and could bring `javascript:`. */
export function isSafe(url: string): boolean {
  const parsed = URL.parse(url, "http://page.invalid/");
  return parsed !== null && ["http:", "https:", "mailto:"].includes(parsed.protocol);
}
