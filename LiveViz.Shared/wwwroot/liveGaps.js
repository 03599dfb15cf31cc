// Says where a line is open, and since when: a hatched span in the sensor's own lane. Of several sensors on one axis
// nobody could tell whose it is; there the line is open, and a line of text says which sensor is stale.

import { axisOf } from './liveAxes.js';
import { exactly } from './timeAxis.js';

const narrowest = 4, wideEnough = 150;

export function join(view) {
  view.gaps = document.createElement('div');
  view.gaps.style.cssText = 'position:absolute;overflow:hidden;pointer-events:none;font-size:11px';
  view.gaps.append(document.createElement('div'), document.createElement('div'));
  view.gaps.firstChild.style.cssText = 'position:absolute;inset:0';
  view.gd.parentElement.append(view.gaps);
}

export function leave(view) {
  view.gaps.remove();
}

// After each drawing of plotly's: from what is in its data.
export function draw(view, stale) {
  const size = view.gd._fullLayout?._size, drawn = view.drawn;
  if (!size || !drawn) return;
  Object.assign(view.gaps.style, { left: `${size.l}px`, top: '0', width: `${size.w}px`, height: '100%' });
  const scale = size.w / (drawn.to - drawn.from);
  const spans = view.spec.lanes.flatMap((lane, i) => isShared(view, lane) ? [] : of(view, lane.traces, stale[lane.traces[0]]).map(gap => ({ ...gap, axis: i })));
  view.gaps.firstChild.replaceChildren(...spans
    .map(gap => ({ ...gap, left: Math.max(0, (gap.from - drawn.from) * scale), right: gap.to === null ? size.w * 1.5 : (gap.to - drawn.from) * scale }))
    .filter(gap => gap.right > 0 && gap.left < size.w && gap.right - gap.left >= narrowest)
    .map(gap => span(view, gap, size)));
  const all = view.spec.overlaid ? [{ traces: view.spec.lanes.flatMap(lane => lane.traces) }] : view.spec.lanes;
  view.gaps.lastChild.replaceChildren(...all.flatMap((lane, i) => isShared(view, lane) ? silent(view, lane, stale, i) : []));
  move(view, 0);
}

// With what is painted between. The words stay in sight as long as their span is.
export function move(view, shift) {
  const all = view.gaps.firstChild;
  if (!all.firstChild) return;
  all.style.transform = shift === 0 ? '' : `translateX(${-shift.toFixed(2)}px)`;
  for (const { firstChild: words, style } of all.children) if (words) words.style.transform = `translateX(${Math.max(0, shift - parseFloat(style.left)).toFixed(2)}px)`;
}

// Whether several sensors have the same part of the plot; a sensor has two traces in it.
const isShared = (view, lane) => lane.traces.length > 2 || (view.spec.overlaid && view.spec.traces.length > 1);

// Of a lane of several sensors: which of them are stale, and since when. As many as there is room for.
function silent(view, lane, stale, number) {
  const axis = axisOf(view.gd._fullLayout, number), count = view.spec.traces.length, line = 17;
  const traces = lane.traces.filter(trace => trace < count && stale[trace] && view.gd.data[trace].visible !== 'legendonly').slice(0, Math.max(1, Math.floor(axis._length / line)));
  return traces.map((trace, i) => {
    const since = merged(view.gd.data[trace], view.gd.data[trace + count]).findLast(point => point[1] !== null)?.[0];
    const words = wordsOf(`${view.spec.traces[trace].name}: no value${since === undefined ? '' : ` since ${toTheSecond(since)}`}`);
    words.style.cssText += `;position:absolute;right:4px;top:${axis._offset + 2 + i * line}px;border-left:3px solid ${view.colour(trace)}`;
    words.className = 'liveviz-silent';
    return words;
  });
}

// Times between which a sensor has no value to show; to is null where it has none yet again.
function of(view, [certain, uncertain], isStale) {
  const points = merged(view.gd.data[certain], view.gd.data[uncertain]);
  const gaps = [];
  let from = null, last = null;
  for (const [x, y] of points) {
    if (y === null) { from ??= last; continue; }
    if (from !== null) gaps.push({ from, to: x });
    from = null;
    last = x;
  }
  if (from !== null || (isStale && last !== null)) gaps.push({ from: from ?? last, to: null });
  return gaps;
}

// The two traces of a sensor as one, in the order of time. A break in one where the other goes on is none.
function merged(certain, uncertain) {
  const points = [];
  for (const { x, y } of [certain, uncertain]) for (let i = 0; i < (x?.length ?? 0); i++) points.push([x[i], y[i]]);
  if (!uncertain?.x?.length) return points;
  points.sort((a, b) => a[0] - b[0] || (a[1] === null ? -1 : 1));
  const values = new Set(points.filter(point => point[1] !== null).map(point => point[0]));
  return points.filter(point => point[1] !== null || !values.has(point[0]));
}

function span(view, gap, size) {
  const axis = axisOf(view.gd._fullLayout, gap.axis);
  const hatch = document.createElement('div');
  hatch.className = 'liveviz-gap';
  hatch.style.cssText = `position:absolute;left:${gap.left}px;width:${gap.right - gap.left}px;top:${axis._offset}px;height:${axis._length}px;display:flex;align-items:center;`
    + 'background:repeating-linear-gradient(-45deg,rgba(128,140,150,.28) 0 2px,transparent 2px 7px)';
  const width = Math.min(gap.right, size.w) - gap.left;
  if (width >= wideEnough) {
    const words = wordsOf(gap.to === null ? `no value since ${toTheSecond(gap.from)}` : `no value for ${Math.round((gap.to - gap.from) / 100) / 10} s`);
    words.style.marginLeft = '8px';
    hatch.append(words);
  }
  return hatch;
}

const toTheSecond = time => exactly(time).replace(/\.\d+$/, '');

function wordsOf(text) {
  const words = document.createElement('span');
  words.textContent = text;
  words.style.cssText = 'padding:0 5px;border-radius:2px;background:var(--liveviz-surface,Canvas)';
  return words;
}
