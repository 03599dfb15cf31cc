// First, minimum, maximum and last of each time bucket, as the server's BucketReducer gives them of samples that all have
// values: a bucket's first at once, the rest when it is over, up to four as they are.

const pixelsABucket = 4, farMore = 16, oneWay = 0.85;

// 1, 2 or 5 times a power of ten milliseconds.
export function bucketOf(window, width) {
  const least = window / width * pixelsABucket, ten = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map(step => step * ten).find(bucket => bucket >= least * (1 - 1e-9));
}

// One trace's; put(x, y) is told what goes out. takeReduced gives beginning, lowest and highest of each bucket since the last
// time that stands for far more samples than went out, and in which they went back and forth.
export function reducer(length, put) {
  let bucket = -1, held = 0, low, high, last, first, reduced = [];
  const early = [];
  const flush = () => {
    if (held > 0 && held <= 3) early.slice(0, held).forEach(sample => put(sample.x, sample.y));
    else if (held > 0) {
      const [one, two] = low.order < high.order ? [low, high] : [high, low];
      if (one !== last) put(one.x, one.y);
      if (two !== last && two !== one) put(two.x, two.y);
      put(last.x, last.y);
      const [least, most] = [Math.min(first, low.y), Math.max(first, high.y)];
      if (held >= farMore && Math.abs(last.y - first) < oneWay * (most - least)) reduced.push(bucket * length, least, most);
    }
    held = 0;
  };
  const take = (x, y) => {
    const now = Math.floor(x / length);
    if (now !== bucket) { flush(); bucket = now; first = y; put(x, y); return; }
    const sample = { x, y, order: held };
    if (held < 3) early[held] = sample;
    if (held === 0 || y < low.y) low = sample;
    if (held === 0 || y > high.y) high = sample;
    last = sample;
    held++;
  };
  take.takeReduced = () => {
    const taken = reduced;
    reduced = [];
    return taken;
  };
  return take;
}
