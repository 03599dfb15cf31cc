// Axes of values that do not jump.

// What plotly puts behind "y" and "yaxis".
export const numberOf = lane => lane === 0 ? '' : lane + 1;

export const axisOf = (layout, lane) => layout[`yaxis${numberOf(lane)}`];

// Before a drawing: fresh has, for each lane, the extremes of what is new to it; null where nothing is.
export function setRanges(gd, lanes, fresh, isAnew) {
  lanes.forEach((lane, i) => {
    const axis = axisOf(gd.layout, i);
    axis.range = steady(axis.range, lane.base, extremesOf(gd, lane, fresh[i]), isAnew);
  });
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
function steady(current, base, extremes, isAnew) {
  const [low, high] = extremes ?? base ?? [0, 1];
  if (base && low >= base[0] && high <= base[1]) return base;
  const least = base ? Math.min(low, base[0]) : low, most = base ? Math.max(high, base[1]) : high;
  const fits = !isAnew && current && current[0] <= least && current[1] >= most;
  if (fits && most - least > (current[1] - current[0]) / 3) return current;
  const span = most - least || Math.abs(most) * 0.1 || 1;
  const step = 10 ** Math.floor(Math.log10(span)) / 2;
  return [
    base && low >= base[0] ? base[0] : Math.floor((least - span * 0.08) / step) * step,
    base && high <= base[1] ? base[1] : Math.ceil((most + span * 0.08) / step) * step,
  ];
}
