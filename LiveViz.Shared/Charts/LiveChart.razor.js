// What a live chart needs besides Plotly.Blazor's own calls: the view that moves with time, axes that do not
// jump, colours that follow the page, and the size of the plot. It keeps no samples: these are in plotly's data.

const light = ['#2f6db5', '#1b7f5c', '#8a4fa3', '#7a6a1f', '#0f7c8f', '#a3527f', '#4d5b9e', '#5f6b73'];
const dark = ['#6ea8e8', '#4fc29a', '#c08ad8', '#c2b25a', '#56c3d6', '#d98bb5', '#98a4e6', '#a9b4bc'];
const views = new Map();

// spec: { window: ms, strips, colours: [index a trace], lanes: [{ traces: [index], base: [low, high] | null }] }
export async function attach(id, spec) {
  const gd = await drawn(id);
  if (!gd) return null;
  detach(id);
  const view = { gd, spec, tips: spec.colours.map(() => false) };
  view.themes = new MutationObserver(() => paint(view));
  for (const element of [document.documentElement, document.body]) {
    view.themes.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-bs-theme'] });
  }
  view.scheme = matchMedia('(prefers-color-scheme: dark)');
  view.onScheme = () => paint(view);
  view.scheme.addEventListener('change', view.onScheme);
  view.sizes = new ResizeObserver(() => { if (gd.isConnected && gd.clientWidth > 0) fit(view); });
  view.sizes.observe(gd);
  views.set(id, view);
  fit(view);
  paint(view);
  return { width: Math.round(gd._fullLayout._size.w), utcOffsetMinutes: -new Date().getTimezoneOffset() };
}

// Called right before ExtendTraces with the points of this frame, so that one drawing shows both: sets the view
// in plotly's layout without drawing, and takes away the last point where that stood for its moment only (a tip; the
// new points may end with one again). With draw (there is nothing to extend) it draws itself.
export function prepare(id, now, clear, stale, extremes, indices, hasTip, draw) {
  const view = views.get(id);
  if (!view) throw new Error(`No chart ${id} is attached.`);
  const { gd, spec } = view;
  const from = now - spec.window;
  for (const trace of gd.data) {
    if (clear || !Array.isArray(trace.x)) { trace.x = []; trace.y = []; } else dropBefore(trace, from);
  }
  indices.forEach((trace, i) => {
    if (view.tips[trace] && !clear) { gd.data[trace].x.pop(); gd.data[trace].y.pop(); }
    view.tips[trace] = hasTip[i];
  });
  if (clear) view.tips = view.tips.map((_, trace) => hasTip[indices.indexOf(trace)] ?? false);
  gd.layout.xaxis.range = [from, now];
  spec.lanes.forEach((lane, i) => {
    const axis = gd.layout[i === 0 ? 'yaxis' : `yaxis${i + 1}`];
    axis.range = steady(axis.range, lane, extremesOf(gd, lane, extremes[i]), clear);
  });
  stale.forEach((isStale, i) => { gd.data[i].opacity = isStale ? 0.35 : 1; });
  if (draw) Plotly.redraw(gd);
}

export function detach(id) {
  const view = views.get(id);
  if (!view) return;
  views.delete(id);
  view.themes.disconnect();
  view.sizes.disconnect();
  view.scheme.removeEventListener('change', view.onScheme);
  // plotly finishes a drawing in promises of its own, and throws where the plot is gone by then.
  setTimeout(() => Plotly.purge(view.gd), 1000);
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

// Where there is little room, the room is the line's: fewer times, and no numbers beside strips.
function fit(view) {
  const { gd, spec } = view;
  const isNarrow = gd.clientWidth < 340;
  gd.layout.xaxis.nticks = Math.max(2, Math.floor(gd.clientWidth / 85));
  if (spec.strips) {
    gd.layout.margin.l = isNarrow ? 8 : 48;
    spec.lanes.forEach((_, i) => { gd.layout[i === 0 ? 'yaxis' : `yaxis${i + 1}`].showticklabels = !isNarrow; });
  }
  // Refused where the page has hidden or left it meanwhile: then there is nothing to fit.
  Plotly.Plots.resize(gd).catch(() => {});
}

// Leaves one point before the window, so that the line enters it from outside.
function dropBefore(trace, from) {
  let old = 0;
  while (old < trace.x.length && trace.x[old] < from) old++;
  if (old > 1) { trace.x.splice(0, old - 1); trace.y.splice(0, old - 1); }
}

function extremesOf(gd, lane, fresh) {
  let low = fresh ? fresh[0] : Infinity, high = fresh ? fresh[1] : -Infinity;
  for (const i of lane.traces) {
    for (const y of gd.data[i].y) {
      if (y !== null) { if (y < low) low = y; if (y > high) high = y; }
    }
  }
  return low <= high ? [low, high] : null;
}

// The least that is shown as long as the samples lie in it; beyond, it grows at once and in round steps, and
// shrinks only when less than a third of the axis is used.
function steady(current, lane, extremes, fresh) {
  const base = lane.base;
  const [low, high] = extremes ?? base ?? [0, 1];
  if (base && low >= base[0] && high <= base[1]) return base;
  const least = base ? Math.min(low, base[0]) : low, most = base ? Math.max(high, base[1]) : high;
  const fits = !fresh && current && current[0] <= least && current[1] >= most;
  if (fits && most - least > (current[1] - current[0]) / 3) return current;
  const span = most - least || Math.abs(most) * 0.1 || 1;
  const step = 10 ** Math.floor(Math.log10(span)) / 2;
  return [
    base && low >= base[0] ? base[0] : Math.floor((least - span * 0.08) / step) * step,
    base && high <= base[1] ? base[1] : Math.ceil((most + span * 0.08) / step) * step,
  ];
}

// The page's own text colour tells whether it is dark, whatever made it so.
function paint(view) {
  const { gd, spec } = view;
  if (!gd.isConnected) return;
  const style = getComputedStyle(gd);
  const key = style.color + style.fontFamily;
  if (key === view.painted) return;
  view.painted = key;
  const [r, g, b] = style.color.match(/[\d.]+/g).map(Number);
  const isDark = 0.299 * r + 0.587 * g + 0.114 * b > 140;
  const palette = isDark ? dark : light;
  const surface = isDark ? '#1d252c' : '#ffffff';
  Plotly.update(gd, {
    'line.color': spec.colours.map(i => palette[i % palette.length]),
  }, {
    'font.color': style.color,
    'font.family': style.fontFamily,
    'hoverlabel.bgcolor': surface,
    'hoverlabel.bordercolor': isDark ? '#4a5761' : '#c3cad0',
    'hoverlabel.font.color': style.color,
    'modebar.bgcolor': 'rgba(0,0,0,0)',
    'modebar.color': style.color,
  });
}
