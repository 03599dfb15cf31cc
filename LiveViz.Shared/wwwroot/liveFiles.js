// What a person takes away: a picture of what is shown, or a file of its numbers.

import { bandOpacity } from './livePaint.js';

// Drawn by plotly from the same figure. What lies behind the lines is not in plotly's data, since it changes with each
// frame: here it is made into traces.
export async function picture({ gd, bands }, format, name) {
  const data = [...bands.flatMap((band, sensor) => behind(gd.data, band, sensor)), ...gd.data];
  await Plotly.downloadImage({ data, layout: gd.layout, config: gd._context },
    { format, filename: name, width: gd.clientWidth, height: gd.clientHeight, scale: format === 'png' ? 2 : 1 });
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
