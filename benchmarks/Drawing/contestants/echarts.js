// ECharts with all points, on a canvas, without animation; or with its own sampling.
import * as figure from './figure.js';
import { window as span } from './feed.js';

async function start(root, feed, sampling) {
  await import('/npm/echarts/dist/echarts.min.js');
  const { x, ys } = feed.past();
  const points = ys.map(y => Array.from(x, (time, n) => [time, y[n]]));
  const chart = echarts.init(root, null, { renderer: 'canvas' });
  const show = () => {
    const now = points[0].at(-1)[0];
    return { xAxis: { min: now - span, max: now }, series: points.map(data => ({ data })) };
  };
  chart.setOption({
    animation: false, legend: { show: false }, xAxis: { type: 'time' }, yAxis: { type: 'value', min: figure.low, max: figure.high },
    series: ys.map((_, i) => ({ type: 'line', showSymbol: false, silent: true, sampling, lineStyle: { width: 1.5, color: figure.colours[i % 8] } })),
  });
  chart.setOption(show());
  return () => {
    const { x, ys } = feed.next();
    points.forEach((data, i) => {
      data.splice(0, feed.perFrame);
      x.forEach((time, n) => data.push([time, ys[i][n]]));
    });
    chart.setOption(show());
  };
}

export const all = (root, feed) => start(root, feed, undefined);
export const lttb = (root, feed) => start(root, feed, 'lttb');
