// uPlot with all points: columns that it reads in place, and a view that moves with them.
import * as figure from './figure.js';
import { window as span } from './feed.js';

export async function start(root, feed) {
  const uPlot = (await import('/npm/uplot/dist/uPlot.esm.js')).default;
  const { x, ys } = feed.past();
  // Room for as many frames again: then what is in view moves to the front.
  const columns = [x, ...ys].map(past => { const column = new Float64Array(2 * feed.points); column.set(past); return column; });
  let end = feed.points;
  const view = () => columns.map(column => column.subarray(end - feed.points, end));
  const scale = () => ({ min: columns[0][end - 1] - span, max: columns[0][end - 1] });
  const plot = new uPlot({
    width: root.clientWidth, height: root.clientHeight, ms: 1, pxAlign: 0, legend: { show: false }, cursor: { show: false },
    scales: { x: { time: true, auto: false, ...scale() }, y: { auto: false, range: [figure.low, figure.high] } },
    series: [{}, ...ys.map((_, i) => ({ stroke: figure.colours[i % 8], width: 1.5, points: { show: false } }))],
  }, view(), root);
  return () => {
    const { x, ys } = feed.next();
    if (end + feed.perFrame > 2 * feed.points) {
      columns.forEach(column => column.copyWithin(0, end - feed.points, end));
      end = feed.points;
    }
    [x, ...ys].forEach((news, i) => columns[i].set(news, end));
    end += feed.perFrame;
    plot.batch(() => {
      plot.setData(view(), false);
      plot.setScale('x', scale());
    });
  };
}
