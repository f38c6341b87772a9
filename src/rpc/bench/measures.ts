/**
 * What is measured, and what is asked of our transport.
 *
 * @module
 */
import { type Bodies, ghz, h2load } from "./load.ts";
import { cpuSeconds, peakMegabytes, residentMegabytes } from "./process.ts";

/** A server that is measured, in two processes. */
export interface Measured {
  readonly plain: { readonly pid: number; readonly port: number };
  readonly tls: { readonly pid: number; readonly port: number };
  readonly bodies: Bodies;
}

/** One row of the table. */
export interface Measure {
  readonly name: string;
  /** What is asked of `native`: a ratio to grpc-go, or a number. */
  readonly asked?: string;
  readonly run: (server: Measured) => Promise<number>;
}

const SECONDS = { seconds: 2 };
const GHZ_CALLS = 20_000;

/** Measured in turns, every server once in a round. Long-lived processes, warm. */
export const SPEED: readonly Measure[] = [
  {
    name: "h2load 4×25, calls/s",
    asked: "≥ 3×",
    run: ({ plain, bodies }) =>
      h2load({
        port: plain.port,
        body: bodies.small,
        connections: 4,
        streams: 25,
        amount: SECONDS,
      }),
  },
  {
    name: "h2load 4×25 over TLS, calls/s",
    run: ({ tls, bodies }) =>
      h2load({
        port: tls.port,
        tls: true,
        body: bodies.small,
        connections: 4,
        streams: 25,
        amount: SECONDS,
      }),
  },
  {
    name: "64 KB both ways, 4×10, calls/s",
    asked: "≥ 1×",
    run: ({ plain, bodies }) =>
      h2load({
        port: plain.port,
        body: bodies.large,
        connections: 4,
        streams: 10,
        amount: SECONDS,
      }),
  },
  {
    name: "64 KB over TLS, 4×10, calls/s",
    run: ({ tls, bodies }) =>
      h2load({
        port: tls.port,
        tls: true,
        body: bodies.large,
        connections: 4,
        streams: 10,
        amount: SECONDS,
      }),
  },
  {
    name: "one call at a time, µs",
    asked: "≤ 1×",
    run: async ({ plain, bodies }) =>
      1e6 / await h2load({
        port: plain.port,
        body: bodies.small,
        connections: 1,
        streams: 1,
        amount: SECONDS,
      }),
  },
  {
    name: "server's CPU under ghz 50/4, µs/call",
    asked: "≤ 0.5×",
    run: async ({ plain: { pid, port } }) => {
      const before = await cpuSeconds(pid);
      await ghz(port, GHZ_CALLS);
      return (await cpuSeconds(pid) - before) * 1e6 / GHZ_CALLS;
    },
  },
];

/** Measured once for each server, in order, with processes of its own. */
export const MEMORY: readonly Measure[] = [
  { name: "RSS at rest, MB", run: ({ plain }) => residentMegabytes(plain.pid) },
  {
    name: "RSS after a million calls, MB",
    asked: "< 80",
    run: async ({ plain, bodies }) => {
      const amount = { calls: 1_000_000 };
      await h2load({ port: plain.port, body: bodies.small, connections: 4, streams: 25, amount });
      return await residentMegabytes(plain.pid);
    },
  },
  {
    name: "peak RSS with 64 KB over TLS, MB",
    asked: "< 150",
    run: ({ tls: { pid, port }, bodies }) =>
      peakMegabytes(pid, () =>
        h2load({
          port,
          tls: true,
          body: bodies.large,
          connections: 8,
          streams: 10,
          amount: { seconds: 5 },
        })),
  },
  {
    name: "peak RSS with 4000 connections in turns over TLS, MB",
    asked: "< 150",
    run: ({ tls: { pid, port }, bodies }) =>
      peakMegabytes(pid, async () => {
        for (let round = 0; round < 40; round++) {
          await h2load({
            port,
            tls: true,
            body: bodies.small,
            connections: 100,
            streams: 2,
            amount: { calls: 400 },
          });
        }
      }),
  },
];
