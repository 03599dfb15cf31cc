// Before anything is painted: the theme the viewer chose, else the system's.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => localStorage.getItem('liveviz-theme');
  const apply = () => { document.documentElement.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light'); };
  apply();
  window.liveviz = {
    start: () => ({ dark: document.documentElement.dataset.theme === 'dark', utcOffsetMinutes: -new Date().getTimezoneOffset(), transport: window.liveviz.transport }),
    setDark: dark => { localStorage.setItem('liveviz-theme', dark ? 'dark' : 'light'); apply(); },
    transport: 'long polling',
  };
  // How the page is connected is on the screen; Blazor does not tell.
  const Native = window.WebSocket;
  if (Native) {
    window.WebSocket = class extends Native {
      constructor(url, protocols) {
        super(url, protocols);
        if (String(url).includes('/_blazor')) {
          this.addEventListener('open', () => { window.liveviz.transport = 'WebSocket'; });
          this.addEventListener('close', () => { window.liveviz.transport = 'long polling'; });
        }
      }
    };
  }
})();
