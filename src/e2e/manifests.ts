/**
 * The manifests as kustomize builds them, each overlay and each component.
 *
 * @module
 */
import { NAMESPACE } from "./kubectl.ts";
import { mustRun, run } from "./run.ts";

const FOLDER = "k8s";
/** For what only a run needs. */
const SCRATCH = "dist/e2e";

/** What a component builds upon besides the base. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  development: ["prometheus", "grafana"],
  grafana: ["prometheus"],
};

/** Something that can be applied. */
export interface Manifest {
  /** `overlays/dev` or `components/tls`. */
  readonly name: string;
  readonly yaml: string;
}

/** Builds every overlay, and every component on top of the base. */
export async function buildAll(): Promise<Manifest[]> {
  const overlays = (await foldersIn("overlays")).map((name) => build(`overlays/${name}`));
  const components = (await foldersIn("components")).map(buildComponent);
  return await Promise.all([...overlays, ...components]);
}

/** Builds an overlay. */
export async function build(name: string): Promise<Manifest> {
  return { name, yaml: await mustRun("kubectl", ["kustomize", `${FOLDER}/${name}`]) };
}

async function buildComponent(name: string): Promise<Manifest> {
  const folder = `${SCRATCH}/components/${name}`;
  await Deno.mkdir(folder, { recursive: true });
  const root = `${"../".repeat(folder.split("/").length)}${FOLDER}`;
  await Deno.writeTextFile(
    `${folder}/kustomization.yaml`,
    JSON.stringify({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      namespace: NAMESPACE,
      resources: [`${root}/base`],
      components: [...NEEDS[name] ?? [], name].map((one) => `${root}/components/${one}`),
    }),
  );
  return { name: `components/${name}`, yaml: await mustRun("kubectl", ["kustomize", folder]) };
}

/** Lets the API server look at a manifest, and rejects with every complaint. */
export async function dryRun({ name, yaml }: Manifest): Promise<void> {
  const args = ["apply", "--dry-run=server", "--validate=strict", "-f", "-"];
  const result = await run("kubectl", args, { input: yaml });
  // A Pod that the namespace would refuse is a warning: its Deployment is accepted.
  if (result?.code !== 0 || /warning/i.test(result.stderr)) {
    throw new Error(`${name}: ${result?.stderr.trim() ?? "'kubectl' is not on PATH"}`);
  }
}

/** Writes schemas for kubeconform; resolves with where they are, as it takes it. */
export async function writeSchemas(schemas: ReadonlyMap<string, object>): Promise<string> {
  const folder = `${SCRATCH}/schemas`;
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, schema] of schemas) {
    await Deno.writeTextFile(`${folder}/${name}.json`, JSON.stringify(schema));
  }
  return `${folder}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
}

/** Lets kubeconform look at a manifest. Resolves with undefined when it is not installed. */
export async function conforms(
  { name, yaml }: Manifest,
  locations: readonly string[],
): Promise<true | undefined> {
  const args = ["-strict", ...locations.flatMap((location) => ["-schema-location", location]), "-"];
  const result = await run("kubeconform", args, { input: yaml });
  if (result === undefined) return undefined;
  if (result.code !== 0) throw new Error(`${name}:\n${(result.stdout + result.stderr).trim()}`);
  return true;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(`${FOLDER}/${folder}`));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
}
