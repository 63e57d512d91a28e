'use strict';
// The picture is drawn in parts of its width: to zoom is to make the drawing wider than its track and to move it.
for (const lanes of document.querySelectorAll('.lanes')) {
  const end = Number(lanes.dataset.end);
  const drawings = [...lanes.querySelectorAll('.zoomed')];
  const track = lanes.querySelector('.track');
  const most = 200;
  let zoom = 1, left = 0, at = null;

  const tools = document.createElement('div');
  tools.className = 'tools';
  const button = (text, label, act) => {
    const one = document.createElement('button');
    one.type = 'button';
    one.textContent = text;
    one.setAttribute('aria-label', label);
    one.addEventListener('click', act);
    tools.append(one);
  };
  const read = document.createElement('output');
  read.setAttribute('aria-live', 'polite');
  const cross = document.createElement('div');
  cross.className = 'cross';
  lanes.append(cross);

  const show = () => {
    left = Math.min(Math.max(left, 0), 1 - 1 / zoom);
    for (const drawing of drawings) {
      drawing.setAttribute('width', 100 * zoom + '%');
      drawing.setAttribute('x', -100 * zoom * left + '%');
    }
    point(at);
  };
  const scaled = (factor, around) => {
    const next = Math.min(Math.max(zoom * factor, 1), most);
    left += around / zoom - around / next;
    zoom = next;
    show();
  };
  // What is under the cross, in each lane: the titles of what is drawn there.
  const told = (seconds, x) => {
    const texts = [];
    for (const lane of lanes.querySelectorAll('.lane:not(.axis)')) {
      const found = [];
      for (const one of lane.querySelectorAll('.zoomed > svg, .zoomed > use, .zoomed > rect:not(.shade)')) {
        const box = one.getBoundingClientRect();
        if (box.left - 3 <= x && x <= box.right + 3) {
          const title = one.querySelector('title');
          if (title) found.push(title.textContent);
        }
      }
      if (found.length > 0) texts.push(found.slice(0, 3).join('; '));
    }
    return texts.slice(0, 6).join(' · ');
  };
  const point = part => {
    at = part;
    const inside = part === null ? -1 : (part - left) * zoom;
    if (inside < 0 || inside > 1) {
      cross.style.display = 'none';
      read.textContent = '';
      return;
    }
    const box = track.getBoundingClientRect();
    const x = box.left + inside * box.width;
    cross.style.display = 'block';
    cross.style.left = x - lanes.getBoundingClientRect().left - 1 + 'px';
    read.textContent = (part * end).toFixed(end < 60 ? 2 : 1) + ' s  ' + told(part * end, x);
  };

  button('+', 'Zoom in', () => scaled(2, 0.5));
  button('−', 'Zoom out', () => scaled(0.5, 0.5));
  button('all', 'Show all of the run', () => { zoom = 1; left = 0; show(); });
  const hint = document.createElement('span');
  hint.textContent = 'Drag to move; keys: + − 0 ← →';
  tools.append(hint, read);
  lanes.before(tools);

  let frame = 0;
  lanes.addEventListener('pointermove', event => {
    const box = track.getBoundingClientRect();
    if (dragged !== null) {
      left = dragged.left - (event.clientX - dragged.x) / box.width / zoom;
      show();
      return;
    }
    const inside = (event.clientX - box.left) / box.width;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => point(inside < 0 || inside > 1 ? null : left + inside / zoom));
  });
  let dragged = null;
  lanes.addEventListener('pointerdown', event => {
    if (event.button === 0 && zoom > 1) {
      dragged = { x: event.clientX, left };
      lanes.setPointerCapture(event.pointerId);
    }
  });
  for (const name of ['pointerup', 'pointercancel']) lanes.addEventListener(name, () => { dragged = null; });
  lanes.addEventListener('pointerleave', () => { if (dragged === null) point(null); });
  lanes.addEventListener('wheel', event => {
    if (event.ctrlKey) {
      event.preventDefault();
      const box = track.getBoundingClientRect();
      scaled(event.deltaY < 0 ? 1.25 : 0.8, Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1));
    }
  }, { passive: false });
  lanes.addEventListener('keydown', event => {
    const keys = {
      '+': () => scaled(2, at === null ? 0.5 : (at - left) * zoom), '=': () => scaled(2, 0.5), '-': () => scaled(0.5, 0.5),
      '0': () => { zoom = 1; left = 0; show(); },
      'ArrowRight': () => step(1), 'ArrowLeft': () => step(-1), 'Escape': () => point(null),
    };
    const act = keys[event.key];
    if (act && !event.altKey && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      act();
    }
  });
  const step = sign => {
    const next = Math.min(Math.max((at ?? left) + sign / 100 / zoom, 0), 1);
    if (next < left) left = next;
    if (next > left + 1 / zoom) left = next - 1 / zoom;
    at = next;
    show();
  };
}
