// Keeps the page connected to its server, and keeps a page that is not from looking alive: the last picture stays,
// greyed and with its time; it is tried for ever; and a server that does not know this page any more is asked for it
// anew. The status line beats once a second; whatever stops it, a cut or an error, is seen here within seconds.
(() => {
  const banner = document.getElementById('circuit-lost');
  const retryMilliseconds = 1000;
  const silenceMilliseconds = 3500;
  let lastBeat = null;
  let isDown = false;
  let isRefused = false;

  const time = date => date.toLocaleTimeString([], { hour12: false });
  const show = text => { document.body.classList.add('is-cut'); banner.textContent = text; banner.hidden = false; };
  const showLost = () => show(lastBeat
    ? `No connection to LiveViz since ${time(lastBeat)}. This is the picture of that time. Trying again.`
    : 'No connection to LiveViz yet. Trying again.');
  const hide = () => { document.body.classList.remove('is-cut'); banner.hidden = true; };

  const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

  // Not while the server is away: a page of the browser's own would come in place of this one, and stay.
  async function reload() {
    for (; ; await pause(retryMilliseconds)) {
      try {
        const answer = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(silenceMilliseconds) });
        if (answer.status < 500) break;
      } catch { }
    }
    location.reload();
  }

  async function reconnect() {
    while (isDown) {
      try {
        if (await Blazor.reconnect()) return;
        // The server is there and does not know this page: it was restarted, or the page was away for long.
        show('The server is back. Loading the page anew.');
        reload();
        return;
      } catch {
        showLost();
      }
      await pause(retryMilliseconds);
    }
  }

  new MutationObserver(() => {
    lastBeat = new Date();
    if (!isDown) hide();
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-beat'] });

  setInterval(() => {
    if (lastBeat && !isDown && new Date() - lastBeat > silenceMilliseconds) showLost();
  }, 500);

  // Shown by Blazor when the page's part on the server has failed: nothing will come any more.
  new MutationObserver(() => {
    if (isRefused) return;
    isDown = true;
    show('This page has failed. It is loaded anew; the sensors and the server are not affected.');
    setTimeout(reload, 4000);
  }).observe(document.getElementById('blazor-error-ui'), { attributes: true, attributeFilter: ['style'] });

  // A server that lets no more dashboards in says why when it closes; Blazor may take that for a failure of the page,
  // before or after. It is asked again: one may have left.
  function showRefusal(error) {
    const reason = error?.message.split('HubException: ')[1];
    if (!reason || isRefused) return;
    isDown = isRefused = true;
    show(`${reason} Trying again.`);
    setTimeout(reload, 5000);
  }

  // What cannot be had before the page stands Blazor does not ask for again, and what that may be it does not say.
  function beginAnew() {
    if (lastBeat || isDown) return;
    isDown = true;
    showLost();
    setTimeout(reload, retryMilliseconds);
  }
  addEventListener('unhandledrejection', () => { if (!lastBeat) setTimeout(beginAnew, silenceMilliseconds); });

  Blazor.start({
    circuit: {
      configureSignalR: builder => {
        builder.withServerTimeout(9000).withKeepAliveInterval(3000);
        const build = builder.build;
        builder.build = () => {
          const connection = build.call(builder);
          connection.onclose(showRefusal);
          // Closed while it still starts, a connection fails to start and does not count as closed.
          const start = connection.start.bind(connection);
          connection.start = () => start().catch(error => {
            showRefusal(error);
            beginAnew();
            // Of these alone Blazor lets itself be told that there is no connection yet; after all others, as where a cut
            // comes between two requests, it takes the page for failed.
            throw Object.assign(error, { errorType: 'FailedToNegotiateWithServerError' });
          });
          return connection;
        };
      },
      reconnectionHandler: {
        onConnectionDown: () => {
          beginAnew();
          if (isDown) return;
          isDown = true;
          showLost();
          reconnect();
        },
        onConnectionUp: () => {
          isDown = false;
          hide();
        },
      },
    },
  });
})();
