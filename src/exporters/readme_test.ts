/**
 * What README.md says of metrics is true: its programs run, and a scrape shows what it says they show.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { testWith } from "../testing/permissions.ts";

const ROOT = new URL("../../", import.meta.url);

/** A program, and lines of its `/metrics`. */
interface Example {
  readonly program: string;
  readonly lines: readonly string[];
}

testWith(
  ["net", "read", "run"],
  "README.md shows programs under Metrics that run, with what a scrape of them has",
  async (t) => {
    const examples = await metricsExamples();
    assertEquals(examples.length, 2);
    for (const [i, { program, lines }] of examples.entries()) {
      await t.step(`example ${i + 1}`, async () => {
        const scraped = (await scrapeOf(program)).split("\n");
        const missing = lines.filter((line) => !scraped.includes(line));
        assertEquals(missing, [], scraped.join("\n"));
        assert(!scraped.some((line) => line.includes("debug")));
      });
    }
  },
);

testWith(["read"], "README.md shows the facade in ten lines", async () => {
  const [facade] = await metricsExamples();
  const lines = facade?.program.split("\n").filter((line) => line !== "") ?? [];
  assert(lines.length > 0 && lines.length <= 10, `there are ${lines.length}`);
});

async function metricsExamples(): Promise<readonly Example[]> {
  const readme = await Deno.readTextFile(new URL("README.md", ROOT));
  const [, section = ""] = /\n## Metrics\n(.*?)\n## /s.exec(readme) ?? [];
  const pairs = section.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)\n```/gs);
  const examples = Array.from(pairs, ([, program = "", shown = ""]) => ({
    program,
    lines: shown.split("\n"),
  }));
  assertEquals(
    examples.length,
    section.split("```ts\n").length - 1,
    "a program without its scrape",
  );
  return examples;
}

/** Runs a program at the top of the repository, on a free port of the loopback, and scrapes it. */
async function scrapeOf(program: string): Promise<string> {
  const listening = "listen: true";
  assert(program.includes(listening));
  const runnable = program.replace(listening, 'listen: { hostname: "127.0.0.1", port: 0 }') + `
const { port } = prometheus.address as Deno.NetAddr;
const page = await fetch(\`http://127.0.0.1:\${port}/metrics\`);
await Deno.stdout.write(await page.bytes());
await prometheus.close();
`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--check", "--no-prompt", "--allow-net=127.0.0.1", "-"],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode(runnable));
  await input.close();
  const { code, stdout, stderr } = await output;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals(code, 0, text(stderr));
  return text(stdout);
}
