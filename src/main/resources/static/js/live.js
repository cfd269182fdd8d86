// The live page of a release: whenever the server says that something changed, the part that changes is asked for and put in place.
(function () {
  'use strict';

  const connection = document.getElementById('live-connection');
  const place = document.getElementById('live-sheet');
  if (!connection || !place || !window.EventSource) {
    return;
  }

  let asking = false;
  let again = false;

  function say(sentence) {
    if (connection.textContent !== sentence) {
      connection.textContent = sentence;
    }
  }

  function renew() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    fetch(connection.dataset.sheet, { credentials: 'same-origin', headers: { Accept: 'text/html' } }).then(function (answer) {
      if (!answer.ok || new URL(answer.url).pathname === '/login') {
        throw new Error('answered ' + answer.status);
      }
      return answer.text();
    }).then(function (html) {
      const part = new DOMParser().parseFromString(html, 'text/html').getElementById('live-parts');
      if (part) {
        place.replaceChildren(document.adoptNode(part));
        document.dispatchEvent(new CustomEvent('slipway:refresh'));
      }
    }).catch(function () {
      say('The page could not be renewed; the next change tries again.');
    }).finally(function () {
      asking = false;
      if (again) {
        again = false;
        renew();
      }
    });
  }

  const events = new EventSource(connection.dataset.events);
  events.addEventListener('open', function () { say('Connected: what happens appears here by itself.'); });
  events.addEventListener('changed', function (event) {
    place.dataset.seen = event.data;
    renew();
  });
  events.addEventListener('error', function () {
    say(events.readyState === EventSource.CLOSED
      ? 'The connection has ended; please reload the page, and sign in again if you are asked to.'
      : 'The connection was lost and is being opened again …');
  });
}());
