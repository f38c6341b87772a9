/** Collects garbage three times, then twice more after the watch has ended; prints what was told. */
import { watchCollections } from "./collections.ts";

const { gc } = globalThis as unknown as { gc: () => void };
const turn = () => new Promise((resolve) => setTimeout(resolve));
let told = 0;

async function collect(until: number): Promise<void> {
  gc();
  // The registry speaks in a later turn, not necessarily the next.
  for (let turns = 0; told < until && turns < 1000; turns++) await turn();
}

{
  using _watch = watchCollections(() => told++);
  for (let i = 1; i <= 3; i++) await collect(i);
}
gc();
for (let turns = 0; turns < 20; turns++) await turn();
Deno.stdout.writeSync(new TextEncoder().encode(`${told}\n`));
