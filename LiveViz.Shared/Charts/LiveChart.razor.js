// What a live chart needs besides Plotly.Blazor's own calls: the view that moves with time and that a person can hold,
// axes that do not jump, colours that follow the page. The samples are in plotly's data; the newest, that plotly has
// not drawn yet, are kept here and painted into its picture.

import * as painting from '../livePaint.js';
import * as colours from '../liveColours.js';
import * as cross from '../liveCross.js';
import * as gaps from '../liveGaps.js';
import * as pace from '../livePace.js';
import * as files from '../liveFiles.js';
import { axisOf, setRanges } from '../liveAxes.js';
import { onKey } from '../liveKeys.js';
import { ticks } from '../timeAxis.js';

const views = new Map();
const staleOpacity = 0.35, lateOpacity = 0.3;
const numberHeight = 13;

// What push answers.
const painted = 0, mustDraw = 1, cannotPaint = 2, isHidden = 3;

// There are three traces for each sensor: first one for each, then, dashed, one for what is uncertain of each, then, wide
// and pale, one for what of each arrived late.
// spec: { group, strips, overlaid, colours: [index a trace], traces: [{ name, unit, decimals }],
//   lanes: [{ traces: [index], base: [low, high] | null }] }
export async function attach(id, spec, component) {
  const gd = await drawn(id);
  if (!gd) return null;
  detach(id);
  if (!spec.strips) spec.colours = colours.apart(spec.colours, spec.traces.length);
  const view = { id, gd, spec, component, span: () => span(view), hold: (from, to) => hold(view, from, to), goLive: () => tell(view, 'OnLive'), valueAt: (i, t) => valueAt(view, i, t), colour: i => gd.data[i].line.color,
    drawn: null, now: null, edges: spec.colours.map(() => ({ last: [], points: [], tip: [] })), kept: spec.colours.map(() => 0), parts: null,
    bands: spec.traces.map(() => []), domains: spec.lanes.map((_, i) => axisOf(gd.layout, i).domain), laneOf: [], pace: pace.begin(), needsPlotly: false, ticks: null, ticksUntil: 0, held: false, touched: false };
  spec.lanes.forEach((lane, number) => lane.traces.forEach(trace => { view.laneOf[trace] = view.laneOf[trace + spec.traces.length] = number; }));
  view.onTheme = () => { if (colours.paint(view)) Plotly.redraw(gd); };
  view.themes = new MutationObserver(view.onTheme);
  for (const element of [document.documentElement, document.body]) {
    view.themes.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-bs-theme'] });
  }
  view.scheme = matchMedia('(prefers-color-scheme: dark)');
  view.scheme.addEventListener('change', view.onTheme);
  view.sizes = new ResizeObserver(() => fit(view));
  view.sizes.observe(gd);
  // Until it is told: a chart that is not thought to be seen is given nothing.
  view.onVisible = async () => {
    while (!document.hidden && views.get(id) === view && !await tell(view, 'OnVisible')) await new Promise(resolve => setTimeout(resolve, 1000));
  };
  document.addEventListener('visibilitychange', view.onVisible);
  listen(view);
  gaps.join(view);
  cross.join(view);
  views.set(id, view);
  style();
  // Drawn with the first samples: they are a moment away, and each drawing holds them up.
  arrange(view);
  colours.paint(view);
  return { width: Math.round(gd.clientWidth - gd.layout.margin.l - gd.layout.margin.r), utcOffsetMinutes: -new Date().getTimezoneOffset() };
}

