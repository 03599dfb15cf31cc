// The same live data for all: random walks sampled together, from a generator that always gives the same.

export const framesPerSecond = 20, framesInView = 1000;
export const window = framesInView / framesPerSecond * 1000;

// points: in view, of each trace. A frame brings a thousandth of them.
export function feedOf(traces, points) {
  const perFrame = points / framesInView, period = window / points;
  // A walk of rarer samples takes longer steps, so that all look alike.
  const stride = 0.5 * Math.sqrt(1000 / points) * 4;
  let seed = 1, time = Date.now() - window;
  const random = () => (seed = (seed * 1664525 + 1013904223) >>> 0) / 2 ** 32;
  const walks = Array.from({ length: traces }, () => 20 + 60 * random());
  const take = count => {
    const x = new Float64Array(count), ys = walks.map(() => new Float64Array(count));
    for (let n = 0; n < count; n++) {
      x[n] = time += period;
      for (let i = 0; i < traces; i++) ys[i][n] = walks[i] = Math.min(100, Math.max(0, walks[i] + (random() - 0.5) * stride));
    }
    return { x, ys };
  };
  // past: all in view; next: what a frame brings. Both { x, ys: [y of each trace] }.
  return { traces, points, perFrame, past: () => take(points), next: () => take(perFrame) };
}
