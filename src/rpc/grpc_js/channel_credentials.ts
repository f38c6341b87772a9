/**
 * TLS of grpc-js's client with certificates that change under way: each connection is made with
 * those that are current then.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { experimental } from "@grpc/grpc-js";
import type { Credentials } from "../tls/reload.ts";
import { type ChannelCredentials, grpc } from "./load.ts";

type CertificateProvider = experimental.CertificateProvider;

/** Credentials of a channel over TLS. */
export function channelCredentials(credentials: Credentials): ChannelCredentials {
  const provider = new Provider(credentials);
  const identity = credentials.current.identity === undefined ? null : provider;
  return grpc.experimental.createCertificateProviderChannelCredentials(provider, identity);
}

type Listener = () => void;

/** Tells grpc-js, which holds one pair of listeners for all connections of a channel. */
class Provider implements CertificateProvider {
  readonly #credentials: Credentials;
  readonly #listeners = new Map<unknown, Listener>();

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
    credentials.onChange(() => {
      for (const tell of this.#listeners.values()) tell();
    });
  }

  addCaCertificateListener(
    listener: Parameters<CertificateProvider["addCaCertificateListener"]>[0],
  ): void {
    this.#add(listener, () => {
      const pem = this.#credentials.current.authorities?.pem;
      // Without a value node:tls takes the roots that Deno trusts; the type does not say so.
      listener({ caCertificate: (pem === undefined ? pem : Buffer.from(pem)) as Buffer });
    });
  }

  removeCaCertificateListener(listener: unknown): void {
    this.#listeners.delete(listener);
  }

  addIdentityCertificateListener(
    listener: Parameters<CertificateProvider["addIdentityCertificateListener"]>[0],
  ): void {
    this.#add(listener, () => {
      const { identity } = this.#credentials.current;
      listener(
        identity === undefined ? null : {
          certificate: Buffer.from(identity.pem),
          privateKey: Buffer.from(identity.key),
        },
      );
    });
  }

  removeIdentityCertificateListener(listener: unknown): void {
    this.#listeners.delete(listener);
  }

  #add(listener: unknown, tell: Listener): void {
    this.#listeners.set(listener, tell);
    tell();
  }
}
