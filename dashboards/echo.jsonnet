// What a person who runs the service looks at first; below it the original example's three panels.
local config = import 'config.libsonnet';
local dashboard = import 'dashboard.libsonnet';
local p = import 'panels.libsonnet';
local s = import 'signals.libsonnet';

local limits = config.thresholds;

dashboard.new('echo', 'Echo', 'Is the service well? Rate, errors, duration, and who carries it.', [
  {
    title: 'At a glance',
    panels: [
      p.stat(
        'Calls',
        'reqps',
        'Calls answered each second. Zero with clients running: look at the up panel and at the clients.',
        p.query(s.server.rate, 'calls')
      ) + p.size(6, 5),
      p.stat(
        'Errors',
        'percentunit',
        'Share of calls that ended with a server error. Above the line: see the gRPC dashboard by method and code, then the log.',
        p.query(s.server.errorRatio, 'errors')
      ) + p.thresholds(limits.errorRatio.warning, limits.errorRatio.critical) + p.decimals(2) + p.size(6, 5),
      p.stat(
        'p99 of successes',
        's',
        'The slowest hundredth of the answered calls takes at least this long. Rising: look at event loop lag and CPU in Runtime.',
        p.query(s.server.quantile(0.99), 'p99')
      ) + p.thresholds(limits.latencySeconds.warning, limits.latencySeconds.critical) + p.size(6, 5),
      p.stat(
        'Pods up',
        'percentunit',
        'Share of the scraped pods that answer. Below 100 %: a pod is down or cannot be reached; kubectl get pods.',
        p.query(s.runtime.up, 'up')
      ) + p.above(1, 0.5) + p.between(0, 1) + p.size(6, 5),
    ],
  },
  {
    title: 'Rate, errors, duration',
    panels: [
      p.stacked(
        'Calls by status',
        'reqps',
        'Calls by how they ended. A new colour is a new kind of end: OK should be all there is.',
        p.query(s.server.codeRate, '{{grpc_code}}')
      ) + p.size(8, 8),
      p.timeSeries(
        'Server errors by method',
        'reqps',
        'Calls that failed by the fault of the server. Anything above zero is in the log with a stack.',
        p.query(s.server.errorRateBy(['grpc_method']), '{{grpc_method}}')
      ) + p.size(8, 8),
      p.timeSeries(
        'Duration of successes',
        's',
        'Quantiles over all answered calls; the dots lead to traces. p50 still and p99 rising: some calls wait, see in-flight.',
        [
          p.query(s.server.quantile(0.5), 'p50'),
          p.query(s.server.quantile(0.9), 'p90'),
          p.query(s.server.quantile(0.99), 'p99', exemplar=true),
        ]
      ) + p.thresholds(limits.latencySeconds.warning, limits.latencySeconds.critical) + p.lines + p.size(8, 8),
    ],
  },
  {
    title: 'Pods',
    panels: [
      p.stacked(
        'Calls per pod',
        'reqps',
        'Who answers. One pod with far more than the others: clients keep their connections; use round_robin.',
        p.query(s.server.ratePerPod, '{{pod}}')
      ) + p.size(12, 7),
      p.stacked(
        'In flight per pod',
        'short',
        'Calls that run right now. Growing without end: handlers hang; look at durations and deadlines.',
        p.query(s.server.inFlight, '{{pod}}')
      ) + p.size(12, 7),
    ],
  },
  {
    title: 'The original example',
    panels: [
      p.gauge(
        'Gauge',
        'short',
        'Rises by 10 with every call, as in the original example. It falls only when a pod restarts.',
        p.query(s.original.gauge, 'foo_gauge')
      ) + p.thresholds(1e6, 1e9) + p.size(6, 8),
      p.bars(
        'Counter',
        'short',
        'Calls answered since the pods started. A step down is a restart.',
        p.query(s.original.counter, 'foo_counter')
      ) + p.size(6, 8),
      p.timeSeries(
        'Histogram',
        's',
        'The average of all quantile series by API, as in the original example; for latency use the panels above.',
        p.query(s.original.histogram, '{{api}}')
      ) + p.size(6, 8),
      p.timeSeries(
        'Handler quantiles',
        's',
        'Time in the handler alone, averaged over the pods: the rest of a call is transport and queueing.',
        [
          p.query(s.original.quantiles(0.5), '{{api}} p50'),
          p.query(s.original.quantiles(0.99), '{{api}} p99'),
        ]
      ) + p.size(6, 8),
      p.stacked(
        'Handler results',
        'reqps',
        'Handler runs by API and result. result="error" is a handler that threw.',
        p.query(s.original.callRate, '{{api}} {{result}}')
      ) + p.size(24, 7),
    ],
  },
])
