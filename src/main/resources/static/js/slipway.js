// What every page of Slipway does: the reader's zone, signs of loading and failing, and the parts that are asked for again.
(function () {
  'use strict';

  const REFRESH_MS = 10000;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  const shown = document.documentElement.dataset.zone;

  // The server writes times in the zone that this cookie names, from the second page on.
  document.cookie = 'zone=' + encodeURIComponent(zone) + '; path=/; max-age=31536000; samesite=lax';

  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' });
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });

  // The short name of the zone at a moment; not every language knows every name.
  function nameAt(moment) {
    const names = ['en-GB', 'en-US'].map(function (language) {
      return new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' }).formatToParts(moment)
        .find(function (part) { return part.type === 'timeZoneName'; }).value;
    });
    return names.find(function (name) { return !/^GMT[+-]/.test(name); }) || names[0];
  }

  function localTimes(root) {
    if (zone === shown) {
      return;
    }
    root.querySelectorAll('time.at').forEach(function (time) {
      const moment = new Date(time.dateTime);
      const zoned = ' ' + nameAt(moment);
      const text = day.format(moment) + ', ' + clock.format(moment);
      const start = time.classList.contains('end') ? time.parentElement.querySelector('time.at') : null;
      const end = time.classList.contains('start') ? time.parentElement.querySelector('time.end') : null;
      const sameDay = start && day.format(new Date(start.dateTime)) === day.format(moment);
      const sameZone = end && nameAt(new Date(end.dateTime)) === nameAt(moment);
      time.textContent = (sameDay ? clock.format(moment) : text) + (sameZone ? '' : zoned);
    });
    root.querySelectorAll('.zone').forEach(function (name) { name.textContent = zone; });
  }

  function tell(sentence) {
    const alert = document.getElementById('alert');
    if (alert) {
      alert.textContent = sentence;
      alert.hidden = false;
    }
  }

  function closeOthers(opened) {
    document.querySelectorAll('details.action[open]').forEach(function (other) {
      if (other !== opened) {
        other.open = false;
      }
    });
  }

  // A menu closes when one clicks beside it, as menus do.
  document.addEventListener('click', function (event) {
    const menu = document.querySelector('details.more[open]');
    if (menu && !menu.contains(event.target)) {
      menu.open = false;
    }
  });

  document.addEventListener('toggle', function (event) {
    if (event.target.matches && event.target.matches('details.action') && event.target.open) {
      closeOthers(event.target);
      const reason = event.target.querySelector('textarea');
      if (reason) {
        reason.focus();
      }
    }
  }, true);

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') {
      const open = document.querySelector('details.action[open], details.more[open]');
      if (open) {
        open.open = false;
        open.querySelector('summary').focus();
      }
    }
  });

  document.addEventListener('click', function (event) {
    if (!event.target.closest('details.action')) {
      closeOthers(null);
    }
  });

  // A form that was sent is not sent twice.
  document.addEventListener('submit', function (event) {
    const form = event.target;
    if (form.method !== 'post') {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'true';
    document.body.classList.add('busy');
  });
  window.addEventListener('pageshow', function () {
    document.body.classList.remove('busy');
    document.querySelectorAll('form[data-sent]').forEach(function (form) { delete form.dataset.sent; });
  });

  document.addEventListener('htmx:beforeRequest', function (event) {
    if (event.detail.elt.id !== 'now') {
      document.body.classList.add('busy');
    }
  });
  document.addEventListener('htmx:afterRequest', function () { document.body.classList.remove('busy'); });
  document.addEventListener('htmx:responseError', function (event) {
    tell(event.detail.xhr.status === 401 || event.detail.xhr.status === 403
      ? 'You are signed out, or may not see this any more; please reload the page.'
      : 'This part of the page could not be loaded; please try again.');
  });
  document.addEventListener('htmx:sendError', function () {
    tell('Slipway cannot be reached at the moment; what you see may be old.');
  });
  // A session that ended answers a part of a page with the sign-in page; that is never put into the middle of this one.
  document.addEventListener('htmx:beforeSwap', function (event) {
    const address = event.detail.xhr.responseURL;
    if (address && new URL(address).pathname === '/login') {
      event.detail.shouldSwap = false;
      location.assign('/login');
    }
  });
  document.addEventListener('htmx:load', function (event) { localTimes(event.detail.elt); });

  function refresh() {
    const now = document.getElementById('now');
    const disturbed = now && (now.querySelector('details[open]') || now.contains(document.activeElement));
    if (document.visibilityState === 'visible' && now && now.hasAttribute('hx-get')) {
      if (!disturbed && window.htmx) {
        window.htmx.trigger(now, 'refresh');
      }
      document.dispatchEvent(new CustomEvent('slipway:refresh'));
    }
  }

  // A long page begins with links to its parts.
  function contents() {
    const nav = document.getElementById('contents');
    if (nav) {
      document.querySelectorAll('section.panel > h2, section.panel > .head > h2').forEach(function (heading, index) {
        heading.id = heading.id || 'part-' + index;
        const link = document.createElement('a');
        link.href = '#' + heading.id;
        link.textContent = heading.textContent;
        nav.append(link);
      });
      nav.hidden = !nav.hasChildNodes();
    }
  }

  contents();
  localTimes(document);
  window.setInterval(refresh, REFRESH_MS);
})();
