// Keeps the page connected to its server. While it is not, the last picture stays, greyed and with its time;
// it is tried for ever; and a server that was restarted, which does not know this page any more, is asked for it anew.
(() => {
  const banner = document.getElementById('circuit-lost');
  const retryMilliseconds = 1000;
  let lostAt = null;

  const say = text => { banner.textContent = text; banner.hidden = false; };
  const time = date => date.toLocaleTimeString([], { hour12: false });

  async function reconnect() {
    while (lostAt) {
      try {
        if (await Blazor.reconnect()) return;
        // The server is there and does not know this page: it was restarted, or the page was away for long.
        say('The server is back. Loading the page anew.');
        location.reload();
        return;
      } catch {
        say(`No connection to LiveViz since ${time(lostAt)}. This is the picture of that time. Trying again.`);
      }
      await new Promise(resolve => setTimeout(resolve, retryMilliseconds));
    }
  }

  Blazor.start({
    circuit: {
      configureSignalR: builder => builder.withServerTimeout(9000).withKeepAliveInterval(3000),
      reconnectionHandler: {
        onConnectionDown: () => {
          if (lostAt) return;
          lostAt = new Date();
          document.body.classList.add('is-cut');
          say(`No connection to LiveViz since ${time(lostAt)}. This is the picture of that time. Trying again.`);
          reconnect();
        },
        onConnectionUp: () => {
          lostAt = null;
          document.body.classList.remove('is-cut');
          banner.hidden = true;
        },
      },
    },
  });
})();
