/**
 * Which .proto files a server has: those of its services, and what they import.
 *
 * @module
 */
import type { Service } from "../service.ts";
import { parseProtoFile, type ProtoFile } from "./descriptor/proto_file.ts";
import { wellKnownFile } from "./descriptor/well_known.ts";

/**
 * The files of `services`. A service knows the text of its .proto but not the path, so a path is
 * made up for texts that `texts`, by path, do not have: `shop.v1.Shop` is in `shop/v1/shop.proto`.
 * Imports are taken from `texts`, then from the files that come with protocol buffers; others are
 * left out.
 *
 * Throws TypeError when two texts have the same path.
 */
export function filesOf(
  services: readonly Service[],
  texts: Readonly<Record<string, string>>,
): ProtoFile[] {
  const files = new Map(
    Array.from(pathsOf(services, texts), ([text, path]) => [path, parseProtoFile(path, text)]),
  );
  // A map goes on to what is added while it is walked.
  for (const { imports } of files.values()) {
    for (const { path } of imports) {
      const file = files.get(path) ?? wellKnownFile(path);
      if (file !== undefined) files.set(path, file);
    }
  }
  return [...files.values()];
}

/** Every text and its path. */
function pathsOf(
  services: readonly Service[],
  texts: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const paths = new Map(Object.entries(texts).map(([path, text]) => [text, path]));
  for (const { name, proto } of services) {
    if (paths.has(proto)) continue;
    const path = defaultPath(name);
    if ([...paths.values()].includes(path)) {
      throw new TypeError(`Cannot describe '${name}': another .proto has the path '${path}'`);
    }
    paths.set(proto, path);
  }
  return paths;
}

/** As `package/of/service_name.proto`, where most style guides want a service to be. */
function defaultPath(service: string): string {
  const parts = service.split(".");
  const name = parts.pop() ?? "";
  return [...parts, `${name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase()}.proto`].join(
    "/",
  );
}
