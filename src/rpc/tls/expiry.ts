/**
 * Tells in time that a certificate runs out: in the log, and as a metric.
 *
 * @module
 */
import type { Logger } from "../../logging/logger.ts";
import { catalogued } from "../../metrics/mod.ts";
import type { Certificates } from "./certificate.ts";

/** Who uses a certificate. */
export type TlsRole = "server" | "client";

const DAY = 24 * 3_600_000;

/** When to warn, in days before the end; 0 is the end. */
const STEPS = [30, 7, 1, 0] as const;

/**
 * Logs once at each step towards the end of a certificate: 30, 7 and 1 days before, and when it has
 * expired. A step that is a third of the certificate's life or more is left out, so that what is
 * renewed every day or every 90 days is not warned about while all goes well.
 */
export class ExpiryWarnings {
  readonly #role: TlsRole;
  readonly #log: Logger;
  /** The step that was last told of each file, and of which certificate. */
  readonly #told = new Map<string, { serial: string; days: number }>();

  constructor(role: TlsRole, log: Logger) {
    this.#role = role;
    this.#log = log;
  }

  /** Looks at the clock, in milliseconds since the epoch. */
  look(certificates: readonly Certificates[], now: number): void {
    for (const certificate of certificates) {
      const { path, serial, notAfter } = certificate;
      const days = stepAt(certificate, now);
      if (days === undefined) continue;
      const told = this.#told.get(path);
      if (told?.serial === serial && told.days <= days) continue;
      this.#told.set(path, { serial, days });
      const fields = {
        role: this.#role,
        file: path,
        subject: certificate.subject,
        expires: new Date(notAfter).toISOString(),
      };
      if (days === 0) this.#log.error("a TLS certificate has expired", fields);
      else this.#log.warn(`a TLS certificate expires in ${inWords(notAfter - now)}`, fields);
    }
  }
}

/** The step that `certificate` has reached, or undefined when it has reached none. */
function stepAt({ notBefore, notAfter }: Certificates, now: number): number | undefined {
  const third = (notAfter - notBefore) / 3;
  return STEPS.findLast((days) => now >= notAfter - days * DAY && days * DAY < third);
}

function inWords(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours < 1) return "less than an hour";
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** Sets the metric that tells when each certificate expires. */
export function recordExpiry(role: TlsRole, certificates: readonly Certificates[]): void {
  for (const { path: file, notAfter } of certificates) {
    catalogued.gauge("grpc_tls_certificate_expiry_timestamp_seconds", { role, file })
      .set(notAfter / 1000);
  }
}