// Called right before ExtendTraces with the points of this batch, so that one drawing shows both: sets the view in
// plotly's layout without drawing, and takes away the last points where those stood for their moment only (the new
// points hold them). With draw (there is nothing to extend) it draws itself.
export function prepare(id, from, to, isHeld, clear, stale, extremes, indices, hasTip, bands, draw) {
  const view = of(id);
  const { gd, spec } = view;
  pace.beginDrawing(view.pace);
  view.held = isHeld;
  view.stale = stale;
  view.needsPlotly = false;
  gd.data.forEach((trace, i) => {
    if (clear || !Array.isArray(trace.x)) { trace.x = []; trace.y = []; } else { unkeep(view, i); dropBefore(trace, from); }
    view.edges[i].points = [];
    if (clear || hasTip[indices.indexOf(i)]) view.edges[i].tip = [];
    view.kept[i] = hasTip[indices.indexOf(i)] ? 1 : 0;
  });
  if (clear) view.bands.forEach(band => { band.length = 0; });
  keepBands(view, bands);
  view.bands.forEach(band => {
    let old = 0;
    while (old < band.length && band[old + 1] < from) old += 4;
    band.splice(0, old);
  });
  view.now = to;
  // plotly keeps the size of each text that it writes, by its place: while times move it writes none.
  setSpan(view, from, to, isHeld || !view.ticks || !view.parts);
  setRanges(gd, spec.lanes, extremes, clear);
  if (spec.strips) spec.lanes.forEach((_, i) => setNumbers(view, axisOf(gd.layout, i)));
  gd.data.forEach((trace, i) => { trace.opacity = (stale[i % stale.length] ? staleOpacity : 1) * (i < 2 * stale.length ? 1 : lateOpacity); });
  if (draw) Plotly.redraw(gd);
}

// Takes points that plotly will be given later, and paints them with the next frame of the screen.
// points: for each trace that has news: index, how many, whether a tip follows; x, y of each; a y of NaN is a break.
// bands: for each sensor with time buckets that stand for more samples than are drawn: index, how long the buckets are, how
// many; beginning, lowest and highest of each. isWanted: there is something among all this that only plotly can show.
// newest: when the newest of it was where, { measured, received, framed }, or null.
export function push(id, now, points, bands, isWanted, newest) {
  const view = of(id);
  keepBands(view, bands);
  if (document.hidden) return isHidden;
  if (view.held || view.touched) return painted;
  if (!view.parts || !painting.fits(view.gd, view.parts)) return cannotPaint;
  const numbers = numbersOf(points);
  for (let at = 0; at < numbers.length;) {
    const [trace, count, hasTip] = [numbers[at], numbers[at + 1], numbers[at + 2]];
    const edge = view.edges[trace], [low, high] = axisOf(view.gd.layout, view.laneOf[trace]).range;
    at += 3;
    for (const end = at + 2 * (count + hasTip); at < end; at += 2) {
      if (numbers[at + 1] < low || numbers[at + 1] > high) view.needsPlotly = true;
      if (hasTip && at === end - 2) edge.tip = [numbers[at], numbers[at + 1]]; else edge.points.push(numbers[at], numbers[at + 1]);
    }
    if (!hasTip) edge.tip = [];
  }
  view.now = view.drawn ? painting.snap(view.parts, view.drawn, now) : now;
  view.newest = newest ?? view.newest;
  view.frame ??= requestAnimationFrame(() => { view.frame = undefined; animate(view); noteAge(view); });
  const isFar = view.drawn && view.now - view.drawn.to > (view.drawn.to - view.drawn.from) / 2;
  return view.needsPlotly || pace.isDue(view.pace, isWanted, isFar) ? mustDraw : painted;
}

const numbersOf = bytes => new Float64Array(bytes.slice().buffer);

function keepBands(view, bands) {
  const numbers = numbersOf(bands);
  for (let at = 0; at < numbers.length;) {
    const [sensor, length, count] = [numbers[at], numbers[at + 1], numbers[at + 2]];
    at += 3;
    for (const end = at + 3 * count; at < end; at += 3) view.bands[sensor].push(numbers[at], numbers[at] + length, numbers[at + 1], numbers[at + 2]);
  }
}

// Brings plotly's own data and picture up to date with what is painted.
export function settle(id) {
  const view = views.get(id);
  // A hand may be on a plot that is about to go.
  if (!view || view.now === null || !view.drawn) return;
  const { gd } = view;
  gd.data.forEach((trace, i) => {
    if (!Array.isArray(trace.x)) return;
    unkeep(view, i);
    const points = [...view.edges[i].points, ...view.edges[i].tip];
    for (let p = 0; p < points.length; p += 2) { trace.x.push(points[p]); trace.y.push(Number.isNaN(points[p + 1]) ? null : points[p + 1]); }
    view.kept[i] = points.length / 2;
  });
  setSpan(view, view.now - (view.drawn.to - view.drawn.from), view.now, true);
  Plotly.redraw(gd);
}

