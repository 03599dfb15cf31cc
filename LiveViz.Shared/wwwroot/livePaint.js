// Paints what is new into plotly's own picture, between the drawings that plotly makes itself. This module alone knows
// how plotly lays out its SVG. Where it finds that changed it paints nothing, and the chart is drawn by plotly alone.
//
// A drawing of plotly's costs tens of milliseconds; moving its lines and ticks by a transform and adding the newest
// points as one short path to each costs less than one. Every second, and before anyone touches the chart, plotly's
// data is brought up to date and drawn by plotly, and what was painted is taken away.

const edgeClass = 'liveviz-edge';

// What is to be moved and added to; null where plotly is not built as it was.
export function find(gd) {
  const plots = gd._fullLayout?._plots;
  const size = gd._fullLayout?._size;
  if (!plots || !size) return null;
  const parts = { layers: [], lines: [], ticks: [...gd.querySelectorAll('.xaxislayer-above')], width: size.w };
  for (const plot of Object.values(plots)) {
    const layer = plot.plot?.node?.()?.querySelector('.scatterlayer');
    if (!layer || !plot.yaxis) return null;
    parts.layers.push(layer);
    for (const group of layer.children) {
      const index = group.__data__?.[0]?.trace?.index;
      const lines = group.querySelector(':scope > .lines');
      if (index === undefined || !lines) return null;
      parts.lines[index] = { lines, style: lines.querySelector('path.js-line')?.getAttribute('style'), yaxis: plot.yaxis };
    }
  }
  return parts.layers.length > 0 ? parts : null;
}

// Whether every trace with a line to see has one that can be added to.
export function fits(gd, parts) {
  return gd.data.every((trace, i) => trace.visible === 'legendonly' || !hasLine(trace) || parts.lines[i]?.style);
}

// view: { from, to } as plotly drew it, in milliseconds; now: the right end as it is to look. By how many pixels it has moved.
export function paint(parts, view, now, edges) {
  const scale = parts.width / (view.to - view.from);
  const shift = (now - view.to) * scale;
  const transform = shift === 0 ? null : `translate(${-shift.toFixed(2)},0)`;
  for (const part of [parts.layers, parts.ticks].flat()) {
    if (transform) part.setAttribute('transform', transform); else part.removeAttribute('transform');
  }
  edges.forEach((edge, i) => { if (parts.lines[i]) add(parts.lines[i], pathOf(edge, parts.lines[i].yaxis, view.from, scale)); });
  return shift;
}

// The time nearest to now at which the picture has moved by whole pixels: moved so, it needs not be made anew.
export function snap(parts, view, now) {
  const pixel = (view.to - view.from) / parts.width / devicePixelRatio;
  return view.to + Math.round((now - view.to) / pixel) * pixel;
}

// Takes away all that was painted.
export function clear(gd) {
  gd.querySelectorAll(`.${edgeClass}`).forEach(path => path.removeAttribute('d'));
  gd.querySelectorAll('.scatterlayer[transform], .xaxislayer-above[transform]').forEach(part => part.removeAttribute('transform'));
}

function hasLine(trace) {
  let inARow = 0;
  for (const y of trace.y ?? []) { inARow = y === null ? 0 : inARow + 1; if (inARow > 1) return true; }
  return false;
}

function add(line, d) {
  let path = line.lines.querySelector(`:scope > .${edgeClass}`);
  if (!path) {
    if (!d || !line.style) return;
    path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('class', edgeClass);
    line.lines.append(path);
  }
  if (path.getAttribute('style') !== line.style) path.setAttribute('style', line.style);
  if (d) path.setAttribute('d', d); else path.removeAttribute('d');
}

// points: [x, y, x, y, …]; a y of NaN breaks the line.
function pathOf(points, yaxis, from, scale) {
  const [low, high] = yaxis.range, up = yaxis._length / (high - low);
  let d = '', pen = 'M';
  for (let i = 0; i < points.length; i += 2) {
    const y = points[i + 1];
    if (Number.isNaN(y)) { pen = 'M'; continue; }
    d += `${pen}${((points[i] - from) * scale).toFixed(2)},${((high - y) * up).toFixed(2)}`;
    pen = 'L';
  }
  return d;
}
