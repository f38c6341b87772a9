/**
 * The kinds of the Prometheus operator that our manifests use. Where the operator is not installed,
 * stand-ins take its place while the manifests are looked at: they know the fields that we use, and
 * no others.
 *
 * @module
 */
import { apply, until } from "./kubectl.ts";
import { mustRun, run } from "./run.ts";

/** A schema of an object or a part of one, as Kubernetes has them. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly [key: string]: unknown;
}

const GROUP = "monitoring.coreos.com";
const text: Schema = { type: "string" };
const texts: Schema = { type: "object", additionalProperties: text };

const record = (properties: Record<string, Schema>): Schema => ({ type: "object", properties });
const list = (items: Schema): Schema => ({ type: "array", items });

/** The specs of the stand-ins, by the plural of their kind. */
const STAND_INS: Readonly<Record<string, { readonly kind: string; readonly spec: Schema }>> = {
  servicemonitors: {
    kind: "ServiceMonitor",
    spec: record({
      selector: record({ matchLabels: texts }),
      endpoints: list(record({
        port: text,
        interval: text,
        relabelings: list(
          record({ sourceLabels: list(text), targetLabel: text, replacement: text }),
        ),
      })),
    }),
  },
  prometheusrules: {
    kind: "PrometheusRule",
    spec: record({
      groups: list(record({
        name: text,
        interval: text,
        rules: list(record({
          record: text,
          alert: text,
          expr: text,
          for: text,
          keep_firing_for: text,
          labels: texts,
          annotations: texts,
        })),
      })),
    }),
  },
};

/**
 * Runs `body` with the kinds there. It gets their schemas for kubeconform, by file name without
 * `.json`: those of the operator where it is installed.
 */
export async function withCustomResources(
  body: (schemas: ReadonlyMap<string, object>) => Promise<void>,
): Promise<void> {
  const made: string[] = [];
  try {
    const schemas = new Map<string, object>();
    for (const [plural, { kind, spec }] of Object.entries(STAND_INS)) {
      const name = `${plural}.${GROUP}`;
      if ((await run("kubectl", ["get", "crd", name]))?.code !== 0) {
        made.push(name);
        await apply(standIn(plural, kind, spec));
      }
      schemas.set(`${kind.toLowerCase()}-monitoring-v1`, strict(await schemaOf(name)));
    }
    await body(schemas);
  } finally {
    for (const name of made) await mustRun("kubectl", ["delete", "crd", name]);
  }
}

function schemaOf(name: string): Promise<Schema> {
  return until(`the kind '${name}'`, 30, async () => {
    const definition = JSON.parse(await mustRun("kubectl", ["get", "crd", name, "-o", "json"]));
    // The API server takes objects of it a little later than the definition.
    await mustRun("kubectl", ["get", name, "--all-namespaces"]);
    return definition.spec.versions.find((one: { name: string }) => one.name === "v1")?.schema
      .openAPIV3Schema;
  });
}

/** Refuses fields that are not known, which in a definition is said by nothing. */
function strict(schema: Schema, isRoot = true): Schema {
  const { properties, items, additionalProperties } = schema;
  const known = properties && Object.fromEntries(
    Object.entries(properties).map(([name, one]) =>
      [name, isRoot && name === "metadata" ? one : strict(one, false)] as const
    ),
  );
  return {
    ...schema,
    ...known && { properties: known, additionalProperties: additionalProperties ?? false },
    ...items && { items: strict(items, false) },
  };
}

function standIn(plural: string, kind: string, spec: Schema): object {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [{
        name: "v1",
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: record({
            apiVersion: text,
            kind: text,
            metadata: { type: "object" },
            spec,
          }),
        },
      }],
    },
  };
}