// Of each chart, when the newest sample that it shows was where, and when it was painted, by this browser's clock.
export const ages = () => [...views.values()].map(view => view.age).filter(age => age);

// Of each sensor of a chart, the time of the newest point that it shows; of one that shows none, -Infinity. Tests ask for it:
// what plotly has in its data is older.
export function newest(id) {
  const view = views.get(id);
  return (view?.spec.traces ?? []).map((_, sensor) => Math.max(...view.gd.data.map(({ x }, i) => {
    if (i % view.spec.traces.length !== sensor) return -Infinity;
    const { points, tip } = view.edges[i];
    return tip[0] ?? points.at(-2) ?? x?.at?.(-1) ?? -Infinity;
  })));
}

// A message sent in a frame of the screen arrives once that is laid out and painted.
const afterPaint = new MessageChannel(), paintedViews = new Set();
afterPaint.port1.onmessage = () => {
  for (const view of paintedViews) view.age = { ...view.painting, painted: Date.now() };
  paintedViews.clear();
};

function noteAge(view) {
  if (!view.newest) return;
  view.painting = view.newest;
  view.newest = null;
  if (paintedViews.size === 0) afterPaint.port2.postMessage(0);
  paintedViews.add(view);
}

export async function picture(id, format, name) {
  settle(id);
  await files.picture(of(id), format, name);
}

export { file } from '../liveFiles.js';

export function detach(id) {
  const view = views.get(id);
  if (!view) return;
  views.delete(id);
  view.themes.disconnect();
  view.sizes.disconnect();
  view.scheme.removeEventListener('change', view.onTheme);
  document.removeEventListener('visibilitychange', view.onVisible);
  view.figure.removeEventListener('keydown', view.onKey);
  cancelAnimationFrame(view.frame);
  gaps.leave(view);
  cross.leave(view);
  purge(view);
}

// plotly finishes a drawing in promises of its own, and what a hand does when it lets go: it throws where the plot is gone
// by then.
function purge(view) {
  setTimeout(() => {
    if (view.pressed) { purge(view); return; }
    removeEventListener('pointerup', view.onUp);
    Plotly.purge(view.gd);
  }, 1000);
}

// The chart brings its own few rules, so that one tag is all that it takes.
function style() {
  if (document.getElementById('liveviz-style')) return;
  const rules = document.createElement('style');
  rules.id = 'liveviz-style';
  rules.textContent = '.liveviz-menu{opacity:0}.liveviz-chart:hover .liveviz-menu,.liveviz-menu:focus-within,.liveviz-menu[open]{opacity:1}'
    + '.liveviz-menu button:hover,.liveviz-menu button:focus-visible{text-decoration:underline}'
    // Kept as pictures of their own, which are moved and not made anew with each frame.
    + '.liveviz-chart .scatterlayer,.liveviz-chart .xaxislayer-above{will-change:transform}'
    + '.liveviz-chart:focus-visible{outline:2px solid currentColor;outline-offset:1px}';
  document.head.append(rules);
}

function of(id) {
  const view = views.get(id);
  if (!view) throw new Error(`No chart ${id} is attached.`);
  return view;
}

async function drawn(id) {
  for (let tries = 0; tries < 600; tries++) {
    const gd = document.getElementById(id);
    if (gd?._fullLayout?._size && gd.data) return gd;
    if (!gd && tries > 60) return null;
    await new Promise(resolve => setTimeout(resolve, 16));
  }
  return null;
}

// After each drawing of plotly's: what was painted is in it, or is painted anew on top of it.
function onDrawn(view) {
  const { gd } = view;
  const [from, to] = gd.layout.xaxis.range ?? [];
  if (typeof from !== 'number' || !gd._fullLayout) return;
  view.drawn = { from, to };
  painting.clear(gd);
  view.parts = painting.find(gd);
  gd.data.forEach((trace, i) => {
    // Where only a tip is behind it, the line goes on from the point before.
    const edge = view.edges[i], n = (trace.x?.length ?? 0) - (edge.points.length || edge.tip.length ? view.kept[i] : 0);
    edge.last = n > 0 ? [trace.x[n - 1], trace.y[n - 1] ?? NaN] : [];
  });
  view.ticks = painting.ticksOf(gd) ?? view.ticks;
  view.ticksUntil = gd.layout.xaxis.showticklabels === false ? -Infinity : to;
  gaps.draw(view, view.stale ?? []);
  pace.endDrawing(view.pace);
  animate(view);
}

