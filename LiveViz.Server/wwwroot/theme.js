// Before anything is painted: the theme the viewer chose, else the system's.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  // A browser may refuse to store anything; the theme then holds for this page.
  let here = null;
  const chosen = () => { try { return here ?? localStorage.getItem('liveviz-theme'); } catch { return here; } };
  const apply = () => { document.documentElement.dataset.theme = chosen() ?? (system.matches ? 'dark' : 'light'); };
  apply();
  window.liveviz = {
    start: () => ({ dark: document.documentElement.dataset.theme === 'dark', utcOffsetMinutes: -new Date().getTimezoneOffset(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, transport: window.liveviz.transport }),
    setDark: dark => { here = dark ? 'dark' : 'light'; try { localStorage.setItem('liveviz-theme', here); } catch { } apply(); },
    transport: 'long polling',
    // Of the address as it is here: since the server heard of it, a link may have been followed.
    setQuery: changes => {
      const address = new URL(location.href);
      for (const [name, value] of Object.entries(changes)) if (value === null) address.searchParams.delete(name); else address.searchParams.set(name, value);
      if (address.href !== location.href) Blazor.navigateTo(address.href, false, true);
    },
    focus: selector => document.querySelector(selector)?.focus(),
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
