/**
 * What a span says of its call, in the words of OpenTelemetry's conventions for gRPC. The conventions
 * became stable in 1.45; the names before, which viewers of traces still look for, are set beside them
 * where they do not contradict.
 *
 * @see {@link https://opentelemetry.io/docs/specs/semconv/rpc/grpc/}
 * @module
 */
import type { Fields } from "../../metrics/context.ts";
import type { Call, CallEnd } from "../interceptor.ts";
import { Status, type StatusName } from "../status.ts";
import { outcomeOf } from "./metrics_outcome.ts";

/** `package.Service/Method`; of paths that nobody serves all are one. */
export function spanName({ method }: Call): string {
  return isServed(method) ? method.path.slice(1) : "grpc";
}

/** What is known when a call begins. `target` is what the client was told to connect to. */
export function attributesAtStart(call: Call, target?: string): Fields {
  const { method, side } = call;
  return {
    "rpc.system.name": "grpc",
    "rpc.system": "grpc",
    "rpc.method": isServed(method) ? method.path.slice(1) : "_OTHER",
    "rpc.service": isServed(method) ? method.service : undefined,
    ...side === "server" ? peerOf(call) : target === undefined ? {} : serverOf(target),
  };
}

/** What is known when it has ended. */
export function attributesAtEnd(call: Call, { code }: CallEnd): Fields {
  return {
    "rpc.status_code": code,
    "rpc.grpc.status_code": Status[code],
    "error.type": isFailure(call.side, code) ? code : undefined,
    ...call.side === "client" ? peerOf(call) : {},
  };
}

/**
 * Whether a status is a failure for the side that tells of it. For a client all but OK are; a server
 * does not fail when it tells its caller that a thing was not found.
 */
export function isFailure(side: Call["side"], code: StatusName): boolean {
  return side === "client" ? code !== "OK" : outcomeOf(code) === "server_error";
}

/** The path of a method that is not served is no path. */
function isServed({ path }: Call["method"]): boolean {
  return path.startsWith("/");
}

const HOST_AND_PORT = /^(?:\[(.+)\]|([^:]+)):(\d+)$/;

function peerOf({ peer }: Call): Fields {
  const [, bracketed, plain, port] = HOST_AND_PORT.exec(peer) ?? [];
  if (port === undefined) return {};
  return { "network.peer.address": bracketed ?? plain, "network.peer.port": Number(port) };
}

/** What the name resolution of gRPC makes of a target; one of another scheme is kept whole. */
function serverOf(target: string): Fields {
  const name = target.replace(/^dns:(?:\/\/[^/]*\/)?/, "");
  const [, bracketed, plain, port] = HOST_AND_PORT.exec(name) ?? [];
  if (port === undefined) return { "server.address": name };
  return { "server.address": bracketed ?? plain, "server.port": Number(port) };
}
