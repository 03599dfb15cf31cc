// What the benchmark calls: begin(…) makes a contestant's plot, frame() draws what a frame brings.
import { feedOf } from './feed.js';

let draw;

globalThis.begin = async (module, start, traces, points) => {
  draw = await (await import(`./${module}.js`))[start](document.getElementById('plot'), feedOf(traces, points));
  await painted();
};

// How long the call took, once what it drew is painted and handed on; and whether it was one of those that come now and
// then and take longer, where a contestant has such.
globalThis.frame = async () => {
  const begun = performance.now();
  const isRare = draw() === true;
  const call = performance.now() - begun;
  // Who draws in a frame of the screen does so in the first; what it left to do is done in the second.
  await painted();
  await painted();
  return { call, isRare };
};

// Code of a frame of the screen runs before it is laid out and painted, and a message sent then arrives after.
const painted = () => new Promise(resolve => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); resolve(); };
  port2.postMessage(0);
}));
