// Draws models with bpmn-js: the one of a running or ended release with its tokens, and two versions beside each other.
(function () {
  'use strict';

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function viewer(container) {
    return new window.BpmnJS({
      container: container,
      // The wheel scrolls the page; the diagram has buttons, and it is moved by dragging and by the arrow keys.
      additionalModules: [{ zoomScroll: ['value', ''] }],
      bpmnRenderer: { defaultFillColor: colour('--drawing-fill'), defaultStrokeColor: colour('--drawing') }
    });
  }

  function load(address) {
    return fetch(address, { credentials: 'same-origin', headers: { Accept: '*/*' } }).then(function (answer) {
      if (!answer.ok || new URL(answer.url).pathname === '/login') {
        throw new Error('answered ' + answer.status);
      }
      return answer;
    });
  }

  function say(container, sentence) {
    const words = document.createElement('p');
    words.className = 'quiet waiting';
    words.textContent = sentence;
    container.replaceChildren(words);
  }

  const READABLE = 0.7;
  const MARGIN = 20;
  const LEAST = 240;

  // As high as the whole drawing asks for at this width, or as high as the page allows.
  function room(drawn, whole) {
    const canvas = drawn.get('canvas');
    const frame = canvas.getContainer().closest('.diagram');
    frame.style.height = '';
    canvas.resized();
    if (whole) {
      const box = canvas.viewbox();
      const wanted = box.inner.height * Math.min(1.2, box.outer.width / box.inner.width) + 2 * MARGIN;
      frame.style.height = Math.min(frame.offsetHeight, Math.max(LEAST, wanted)) + 'px';
      canvas.resized();
    }
  }

  // The whole diagram with a little room around it.
  function fit(drawn) {
    const canvas = drawn.get('canvas');
    room(drawn, true);
    canvas.zoom('fit-viewport', 'auto');
    canvas.zoom(Math.min(1.2, canvas.zoom() * 0.95), 'auto');
  }

  // Begins with the element in the middle, without leaving room beside the drawing that it could fill.
  function begin(middle, length, from, whole) {
    const least = from - MARGIN;
    const most = from + whole + MARGIN - length;
    return most < least ? from + whole / 2 - length / 2 : Math.min(most, Math.max(least, middle - length / 2));
  }

  // Where the whole would be too small to read, the part around the first of these elements, readable.
  function look(drawn, ids) {
    const canvas = drawn.get('canvas');
    const registry = drawn.get('elementRegistry');
    const at = ids.map(function (id) { return registry.get(id); }).find(Boolean);
    fit(drawn);
    if (!at || canvas.zoom() >= READABLE) {
      return;
    }
    room(drawn, false);
    const box = canvas.viewbox();
    const width = box.outer.width / READABLE;
    const height = box.outer.height / READABLE;
    canvas.viewbox({
      x: begin(at.x + at.width / 2, width, box.inner.x, box.inner.width),
      y: begin(at.y + at.height / 2, height, box.inner.y, box.inner.height),
      width: width,
      height: height
    });
  }

  function step(drawn, factor) {
    const canvas = drawn.get('canvas');
    canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)));
  }

  function steer(container, current) {
    container.addEventListener('keydown', function (event) {
      const drawn = current();
      const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
      if (!drawn || event.target !== container) {
        return;
      }
      if (moves[event.key]) {
        drawn.get('canvas').scroll({ dx: moves[event.key][0], dy: moves[event.key][1] });
      } else if (event.key === '+' || event.key === '=') {
        step(drawn, 1.25);
      } else if (event.key === '-') {
        step(drawn, 0.8);
      } else if (event.key === '0') {
        fit(drawn);
      } else {
        return;
      }
      event.preventDefault();
    });
  }

  function badge(kind, text, title) {
    const badge = document.createElement('div');
    badge.className = kind;
    badge.textContent = text;
    badge.title = title;
    return badge;
  }

  // The release: one level of its processes at a time.
  function release(container) {
    const base = container.dataset.base;
    const levels = document.getElementById('levels');
    const calls = document.getElementById('calls');
    const words = document.getElementById('diagram-words');
    const drawings = new Map();
    let drawn = null;
    let shown = null;
    let picture = null;
    let marked = [];
    let request = 0;

    function drawing(instance) {
      if (!drawings.has(instance)) {
        drawings.set(instance, load(base + encodeURIComponent(instance) + '/drawing').then(function (answer) { return answer.text(); }));
        drawings.get(instance).catch(function () { drawings.delete(instance); });
      }
      return drawings.get(instance);
    }

    function show(instance) {
      const mine = ++request;
      return Promise.all([
        load(base + encodeURIComponent(instance)).then(function (answer) { return answer.json(); }),
        drawing(instance)
      ]).then(function (parts) {
        return mine === request ? draw(instance, parts[0], parts[1]) : null;
      }).catch(function () {
        if (mine === request) {
          drop();
          say(container, 'The diagram could not be loaded; please reload the page.');
        }
      });
    }

    function drop() {
      if (drawn) {
        drawn.destroy();
        drawn = null;
      }
    }

    function draw(instance, state, xml) {
      drop();
      container.replaceChildren();
      drawn = viewer(container);
      shown = instance;
      marked = [];
      return drawn.importXML(xml).then(function () {
        look(drawn, state.incidents.concat(state.tokens).map(function (there) { return there.element; }));
        paint(state);
        drawn.get('eventBus').on('element.click', function (event) { open(event.element.id); });
      });
    }

    function mark(id, marker) {
      const element = drawn.get('elementRegistry').get(id);
      if (element) {
        drawn.get('canvas').addMarker(id, marker);
        marked.push([id, marker]);
        if (element.children && element.children.length > 0 && marker !== 'is-open') {
          drawn.get('canvas').addMarker(id, 'is-frame');
          marked.push([id, 'is-frame']);
        }
      }
      return Boolean(element);
    }

    function label(id) {
      const element = drawn.get('elementRegistry').get(id);
      return (element && element.businessObject.name) || id;
    }

    function paint(state) {
      const overlays = drawn.get('overlays');
      picture = state;
      overlays.clear();
      marked.forEach(function (pair) { drawn.get('canvas').removeMarker(pair[0], pair[1]); });
      marked = [];
      state.done.forEach(function (id) { mark(id, 'is-done'); });
      state.broken.forEach(function (id) { mark(id, 'is-broken'); });
      state.tokens.forEach(function (token) {
        if (mark(token.element, 'is-here')) {
          overlays.add(token.element, 'token', {
            position: { bottom: 12, left: -12 },
            html: badge('token', String(token.count), token.count === 1 ? 'One token is here' : token.count + ' tokens are here')
          });
        }
      });
      state.incidents.forEach(function (trouble) {
        if (mark(trouble.element, 'is-trouble')) {
          overlays.add(trouble.element, 'incident', {
            position: { top: -12, right: 12 },
            html: badge('mark', '!', trouble.message)
          });
        }
      });
      state.called.forEach(function (call) { mark(call.element, 'is-open'); });
      tell(state);
      path(state);
      list(state);
      container.dataset.drawn = state.instance;
    }

    function tell(state) {
      const here = state.tokens.map(function (token) { return label(token.element) + (token.count > 1 ? ' (' + token.count + ')' : ''); });
      const trouble = state.incidents.map(function (incident) { return 'Incident at ' + label(incident.element) + ': ' + incident.message; });
      const sentence = [state.name + ', version ' + state.version + '.',
        state.ended ? 'It has ended.' : here.length > 0 ? 'Here now: ' + here.join(', ') + '.' : ''].concat(trouble).join(' ');
      if (words.textContent !== sentence) {
        words.textContent = sentence;
      }
      container.setAttribute('aria-label', 'Diagram of ' + state.name);
    }

    function path(state) {
      levels.replaceChildren.apply(levels, state.path.map(function (level, index) {
        const item = document.createElement('li');
        const last = index === state.path.length - 1;
        const part = document.createElement(last ? 'span' : 'button');
        part.textContent = level.name;
        if (last) {
          part.setAttribute('aria-current', 'true');
        } else {
          part.type = 'button';
          part.addEventListener('click', function () { show(level.instance); });
        }
        item.append(part);
        return item;
      }));
    }

    function list(state) {
      const many = {};
      state.called.forEach(function (call) { many[call.element] = (many[call.element] || 0) + 1; });
      const counted = {};
      const key = state.called.map(function (call) { return call.instance + call.ended; }).join();
      if (calls.dataset.key === key) {
        return;
      }
      calls.dataset.key = key;
      calls.replaceChildren.apply(calls, state.called.map(function (call) {
        const item = document.createElement('li');
        const button = document.createElement('button');
        counted[call.element] = (counted[call.element] || 0) + 1;
        const which = many[call.element] > 1 ? ' ' + counted[call.element] + ' of ' + many[call.element] : '';
        button.type = 'button';
        button.textContent = call.name + which + (call.ended ? ', ended' : ', running');
        button.className = call.ended ? '' : 'running';
        button.addEventListener('click', function () { show(call.instance); });
        item.append(button);
        return item;
      }));
    }

    // The newest of several calls, which is the running one if any is; the list below the diagram has them all.
    function open(id) {
      const there = picture.called.filter(function (call) { return call.element === id; });
      if (there.length > 0) {
        show(there[there.length - 1].instance);
      }
    }

    function refresh() {
      if (!drawn || !shown || container.dataset.ended === 'true') {
        return;
      }
      const mine = request;
      load(base + encodeURIComponent(shown)).then(function (answer) { return answer.json(); }).then(function (state) {
        if (mine === request && drawn && state.instance === shown && JSON.stringify(state) !== JSON.stringify(picture)) {
          paint(state);
        }
      }).catch(function () { /* the next turn asks again */ });
    }

    document.querySelectorAll('[data-zoom]').forEach(function (button) {
      button.addEventListener('click', function () {
        if (drawn) {
          const how = { in: function () { step(drawn, 1.25); }, out: function () { step(drawn, 0.8); }, fit: function () { fit(drawn); } };
          how[button.dataset.zoom]();
        }
      });
    });
    document.addEventListener('slipway:refresh', refresh);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () { show(shown || container.dataset.instance); });
    steer(container, function () { return drawn; });
    show(container.dataset.instance);
  }

  // One of two versions, with what differs marked.
  function version(container) {
    let drawn = null;

    function show() {
      load(container.dataset.drawing).then(function (answer) { return answer.text(); }).then(function (xml) {
        if (drawn) {
          drawn.destroy();
        }
        container.replaceChildren();
        drawn = viewer(container);
        return drawn.importXML(xml);
      }).then(function () {
        look(drawn, Array.from(document.querySelectorAll('[data-change]')).map(function (change) { return change.dataset.element; }));
        document.querySelectorAll('[data-change]').forEach(function (change) {
          if (drawn.get('elementRegistry').get(change.dataset.element)) {
            drawn.get('canvas').addMarker(change.dataset.element, 'is-' + change.dataset.change);
          }
        });
        container.dataset.drawn = 'true';
      }).catch(function () {
        drawn = null;
        say(container, 'The diagram could not be drawn; the lines below say what changes.');
      });
    }

    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
    steer(container, function () { return drawn; });
    show();
  }

  document.querySelectorAll('.diagram[data-instance]').forEach(release);
  document.querySelectorAll('.diagram[data-drawing]').forEach(version);
})();