function animate(view) {
  // Plotly.Blazor may have purged it before it is told here.
  if (!view.parts || !view.drawn || view.now === null || !view.gd._fullLayout) return;
  const isStill = view.held || view.touched, now = isStill ? view.drawn.to : view.now;
  if (view.ticks && now > view.ticksUntil) {
    const from = now - (view.drawn.to - view.drawn.from);
    view.ticksUntil = painting.paintTicks(view.parts, view.drawn, now, ticks(from, now, mostTicks(view)), view.ticks);
  }
  // Where nothing moves, what plotly has just drawn still has no bands.
  const shift = painting.paint(view.parts, view.drawn, now, isStill ? [] : view.edges, view.bands);
  if (!isStill) gaps.move(view, shift);
  cross.follow(view);
}

// The points at the end of plotly's data that stand for their moment only.
function unkeep(view, i) {
  const { x, y } = view.gd.data[i];
  if (view.kept[i] > 0) { x.length -= view.kept[i]; y.length -= view.kept[i]; }
  view.kept[i] = 0;
}

function span(view) {
  if (!view.drawn) return null;
  if (view.held || view.touched || view.now === null) return view.drawn;
  return { from: view.now - (view.drawn.to - view.drawn.from), to: view.now };
}

function setSpan(view, from, to, hasTicks) {
  const axis = view.gd.layout.xaxis;
  axis.range = [from, to];
  axis.showticklabels = hasTicks;
  Object.assign(axis, ticks(from, to, mostTicks(view)));
}

// Beside a strip stand the limits of normal; where they are too close to be read, those of the axis.
function setNumbers({ gd }, axis) {
  if (axis.tickvals?.length !== 2) return;
  const [low, high] = axis.tickvals, height = (axis.domain[1] - axis.domain[0]) * heightOfPlot(gd);
  axis.tickmode = (high - low) / (axis.range[1] - axis.range[0]) * height < numberHeight ? 'auto' : 'array';
}

const heightOfPlot = gd => gd.clientHeight - gd.layout.margin.t - gd.layout.margin.b;

const mostTicks = view => Math.max(2, Math.floor(view.gd._fullLayout._size.w / 85));

// Of the sensor at a time: what was measured last before it, unless the line is broken there.
function valueAt(view, i, time) {
  const certain = lastBefore(view, i, time), uncertain = lastBefore(view, i + view.spec.traces.length, time);
  const late = lastBefore(view, i + 2 * view.spec.traces.length, time), at = Math.max(certain.at, uncertain.at);
  return {
    value: (uncertain.at > certain.at ? uncertain : certain).value,
    isUncertain: uncertain.at >= certain.at && uncertain.value !== null,
    isLate: late.at === at && late.value !== null,
  };
}

function lastBefore(view, i, time) {
  const { x, y } = view.gd.data[i], { points, tip } = view.edges[i];
  const drawn = countUntil(time, x?.length ?? 0, at => x[at]), painted = countUntil(time, points.length / 2, at => points[2 * at]);
  if (tip.length > 0 && tip[0] <= time) return { at: tip[0], value: finite(tip[1]) };
  if (painted > 0) return { at: points[2 * painted - 2], value: finite(points[2 * painted - 1]) };
  return drawn > 0 ? { at: x[drawn - 1], value: y[drawn - 1] } : { at: -Infinity, value: null };
}

const finite = value => Number.isNaN(value) ? null : value;

// How many of so many times in order are not after a time.
function countUntil(time, count, timeOf) {
  let low = 0, high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(middle) <= time) low = middle + 1; else high = middle;
  }
  return low;
}

