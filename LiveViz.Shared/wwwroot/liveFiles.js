// What a person takes away: a picture of what is shown, or a file of its numbers.

import { numberOf } from './liveAxes.js';
import { bandOpacity } from './livePaint.js';
import { dated } from './timeAxis.js';

const head = 44;

// Drawn by plotly from the same figure, with what stands around it on the page: names, date, and the surface. What lies
// behind the lines is not in plotly's data, since it changes with each frame: here it is made into traces.
export async function picture({ gd, spec, bands }, format, name) {
  const data = [...bands.flatMap((band, sensor) => behind(gd.data, band, sensor)), ...gd.data];
  const { margin, annotations = [], xaxis: { range: [from, to] } } = gd.layout;
  const words = [spec.traces.length === 1 ? spec.traces[0].name : '', `${dated(from)} to ${dated(to)}`].filter(part => part).join(' · ');
  const layout = { ...gd.layout, margin: { ...margin, t: margin.t + head }, annotations: [...annotations, ...(spec.strips ? spec.lanes.map((lane, i) => nameOf(spec, lane, i)) : [])],
    title: { text: words, x: 0, xref: 'paper', xanchor: 'left', y: 1, yref: 'container', yanchor: 'top', pad: { t: 10 }, font: { size: 14 } }, paper_bgcolor: surfaceOf(gd) };
  await Plotly.downloadImage({ data, layout, config: gd._context },
    { format, filename: name, width: gd.clientWidth, height: gd.clientHeight + head, scale: format === 'png' ? 2 : 1 });
}

function nameOf({ traces }, lane, i) {
  const { name, unit } = traces[lane.traces[0]];
  return { text: unit ? `${name}, ${unit}` : name, xref: 'paper', x: 0, xanchor: 'left', yref: `y${numberOf(i)} domain`, y: 1, yanchor: 'bottom', showarrow: false };
}

// A picture without one is unreadable on a page of the other brightness.
function surfaceOf(element) {
  for (let at = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!/^transparent$|, 0\)$/.test(backgroundColor)) return backgroundColor;
  }
  return 'white';
}

export async function file(name, stream) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: 'text/csv' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function behind(data, band, sensor) {
  const certain = data[sensor];
  if (band.length === 0 || certain.visible === 'legendonly') return [];
  const x = [], y = [];
  for (let at = 0; at < band.length; at += 4) {
    const [from, to, low, high] = band.slice(at, at + 4);
    x.push(from, to, to, from, from, null);
    y.push(low, low, high, high, low, null);
  }
  return [{ type: 'scatter', mode: 'lines', x, y, xaxis: certain.xaxis, yaxis: certain.yaxis, fill: 'toself', fillcolor: certain.line.color,
    line: { width: 0 }, opacity: bandOpacity * (certain.opacity ?? 1), showlegend: false, hoverinfo: 'skip' }];
}
