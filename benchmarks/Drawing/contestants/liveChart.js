// This chart: the repository's LiveChart.razor.js and livePaint.js, driven as LiveChart.razor.cs and ChartTraces.cs drive
// them. What the server does, the reduction, is done here within the call, and so is part of what is measured.
import { attach, prepare, push } from '/_content/LiveViz/Charts/LiveChart.razor.js';
import * as figure from './figure.js';
import { window as span } from './feed.js';
import { bucketOf, reducer } from './m4.js';

const painted = 0, cannotPaint = 2;

export async function start(root, feed) {
  await import('/plotly.js');
  const id = root.id, indices = Array.from({ length: feed.traces }, (_, i) => i);
  const traces = figure.traces(feed.traces, false), twice = [...indices, ...indices.map(i => i + feed.traces)];
  await Plotly.newPlot(root, [...traces.map((trace, i) => ({ ...trace, legendgroup: `${i}` })), ...figure.parts(traces)], figure.layout(feed.traces, { tickmode: 'array', tickvals: [], autorange: false }), figure.config);
  const { width } = await attach(id, {
    group: 'bench', strips: false, colours: [...indices, ...indices, ...indices], traces: indices.map(i => ({ name: `bench-${i}`, unit: 'bar', decimals: null })),
    lanes: [{ traces: twice, base: [figure.low, figure.high] }],
  }, { invokeMethodAsync: async () => {} });
  const mostPoints = Math.max(1000, 2 * width), bucket = bucketOf(span, width);
  const pending = indices.map(() => ({ x: [], y: [], painted: 0, tip: null }));
  const reducers = pending.map(trace => reducer(bucket, (x, y) => { trace.x.push(x); trace.y.push(y); trace.newest = x; }));
  let now = 0;

  const add = ({ x, ys }) => {
    now = x.at(-1);
    reducers.forEach((reduce, i) => {
      for (let n = 0; n < x.length; n++) reduce(x[n], ys[i][n]);
      pending[i].tip = now > pending[i].newest ? [now, ys[i].at(-1)] : null;
    });
  };
  const edge = () => {
    const numbers = [];
    pending.forEach((trace, i) => {
      if (trace.x.length === trace.painted && !trace.tip) return;
      numbers.push(i, trace.x.length - trace.painted, trace.tip ? 1 : 0);
      for (; trace.painted < trace.x.length; trace.painted++) numbers.push(trace.x[trace.painted], trace.y[trace.painted]);
      if (trace.tip) numbers.push(...trace.tip);
    });
    return new Uint8Array(Float64Array.from(numbers).buffer);
  };
  // The buckets that stand for more samples than are drawn of them, as SensorBand.cs finds them.
  const bands = () => {
    const numbers = [];
    reducers.forEach((reduce, i) => {
      const reduced = reduce.takeReduced();
      if (reduced.length > 0) numbers.push(i, bucket, reduced.length / 3, ...reduced);
    });
    return new Uint8Array(Float64Array.from(numbers).buffer);
  };
  const draw = (isRefill, withTips) => {
    const grown = indices.filter(i => pending[i].x.length > 0 || (withTips && pending[i].tip));
    const hasTip = grown.map(i => withTips && pending[i].tip !== null);
    grown.forEach((i, at) => { if (hasTip[at]) { pending[i].x.push(pending[i].tip[0]); pending[i].y.push(pending[i].tip[1]); } });
    let low = Infinity, high = -Infinity;
    for (const i of grown) for (const y of pending[i].y) { low = Math.min(low, y); high = Math.max(high, y); }
    prepare(id, now - span, now, false, isRefill, indices.map(() => false), [low <= high ? [low, high] : null], grown, hasTip, bands(), grown.length === 0);
    if (grown.length > 0) Plotly.extendTraces(id, { x: grown.map(i => pending[i].x), y: grown.map(i => pending[i].y) }, grown, mostPoints);
    grown.forEach((i, at) => Object.assign(pending[i], { x: [], y: [], painted: 0, tip: hasTip[at] ? null : pending[i].tip }));
  };

  add(feed.past());
  draw(true, false);
  return () => {
    add(feed.next());
    const outcome = push(id, now, edge(), bands(), false);
    if (outcome !== painted) draw(false, outcome === cannotPaint);
    return outcome !== painted;
  };
}
