/**
 * Pods that come and go while clients call.
 *
 * @module
 */
import { isReady, kubectl, pods, until } from "./kubectl.ts";
import { assertNoneLost, type LoadOptions, startLoad } from "./load.ts";

/** The load under which it happens. */
export type RolloutLoad = Pick<LoadOptions, "image" | "rate" | "attempts">;

const SERVERS = "app.kubernetes.io/name=server";

/** Restarts every server, one after the other. */
export function restart(load: RolloutLoad): Promise<string> {
  return underLoad({ ...load, name: "load-restart" }, async () => {
    await kubectl("rollout", "restart", "deployment/server");
    await kubectl("rollout", "status", "deployment/server", "--timeout=300s");
    await settled(2);
  });
}

/** Adds two servers, and takes two away, under one client that was there before and one that came after. */
export function scale(load: RolloutLoad): Promise<string> {
  return underLoad({ ...load, name: "load-scale" }, async () => {
    await kubectl("scale", "deployment/server", "--replicas=4");
    await settled(4);
    // A client that is new calls all four, and will lose two of them.
    return await underLoad({ ...load, name: "load-scale-later" }, async () => {
      await kubectl("scale", "deployment/server", "--replicas=2");
      await settled(2);
    });
  });
}

/** Deletes one server. */
export function deletePod(load: RolloutLoad): Promise<string> {
  return underLoad({ ...load, name: "load-delete" }, async () => {
    const [pod] = await pods(SERVERS);
    await kubectl("delete", "pod", pod?.metadata.name ?? "", "--wait");
    await settled(2);
  });
}

/** Runs `body` while a client calls; rejects when the client lost a call. */
async function underLoad(
  options: LoadOptions,
  body: () => Promise<string | void>,
): Promise<string> {
  const load = await startLoad(options);
  let more: string | void;
  try {
    more = await body();
  } catch (error) {
    await load.stop();
    throw error;
  }
  const own = assertNoneLost(await load.stop());
  return more ? `${own}; ${more}` : own;
}

/** Waits until there are `count` servers, all ready, and none that is still on its way out. */
async function settled(count: number): Promise<void> {
  await until(`${count} servers`, 180, async () => {
    const all = (await kubectl("get", "pods", "-l", SERVERS, "-o", "name")).trim().split("\n");
    const ready = (await pods(SERVERS)).filter(isReady);
    return all.length === count && ready.length === count ? true : undefined;
  });
}
