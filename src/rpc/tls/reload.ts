/**
 * Credentials that are kept up to date: loaded again when their files change, measured, warned about.
 *
 * @module
 */
import type { Logger } from "../../logging/logger.ts";
import { catalogued } from "../../metrics/mod.ts";
import type { Certificates, Identity } from "./certificate.ts";
import { ExpiryWarnings, recordExpiry, type TlsRole } from "./expiry.ts";
import { textOf, watchText } from "./files.ts";

/** What TLS of a server and of a client have in common. */
export interface TlsReloadOptions {
  /**
   * How often to look whether the files have changed, in milliseconds, 10 or more. A change is
   * taken up at the second look that finds it. Default 10 s.
   */
  readonly reloadIntervalMs?: number;
  /** The clock, in milliseconds since the epoch. Default the system's. */
  readonly now?: () => number;
}

const DEFAULT_RELOAD_INTERVAL_MS = 10_000;

/** What was read from files at one time, checked. */
export interface TlsMaterial {
  readonly identity: Identity | undefined;
  readonly authorities: Certificates | undefined;
}

/** TLS material that is kept up to date. */
export interface Credentials<Material extends TlsMaterial = TlsMaterial> extends Disposable {
  readonly current: Material;
  /** Calls `listener` after each change. */
  onChange(listener: (material: Material) => void): void;
}

/** Loads, and loads again whenever the files have changed. Throws only the first time. */
export function keepUpToDate<Material extends TlsMaterial>(
  role: TlsRole,
  paths: readonly (string | undefined)[],
  { reloadIntervalMs = DEFAULT_RELOAD_INTERVAL_MS, now = Date.now }: TlsReloadOptions,
  log: Logger,
  load: (now: number) => Material,
): Credentials<Material> {
  if (!(reloadIntervalMs >= 10)) {
    throw new RangeError(
      `reloadIntervalMs must be 10 or more, current value is ${reloadIntervalMs}`,
    );
  }
  let current = load(now());
  const listeners: ((material: Material) => void)[] = [];
  const warnings = new ExpiryWarnings(role, log);
  const reloads = (result: "ok" | "failed") =>
    catalogued.counter("grpc_tls_reloads_total", { role, result });
  for (const result of ["ok", "failed"] as const) reloads(result).increment(0);

  function look(): void {
    warnings.look(certificatesOf(current), now());
  }

  function reload(): void {
    try {
      current = load(now());
    } catch (error) {
      reloads("failed").increment();
      log.error("cannot use the new TLS files, the old ones stay in use", { role, error });
      return;
    }
    reloads("ok").increment();
    recordExpiry(role, certificatesOf(current));
    log.info("took up new TLS files", { role, ...describe(current) });
    for (const listener of listeners) listener(current);
  }

  recordExpiry(role, certificatesOf(current));
  look();
  const watch = watchText({
    read: () => textOf(paths),
    intervalMs: reloadIntervalMs,
    onChange: reload,
    onLook: look,
  });
  return {
    get current() {
      return current;
    },
    onChange: (listener) => void listeners.push(listener),
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
}

function certificatesOf({ identity, authorities }: TlsMaterial): Certificates[] {
  return [identity, authorities].filter((one) => one !== undefined);
}

function describe({ identity, authorities }: TlsMaterial) {
  const shown = identity ?? authorities;
  return shown && {
    subject: shown.subject,
    serial: shown.serial,
    expires: new Date(shown.notAfter).toISOString(),
  };
}
