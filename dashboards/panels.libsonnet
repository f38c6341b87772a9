// The vocabulary of panels: what a unit means, how a legend looks, where panels stand.
local g = import 'g.libsonnet';

local steps(warning, critical) = [
  { color: 'green', value: null },
  { color: 'orange', value: warning },
  { color: 'red', value: critical },
];

local base(kind, title, unit, description, targets) =
  kind.new(title)
  + kind.panelOptions.withDescription(description)
  + kind.queryOptions.withDatasource('prometheus', '${datasource}')
  + kind.queryOptions.withTargets(targets)
  + kind.standardOptions.withUnit(unit);

{
  // One query: an expression and how its series are called.
  query(expression, legend='', exemplar=false)::
    g.query.prometheus.new('${datasource}', expression)
    + g.query.prometheus.withLegendFormat(legend)
    + (if exemplar then g.query.prometheus.withExemplar(true) else {}),

  local named(queries) = std.mapWithIndex(
    function(i, query) query + g.query.prometheus.withRefId(std.char(65 + i)),
    if std.isArray(queries) then queries else [queries],
  ),

  timeSeries(title, unit, description, queries)::
    local p = g.panel.timeSeries;
    base(p, title, unit, description, named(queries))
    + p.fieldConfig.defaults.custom.withFillOpacity(10)
    + p.fieldConfig.defaults.custom.withShowPoints('never')
    + p.options.legend.withDisplayMode('table')
    + p.options.legend.withPlacement('bottom')
    + p.options.legend.withCalcs(['lastNotNull', 'mean', 'max'])
    + p.options.legend.withSortBy('Last *')
    + p.options.legend.withSortDesc(true)
    + p.options.tooltip.withMode('multi')
    + p.options.tooltip.withSort('desc')
    + p.standardOptions.withMin(0),

  stacked(title, unit, description, queries)::
    self.timeSeries(title, unit, description, queries)
    + g.panel.timeSeries.fieldConfig.defaults.custom.stacking.withMode('normal'),

  bars(title, unit, description, queries)::
    self.timeSeries(title, unit, description, queries)
    + g.panel.timeSeries.fieldConfig.defaults.custom.withDrawStyle('bars')
    + g.panel.timeSeries.fieldConfig.defaults.custom.withFillOpacity(80),

  stat(title, unit, description, queries)::
    local p = g.panel.stat;
    base(p, title, unit, description, named(queries))
    + p.options.withGraphMode('area')
    + p.options.withColorMode('value')
    + p.options.reduceOptions.withCalcs(['lastNotNull']),

  gauge(title, unit, description, queries)::
    local p = g.panel.gauge;
    base(p, title, unit, description, named(queries))
    + p.options.reduceOptions.withCalcs(['lastNotNull']),

  table(title, unit, description, queries)::
    local p = g.panel.table;
    base(
      p,
      title,
      unit,
      description,
      [query { format: 'table', instant: true, range: false } for query in named(queries)],
    ),

  heatmap(title, unit, description, expression)::
    local p = g.panel.heatmap;
    base(
      p,
      title,
      unit,
      description,
      [query { format: 'heatmap' } for query in named(self.query(expression, '{{le}}'))],
    )
    + p.options.withCalculate(false)
    + p.options.yAxis.withUnit(unit)
    + p.options.color.withScheme('Oranges')
    + p.options.color.withMode('scheme'),

  // Colours above a warning and a critical value; on a time series as lines.
  thresholds(warning, critical)::
    { fieldConfig+: { defaults+: { thresholds: { mode: 'absolute', steps: steps(warning, critical) } } } },
  lines:: { fieldConfig+: { defaults+: { custom+: { thresholdsStyle: { mode: 'dashed' } } } } },
  // Green from `good` on, red below `bad`.
  above(good, bad)::
    {
      fieldConfig+: {
        defaults+: {
          thresholds: {
            mode: 'absolute',
            steps: [
              { color: 'red', value: null },
              { color: 'orange', value: bad },
              { color: 'green', value: good },
            ],
          },
        },
      },
    },
  between(min, max):: { fieldConfig+: { defaults+: { min: min, max: max } } },
  decimals(count):: { fieldConfig+: { defaults+: { decimals: count } } },

  size(width, height):: { gridPos+: { w: width, h: height } },

  // Rows of panels: a title, and the panels below it from left to right, wrapped at 24 columns.
  grid(rows)::
    local place(state, panel) =
      local wraps = state.x + panel.gridPos.w > 24;
      local x = if wraps then 0 else state.x;
      local y = if wraps then state.bottom else state.y;
      {
        x: x + panel.gridPos.w,
        y: y,
        bottom: std.max(state.bottom, y + panel.gridPos.h),
        panels: state.panels + [panel { gridPos+: { x: x, y: y } }],
      };
    local header(title, y) = g.panel.row.new(title) + { gridPos: { h: 1, w: 24, x: 0, y: y } };
    local placed = std.foldl(
      function(state, row)
        local start = { x: 0, y: state.bottom + 1, bottom: state.bottom + 1, panels: [] };
        local result = std.foldl(place, row.panels, start);
        {
          bottom: result.bottom,
          panels: state.panels + [header(row.title, state.bottom)] + result.panels,
        },
      rows,
      { bottom: 0, panels: [] },
    );
    placed.panels,
}
