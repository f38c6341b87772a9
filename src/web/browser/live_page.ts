/** The page as its sources are at this moment. */
import { BundleError, bundlePage } from "../../ops/page/bundle.ts";
import type { PageFiles } from "../../ops/page/files.ts";
import { pageRoutes } from "../../ops/page/routes.ts";
import type { Route } from "../../ops/server.ts";

const SOURCES = new URL("../", import.meta.url).pathname;
/** How long the sources must be quiet, in milliseconds: an editor writes more than once. */
const QUIET_MS = 150;
/** What the page runs besides its own code, to be loaded anew. */
const RELOAD = `
new EventSource("/live").onmessage = ({ data }) => {
  if (globalThis.liveVersion !== undefined && data !== globalThis.liveVersion) location.reload();
  globalThis.liveVersion = data;
};
`;

/** The routes of the page, and what follows the sources until it is disposed of. */
export interface LivePage extends AsyncDisposable {
  readonly routes: readonly Route[];
}

/** Bundles the page now and after each change. Needs `--unstable-bundle`. */
export async function livePage(): Promise<LivePage> {
  let routes = pageRoutes(await bundled());
  let version = 0;
  const changed = new EventTarget();
  const watcher = Deno.watchFs(SOURCES, { recursive: true });
  const following = follow(watcher, async () => {
    routes = pageRoutes(await bundled());
    version++;
    changed.dispatchEvent(new Event("change"));
  });
  return {
    routes: [
      // The names of the routes stay; their files do not.
      ...routes.map(({ path, summary }, i): Route => ({
        path,
        summary,
        handle: (request, peer) => routes[i]?.handle(request, peer) ?? Response.error(),
      })),
      {
        path: "/live",
        summary: "changes of the page",
        handle: () => events(changed, () => version),
      },
    ],
    async [Symbol.asyncDispose]() {
      watcher.close();
      await following;
    },
  };
}

async function follow(watcher: Deno.FsWatcher, onChange: () => Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  for await (const { kind, paths } of watcher) {
    if (kind === "access" || paths.every((path) => !/\.(tsx?|css|html|svg)$/.test(path))) continue;
    clearTimeout(timer);
    timer = setTimeout(() => void onChange(), QUIET_MS);
  }
  clearTimeout(timer);
}

/** The page, or one that says what is wrong with the sources. */
async function bundled(): Promise<PageFiles> {
  try {
    const files = await bundlePage({ minify: false });
    return { ...files, "page.js": files["page.js"] + RELOAD };
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    const { message } = error;
    const script = `document.body.innerText = ${JSON.stringify(message)};${RELOAD}`;
    const html =
      '<!doctype html><meta charset="utf-8"><body><script src="/assets/page.js"></script>';
    return { "index.html": html, "page.js": script, "page.css": "", "favicon.svg": "" };
  }
}

function events(changed: EventTarget, version: () => number): Response {
  const ended = new AbortController();
  const { signal } = ended;
  const body = new ReadableStream<string>({
    start(controller) {
      const tell = () => controller.enqueue(`data: ${version()}\n\n`);
      tell();
      changed.addEventListener("change", tell, { signal });
    },
    cancel: () => ended.abort(),
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
  });
}
