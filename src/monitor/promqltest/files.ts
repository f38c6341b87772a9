/** Scripts on disk. */

/** Input that cannot be read. */
export class UnreadableError extends Error {
  override readonly name = "UnreadableError";
}

/** A `.test` file; its name starts from the folder that was asked for. */
export interface ScriptFile {
  readonly name: string;
  readonly text: string;
}

/** All `.test` files at and below `path`, by name. Rejects with UnreadableError. */
export async function findScripts(path: string): Promise<ScriptFile[]> {
  try {
    const { isFile } = await Deno.stat(path);
    const names = isFile ? [""] : await namesBelow(path, "");
    if (names.length === 0) throw new UnreadableError(`there is no .test file in '${path}'`);
    return await Promise.all(
      names.sort().map(async (name) => ({
        name: name === "" ? path : name,
        text: await readText(name === "" ? path : `${path}/${name}`),
      })),
    );
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableError(`cannot read '${path}': ${reason}`, { cause: error });
  }
}

async function namesBelow(path: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (isDirectory) names.push(...await namesBelow(`${path}/${name}`, `${prefix}${name}/`));
    else if (name.endsWith(".test")) names.push(prefix + name);
  }
  return names;
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await Deno.readFile(path));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableError(`'${path}' is not UTF-8`, { cause: error });
  }
}
