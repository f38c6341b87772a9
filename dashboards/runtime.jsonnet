// The process under the service: CPU, memory, event loop, and what measuring itself costs.
local config = import 'config.libsonnet';
local dashboard = import 'dashboard.libsonnet';
local p = import 'panels.libsonnet';
local s = import 'signals.libsonnet';

local limits = config.thresholds;

dashboard.new('runtime', 'Runtime', 'What the process uses, and what runs.', [
  {
    title: 'What runs',
    panels: [
      p.table(
        'Build',
        'short',
        'Versions that run, and how many pods of each. Two rows: a roll-out is under way, or stuck.',
        p.query(s.runtime.build)
      ) + p.size(8, 5),
      p.stat(
        'Node compatibility',
        'short',
        'The version of Node that the runtime says it is compatible with.',
        p.query(s.runtime.nodeVersion, '{{version}}')
      ) + p.size(4, 5),
      p.timeSeries(
        'Uptime',
        's',
        'Since the process started. A saw-tooth is a crash loop: see the log of the previous container.',
        p.query(s.runtime.uptime, '{{pod}}')
      ) + p.size(12, 5),
    ],
  },
  {
    title: 'CPU and event loop',
    panels: [
      p.timeSeries(
        'CPU',
        'none',
        'Cores used. JavaScript runs on one: near 1 the event loop is full; add pods.',
        p.query(s.runtime.cpu, '{{pod}}')
      ) + p.thresholds(0.7, 0.95) + p.lines + p.size(8, 8),
      p.timeSeries(
        'User and system',
        'none',
        'Cores used by our code and by the kernel for us. Much system time: many small writes or reads.',
        [
          p.query(s.runtime.cpuBy('user'), '{{pod}} user'),
          p.query(s.runtime.cpuBy('system'), '{{pod}} system'),
        ]
      ) + p.size(8, 8),
      p.timeSeries(
        'Event loop lag',
        's',
        'How late a timer fires at the moment of the scrape. High: something computes for long without a pause.',
        p.query(s.runtime.eventLoopLag, '{{pod}}')
      )
      + p.thresholds(limits.eventLoopLagSeconds.warning, limits.eventLoopLagSeconds.critical)
      + p.lines
      + p.size(8, 8),
    ],
  },
  {
    title: 'Memory',
    panels: [
      p.timeSeries(
        'Resident',
        'bytes',
        "Memory of the process. At the pod's limit it is killed; rising for hours is a leak.",
        p.query(s.runtime.resident, '{{pod}}')
      ) + p.thresholds(limits.residentBytes.warning, limits.residentBytes.critical) + p.lines + p.size(8, 8),
      p.timeSeries(
        'Heap',
        'bytes',
        'V8\'s heap: used, reserved, and buffers outside of it. Garbage collection is the saw-tooth of "used".',
        [
          p.query(s.runtime.heap('used'), '{{pod}} used'),
          p.query(s.runtime.heap('total'), '{{pod}} reserved'),
          p.query(s.runtime.external, '{{pod}} external'),
        ]
      ) + p.size(8, 8),
      p.stacked(
        'Heap spaces',
        'bytes',
        'Where the heap is used. "old" growing without end holds what is never let go.',
        p.query(s.runtime.heapSpace('used'), '{{space}}')
      ) + p.size(8, 8),
      p.timeSeries(
        'Garbage collections',
        'ops',
        'Collections each second. Many more than calls would need: something allocates much for each. The runtime does not tell how long they take; see event loop lag.',
        p.query(s.runtime.collections, '{{pod}}')
      ) + p.size(8, 7),
      p.stacked(
        'Heap spaces, reserved',
        'bytes',
        'What V8 has taken from the system for each space.',
        p.query(s.runtime.heapSpace('total'), '{{space}}')
      ) + p.size(8, 7),
      p.stacked(
        'Heap spaces, available',
        'bytes',
        'What each space can still give without asking the system.',
        p.query(s.runtime.heapSpace('available'), '{{space}}')
      ) + p.size(8, 7),
    ],
  },
  {
    title: 'What keeps it busy',
    panels: [
      p.stacked(
        'Connections',
        'short',
        'Open gRPC connections, each a file descriptor: the runtime tells no other figure of those. Far from even: clients connect to one pod and stay.',
        p.query(s.server.connections, '{{pod}}')
      ) + p.size(6, 7),
      p.stacked(
        'Active resources',
        'short',
        'Timers, sockets and the like that keep the event loop alive. A kind that only grows leaks.',
        p.query(s.runtime.activeResources, '{{type}}')
      ) + p.size(6, 7),
      p.stacked(
        'Active handles',
        'short',
        'Sockets and servers by type: about the number of connections.',
        p.query(s.runtime.activeHandles, '{{type}}')
      ) + p.size(6, 7),
      p.stacked(
        'Active requests',
        'short',
        'Operations that the system has not answered yet.',
        p.query(s.runtime.activeRequests, '{{type}}')
      ) + p.size(6, 7),
    ],
  },
  {
    title: 'Measuring',
    panels: [
      p.timeSeries(
        'Series per scrape',
        'short',
        'Samples of each scrape. A jump is a label with too many values.',
        p.query(s.runtime.scrapeSamples, '{{pod}}')
      ) + p.size(8, 7),
      p.timeSeries(
        'Scrape duration',
        's',
        'How long a scrape takes. Near the scrape timeout samples begin to be lost.',
        p.query(s.runtime.scrapeDuration, '{{pod}}')
      ) + p.size(8, 7),
      p.timeSeries(
        'Refused, lost, dropped',
        'ops',
        'Above zero measuring is incomplete: a metric met its limit of series, names collided, a value was no number, a push failed, a TCP client is slow.',
        [
          p.query(s.runtime.refusedSeries, 'overflow {{metric}}'),
          p.query(s.runtime.refusedValues, 'refused {{metric}}'),
          p.query(s.runtime.collisions, 'collision {{metric}}'),
          p.query(s.runtime.pushFailures, 'push failures'),
          p.query(s.runtime.eventsDropped, 'events dropped {{reason}}'),
        ]
      ) + p.size(8, 7),
    ],
  },
  {
    title: 'Embedded Prometheus',
    panels: [
      p.timeSeries(
        'Kept series',
        'short',
        'Series in the memory of each process. At its limit (--max-series) those that ended go first, then new ones are refused.',
        p.query(s.monitor.series, '{{pod}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Memory of samples',
        'bytes',
        'What the samples take. It grows until the retention is reached, then stays.',
        p.query(s.monitor.bytes, '{{pod}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Samples',
        'ops',
        'Stored by each process, and lost. Above zero besides "stored": see --max-series, or a target with odd timestamps.',
        [
          p.query(s.monitor.appended, '{{pod}} stored'),
          p.query(s.monitor.refused, 'refused {{reason}}'),
          p.query(s.monitor.evicted, 'series evicted'),
        ]
      ) + p.size(6, 7),
      p.timeSeries(
        'Queries',
        'ops',
        'Queries of the page, of Grafana and of rules, by how they ended. Timeouts: the query takes too many series or too long a range.',
        p.query(s.monitor.queries, '{{result}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Duration of queries',
        's',
        'From a query to its result. Calls are answered in between, so this may be slow without harm to them.',
        [
          p.query(s.monitor.quantile(0.5), 'p50'),
          p.query(s.monitor.quantile(0.99), 'p99'),
        ]
      ) + p.size(24, 7),
    ],
  },
], methods=false)
