// What a frame costs on which nothing is drawn.
export const start = (root, feed) => () => feed.next();
