// The figure that ChartFigure.cs makes of sensors of one unit: for this chart as it is, for plotly alone with the
// axis that follows its points by itself.

export const colours = ['#2f6db5', '#1b7f5c', '#8a4fa3', '#7a6a1f', '#0f7c8f', '#a3527f', '#4d5b9e', '#5f6b73'];
export const low = 0, high = 100;

const clear = 'rgba(0,0,0,0)';

export const traces = (count, simplify) => Array.from({ length: count }, (_, i) => ({
  type: 'scatter', name: `bench-${i}`, mode: 'lines', line: { width: 1.5, simplify, color: colours[i % 8] }, connectgaps: false,
  xaxis: 'x', yaxis: 'y', x: [], y: [],
}));

// This chart's second and third traces of each sensor, for what of it is uncertain and what arrived late: here there is none.
const part = (traces, name, line) => traces.map((trace, i) => (
  { ...trace, name: `${trace.name}, ${name}`, legendgroup: `${i}`, showlegend: false, line: { ...trace.line, ...line }, x: [], y: [] }));

export const parts = traces => [...part(traces, 'uncertain', { dash: '3px,3px' }), ...part(traces, 'arrived late', { width: 7 })];

export const layout = (count, xaxis) => ({
  paper_bgcolor: clear, plot_bgcolor: clear, margin: { l: 60, r: 12, t: count > 1 ? 32 : 10, b: 28, autoexpand: false },
  showlegend: count > 1, legend: { orientation: 'h', y: 1, yanchor: 'bottom', x: 0 }, hovermode: false, dragmode: 'zoom',
  xaxis: { type: 'linear', anchor: 'y', showgrid: false, zeroline: false, tickangle: 0, tickfont: { size: 11 }, title: { text: '' }, ...xaxis },
  yaxis: { anchor: 'x', domain: [0, 1], title: { text: 'bar', standoff: 6 }, gridcolor: 'rgba(128,140,150,0.22)', zeroline: false, fixedrange: true,
    nticks: 6, tickfont: { size: 11 }, autorange: false, range: [low, high] },
});

export const config = {
  responsive: true, displaylogo: false, showTips: false, doubleClick: false,
  modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d', 'resetScale2d'],
};
