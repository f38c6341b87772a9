/**
 * What Prometheus and Grafana must know.
 *
 * @module
 */
import { DASHBOARDS, RULES } from "../dashboards/embedded.ts";
import { questions } from "./expressions.ts";
import { kubectl, NAMESPACE, pods, until } from "./kubectl.ts";
import { query, rules, targets } from "./prometheus.ts";

/** Every server is a target that answers, under the labels that dashboards select by. */
export async function replicasAreUp(): Promise<string> {
  return await until("targets that are up", 90, async () => {
    const wanted = (await pods("app.kubernetes.io/name=server")).map(({ metadata }) =>
      metadata.name
    );
    const found = (await targets()).filter(({ labels }) => labels.job === "echoscope");
    const bad = found.filter(({ health }) => health !== "up");
    if (bad.length > 0) throw new Error(bad.map(({ lastError }) => lastError).join("; "));
    const labels = found.map((one) => one.labels);
    const names = labels.map(({ pod }) => pod);
    if (wanted.length < 2 || names.toSorted().join() !== wanted.toSorted().join()) {
      throw new Error(`the Pods are ${wanted.join(", ")}, the targets ${names.join(", ")}`);
    }
    for (const { namespace, service, node, instance = "" } of labels) {
      if (
        namespace !== NAMESPACE || service !== "server-metrics-service" ||
        !node || !instance.endsWith(":9000")
      ) throw new Error(`unexpected labels: ${JSON.stringify(labels)}`);
    }
    return names.join(", ");
  });
}

/** Prometheus has each of our rules, and can evaluate it. */
export async function rulesAreWell(): Promise<string> {
  const wanted = RULES.flatMap(({ yaml }) => yaml.match(/^ *- (record|alert): /gm) ?? []).length;
  return await until("healthy rules", 90, async () => {
    const found = await rules();
    const bad = found.filter(({ health }) => health !== "ok").map(({ name }) => name);
    if (bad.length > 0) throw new Error(`not evaluated: ${bad.join(", ")}`);
    if (found.length !== wanted) throw new Error(`${found.length} rules instead of ${wanted}`);
    return `${wanted} rules`;
  });
}

/** Grafana answers without a login, with the dashboards and the data source that they start with. */
export async function grafanaHasDashboards(): Promise<string> {
  const path = `/api/v1/namespaces/${NAMESPACE}/services/grafana:3000/proxy/api`;
  const ask = async (what: string) => JSON.parse(await kubectl("get", "--raw", `${path}/${what}`));
  return await until("dashboards in Grafana", 60, async () => {
    const found = (await ask("search?type=dash-db")) as { uid: string }[];
    const missing = DASHBOARDS.filter(({ dashboard }) =>
      !found.some(({ uid }) => uid === dashboard.uid)
    );
    if (missing.length > 0) {
      throw new Error(`it lacks ${missing.map(({ name }) => name).join(", ")}`);
    }
    return `${found.length} dashboards`;
  });
}

/** How long an expression may take to get its data: rates need two scrapes, alerts and rules more. */
const PATIENCE_SECONDS = 90;

/** Prometheus has an answer to everything that dashboards ask. None may be empty. */
export async function everyExpressionReturnsData(): Promise<string> {
  const all = questions();
  const waiting = new Map(all.map((question) => [question, "returns nothing"]));
  try {
    await until("data", PATIENCE_SECONDS, async () => {
      await Promise.all([...waiting.keys()].map(async (question) => {
        try {
          if ((await query(question.promql)).length > 0) waiting.delete(question);
        } catch (error) {
          waiting.set(question, error instanceof Error ? error.message : String(error));
        }
      }));
      return waiting.size === 0 ? true : undefined;
    });
  } catch {
    const lines = Array.from(
      waiting,
      ([{ where, promql }, problem]) => `${where}: ${problem}: ${promql}`,
    );
    throw new Error([`${lines.length} of ${all.length}:`, ...lines].join("\n"));
  }
  return `${all.length} expressions`;
}
