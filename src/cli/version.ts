import manifest from "../../deno.json" with { type: "json" };
import { command } from "./command.ts";

/** The version of this program, from deno.json. */
export const VERSION: string = manifest.version;

/**
 * The one version of Deno that this is built, tested and shipped with. Others abort or leak under
 * node:http2 (denoland/deno#36788): change it only with what `rpc/http2_guard.ts` proves.
 */
export const PINNED_DENO = "2.9.6";

/** `echoscope version` */
export const version = command({
  name: "version",
  summary: "tell the versions of the program and of its runtime",
  options: {},
  run(_config, { terminal }) {
    const { deno, v8 } = Deno.version;
    terminal.print(`echoscope ${VERSION} (deno ${deno}, v8 ${v8}, ${Deno.build.target})`);
    return Promise.resolve(0);
  },
});
