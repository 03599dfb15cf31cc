// The colours of the lines, and of what is about them, on light and on dark pages.

import { axisOf } from './liveAxes.js';

const light = ['#2f6db5', '#1b7f5c', '#8a4fa3', '#7a6a1f', '#0f7c8f', '#a3527f', '#4d5b9e', '#5f6b73'];
const dark = ['#6ea8e8', '#4fc29a', '#c08ad8', '#c2b25a', '#56c3d6', '#d98bb5', '#98a4e6', '#a9b4bc'];

// In one plot no two sensors have the same colour as long as there is another. The sensor's own comes first.
export function apart(colours, count) {
  const taken = new Set();
  const own = colours.slice(0, count).map(colour => {
    let free = colour % light.length;
    while (taken.has(free) && taken.size < light.length) free = (free + 1) % light.length;
    taken.add(free);
    return free;
  });
  return colours.map((_, i) => own[i % count]);
}

// The page's own text colour tells whether it is dark, whatever made it so.
// Returns whether there is something new for plotly to draw.
export function paint(view) {
  const { gd, spec } = view;
  if (!gd.isConnected) return false;
  const style = getComputedStyle(gd);
  const key = style.color + style.fontFamily;
  if (key === view.painted) return false;
  view.painted = key;
  const [r, g, b] = style.color.match(/[\d.]+/g).map(Number);
  const isDark = 0.299 * r + 0.587 * g + 0.114 * b > 140;
  const palette = isDark ? dark : light;
  gd.parentElement.style.setProperty('--liveviz-surface', isDark ? '#1d252c' : '#ffffff');
  const colours = spec.colours.map(i => palette[i % palette.length]);
  gd.data.forEach((trace, i) => { trace.line.color = colours[i]; });
  gd.layout.font = { ...gd.layout.font, color: style.color, family: style.fontFamily };
  gd.layout.modebar = { ...gd.layout.modebar, bgcolor: 'rgba(0,0,0,0)', color: style.color };
  // To be seen in what they are written now.
  gd.layout.xaxis.showticklabels = true;
  view.ticks = null;
  // Over one plot an axis of one sensor only has that sensor's colour, besides its unit.
  spec.lanes.forEach(({ traces }, i) => {
    if (!spec.overlaid || traces.length > 2) return;
    const axis = axisOf(gd.layout, i), color = colours[traces[0]];
    axis.tickfont = { ...axis.tickfont, color };
    axis.title = { ...axis.title, font: { ...axis.title?.font, color } };
  });
  return true;
}
