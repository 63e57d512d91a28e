'use strict';
// What a lane remembers, in a size that does not grow: the newest marks one by one, and all of them in columns that become wider as the run becomes longer.

const COLUMNS = 1024;

// Columns over the time of a run. Each holds a sum for each of its fields, or the largest where `largest` says so.
class Columns {
  constructor(fields, largest = []) {
    this.width = 0.1;
    this.fields = fields;
    this.largest = new Set(largest);
    this.values = Object.fromEntries(fields.map(field => [field, new Float64Array(COLUMNS)]));
  }

  add(at, figures) {
    if (!(at >= 0)) at = 0;
    while (at >= this.width * COLUMNS) this.#widen();
    const place = Math.floor(at / this.width);
    for (const field of this.fields) this.#put(field, place, figures[field] ?? 0);
  }

  #put(field, place, value) {
    const values = this.values[field];
    values[place] = this.largest.has(field) ? Math.max(values[place], value) : values[place] + value;
  }

  #widen() {
    for (const field of this.fields) {
      const old = this.values[field];
      const wide = this.values[field] = new Float64Array(COLUMNS);
      for (let place = 0; place < COLUMNS; place++) {
        const half = place >> 1;
        wide[half] = this.largest.has(field) ? Math.max(wide[half], old[place]) : wide[half] + old[place];
      }
    }
    this.width *= 2;
  }
}

// The newest marks, each with a time, an end and whether it is trouble.
class Ring {
  constructor(size) {
    this.size = size;
    this.count = 0;
    this.begin = new Float64Array(size);
    this.end = new Float64Array(size);
    this.trouble = new Uint8Array(size);
  }

  add(begin, end, trouble) {
    const place = this.count++ % this.size;
    this.begin[place] = begin;
    this.end[place] = end;
    this.trouble[place] = trouble ? 1 : 0;
  }

  // When the oldest that is held began.
  get oldest() { return this.count === 0 ? Infinity : this.begin[Math.max(0, this.count - this.size) % this.size]; }

  // Calls act for each that is held, the oldest first.
  each(act) {
    for (let number = Math.max(0, this.count - this.size); number < this.count; number++) {
      const place = number % this.size;
      act(this.begin[place], this.end[place], this.trouble[place] === 1);
    }
  }
}