// A person who takes hold of the chart holds it: plotly shows the span that was chosen, and the details are fetched.
function listen(view) {
  const { gd } = view;
  gd.on('plotly_afterplot', () => onDrawn(view));
  gd.on('plotly_relayout', change => {
    const from = change['xaxis.range[0]'] ?? change['xaxis.range']?.[0], to = change['xaxis.range[1]'] ?? change['xaxis.range']?.[1];
    if (typeof from === 'number' && typeof to === 'number') hold(view, from, to);
  });
  gd.addEventListener('pointerdown', event => {
    view.pressed = true;
    if (view.held || !event.target.closest('.draglayer')) return;
    settle(view.id);
    view.touched = true;
  }, { capture: true });
  // What the bar at the top does it does to the view as plotly knows it.
  gd.addEventListener('click', event => { if (!view.held && event.target.closest('.modebar')) settle(view.id); }, { capture: true });
  // What came while it was touched has not been painted: plotly is to draw it.
  view.onUp = () => {
    view.pressed = false;
    if (view.touched) setTimeout(() => { view.touched = false; view.needsPlotly = true; }, 100);
  };
  addEventListener('pointerup', view.onUp);
  gd.addEventListener('dblclick', () => { if (view.held) view.goLive(); });
  gd.on('plotly_doubleclick', () => { if (view.held) view.goLive(); });
  view.figure = gd.parentElement.closest('figure');
  view.onKey = event => onKey(view, event);
  view.figure.addEventListener('keydown', view.onKey);
}

function hold(view, from, to) {
  view.held = true;
  view.touched = false;
  // Not known there, it is not held: else it would stand still for good.
  tell(view, 'OnHeld', from, to).then(isTold => { if (!isTold) { view.held = false; view.needsPlotly = true; } });
}

// What is done while there is no connection is not done. Blazor then answers late, or never.
async function tell(view, ...call) {
  const patience = new Promise(resolve => setTimeout(() => resolve(false), 5000));
  return Promise.race([view.component.invokeMethodAsync(...call).then(() => true, () => false), patience]);
}

// Of a size that it has already, plotly has nothing to draw anew.
function fit(view) {
  const { gd, size } = view, { width, height } = gd._fullLayout ?? {};
  const isArranged = size.width === gd.clientWidth && size.height === gd.clientHeight;
  const isDrawn = Math.abs(width - gd.clientWidth) < 1 && Math.abs(height - gd.clientHeight) < 1;
  if (!gd.isConnected || gd.clientWidth === 0 || (isArranged && isDrawn)) return;
  arrange(view);
  // Refused where the page has hidden or left it meanwhile: then there is nothing to fit.
  Plotly.Plots.resize(gd).catch(() => {});
}

// Where there is little room, the room is the line's: fewer times, and no numbers beside strips.
function arrange(view) {
  const { gd, spec } = view;
  const isNarrow = gd.clientWidth < 340;
  view.size = { width: gd.clientWidth, height: gd.clientHeight };
  const [from, to] = gd.layout.xaxis.range ?? [];
  view.ticks = null;
  if (typeof from === 'number') setSpan(view, from, to, true);
  if (spec.strips) {
    const share = 1 / spec.lanes.length;
    gd.layout.margin.l = isNarrow ? 8 : 48;
    // The lowest number of a strip stands over the highest of the next one.
    const most = share - Math.min(share / 2, isNarrow ? 0 : numberHeight / heightOfPlot(gd));
    spec.lanes.forEach((_, i) => {
      const axis = axisOf(gd.layout, i), [low, high] = view.domains[i], half = Math.min(high - low, most) / 2, middle = (low + high) / 2;
      axis.domain = [middle - half, middle + half];
      axis.showticklabels = !isNarrow;
    });
  } else {
    // A phone has a line for each name, and less room beside an axis.
    const isPhone = gd.clientWidth < 600, axis = isPhone ? 40 : 60;
    if (gd.layout.showlegend) gd.layout.margin.t = isPhone ? Math.min(29 * spec.traces.length + 8, gd.clientHeight / 2) : 32;
    if (spec.overlaid) {
      Object.assign(gd.layout.margin, { l: Math.ceil(spec.lanes.length / 2) * axis, r: 12 + Math.floor(spec.lanes.length / 2) * axis });
      spec.lanes.forEach((_, i) => { if (i > 1) axisOf(gd.layout, i).shift = i % 2 === 0 ? -axis : axis; });
    }
  }
}

// Leaves one point before the window, so that the line enters it from outside.
function dropBefore(trace, from) {
  let old = 0;
  while (old < trace.x.length && trace.x[old] < from) old++;
  if (old > 1) { trace.x.splice(0, old - 1); trace.y.splice(0, old - 1); }
}
