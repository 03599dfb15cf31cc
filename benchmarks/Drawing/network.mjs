// The line between two processes, which can be cut.
import { connect, createServer } from 'node:net';

export async function between(port) {
  const sockets = new Set();
  let isCut = false;
  const server = createServer(near => {
    if (isCut) { near.destroy(); return; }
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => {});
      from.on('close', () => { sockets.delete(from); to.destroy(); });
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    cut: () => { isCut = true; sockets.forEach(socket => socket.destroy()); },
    mend: () => { isCut = false; },
    close: () => server.close(),
  };
}
