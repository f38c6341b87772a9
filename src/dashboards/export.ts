/**
 * Dashboards and rules as files, for whoever takes them: Grafana's provisioning, the sidecar that
 * looks for ConfigMaps, the operators of Grafana and Prometheus, or Prometheus itself.
 *
 * @module
 */
import { DATASOURCE } from "./datasource.ts";
import { DASHBOARDS, RULES } from "./embedded.ts";
import { indented, prometheusRule } from "./prometheus_rule.ts";

/** Who takes the files. */
export const EXPORT_FORMATS = ["grafana", "configmap", "operator", "rules"] as const;

/** One of {@linkcode EXPORT_FORMATS}. */
export type ExportFormat = typeof EXPORT_FORMATS[number];

/** A file to write. */
export interface ExportedFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly text: string;
}

const FOLDER = "Echoscope";
/** Where Grafana finds the dashboards, unless the provisioning is changed. */
const GRAFANA_PATH = "/var/lib/grafana/dashboards/echoscope";

/** Every file of a format, in a fixed order. Those of Kubernetes name no namespace. */
export function exportFiles(format: ExportFormat): ExportedFile[] {
  switch (format) {
    case "grafana":
      return [
        { path: "provisioning/datasources/echoscope.yaml", text: datasourceProvisioning() },
        { path: "provisioning/dashboards/echoscope.yaml", text: dashboardProvisioning() },
        ...DASHBOARDS.map(({ name, json }) => ({ path: `dashboards/${name}.json`, text: json })),
      ];
    case "configmap":
      return DASHBOARDS.map(({ name, json }) => ({
        path: `dashboard-${name}.yaml`,
        text: configMap(name, json),
      }));
    case "operator":
      return [
        ...DASHBOARDS.map(({ name, json }) => ({
          path: `dashboard-${name}.yaml`,
          text: grafanaDashboard(name, json),
        })),
        ...RULES.map(({ name, yaml }) => ({
          path: `${name}.yaml`,
          text: prometheusRule(name, yaml),
        })),
      ];
    case "rules":
      return RULES.map(({ name, yaml }) => ({ path: `${name}.yaml`, text: yaml }));
  }
}

function datasourceProvisioning(): string {
  return `# The uid is the one that the dashboards start with. Change the url to your Prometheus, and
# timeInterval to its scrape interval.
apiVersion: 1
datasources:
  - name: ${DATASOURCE.name}
    uid: ${DATASOURCE.uid}
    type: prometheus
    access: proxy
    url: http://prometheus:9090
    isDefault: true
    jsonData:
      httpMethod: POST
      timeInterval: 15s
`;
}

function dashboardProvisioning(): string {
  return `# Put the files of dashboards/ into this path.
apiVersion: 1
providers:
  - name: ${FOLDER}
    folder: ${FOLDER}
    type: file
    allowUiUpdates: false
    options:
      path: ${GRAFANA_PATH}
`;
}

function configMap(name: string, json: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: echoscope-dashboard-${name}
  labels:
    grafana_dashboard: "1"
  annotations:
    grafana_folder: ${FOLDER}
data:
  echoscope-${name}.json: |
${indented(json, 4)}`;
}

function grafanaDashboard(name: string, json: string): string {
  return `apiVersion: grafana.integreatly.org/v1beta1
kind: GrafanaDashboard
metadata:
  name: echoscope-${name}
spec:
  # The labels of the Grafana that shows it.
  instanceSelector:
    matchLabels:
      dashboards: grafana
  allowCrossNamespaceImport: true
  folder: ${FOLDER}
  json: |
${indented(json, 4)}`;
}
