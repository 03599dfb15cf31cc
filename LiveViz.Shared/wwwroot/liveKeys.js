// A chart by keyboard.

import * as cross from './liveCross.js';

// Arrows move the crosshair, with Shift the view; + and - zoom around it; space holds and lets go; Home is live.
// view: { span(), hold(from, to), goLive(), held }
export function onKey(view, event) {
  const now = view.span();
  if (!now || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('button, a, input')) return;
  const length = now.to - now.from;
  const at = view.crossTime ?? now.to - length / 2;
  const zoom = factor => view.hold(at - (at - now.from) * factor, at + (now.to - at) * factor);
  const move = by => {
    if (event.shiftKey) view.hold(now.from + by * 20 * length, now.to + by * 20 * length);
    else { cross.show(view, Math.min(now.to, Math.max(now.from, at + by * length))); say(view); }
  };
  const keys = {
    ArrowLeft: () => move(-0.01), ArrowRight: () => move(0.01), '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2),
    ' ': () => (view.held ? view.goLive() : view.hold(now.from, now.to)),
    Home: () => view.goLive(), Escape: () => cross.hide(view),
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}

// At most twice a second, however fast the key repeats.
function say(view) {
  view.saying ??= setTimeout(() => {
    view.saying = undefined;
    const place = view.gd.closest('figure')?.querySelector('.liveviz-said');
    if (place) place.textContent = cross.words(view);
  }, 500);
}
