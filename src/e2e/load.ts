/**
 * Clients in the cluster that call all the time, and count.
 *
 * @module
 */
import { apply, kubectl, NAMESPACE, until } from "./kubectl.ts";

/** Options of {@linkcode startLoad}. */
export interface LoadOptions {
  /** The name of its Pod. */
  readonly name: string;
  readonly image: string;
  /** Calls a second. */
  readonly rate: number;
  /** How often to try a call: 1 is without retries. */
  readonly attempts?: number;
  /** How long to go on, such as `10s`; default until it is stopped. */
  readonly duration?: string;
}

/** A client that calls. */
export interface Load {
  /** Ends it; resolves with what it counted. */
  stop(): Promise<Count>;
}

/** What a client counted. */
export interface Count {
  readonly calls: number;
  readonly ok: number;
  /** As it was printed, in one line. */
  readonly text: string;
  /** What went wrong, each once. */
  readonly errors: readonly string[];
}

/** Starts a client in a Pod of its own; resolves when its first calls were answered. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const { name } = options;
  await kubectl("delete", "pod", name, "--ignore-not-found", "--wait");
  await apply(loadPod(options));
  await until(`calls of the Pod '${name}'`, 60, async () => {
    const lines = await kubectl("logs", name, "--tail=1");
    return lines === "" ? undefined : true;
  });
  // Followed, because the log ends with the Pod.
  const log = kubectl("logs", name, "--follow");
  return {
    async stop() {
      await kubectl("delete", "pod", name, "--wait=false");
      const count = readCount(await log);
      await kubectl("delete", "pod", name, "--ignore-not-found", "--wait");
      return count;
    },
  };
}

/** Rejects when a call was lost. */
export function assertNoneLost({ calls, ok, text, errors }: Count): string {
  if (calls === 0) throw new Error("no call was made");
  if (ok < calls) throw new Error([`${calls - ok} calls were lost: ${text}`, ...errors].join("\n"));
  return text;
}

/** Reads what `echoscope client` printed. */
export function readCount(log: string): Count {
  const [text, calls, ends] = /^([\d,]+) calls? in [^:\n]+: (.*)$/m.exec(log) ?? [];
  if (text === undefined || calls === undefined) {
    throw new Error(`the client did not tell what it counted, but:\n${log.slice(-1000)}`);
  }
  const number = (digits = "0") => Number(digits.replaceAll(",", ""));
  const errors = new Set(log.match(/^[A-Z_]{4,}: .*$/gm));
  return {
    calls: number(calls),
    ok: number(/([\d,]+) OK/.exec(ends ?? "")?.[1]),
    text,
    errors: [...errors].slice(0, 5),
  };
}

function loadPod({ name, image, rate, attempts = 1, duration = "0" }: LoadOptions): object {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace: NAMESPACE,
      // As a client, so that network policies let it through; not one of the CronJob's.
      labels: { "app.kubernetes.io/name": "client", "app.kubernetes.io/part-of": "echoscope-e2e" },
    },
    spec: {
      restartPolicy: "Never",
      serviceAccountName: "client",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [{
        name: "client",
        image,
        args: [
          "client",
          "--host=server-service",
          "--round-robin",
          "--wait-for-ready",
          `--duration=${duration}`,
          `--rate=${rate}`,
          "--concurrency=64",
          `--attempts=${attempts}`,
          "--metrics-port=9000",
        ],
        ports: [{ name: "metrics", containerPort: 9000 }],
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
      }],
    },
  };
}
