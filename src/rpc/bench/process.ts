/**
 * What a process uses, as Linux tells it. `cat` reads it, since Deno reads `/proc` only for those who
 * may do everything.
 *
 * @module
 */

/** Ticks in a second of `/proc/PID/stat`; the same on every Linux that Deno runs on. */
const TICKS = 100;

async function read(pid: number, file: "stat" | "status"): Promise<string> {
  const path = `/proc/${pid}/${file}`;
  const { success, stdout } = await new Deno.Command("cat", { args: [path] }).output();
  if (!success) throw new Error(`Cannot measure process ${pid}: it has ended`);
  return new TextDecoder().decode(stdout);
}

/** Seconds of CPU that the process has used, its own and the system's for it. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await read(pid, "stat");
  // The second field, the program's name, may hold spaces; user and system time are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Resident memory in MB (10⁶ bytes). */
export async function residentMegabytes(pid: number): Promise<number> {
  const kibibytes = /VmRSS:\s+(\d+)/.exec(await read(pid, "status"))?.[1];
  return Number(kibibytes) * 1024 / 1e6;
}

/** The most resident memory that was seen while `work` ran, in MB, looked at ten times a second. */
export async function peakMegabytes(pid: number, work: () => Promise<unknown>): Promise<number> {
  let peak = 0;
  let running = true;
  const watching = (async () => {
    while (running) {
      peak = Math.max(peak, await residentMegabytes(pid));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  try {
    await work();
  } finally {
    running = false;
    await watching;
  }
  return Math.max(peak, await residentMegabytes(pid));
}
