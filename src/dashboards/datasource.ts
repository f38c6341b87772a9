/**
 * The Prometheus data source: dashboards start with its uid, and the provisioning that is exported
 * with them defines it. `dashboards/config.libsonnet` says the same.
 */
export const DATASOURCE = { name: "Prometheus", uid: "prometheus" } as const;
