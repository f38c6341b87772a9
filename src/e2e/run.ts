/** What a program left. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of {@linkcode run}. */
export interface RunOptions {
  /** Written to its standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. Resolves with undefined when it is not installed. */
export async function run(
  program: string,
  args: readonly string[],
  { input, env = {} }: RunOptions = {},
): Promise<RunResult | undefined> {
  try {
    const child = new Deno.Command(program, {
      args: [...args],
      env,
      stdin: input === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const written = input === undefined
      ? undefined
      : new Blob([input]).stream().pipeTo(child.stdin);
    const { code, stdout, stderr } = await child.output();
    await written;
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: text(stdout), stderr: text(stderr) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Runs a program that must be there and succeed; resolves with its standard output. */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const result = await run(program, args, options);
  if (result === undefined) throw new Error(`'${program}' is not on PATH`);
  if (result.code === 0) return result.stdout;
  throw new Error(`'${program} ${args.join(" ")}' failed:\n${result.stderr.trim()}`);
}
