// Every query of the dashboards, rules and alerts, by name. Metrics come from the catalogue
// (metrics.json): a name that is not in it stops the generation.
local config = import 'config.libsonnet';
local catalogue = import 'metrics.json';

local metric(name) =
  assert std.objectHas(catalogue, name) : "'%s' is not in src/metrics/catalogue.ts" % name;
  name;

local series(name, selector, suffix='') = '%s%s{%s}' % [metric(name), suffix, selector];
local rate(name, selector, suffix='', window='$__rate_interval') =
  'rate(%s[%s])' % [series(name, selector, suffix), window];
local sumBy(labels, expression) = 'sum by (%s) (%s)' % [std.join(', ', labels), expression];
local quantile(q, labels, name, selector) =
  'histogram_quantile(%g, %s)' % [q, sumBy(['le'] + labels, rate(name, selector, '_bucket'))];
// What stands in for series that are only there when something happens: one called "none".
local orNone(label, expression, value='0') =
  '%s or label_replace(vector(%s), "%s", "none", "", "")' % [expression, value, label];
local both(selectors) = std.join(', ', selectors);

local method = config.methodSelector;
local pod = config.selector;
local own = both([config.methodSelector, config.ownCalls]);

{
  // Alerts that fire or are about to.
  alerts: orNone(
    'alertname',
    'sum by (alertname, severity, alertstate) (ALERTS{job=~"$job"})',
  ),

  // The original example.
  original: {
    gauge: 'sum(%s)' % series('foo_gauge', pod),
    counter: 'sum(%s)' % series('foo_counter', pod),
    histogram: 'avg by (api) (%s)' % series('foo_histgram', pod),
    callRate: sumBy(['api', 'result'], rate('foo_histgram', pod, '_count')),
    quantiles(q): 'avg by (api) (%s)' % series('foo_histgram', both([pod, 'quantile="%g"' % q])),
  },

  server: {
    rate: 'sum(%s)' % rate('grpc_server_handled_total', own),
    rateBy(labels): sumBy(labels, rate('grpc_server_handled_total', method)),
    startedRate: sumBy(['grpc_method'], rate('grpc_server_started_total', method)),
    codeRate: sumBy(['grpc_code'], rate('grpc_server_handled_total', method)) + ' > 0',
    errorRatio: 'sum(%s) / sum(%s)' % [
      rate('grpc_server_handled_total', both([own, 'grpc_code=~"%s"' % config.serverErrors])),
      rate('grpc_server_handled_total', own),
    ],
    errorRateBy(labels): sumBy(
      labels,
      rate('grpc_server_handled_total', both([method, 'grpc_code=~"%s"' % config.serverErrors])),
    ),
    quantile(q): quantile(q, [], 'grpc_server_handling_seconds', both([own, 'outcome="ok"'])),
    quantileBy(q, labels): quantile(q, labels, 'grpc_server_handling_seconds', method),
    latencyHeatmap: sumBy(['le'], rate('grpc_server_handling_seconds', own, '_bucket')),
    meanBy(labels): '%s / %s' % [
      sumBy(labels, rate('grpc_server_handling_seconds', method, '_sum')),
      sumBy(labels, rate('grpc_server_handling_seconds', method, '_count')),
    ],
    inFlight: sumBy(['pod'], series('grpc_server_in_flight', method)),
    inFlightBy(labels): sumBy(labels, series('grpc_server_in_flight', method)),
    ratePerPod: sumBy(['pod'], rate('grpc_server_handled_total', own)),
    messages(direction): sumBy(['grpc_method'], rate('grpc_server_msg_%s_total' % direction, method)),
    messageSize(direction, q):
      quantile(q, ['grpc_method'], 'grpc_server_msg_%s_bytes' % direction, method),
    deadlines: sumBy(
      ['grpc_method'],
      rate('grpc_server_handled_total', both([method, 'grpc_code="DEADLINE_EXCEEDED"'])),
    ),
    cancelled: sumBy(
      ['grpc_method'],
      rate('grpc_server_handled_total', both([method, 'grpc_code="CANCELLED"'])),
    ),
    handlerFailures: sumBy(['grpc_method'], rate('grpc_server_handler_failures_total', method)),
    refused: sumBy(['reason'], rate('grpc_server_refused_total', pod)),
    faults: orNone('kind', sumBy(['kind'], rate('grpc_server_faults_injected_total', pod))),
    certificateLife: orNone(
      'role',
      'min by (pod, role) (%s) - time()' % series('grpc_tls_certificate_expiry_timestamp_seconds', pod),
      'Inf',
    ),
    certificateReloads: orNone('result', sumBy(['result'], rate('grpc_tls_reloads_total', pod))),
    connections: sumBy(['pod'], series('grpc_server_connections', pod)),
    connectionErrors: sumBy(['origin'], rate('grpc_server_connection_errors_total', pod)),
  },

  client: {
    rate: sumBy(['grpc_method', 'grpc_code'], rate('grpc_client_handled_total', method)) + ' > 0',
    startedRate: sumBy(['grpc_method'], rate('grpc_client_started_total', method)),
    quantile(q): quantile(q, ['grpc_method'], 'grpc_client_handling_seconds', method),
    inFlight: sumBy(['grpc_method'], series('grpc_client_in_flight', method)),
    messages(direction): sumBy(['grpc_method'], rate('grpc_client_msg_%s_total' % direction, method)),
    messageSize(direction, q):
      quantile(q, ['grpc_method'], 'grpc_client_msg_%s_bytes' % direction, method),
  },

  runtime: {
    cpu: sumBy(['pod'], rate('process_cpu_seconds_total', pod)),
    cpuBy(mode): sumBy(['pod'], rate('process_cpu_%s_seconds_total' % mode, pod)),
    resident: sumBy(['pod'], series('process_resident_memory_bytes', pod)),
    heap(part): sumBy(['pod'], series('nodejs_heap_size_%s_bytes' % part, pod)),
    external: sumBy(['pod'], series('nodejs_external_memory_bytes', pod)),
    heapSpace(part): sumBy(['space'], series('nodejs_heap_space_size_%s_bytes' % part, pod)),
    eventLoopLag: 'max by (pod) (%s)' % series('nodejs_eventloop_lag_seconds', pod),
    activeResources: sumBy(['type'], series('nodejs_active_resources', pod)),
    activeHandles: sumBy(['type'], series('nodejs_active_handles', pod)),
    activeRequests: orNone('type', sumBy(['type'], series('nodejs_active_requests', pod))),
    collections: sumBy(['pod'], rate('nodejs_gc_observed_total', pod)),
    uptime: 'time() - %s' % series('process_start_time_seconds', pod),
    startTime: series('process_start_time_seconds', pod) + ' * 1000',
    build: 'count by (version, deno) (%s)' % series('echoscope_build_info', pod),
    nodeVersion: 'count by (version) (%s)' % series('nodejs_version_info', pod),
    scrapeDuration: 'max by (pod) (scrape_duration_seconds{%s})' % pod,
    scrapeSamples: sumBy(['pod'], 'scrape_samples_scraped{%s}' % pod),
    up: 'sum(up{%s}) / count(up{%s})' % [pod, pod],
    refusedSeries: orNone('metric', sumBy(['metric'], rate('metrics_overflow_total', pod))),
    refusedValues: orNone('metric', sumBy(['metric'], rate('metrics_refused_total', pod))),
    collisions: orNone('metric', sumBy(['metric'], rate('metrics_collisions_total', pod))),
    pushFailures: 'sum(%s) or vector(0)' % rate('metrics_push_failures_total', pod),
    eventsDropped: orNone('reason', sumBy(['reason'], rate('metrics_tcp_dropped_total', pod))),
  },

  // The embedded Prometheus, of every process that keeps one.
  monitor: {
    series: sumBy(['pod'], series('monitor_series', pod)),
    bytes: sumBy(['pod'], series('monitor_store_bytes', pod)),
    appended: sumBy(['pod'], rate('monitor_samples_appended_total', pod)),
    refused: sumBy(['reason'], rate('monitor_samples_refused_total', pod)),
    evicted: 'sum(%s)' % rate('monitor_series_evicted_total', pod),
    queries: sumBy(['result'], rate('monitor_queries_total', pod)),
    quantile(q): quantile(q, [], 'monitor_query_seconds', pod),
  },

  // The share of calls that an objective counts as bad, by job, over a window.
  badRatio(slo, window)::
    local job = 'job="%s"' % config.job;
    local calls = both([job, config.ownCalls]);
    local total = sumBy(['job'], rate('grpc_server_handled_total', calls, '', window));
    local answered = both([calls, 'outcome="ok"']);
    {
      availability: '%s / (%s > 0)' % [
        sumBy(['job'], rate(
          'grpc_server_handled_total',
          both([calls, 'grpc_code=~"%s"' % config.serverErrors]),
          '',
          window,
        )),
        total,
      ],
      latency: '1 - %s / (%s > 0)' % [
        sumBy(['job'], rate(
          'grpc_server_handling_seconds',
          both([answered, 'le="%s"' % std.get(slo, 'seconds', '')]),
          '_bucket',
          window,
        )),
        sumBy(['job'], rate('grpc_server_handling_seconds', answered, '_count', window)),
      ],
    }[slo.name],
}
