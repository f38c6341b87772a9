// The only place for selectors, thresholds, windows and names that are not metrics.
{
  // What Grafana calls the data source; the variable `datasource` starts with it.
  datasource: { name: 'Prometheus', uid: 'prometheus' },

  dashboards: { tags: ['echoscope'], refresh: '10s', from: 'now-30m' },

  // The job under which Prometheus scrapes the service.
  job: 'echoscope',

  // What a dashboard shows, by its variables. `.*` also matches where a label is missing.
  selector: 'job=~"$job", pod=~"$pod"',
  methodSelector: self.selector + ', grpc_method=~"$method"',

  // Calls of the service itself: health checks, reflection and paths that nobody serves are left out.
  ownCalls: 'grpc_service!~"unknown|grpc[.].*"',

  // Statuses that are the server's fault, as OpenTelemetry's conventions count them.
  serverErrors: 'UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS',

  runbook: 'https://github.com/echoscope/echoscope/blob/main/dashboards/runbook.md',

  thresholds: {
    errorRatio: { warning: 0.001, critical: 0.01 },
    latencySeconds: { warning: 0.1, critical: 0.5 },
    eventLoopLagSeconds: { warning: 0.05, critical: 0.2 },
    residentBytes: { warning: 350 * 1024 * 1024, critical: 450 * 1024 * 1024 },
    certificateDays: { warning: 21, critical: 3 },
  },

  // Service level objectives over 30 days. `bad` and `total` are functions in signals.libsonnet.
  slos: [
    {
      name: 'availability',
      objective: 0.999,
      summary: 'calls that do not end with a server error',
    },
    {
      name: 'latency',
      objective: 0.99,
      seconds: '0.1',
      summary: 'answered calls that take at most 100 ms',
    },
  ],
  sloPeriod: '30d',

  // When an error budget burns so fast that a person should know: both windows must agree.
  // Google, The Site Reliability Workbook, chapter 5.
  burnRates: [
    { severity: 'critical', 'for': '2m', long: '1h', short: '5m', factor: 14.4 },
    { severity: 'critical', 'for': '15m', long: '6h', short: '30m', factor: 6 },
    { severity: 'warning', 'for': '1h', long: '1d', short: '2h', factor: 3 },
    { severity: 'warning', 'for': '3h', long: '3d', short: '6h', factor: 1 },
  ],
}
