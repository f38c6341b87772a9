// What all dashboards have in common: variables, links to each other, annotations, time.
local config = import 'config.libsonnet';
local g = import 'g.libsonnet';
local panels = import 'panels.libsonnet';
local signals = import 'signals.libsonnet';

local v = g.dashboard.variable;

local datasource =
  v.datasource.new('datasource', 'prometheus')
  + v.datasource.generalOptions.withLabel('Data source')
  + v.datasource.generalOptions.withCurrent(config.datasource.name, config.datasource.uid);

local choice(name, label, metric, of, selector='') =
  v.query.new(name)
  + v.query.withDatasource('prometheus', '${datasource}')
  + v.query.queryTypes.withLabelValues(of, '%s{%s}' % [metric, selector])
  + v.query.generalOptions.withLabel(label)
  + v.query.selectionOptions.withIncludeAll(true, '.*')
  + v.query.selectionOptions.withMulti(true)
  + v.query.refresh.onTime()
  + v.query.withSort(1)
  + { current: { selected: true, text: ['All'], value: ['$__all'] } };

local variables = {
  datasource: datasource,
  job: choice('job', 'Job', 'echoscope_build_info', 'job'),
  pod: choice('pod', 'Pod', 'echoscope_build_info', 'pod', 'job=~"$job"'),
  method: choice('method', 'Method', 'grpc_server_started_total', 'grpc_method', 'job=~"$job"'),
};

// A line for every pod that started: the value of the series is the time.
local rollouts =
  g.dashboard.annotation.withName('Starts')
  + g.dashboard.annotation.withDatasource({ type: 'prometheus', uid: '${datasource}' })
  + g.dashboard.annotation.withEnable(true)
  + g.dashboard.annotation.withIconColor('blue')
  + {
    expr: signals.runtime.startTime,
    useValueForTime: true,
    titleFormat: 'Started',
    textFormat: '{{pod}} {{instance}}',
    step: '60s',
  };

{
  // A dashboard of rows; `variables` names those it uses beside data source, job and pod.
  new(uid, title, description, rows, methods=true)::
    g.dashboard.new('Echoscope / ' + title)
    + g.dashboard.withUid('echoscope-' + uid)
    + g.dashboard.withDescription(description)
    + g.dashboard.withTags(config.dashboards.tags)
    + g.dashboard.withRefresh(config.dashboards.refresh)
    + g.dashboard.withTimezone('browser')
    + g.dashboard.withEditable(true)
    + g.dashboard.time.withFrom(config.dashboards.from)
    + g.dashboard.graphTooltip.withSharedCrosshair()
    + g.dashboard.withVariables(
      [variables.datasource, variables.job, variables.pod] + (if methods then [variables.method] else []),
    )
    + g.dashboard.withAnnotations([rollouts])
    + g.dashboard.withLinks([
      g.dashboard.link.dashboards.new('Echoscope', config.dashboards.tags)
      + g.dashboard.link.dashboards.options.withAsDropdown(false)
      + g.dashboard.link.dashboards.options.withIncludeVars(true)
      + g.dashboard.link.dashboards.options.withKeepTime(true),
    ])
    + g.dashboard.withPanels(panels.grid(rows)),
}
