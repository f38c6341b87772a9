/**
 * The foreign programs that generate dashboards. Nothing is installed silently: what is missing is
 * told, with the command that gets it.
 *
 * @module
 */

const GO_JSONNET = "github.com/google/go-jsonnet/cmd";
const PROGRAMS = {
  jsonnet: `go install ${GO_JSONNET}/jsonnet@v0.22.0`,
  jsonnetfmt: `go install ${GO_JSONNET}/jsonnetfmt@v0.22.0`,
  jb: "go install github.com/jsonnet-bundler/jsonnet-bundler/cmd/jb@v0.6.0",
};

/** A program that {@linkcode runTool} runs. */
export type Tool = keyof typeof PROGRAMS;

/** What generation needs and this machine does not have: one line each, with how to get it. */
export async function missingTools(
  needs: { readonly vendor: boolean },
  has: (tool: Tool) => Promise<boolean> = isInstalled,
): Promise<string[]> {
  const tools: Tool[] = ["jsonnet", "jsonnetfmt"];
  const lines: string[] = [];
  for (const tool of tools.concat(needs.vendor ? "jb" : [])) {
    if (!await has(tool)) lines.push(`'${tool}' is not on PATH; get it with: ${PROGRAMS[tool]}`);
  }
  if (needs.vendor) {
    lines.push("'dashboards/vendor' is missing; get it with: cd dashboards && jb install");
  }
  return lines;
}

/** Runs a tool; resolves with its standard output. Rejects with what it wrote when it fails. */
export async function runTool(tool: Tool, args: readonly string[], cwd: URL): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(tool, { args: [...args], cwd })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`'${tool} ${args.join(" ")}' failed:\n${text(stderr).trimEnd()}`);
  return text(stdout);
}

async function isInstalled(tool: Tool): Promise<boolean> {
  try {
    await new Deno.Command(tool, { args: ["--version"], stdout: "null", stderr: "null" }).output();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
