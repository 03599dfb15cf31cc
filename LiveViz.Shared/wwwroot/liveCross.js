// One crosshair over all charts that belong together: a line at the same time in each, and what every sensor was then.

import { exactly } from './timeAxis.js';

const groups = new Map();

// view: { gd, spec, span(): { from, to }, valueAt(trace, time) }
export function join(view) {
  const members = groups.get(view.spec.group) ?? new Set();
  groups.set(view.spec.group, members.add(view));
  view.cross = document.createElement('div');
  view.cross.className = 'liveviz-cross';
  view.cross.hidden = true;
  view.cross.innerHTML = '<i></i><table></table>';
  view.cross.style.cssText = 'position:absolute;inset:0;pointer-events:none;overflow:hidden';
  view.cross.firstChild.style.cssText = 'position:absolute;width:1px;background:currentColor;opacity:.7';
  view.cross.lastChild.style.cssText = 'position:absolute;top:4px;border-collapse:collapse;padding:4px;font-size:12px;line-height:1.35;'
    + 'background:var(--liveviz-surface,Canvas);border:1px solid rgba(128,140,150,.5);border-radius:3px;white-space:nowrap;font-variant-numeric:tabular-nums';
  view.gd.parentElement.style.position = 'relative';
  view.gd.parentElement.append(view.cross);
  view.onMove = event => {
    const time = timeAt(view, event.clientX);
    if (time === null) hide(view); else show(view, time);
  };
  view.onLeave = () => hide(view);
  view.gd.addEventListener('pointermove', view.onMove);
  view.gd.addEventListener('pointerleave', view.onLeave);
}

export function leave(view) {
  const members = groups.get(view.spec.group);
  members?.delete(view);
  if (members?.size === 0) groups.delete(view.spec.group);
  view.gd.removeEventListener('pointermove', view.onMove);
  view.gd.removeEventListener('pointerleave', view.onLeave);
  view.cross.remove();
}

// Shows the time in all charts of the group.
export function show(view, time) {
  for (const member of groups.get(view.spec.group) ?? []) { member.crossTime = time; draw(member); }
}

export function hide(view) {
  for (const member of groups.get(view.spec.group) ?? []) { member.crossTime = null; member.cross.hidden = true; }
}

// After the view has moved: the line stays at its time, and goes with it.
export function follow(view) {
  if (view.crossTime != null) draw(view);
}

// What the crosshair says, in words, for who does not see it.
export function words(view) {
  return view.crossTime == null ? '' : `${exactly(view.crossTime)}: ${view.spec.traces.map((trace, i) => `${trace.name} ${text(view, i)}`).join(', ')}`;
}

function timeAt(view, clientX) {
  const size = view.gd._fullLayout?._size, span = view.span();
  if (!size || !span) return null;
  const part = (clientX - view.gd.getBoundingClientRect().left - size.l) / size.w;
  return part < 0 || part > 1 ? null : span.from + part * (span.to - span.from);
}

function draw(view) {
  const size = view.gd._fullLayout?._size, span = view.span();
  if (!size || !span) return;
  const x = size.l + (view.crossTime - span.from) / (span.to - span.from) * size.w;
  view.cross.hidden = x < size.l || x > size.l + size.w;
  if (view.cross.hidden) return;
  const [line, table] = view.cross.children;
  Object.assign(line.style, { left: `${x}px`, top: `${size.t}px`, height: `${size.h}px` });
  table.replaceChildren(row(exactly(view.crossTime)), ...view.spec.traces.map((trace, i) => row(trace.name, text(view, i), view.colour(i))));
  const isRight = x > view.gd.clientWidth / 2;
  table.style.left = isRight ? '' : `${x + 10}px`;
  table.style.right = isRight ? `${view.gd.clientWidth - x + 10}px` : '';
}

function text(view, i) {
  const { unit, decimals } = view.spec.traces[i];
  const { value, isUncertain, isLate } = view.valueAt(i, view.crossTime);
  if (value === null) return 'no value';
  return `${decimals === null ? Number(value.toPrecision(6)) : value.toFixed(decimals)} ${unit}`.trimEnd() + (isUncertain ? ', uncertain' : '') + (isLate ? ', arrived late' : '');
}

function row(name, value, colour) {
  const tr = document.createElement('tr');
  const left = tr.insertCell();
  if (value === undefined) { left.colSpan = 2; left.textContent = name; left.style.padding = '2px 6px'; return tr; }
  const mark = document.createElement('span');
  mark.style.cssText = `display:inline-block;width:10px;height:2px;vertical-align:middle;margin-right:6px;background:${colour}`;
  left.append(mark, name);
  left.style.padding = '0 6px';
  const right = tr.insertCell();
  right.textContent = value;
  right.style.cssText = 'text-align:right;padding:0 6px';
  return tr;
}
