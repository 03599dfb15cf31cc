// Puts a watch into a page: what livePaint.js paints, when, and how old the newest of it is by then.

export async function watch(page) {
  await page.addInitScript(inPage);
  // paint is called for each frame of the screen with news, and after each drawing of plotly's.
  await page.route('**/livePaint*.js*', async route => {
    const response = await route.fetch();
    const whole = await response.text(), head = 'export function paint(';
    if (whole.split(head).length !== 2) throw new Error('livePaint.js has no paint as it had: watch.mjs is to be brought up to date.');
    const body = `${whole.replace(head, 'function paintUnwatched(')}
export function paint(parts, view, now, edges, bands) {
  const shift = paintUnwatched(parts, view, now, edges, bands);
  globalThis.watched.painted(parts, edges);
  return shift;
}\n`;
    await route.fulfill({ response, body });
  });
}

function inPage() {
  const charts = new Map();
  let inFrame = false;
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = callback => request(time => {
    inFrame = true;
    try { callback(time); } finally { inFrame = false; }
  });

  globalThis.watched = { begin, result, painted };

  function begin() {
    charts.forEach(chart => Object.assign(chart, { frames: 0, drawings: 0, lags: [], gaps: [], last: null }));
    globalThis.watched.begun = performance.now();
  }

  function result() {
    const seconds = (performance.now() - globalThis.watched.begun) / 1000;
    return [...charts.values()].map(({ frames, drawings, lags, gaps }) => ({ frames: frames / seconds, drawings: drawings / seconds, lags, gaps }));
  }

  function painted(parts, edges) {
    const gd = parts.layers[0].closest('.js-plotly-plot');
    if (!charts.has(gd)) {
      charts.set(gd, { frames: 0, drawings: 0, lags: [], gaps: [], last: null, seen: 0, newest: 0 });
      gd.on('plotly_afterplot', () => { charts.get(gd).drawings++; });
    }
    const chart = charts.get(gd);
    // The last point of a trace is that of its edge, or of plotly's data where it has none.
    chart.newest = Math.max(chart.newest, ...edges.map(({ points, tip }, i) => tip[0] ?? points.at(-2) ?? gd.data[i].x?.at(-1) ?? 0));
    if (chart.waits) return;
    chart.waits = true;
    // A message sent in a frame of the screen arrives once that is laid out and painted.
    if (inFrame) afterwards(chart); else request(() => afterwards(chart));
  }

  function afterwards(chart) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      chart.waits = false;
      // The same once more is no frame.
      if (chart.newest === chart.seen) return;
      chart.seen = chart.newest;
      chart.frames++;
      chart.lags.push(Date.now() - chart.newest);
      const now = performance.now();
      if (chart.last !== null) chart.gaps.push(now - chart.last);
      chart.last = now;
    };
    port2.postMessage(0);
  }
}
