// A frame that takes longer is not waited for.
export const mostMilliseconds = 2000;

export function overTime(begun) {
  if (performance.now() - begun > mostMilliseconds) throw new Error('over time');
}
