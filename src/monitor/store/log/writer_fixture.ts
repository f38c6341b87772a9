/** A process that stores samples until it is killed. */
import { Labels } from "../../labels.ts";
import { openStore } from "../open_store.ts";

const [directory = "", start = "0"] = Deno.args;
const store = await openStore({ directory, writeEveryMs: 5, blockEveryMs: 150 });
const say = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
say("listening on 0");
const series = Array.from(
  { length: 20 },
  (_, i) => store.handle(Labels.from({ __name__: "n", i: String(i) })),
);
for (let i = 0;; i++) {
  const samples = series.map((handle) => ({ series: handle, value: i }));
  store.append({ source: "a", time: Number(start) + i, samples });
  await new Promise((resolve) => setTimeout(resolve, 2));
  if (i % 50 === 0) say(`stored ${i}.`);
}
