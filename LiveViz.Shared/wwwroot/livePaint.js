// Paints what is new into plotly's own picture, between the drawings that plotly makes itself. This module alone knows
// how plotly lays out its SVG. Where it finds that changed it paints nothing, and the chart is drawn by plotly alone.
//
// A drawing of plotly's costs tens of milliseconds; moving its lines and times by a transform and adding the newest
// points as one short path to each costs about one. Now and then, and before anyone touches the chart, plotly's
// data is brought up to date and drawn by plotly, and what was painted is taken away.

const edgeClass = 'liveviz-edge', tickClass = 'liveviz-tick';

// A path that grows is parsed and made into pixels anew each time, all of it: after so many points another is begun.
const longest = 64;

// As pale as it is, a line before it is still seen best.
export const bandOpacity = 0.22;

// What is painted ends where the next begins: an end of their own would be a notch in the line.
const joined = ';stroke-linecap:round';

// What is to be moved and added to; null where plotly is not built as it was.
export function find(gd) {
  const plots = gd._fullLayout?._plots;
  const size = gd._fullLayout?._size;
  if (!plots || !size) return null;
  const parts = { layers: [], lines: [], pens: [], ticks: [...gd.querySelectorAll('.xaxislayer-above')], left: size.l, right: size.r, width: size.w };
  for (const plot of Object.values(plots)) {
    const layer = plot.plot?.node?.()?.querySelector('.scatterlayer');
    if (!layer || !plot.yaxis) return null;
    parts.layers.push(layer);
    const pens = new Map();
    for (const group of layer.children) {
      const index = group.__data__?.[0]?.trace?.index;
      const lines = group.querySelector(':scope > .lines');
      if (index === undefined || !lines) return null;
      const drawn = lines.querySelector('path.js-line')?.getAttribute('style');
      parts.lines[index] = drawn ? { pen: penOf(pens, layer, drawn, group.style.opacity), band: bandOf(pens, layer, gd.data[index].line.color, group.style.opacity), yaxis: plot.yaxis, begun: false, done: 0, end: null, banded: 0 } : null;
    }
    parts.pens.push(...pens.values());
  }
  return parts.layers.length > 0 ? parts : null;
}

// Whether every trace with a line to see has one that can be added to.
export function fits(gd, parts) {
  return gd.data.every((trace, i) => trace.visible === 'legendonly' || parts.lines[i] || !hasLine(trace));
}

// drawn: { from, to } as plotly drew it, in milliseconds; now: the right end as it is to look; edges: for each trace what
// is not drawn yet, { last, points, tip }, each [x, y, x, y, …] where a y of NaN breaks the line; bands: for each sensor
// [from, to, low, high, …], areas behind its line. By how many pixels it has moved.
export function paint(parts, drawn, now, edges, bands) {
  const scale = parts.width / (drawn.to - drawn.from);
  const shift = (now - drawn.to) * scale;
  if (shift !== parts.shift) {
    const transform = `translate(${-shift.toFixed(2)},0)`;
    for (const layers of [parts.layers, parts.ticks]) for (const part of layers) part.setAttribute('transform', transform);
    parts.shift = shift;
  }
  for (let i = 0; i < edges.length; i++) if (parts.lines[i]) grow(parts.lines[i], edges[i], drawn.from, scale);
  for (let i = 0; i < bands.length; i++) {
    const line = parts.lines[i] ?? parts.lines[i + bands.length];
    if (line) fill(line, bands[i], drawn.from, scale);
  }
  parts.pens.forEach(show);
  return shift;
}

// The time nearest to now at which the picture has moved by whole pixels: moved so, it needs not be made anew.
export function snap(parts, drawn, now) {
  const pixel = (drawn.to - drawn.from) / parts.width / devicePixelRatio;
  return drawn.to + Math.round((now - drawn.to) / pixel) * pixel;
}

// How plotly has written the times at the axis: where, and the first of them; null where it has not.
export function ticksOf(gd) {
  const layers = [...gd.querySelectorAll('.xaxislayer-above')].map(layer => [...layer.querySelectorAll('.xtick text')]);
  const layer = layers.findIndex(texts => texts.length > 0);
  if (layer < 0) return null;
  const model = layers[layer][0].cloneNode();
  // Hidden where the edge would have cut it.
  model.style.display = '';
  return { layer, model };
}

// The times at the axis as they are to be by now, in place of plotly's and as it writes them. Until when they hold: then
// one comes or leaves.
export function paintTicks(parts, drawn, now, { tickvals, ticktext }, { layer: number, model }) {
  const layer = parts.ticks[number];
  if (!layer) return Infinity;
  const scale = parts.width / (drawn.to - drawn.from), from = now - (drawn.to - drawn.from);
  layer.querySelectorAll(`.${tickClass}`).forEach(tick => tick.remove());
  layer.querySelectorAll('.xtick').forEach(tick => { tick.style.display = 'none'; });
  const ticks = tickvals.map((time, i) => tickOf(model, parts.left + (time - drawn.from) * scale, ticktext[i].split('<br>')));
  layer.append(...ticks);
  // As plotly does, none that the chart's edge would cut; each is as wide as its own digits are.
  const halves = ticks.map(tick => tick.getBBox().width / 2);
  let until = tickvals.length > 1 ? 2 * tickvals.at(-1) - tickvals.at(-2) : now + (now - from) / 100;
  tickvals.forEach((time, i) => {
    const [beyondLeft, beyondRight] = [parts.left, parts.right].map(margin => Math.max(0, halves[i] - margin) / scale);
    const comes = time + beyondRight, leaves = time - beyondLeft - from + now;
    if (comes > now || leaves < now) ticks[i].remove();
    if (comes > now) until = Math.min(until, comes);
    else if (leaves >= now) until = Math.min(until, leaves);
  });
  return until;
}

