'use strict';
// The lanes of a run, each a name and a canvas. A lane draws what it remembers between two times; the page decides when.

const MOST_SINGLE = 400;
let paint = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['text', 'soft', 'ground', 'line', 'good', 'bad', 'doubt', 'in', 'way', 'shade', 'stage', 'method', 'o0', 'o3', 'x0', 'good-ground', 'bad-ground', 'doubt-ground']) {
    paint[name] = style.getPropertyValue('--' + name).trim();
  }
}

class Lane {
  constructor(order, name, remark, height) {
    Object.assign(this, { order, height });
    this.row = document.createElement('div');
    this.row.className = 'lane';
    const label = document.createElement('div');
    label.className = 'label';
    const text = document.createElement('span');
    text.textContent = name;
    this.remark = document.createElement('small');
    this.remark.textContent = remark;
    label.append(text, this.remark);
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'track';
    this.canvas.setAttribute('role', 'img');
    this.canvas.style.height = height + 'px';
    this.row.append(label, this.canvas);
    this.name = name;
    this.pen = this.canvas.getContext('2d');
  }

  // Fits the canvas to the screen; only when its size has changed, since that clears it.
  fit(width, ratio) {
    this.wide = width;
    const [w, h] = [Math.round(width * ratio), Math.round(this.height * ratio)];
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w;
      this.canvas.height = h;
    }
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  draw(from, to, shades) {
    const pen = this.pen;
    pen.clearRect(0, 0, this.wide, this.height);
    this.at = time => (time - from) / (to - from) * this.wide;
    pen.fillStyle = paint.shade;
    for (const [begin, end] of shades) {
      const left = Math.max(0, this.at(begin));
      pen.fillRect(left, 0, Math.min(this.wide, this.at(end ?? to)) - left, this.height);
    }
    this.show(from, to);
  }

  block(begin, end, top, height, fill, edge, text, ink) {
    const left = Math.max(-2, this.at(begin));
    const width = Math.max(1, Math.min(this.wide + 2, this.at(end)) - left);
    if (left > this.wide || left + width < 0) return;
    this.pen.fillStyle = fill;
    this.pen.fillRect(left, top, width, height);
    if (edge) {
      this.pen.strokeStyle = edge;
      this.pen.strokeRect(left + 0.5, top + 0.5, Math.max(0, width - 1), height - 1);
    }
    if (text && width > 24) {
      this.pen.save();
      this.pen.beginPath();
      this.pen.rect(left, top, width - 2, height);
      this.pen.clip();
      this.pen.fillStyle = ink ?? paint.text;
      this.pen.font = '11px system-ui, sans-serif';
      this.pen.fillText(text, Math.max(left, 0) + 4, top + height / 2 + 4);
      this.pen.restore();
    }
  }

  // A round for what is as it should be, a square on its corner for what is not: the shape says what the colour says.
  sign(at, y, trouble) {
    const x = this.at(at);
    if (x < -8 || x > this.wide + 8) return;
    const pen = this.pen;
    pen.fillStyle = trouble ? paint.bad : paint.good;
    pen.beginPath();
    if (trouble) {
      pen.moveTo(x, y - 7); pen.lineTo(x + 7, y); pen.lineTo(x, y + 7); pen.lineTo(x - 7, y);
    } else {
      pen.arc(x, y, 4.5, 0, 7);
    }
    pen.fill();
  }
}

// Spans with a state each: stages, a service, a fault.
class SpanLane extends Lane {
  constructor(order, name, remark, height) {
    super(order, name, remark, height);
    this.spans = [];
  }

  begin(at, key, look, text) {
    if (this.spans.length > 2000) this.spans.splice(0, 1000);
    this.spans.push({ at, end: null, key, look, text });
  }

  finish(at, key, look) {
    const open = this.spans.findLast(span => span.end === null && (key === undefined || span.key === key));
    if (open) {
      open.end = at;
      open.look = look ?? open.look;
    }
  }

  show(from, to) {
    for (const span of this.spans) {
      const [fill, edge, ink] = { stage: ['stage'], method: ['method'], missed: ['bad-ground', 'bad'], ready: ['good-ground', 'good'], between: ['doubt-ground', 'doubt'],
        way: ['way'], in: ['in', null, 'ground'], unseen: ['bad-ground', 'bad'] }[span.look].map(name => name && paint[name]);
      this.block(span.at, span.end ?? to, 3, this.height - 6, fill, edge, span.text, ink);
    }
  }
}

class ActivityLane extends Lane {
  constructor(name, type) {
    super(3, name, type, 22);
    this.type = type;
    this.ring = new Ring(4096);
    this.columns = new Columns(['count', 'trouble']);
    this.open = new Map();
    this.total = 0;
    this.troubles = 0;
  }

  start(number, at) { this.open.set(number, at); }

  end(number, at, trouble) {
    const begin = this.open.get(number) ?? at;
    this.open.delete(number);
    this.total++;
    this.troubles += trouble ? 1 : 0;
    this.ring.add(begin, at, trouble);
    this.columns.add(at, { count: 1, trouble: trouble ? 1 : 0 });
  }

