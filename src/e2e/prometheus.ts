/**
 * Prometheus in the cluster, asked through the API server, so that no port has to be forwarded.
 *
 * @module
 */
import { kubectl, NAMESPACE } from "./kubectl.ts";

const PROXY = `/api/v1/namespaces/${NAMESPACE}/services/prometheus:9090/proxy/api/v1`;

/** A series of an instant vector, or a scalar without labels. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

/** A target of a scrape. */
export interface ScrapeTarget {
  readonly labels: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError: string;
  readonly scrapeInterval: string;
}

async function ask<T>(path: string): Promise<T> {
  const answer = JSON.parse(await kubectl("get", "--raw", `${PROXY}/${path}`));
  if (answer.status !== "success") throw new Error(`Prometheus: ${answer.error}`);
  return answer.data as T;
}

/** The value of an expression now. */
export async function query(promql: string): Promise<readonly Sample[]> {
  const { resultType, result } = await ask<
    { resultType: string; result: readonly Sample[] & Sample["value"] }
  >(`query?query=${encodeURIComponent(promql)}`);
  return resultType === "vector" ? result : [{ metric: {}, value: result }];
}

/** What it scrapes. */
export async function targets(): Promise<readonly ScrapeTarget[]> {
  return (await ask<{ activeTargets: readonly ScrapeTarget[] }>("targets?state=active"))
    .activeTargets;
}

/** The names of all rules and alerts, and what is wrong with those that cannot be evaluated. */
export async function rules(): Promise<readonly { name: string; health: string }[]> {
  interface Group {
    readonly rules: readonly { name: string; health: string }[];
  }
  const { groups } = await ask<{ groups: readonly Group[] }>("rules");
  return groups.flatMap((group) => group.rules);
}