// Takes away all that was painted.
export function clear(gd) {
  gd.querySelectorAll(`.${edgeClass}, .${tickClass}`).forEach(part => part.remove());
  gd.querySelectorAll('.xtick').forEach(tick => { tick.style.display = ''; });
  gd.querySelectorAll('.scatterlayer[transform], .xaxislayer-above[transform]').forEach(part => part.removeAttribute('transform'));
}

function tickOf(model, x, lines) {
  const tick = model.cloneNode();
  tick.setAttribute('class', tickClass);
  tick.setAttribute('transform', `translate(${x.toFixed(2)},0)`);
  lines.forEach((text, line) => {
    const span = document.createElementNS(svg, 'tspan');
    span.textContent = text;
    for (const place of ['x', 'y']) span.setAttribute(place, tick.getAttribute(place));
    span.setAttribute('dy', `${line * 1.3}em`);
    tick.append(span);
  });
  return tick;
}

const svg = 'http://www.w3.org/2000/svg';

function hasLine(trace) {
  let inARow = 0;
  for (const y of trace.y ?? []) { inARow = y === null ? 0 : inARow + 1; if (inARow > 1) return true; }
  return false;
}

// Lines of one look share their paths: half a dozen that change with a frame cost less than fifty.
function penOf(pens, layer, style, opacity) {
  const key = `${style}|${opacity}`;
  if (!pens.has(key)) {
    const look = `${style};opacity:${opacity || 1}${style.includes('dasharray') ? '' : joined}`;
    pens.set(key, newPen(layer, look, false));
  }
  return pens.get(key);
}

function bandOf(pens, layer, colour, opacity) {
  const look = `fill:${colour};fill-opacity:${bandOpacity};stroke:none;opacity:${opacity || 1}`;
  if (!pens.has(look)) pens.set(look, newPen(layer, look, true));
  return pens.get(look);
}

const newPen = (layer, look, isBehind) => ({ layer, look, isBehind, path: null, d: '', count: 0, hasNews: false, tips: null, tip: '', tipShown: '' });

function fill(line, band, from, scale) {
  const { band: pen } = line;
  for (; line.banded < band.length; line.banded += 4) {
    const [left, right] = [band[line.banded], band[line.banded + 1]].map(time => ((time - from) * scale).toFixed(2));
    const [low, high] = [band[line.banded + 2], band[line.banded + 3]].map(value => heightOf(line, value));
    pen.d += `M${left},${low}H${right}V${high}H${left}Z`;
    pen.count++;
    pen.hasNews = true;
  }
}

function grow(line, { last, points, tip }, from, scale) {
  const { pen } = line;
  if (!line.begun) {
    line.begun = true;
    line.end = placeOf(line, last, 0, from, scale);
  }
  if (line.done < points.length) {
    if (line.end) pen.d += `M${line.end}`;
    for (; line.done < points.length; line.done += 2) {
      const place = placeOf(line, points, line.done, from, scale);
      if (place) { pen.d += `${line.end ? 'L' : 'M'}${place}`; pen.count++; }
      line.end = place;
    }
    pen.hasNews = true;
  }
  const place = line.end && placeOf(line, tip, 0, from, scale);
  if (place) pen.tip += `M${line.end}L${place}`;
}

// Where a point is in plotly's picture; null where there is none, or none to see.
function placeOf(line, points, at, from, scale) {
  const y = points[at + 1];
  return y === undefined || Number.isNaN(y) ? null : `${((points[at] - from) * scale).toFixed(2)},${heightOf(line, y)}`;
}

function heightOf({ yaxis }, y) {
  const [low, high] = yaxis.range;
  return ((high - y) * yaxis._length / (high - low)).toFixed(2);
}

function show(pen) {
  if (pen.hasNews) {
    pen.path ??= pathOf(pen);
    pen.path.setAttribute('d', pen.d);
    if (pen.count >= longest) Object.assign(pen, { path: null, d: '', count: 0 });
    pen.hasNews = false;
  }
  if (pen.tip !== pen.tipShown) (pen.tips ??= pathOf(pen)).setAttribute('d', pen.tip);
  pen.tipShown = pen.tip;
  pen.tip = '';
}

function pathOf({ layer, look, isBehind }) {
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('class', edgeClass);
  path.setAttribute('style', look);
  return layer.insertBefore(path, isBehind ? layer.firstChild : null);
}
