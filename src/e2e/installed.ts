/**
 * What must hold once everything is applied.
 *
 * @module
 */
import { assertNoneLost, readCount, startLoad } from "./load.ts";
import { isReady, kubectl, NAMESPACE, pods, until } from "./kubectl.ts";
import { build } from "./manifests.ts";
import { replicasAreUp } from "./monitored.ts";
import { query } from "./prometheus.ts";
import { mustRun } from "./run.ts";

const PARTS = ["server", "prometheus", "grafana"];

/** Applies `overlays/dev`, with images of another tag where that is asked for. */
export async function install(tag: string): Promise<string> {
  const { yaml } = await build("overlays/dev");
  const input = yaml.replace(/(image: echoscope-(?:server|client)):dev$/gm, `$1:${tag}`);
  const applied = await mustRun("kubectl", ["apply", "-f", "-"], { input });
  return `${applied.trim().split("\n").length} objects`;
}

/** Waits for all that runs all the time. */
export async function everyPodIsReady(): Promise<string> {
  for (const name of PARTS) {
    await kubectl("rollout", "status", `deployment/${name}`, "--timeout=300s");
  }
  const found = await pods(`app.kubernetes.io/name in (${PARTS.join(",")})`);
  const late = found.filter((pod) => !isReady(pod)).map(({ metadata }) => metadata.name);
  if (late.length > 0) throw new Error(`not ready: ${late.join(", ")}`);
  return `${found.length} Pods`;
}

/** Nothing was refused for what the restricted Pod Security Standard forbids. */
export async function podsAreAdmitted(): Promise<void> {
  const label = "jsonpath={.metadata.labels.pod-security\\.kubernetes\\.io/enforce}";
  const level = await kubectl("get", "namespace", NAMESPACE, "-o", label);
  if (level !== "restricted") throw new Error(`the namespace enforces '${level}'`);
  const events = await kubectl(
    "get",
    "events",
    "-o",
    "jsonpath={range .items[*]}{.message}\n{end}",
  );
  const refused = events.split("\n").filter((line) => /violates PodSecurity/.test(line));
  if (refused.length > 0) throw new Error([...new Set(refused)].join("\n"));
}

/** Nodes can be drained, one Pod at a time. */
export async function budgetAllowsOne(): Promise<void> {
  await until("a budget of one", 60, async () => {
    const { status } = JSON.parse(await kubectl("get", "pdb", "server", "-o", "json"));
    if (status.disruptionsAllowed === 1) return true;
    throw new Error(`disruptionsAllowed is ${status.disruptionsAllowed}`);
  });
}

/** What runs every minute, run now. */
export async function clientJobSucceeds(): Promise<string> {
  const name = "client-e2e";
  await kubectl("delete", "job", name, "--ignore-not-found", "--wait");
  await kubectl("create", "job", name, "--from=cronjob/client");
  await until("the end of the job", 120, async () => {
    const { status } = JSON.parse(await kubectl("get", "job", name, "-o", "json"));
    return status.succeeded || status.failed ? true : undefined;
  });
  const count = readCount(await kubectl("logs", `job/${name}`));
  await kubectl("delete", "job", name);
  return assertNoneLost(count);
}

/**
 * Applies the policies of the component `network-policy`, calls and scrapes for a while, and takes
 * them away. On a cluster that does not enforce policies this shows only that they are accepted.
 */
export async function worksUnderNetworkPolicies(image: string): Promise<string> {
  const folder = "k8s/components/network-policy";
  const files = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
    .filter((name) => name !== "kustomization.yaml").flatMap((name) => ["-f", `${folder}/${name}`]);
  await kubectl("apply", ...files);
  try {
    const load = await startLoad({ name: "load-under-policies", image, rate: 50 });
    await scrapedSince(Date.now() / 1000);
    await replicasAreUp();
    return assertNoneLost(await load.stop());
  } finally {
    await kubectl("delete", ...files);
  }
}

/** Waits until every server was scraped after a time, in seconds since the epoch. */
function scrapedSince(time: number): Promise<true> {
  return until("scrapes", 60, async () => {
    const late = await query(`timestamp(up{job="echoscope"}) < ${time + 1}`);
    return late.length === 0 ? true : undefined;
  });
}
