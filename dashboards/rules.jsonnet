// Recording rules.
{ groups: (import 'slo.libsonnet').groups }
