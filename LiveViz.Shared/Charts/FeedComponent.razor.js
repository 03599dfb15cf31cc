// What only the browser knows: how far the viewer's clock is ahead of UTC.
export const utcOffsetMinutes = () => -new Date().getTimezoneOffset();
