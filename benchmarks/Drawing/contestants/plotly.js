// plotly.js alone, as its documentation says to: ExtendTraces with at most so many points a trace.
import * as figure from './figure.js';
import { overTime } from './overTime.js';

async function start(root, feed, extend) {
  await import('/plotly.js');
  const { x, ys } = feed.past();
  const data = figure.traces(feed.traces, true);
  data.forEach((trace, i) => { trace.x = [...x]; trace.y = [...ys[i]]; });
  await Plotly.newPlot(root, data, figure.layout(feed.traces, { autorange: true }), figure.config);
  return () => extend(feed.next());
}

// One call for all that a frame brings.
export const perFrame = (root, feed) => start(root, feed, ({ x, ys }) => {
  Plotly.extendTraces(root, { x: ys.map(() => [...x]), y: ys.map(y => [...y]) }, ys.map((_, i) => i), feed.points);
});

// One call for each point.
export const perPoint = (root, feed) => start(root, feed, ({ x, ys }) => {
  const begun = performance.now();
  x.forEach((time, n) => ys.forEach((y, i) => {
    Plotly.extendTraces(root, { x: [[time]], y: [[y[n]]] }, [i], feed.points);
    overTime(begun);
  }));
});