  show(from, to) {
    for (const begin of this.open.values()) this.block(begin, to, 8, 6, paint.o3);
    if (this.total <= MOST_SINGLE) {
      this.ring.each((begin, end, trouble) => {
        if (this.at(end) - this.at(begin) > 6) this.block(begin, end, 8, 6, trouble ? paint.bad : paint.o3);
        this.sign(end, 11, trouble);
      });
      return;
    }

    // From close by the newest are drawn one by one, a pixel each; what is older, and all of it from afar, as columns.
    const isClose = from > 0;
    this.#columns(isClose ? this.ring.oldest : Infinity);
    if (isClose) this.#pixels();
  }

  #pixels() {
    let last = -1;
    this.ring.each((begin, end, trouble) => {
      const x = Math.floor(this.at(end));
      if (x < 0 || (x === last && !trouble)) return;
      last = x;
      this.#column(x, 1, trouble);
    });
  }

  #columns(before) {
    const { count, trouble } = this.columns.values;
    const width = Math.max(1, this.at(this.columns.width) - this.at(0));
    for (let place = 0; place < COLUMNS && place * this.columns.width < before; place++) {
      if (count[place] > 0) this.#column(this.at(place * this.columns.width), width, trouble[place] > 0);
    }
  }

  #column(x, width, trouble) {
    this.pen.fillStyle = trouble ? paint.bad : paint.good;
    this.pen.fillRect(x, trouble ? 2 : 6, width, trouble ? 18 : 10);
  }
}

// What became of requests, in tenths of a second or wider, and how long the longest of them took.
class LoadLane extends Lane {
  constructor(name) {
    super(2, name, 'requests; line: longest wait', 64);
    this.columns = new Columns(['requests', 'lost', 'longest'], ['longest']);
  }

  tell(at, progress) {
    if (!progress.parts) return false;
    const { part_ms: each, from_ms: first, requests = [], lost = [], longest_ms: longest = [] } = progress.parts;
    if (!Array.isArray(requests)) return false;
    this.began = Math.min(this.began ?? Infinity, at - (first + requests.length * each) / 1000);
    for (let number = 0; number < requests.length; number++) {
      this.columns.add(this.began + (first + number * each) / 1000, { requests: requests[number], lost: lost[number] ?? 0, longest: longest[number] ?? 0 });
    }
    return true;
  }

  show() {
    const { requests, lost, longest } = this.columns.values;
    const each = this.columns.width;
    let most = 1, slowest = 1;
    for (let place = 0; place < COLUMNS; place++) {
      most = Math.max(most, requests[place]);
      slowest = Math.max(slowest, longest[place]);
    }
    const width = Math.max(1, this.at(each) - this.at(0));
    for (let place = 0; place < COLUMNS; place++) {
      if (requests[place] === 0) continue;
      const x = this.at(place * each);
      const all = requests[place] / most * 60;
      const bad = lost[place] > 0 ? Math.max(2, lost[place] / most * 60) : 0;
      this.pen.fillStyle = paint.o0;
      this.pen.fillRect(x, 62 - all, width, Math.max(0, all - bad));
      this.pen.fillStyle = paint.x0;
      this.pen.fillRect(x, 62 - bad, width, bad);
    }
    this.pen.strokeStyle = paint.text;
    this.pen.lineWidth = 1.4;
    this.pen.beginPath();
    let drawing = false;
    for (let place = 0; place < COLUMNS; place++) {
      if (requests[place] === 0) {
        drawing = false;
        continue;
      }
      const [x, y] = [this.at((place + 0.5) * each), 60 - longest[place] / slowest * 52];
      if (drawing) this.pen.lineTo(x, y); else this.pen.moveTo(x, y);
      drawing = true;
    }
    this.pen.stroke();
    this.pen.fillStyle = paint.text;
    this.pen.font = '11px system-ui, sans-serif';
    this.pen.fillText(`longest ${slowest < 1000 ? slowest.toFixed(slowest < 10 ? 1 : 0) + ' ms' : (slowest / 1000).toFixed(2) + ' s'}`, 4, 11);
  }
}

class NoticeLane extends Lane {
  constructor() {
    super(5, 'warnings', '', 20);
    this.ring = new Ring(400);
  }

  show() { this.ring.each(at => this.sign(at, 10, true)); }
}

class AxisLane extends Lane {
  constructor() {
    super(9, '', '', 20);
    this.row.classList.add('axis');
    this.row.setAttribute('aria-hidden', 'true');
  }

  show(from, to) {
    const least = (to - from) / Math.max(3, Math.min(10, this.wide / 70));
    const unit = to - from < 180 ? 1 : 60;
    const power = Math.pow(10, Math.floor(Math.log10(least / unit)));
    const step = unit * power * [1, 2, 5, 10].find(one => one * power * unit >= least * 0.999);
    this.pen.fillStyle = this.pen.strokeStyle = paint.soft;
    this.pen.font = '11px system-ui, sans-serif';
    for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) {
      const x = this.at(tick);
      this.pen.fillRect(x, 0, 1, 5);
      this.pen.fillText(`${Number((tick / unit).toFixed(2))} ${unit === 1 ? 's' : 'min'}`, x + 3, 14);
    }
  }
}
