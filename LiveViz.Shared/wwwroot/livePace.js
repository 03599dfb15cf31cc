// When plotly draws next. Its drawings are as rare as they are dear, and those of one page's charts do not fall together.

const part = 200, atLeast = 1000, atMost = 30_000;
let pageIsFreeAt = 0;

export const begin = () => ({ began: null, ended: -Infinity, cost: 0 });

// Of each drawing, whatever made plotly draw: from when its data was changed, where that is known, until it stands.
export function beginDrawing(pace) {
  pace.began = performance.now();
}

export function endDrawing(pace) {
  pace.ended = performance.now();
  if (pace.began === null) return;
  pace.cost = pace.ended - pace.began;
  pace.began = null;
  pageIsFreeAt = Math.max(pageIsFreeAt, pace.ended + Math.max(100, 4 * pace.cost));
}

// isWanted: there is something that painting cannot show. isFar: so much has been painted that the picture is half painted.
export function isDue(pace, isWanted, isFar) {
  const now = performance.now();
  const wait = isWanted || isFar ? atLeast : Math.min(atMost, Math.max(atLeast, part * pace.cost));
  return now >= pace.ended + wait && now >= pageIsFreeAt;
}
