/**
 * All that is promised of an installation on Kubernetes, in the order in which it is looked at.
 *
 * @module
 */
import { withCustomResources } from "./custom_resources.ts";
import { withFaults } from "./faults.ts";
import { buildImages } from "./images.ts";
import * as installed from "./installed.ts";
import { startLoad } from "./load.ts";
import { buildAll, conforms, dryRun, type Manifest, writeSchemas } from "./manifests.ts";
import * as monitored from "./monitored.ts";
import type { E2eConfig } from "./options.ts";
import type { Report } from "./report.ts";
import * as rollout from "./rollout.ts";
import { run } from "./run.ts";

/** Runs every check. Ends early when nothing could be installed. */
export async function checks(config: E2eConfig, context: string, report: Report): Promise<void> {
  const { tag, rate } = config;
  const image = `echoscope-client:${tag}`;
  if (config.build && !await report.check("images", () => buildImages(tag, context))) return;
  if (!await report.check("overlays/dev is applied", () => installed.install(tag))) return;
  await checkManifests(config, report);
  const isThere = await report.check("every Pod is ready", installed.everyPodIsReady);
  await report.check("the namespace admits every Pod as restricted", installed.podsAreAdmitted);
  await report.check("the disruption budget lets one Pod go", installed.budgetAllowsOne);
  if (!isThere) return;
  await report.check("the CronJob's job succeeds", installed.clientJobSucceeds);
  await report.check("both replicas are targets and up", monitored.replicasAreUp);
  await report.check("rules and alerts are loaded and well", monitored.rulesAreWell);
  await report.check("Grafana has every dashboard", monitored.grafanaHasDashboards);
  await report.check(
    "every expression of every dashboard returns data",
    () => expressionsUnderFaults(image),
  );
  await report.check(
    "a rolling restart loses no call, without retries",
    () => rollout.restart({ image, rate }),
  );
  await report.check(
    "scaling from 2 to 4 and back loses no call, without retries",
    () => rollout.scale({ image, rate }),
  );
  await report.check(
    "deleting a Pod loses no call, with retries",
    () => rollout.deletePod({ image, rate, attempts: 3 }),
  );
  await report.check(
    "calls and scrapes go on under the network policies",
    () => installed.worksUnderNetworkPolicies(image),
  );
}

/** With calls that succeed and calls that fail, since what never happened has no series. */
function expressionsUnderFaults(image: string): Promise<string> {
  return withFaults(async () => {
    const load = await startLoad({ name: "load-for-dashboards", image, rate: 50 });
    try {
      return await monitored.everyExpressionReturnsData();
    } finally {
      await load.stop();
    }
  });
}

async function checkManifests({ schemas }: E2eConfig, report: Report): Promise<void> {
  let manifests: Manifest[] = [];
  await report.check("every overlay and component builds", async () => {
    manifests = await buildAll();
    return String(manifests.length);
  });
  const hasKubeconform = await run("kubeconform", ["-v"]) !== undefined;
  await withCustomResources(async (custom) => {
    const locations = [schemas ?? "default", await writeSchemas(custom)];
    for (const manifest of manifests) {
      await report.check(`${manifest.name}: the API server takes it`, () => dryRun(manifest));
      if (!hasKubeconform) continue;
      await report.check(
        `${manifest.name}: kubeconform takes it`,
        async () => void await conforms(manifest, locations),
      );
    }
  });
  if (!hasKubeconform) await report.leaveOut("kubeconform takes every manifest", "not on PATH");
}
