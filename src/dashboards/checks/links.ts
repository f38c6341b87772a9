/**
 * Links between dashboards lead somewhere, and hand over variables that are there.
 *
 * @module
 */
import type { Finding } from "../finding.ts";
import type { Dashboard } from "../model.ts";
import { stringsIn } from "./strings.ts";

const DASHBOARD_URL = /\/d\/([\w-]+)[^\s"')]*/g;

/** Finds links to unknown uids, unknown variables in links, and tags that no dashboard has. */
export function checkLinks(dashboards: readonly Dashboard[]): Finding[] {
  return dashboards.flatMap((dashboard) => {
    const where = `dashboard '${dashboard.title}'`;
    const urls = stringsIn(dashboard).flatMap((text) => [...text.matchAll(DASHBOARD_URL)]);
    return [
      ...urls.flatMap(([url, uid = ""]) => checkUrl(where, url, uid, dashboards)),
      ...(dashboard.links ?? []).filter(({ type }) => type === "dashboards").flatMap(
        ({ title, tags = [] }) => {
          const led = dashboards.filter((one) => tags.every((tag) => one.tags?.includes(tag)));
          const what = `the link '${title}' leads to no dashboard: none has the tags ${
            tags.join(", ")
          }`;
          return led.length > 0 ? [] : [{ where, what }];
        },
      ),
    ];
  });
}

function checkUrl(
  where: string,
  url: string,
  uid: string,
  dashboards: readonly Dashboard[],
): Finding[] {
  const target = dashboards.find((one) => one.uid === uid);
  if (target === undefined) return [{ where, what: `the link ${url} leads to no dashboard` }];
  const names = (target.templating?.list ?? []).map(({ name }) => name);
  return [...url.matchAll(/[?&]var-(\w+)=/g)].flatMap(([, name]) =>
    names.includes(name) ? [] : [{
      where,
      what: `the link ${url} sets '${name}', and '${target.title}' has no such variable`,
    }]
  );
}
