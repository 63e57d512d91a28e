'use strict';
// Shows a run while it happens. Events come in batches; figures are written ten times a second, the picture is drawn as often as the screen is.

const MOST_ACTIVITY_LANES = 14, MOST_FAULT_LANES = 8, MOST_SERVICE_LANES = 12, MOST_SAID = 200, MOST_AT_ONCE = 20, LONGEST_SILENCE = 12_000;
const STAGES = { gate: 'gate', during: 'meanwhile', method: 'method', after: 'after the method', rollbacks: 'rollbacks', closing: 'after the rollbacks' };
const element = id => document.getElementById(id);
const lanes = new Map();
const run = {
  title: '', stage: '', newest: 0, arrived: performance.now(), isOver: false, checks: 0, met: 0, activities: 0, troubles: 0, requests: 0, lost: 0, hasUsers: false,
  p99: null, skipped: 0, isAttended: true, lostAt: null, faults: new Map(), busy: new Map(), end: null,
};
let heardAt = performance.now();
let shades = [], isWhole = true, isDrawn = false, isNews = true, drawnAt = 0;
const fresh = [];

const seconds = given => timed(Number(given));
const timed = value => value < 1 ? `${Math.round(value * 1000)} ms` : value < 60 ? `${value.toFixed(2)} s` : `${Math.floor(value / 60)}m ${String(Math.floor(value % 60)).padStart(2, '0')}s`;
const wait = milliseconds => seconds(milliseconds / 1000);
const count = number => Number(number).toLocaleString('en-US');
const clock = () => run.isOver || !run.isAttended ? run.newest : run.newest + ((run.lostAt ?? performance.now()) - run.arrived) / 1000;

function lane(key, make) {
  let found = lanes.get(key);
  if (!found) {
    found = make();
    lanes.set(key, found);
    const after = [...lanes.values()].filter(one => one !== found && one.order > found.order).map(one => one.row);
    const first = [...element('lanes').children].find(row => after.includes(row));
    element('lanes').insertBefore(found.row, first ?? null);
    fitAll();
  }
  return found;
}

function say(at, text, tone) {
  fresh.push([at, text, tone]);
  if (fresh.length > MOST_SAID) fresh.shift();
  isNews = true;
}

const activityLane = (name, type) => {
  const key = `activity ${type} ${name}`;
  if (lanes.has(key)) return lanes.get(key);
  const others = [...lanes.keys()].filter(one => one.startsWith('activity ')).length >= MOST_ACTIVITY_LANES;
  return others ? lane('others', () => new ActivityLane('others', '')) : lane(key, () => new ActivityLane(name, type));
};

const stages = () => lane('stages', () => new SpanLane(0, 'stages', '', 26));

function stage(at, phase, isBegin, met) {
  if (phase === 'during') return;
  const name = STAGES[phase] ?? phase;
  if (isBegin) {
    run.stage = name;
    stages().begin(at, phase, phase === 'method' ? 'method' : 'stage', name);
    say(at, name, '');
  } else {
    stages().finish(at, phase, met === false ? 'missed' : undefined);
  }
}

function fault(line) {
  let known = run.faults.get(line.fault);
  if (!known) {
    const key = `fault ${line.kind} ${line.name}`;
    const isFull = !lanes.has(key) && [...lanes.keys()].filter(one => one.startsWith('fault ')).length >= MOST_FAULT_LANES;
    known = { lane: isFull ? lane('fault others', () => new SpanLane(1, '⚡ other faults', '', 26)) : lane(key, () => new SpanLane(1, `⚡ ${line.kind}`, line.name, 26)), shade: null };
    run.faults.set(line.fault, known);
  }
  known.state = line.state;
  const id = line.fault;
  switch (line.state) {
    case 'injecting':
      known.lane.begin(line.at, id, 'way', '');
      shades.push(known.shade = [line.at, null]);
      break;
    case 'active': case 'effective': case 'without-effect':
      known.lane.finish(line.at, id);
      known.lane.begin(line.at, id, line.state === 'without-effect' ? 'unseen' : 'in', line.state === 'without-effect' ? 'without effect' : 'in');
      known.effective = known.effective || line.state === 'effective';
      if (!known.shade) shades.push(known.shade = [line.at, null]);
      break;
    case 'lost':
      known.lane.finish(line.at, id);
      known.lane.begin(line.at, id, 'unseen', 'lost its effect');
      break;
    case 'reverting':
      known.lane.finish(line.at, id);
      known.lane.begin(line.at, id, 'way', '');
      break;
    case 'reverted': case 'confirmed':
      known.lane.finish(line.at, id);
      if (known.shade) known.shade[1] ??= line.at;
      break;
  }
  const words = { injecting: 'is being put in', active: 'is in; nobody has looked', effective: 'is in, and was seen to have an effect', 'without-effect': 'is in, without an effect',
    lost: 'has lost its effect', reverting: 'is being taken back', confirmed: 'was seen to be taken back' }[line.state];
  if (words) say(line.at, `⚡ ${line.kind} of ${line.name} ${words}${line.by ? ' by ' + line.by : ''}`, ['without-effect', 'lost'].includes(line.state) ? 'bad' : '');
  if (shades.length > 500) shades = shades.slice(-400);
}

const take = {
  head(line) { run.title = line.title; },
  'run-started'() { run.stage = 'the services and the gate'; },
  'service-changed'(line) {
    const key = `service ${line.service}`;
    if (!lanes.has(key) && [...lanes.keys()].filter(one => one.startsWith('service ')).length >= MOST_SERVICE_LANES) return;
    const service = lane(key, () => new SpanLane(4, line.service, 'service', 20));
    service.finish(line.at);
    if (line.state !== 'stopped') service.begin(line.at, '', line.state === 'failed' ? 'missed' : ['ready', 'adopted'].includes(line.state) ? 'ready' : 'between', '');
    if (line.state === 'failed') say(line.at, `the service ${line.service} has failed`, 'bad');
  },
  'hypothesis-started'(line) { if (line.iteration === 0 || line.phase !== 'closing') stage(line.at, line.phase, true); },
  'hypothesis-ended'(line) {
    run.checks++;
    run.met += line.met === true ? 1 : 0;
    stage(line.at, line.phase, false, line.met);
    if (line.met === false) say(line.at, `✗ the steady state is not met (${STAGES[line.phase] ?? line.phase})`, 'bad');
    else if (line.phase !== 'during') say(line.at, `✓ the steady state is met (${STAGES[line.phase] ?? line.phase})`, 'good');
  },
  'method-started'(line) { stage(line.at, 'method', true); },
  'method-ended'(line) { stage(line.at, 'method', false); },
  'rollbacks-decided'(line) { if (line.played) stage(line.at, 'rollbacks', true); else say(line.at, 'the rollbacks are not played', ''); },
  'rollbacks-ended'(line) { stage(line.at, 'rollbacks', false); },
  'activity-started'(line) {
    activityLane(line.name, line.type).start(line.activity, line.at);
    run.busy.set(line.activity, { name: line.name, type: line.type });
  },
  'activity-progressed'(line) { load(`load ${line.activity}`, line.name, line, false); },
  'activity-ended'(line) {
    const trouble = line.tolerance_met === false || ['failed', 'crashed', 'without-effect'].includes(line.status);
    const type = run.busy.get(line.activity)?.type ?? '';
    activityLane(line.name, type).end(line.activity, line.at, trouble);
    run.busy.delete(line.activity);
    run.activities++;
    run.troubles += trouble ? 1 : 0;
    if (trouble) say(line.at, `✗ ${line.name}: ${line.tolerance_met === false ? 'not within its tolerance' : line.status.replace('-', ' ')}`, 'bad');
  },
  'pause-started'(line) { if (line.seconds >= 1) say(line.at, `a pause of ${seconds(line.seconds)} ${line.before ? 'before' : 'after'} ${line.name}`, ''); },
  'users-progressed'(line) { load('users', 'users', line, true); },
  'safeguards-ended'(line) { if (line.missed) say(line.at, `a safeguard was missed: ${line.missed}`, 'bad'); },
  'run-interrupted'(line) { say(line.at, line.message, 'doubt'); },
  notice(line) {
    lane('notices', () => new NoticeLane()).ring.add(line.at, line.at, true);
    say(line.at, line.text, line.level === 'warning' ? 'doubt' : 'bad');
  },
  'fault-changed': fault,
  'run-ended'(line) {
    run.isOver = true;
    run.end = line;
    run.busy.clear();
  },
};

function load(key, name, line, isUsers) {
  const progress = line.progress ?? {};
  if (!progress.parts) return;
  lane(key, () => new LoadLane(name)).tell(line.at, progress);
  if (isUsers || !run.hasUsers) {
    run.hasUsers = isUsers;
    run.requests = progress.requests ?? progress.intended ?? run.requests;
    run.lost = progress.lost ?? run.lost;
    run.p99 = progress.p99_ms ?? run.p99;
    run.hasLoad = true;
  }
}

function receive(batch) {
  for (const line of batch.lines) {
    try {
      if (typeof line.at === 'number') run.newest = Math.max(run.newest, line.at);
      if (Object.hasOwn(take, line.event)) take[line.event](line);
    } catch {
      // A journal may hold anything; the lines behind this one are shown all the same.
      run.skipped++;
    }
  }
  run.arrived = performance.now() - batch.age * 1000;
  run.skipped += batch.skipped;
  isNews = true;
  isDrawn = false;
}

// Figures in words.

const cards = new Map();
function card(name, figure, remark, tone) {
  let one = cards.get(name);
  if (!one) {
    one = document.createElement('li');
    for (const [tag, kind] of [['span', 'name'], ['strong', ''], ['span', 'remark']]) {
      const part = document.createElement(tag);
      part.className = kind;
      one.append(part);
    }
    one.children[0].textContent = name;
    cards.set(name, one);
    element('cards').append(one);
  }
  write(one.children[1], figure);
  write(one.children[2], remark);
  if (one.className !== tone) one.className = tone;
}

// What stays the same is not touched: who listens to the page is not told of it again.
function write(target, text) { if (target.textContent !== text) target.textContent = text; }

function writeAll() {
  const now = clock();
  const faults = [...run.faults.values()];
  const isIn = faults.filter(one => ['injecting', 'active', 'effective', 'without-effect', 'lost', 'reverting'].includes(one.state)).length;
  card('running for', seconds(now), run.stage, '');
  if (run.hasLoad) {
    card('lost by the users', count(run.lost), `of ${count(run.requests)} requests`, run.lost === 0 ? 'good' : 'bad');
    if (run.p99 !== null) card('99 of 100 waited', wait(run.p99), 'at most, in the last second', '');
  }
  if (faults.length > 0) {
    card('faults that are in', count(isIn), `of ${count(faults.length)}; ${count(faults.filter(one => one.effective).length)} seen to have an effect`, '');
    card('taken back', count(faults.filter(one => one.state === 'confirmed').length), 'seen to be so', '');
  }
  if (run.checks > 0) card('steady state met', `${count(run.met)} of ${count(run.checks)}`, 'times that it was checked', run.met === run.checks ? 'good' : 'bad');
  card('activities', count(run.activities), run.troubles === 0 ? 'each as it should be' : `${count(run.troubles)} not as they should be`, run.troubles === 0 ? '' : 'bad');
  if (run.title) {
    write(element('title'), run.title);
    const title = `${run.end ? run.end.verdict : run.isAttended && run.lostAt === null ? 'running' : 'not known'}: ${run.title}`;
    if (document.title !== title) document.title = title;
  }
  const names = [...run.busy.values()].slice(-4).map(one => one.name);
  write(element('busy'), names.length > 0 ? `now: ${names.join(', ')}${run.busy.size > 4 ? ` and ${run.busy.size - 4} more` : ''}` : '');
  for (const one of lanes.values()) {
    const text = one.total > 1 ? `${one.type} ×${count(one.total)}` : null;
    if (text) write(one.remark, text);
    const label = one.total === undefined ? one.name : `${one.name}: ${count(one.total)} times, ${count(one.troubles)} not as it should be`;
    if (one.canvas.getAttribute('aria-label') !== label) one.canvas.setAttribute('aria-label', label || 'time');
  }
  if (run.skipped > 0) trouble(`${run.skipped === 1 ? 'A line' : count(run.skipped) + ' lines'} of the run could not be shown here: what came earlier, or faster than this page reads; the report has all of it.`, 'skipped');
  verdict();
  if (fresh.length > 0) {
    const log = element('log');
    for (const [at, text, tone] of fresh.splice(0, MOST_AT_ONCE)) {
      const item = document.createElement('div');
      const when = document.createElement('span');
      when.className = 'when';
      when.textContent = seconds(at);
      const what = document.createElement('span');
      what.className = tone;
      what.textContent = text;
      item.append(when, what);
      log.prepend(item);
    }
    while (log.children.length > MOST_SAID) log.lastChild.remove();
  }
}

function verdict() {
  if (run.end) {
    const [sign, tone] = { passed: ['✓', 'good'], deviated: ['✗', 'bad'], failed: ['✗', 'doubt'], inconclusive: ['?', 'doubt'], interrupted: ['■', 'doubt'] }[run.end.verdict] ?? ['!', 'alarm'];
    const isAlarm = run.end.exit_code === 5;
    write(element('sign'), isAlarm ? '!' : sign);
    write(element('word'), isAlarm ? 'needs a person' : String(run.end.verdict).replaceAll('-', ' '));
    write(element('code'), `exit code ${run.end.exit_code}`);
    write(element('sentence'), 'The run is over.');
    element('verdict').className = `verdict ${isAlarm ? 'alarm' : tone}`;
    element('halt').hidden = true;
  } else if (run.stage) {
    const isKnown = run.isAttended && run.lostAt === null;
    write(element('word'), isKnown ? 'running' : 'not known');
    write(element('sentence'), `${isKnown ? 'Now' : 'Last seen'}: ${run.stage}.`);
  }
}

const troubles = new Map();
function trouble(text, kind) {
  if (text) troubles.set(kind, text); else troubles.delete(kind);
  write(element('trouble'), [...troubles.values()].join(' '));
  element('trouble').hidden = troubles.size === 0;
}

// The picture.

function fitAll() {
  const ratio = window.devicePixelRatio || 1;
  for (const one of lanes.values()) one.fit(one.canvas.clientWidth, ratio);
  isDrawn = false;
}

function frame() {
  requestAnimationFrame(frame);
  if (lanes.size === 0 || (isDrawn && (run.isOver || !run.stage))) return;
  const now = Math.max(clock(), 1);
  const from = isWhole ? 0 : Math.max(0, now - 60);

  // What has moved by less than half a pixel looks the same.
  if (isDrawn && (now - drawnAt) / (now - from) * element('lanes').clientWidth < 0.5) return;
  isDrawn = true;
  drawnAt = now;
  for (const one of lanes.values()) one.draw(from, now, shades);
}

lane('axis', () => new AxisLane());
readColours();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColours(); isDrawn = false; });
new ResizeObserver(fitAll).observe(element('lanes'));
for (const [id, whole] of [['whole', true], ['recent', false]]) {
  element(id).addEventListener('click', () => {
    isWhole = whole;
    isDrawn = false;
    element('whole').setAttribute('aria-pressed', String(whole));
    element('recent').setAttribute('aria-pressed', String(!whole));
  });
}
requestAnimationFrame(frame);
setInterval(() => {
  if (performance.now() - heardAt > LONGEST_SILENCE && !run.isOver && run.lostAt === null) {
    run.lostAt = heardAt;
    trouble('Nothing is heard of the run: it stands still, or the connection does. What is shown is as it was then.', 'connection');
    isNews = true;
  }
  if (!isNews && run.isOver) return;
  isNews = fresh.length > MOST_AT_ONCE;
  writeAll();
}, 100);

// The halt.

element('halt').addEventListener('click', () => element('sure').showModal());
element('sure').addEventListener('close', async () => {
  if (element('sure').returnValue !== 'yes') return;
  element('halt').disabled = true;
  try {
    const answer = await fetch('halt', { method: 'POST' });
    if (!answer.ok) throw new Error(answer.status === 409 ? 'it cannot be halted any more' : `the answer was ${answer.status}`);
    write(element('halt'), 'Halting');
  } catch (problem) {
    element('halt').disabled = false;
    trouble(`The run was not halted: ${problem.message}.`, 'halt');
  }
});

// The connection. A browser connects anew by itself, and asks for what comes after the last that it got.

const source = new EventSource('events');
source.addEventListener('hello', event => {
  hear();
  const isAttended = run.isAttended = JSON.parse(event.data).halt;
  trouble(isAttended ? '' : 'Nobody here knows whether this run goes on: what is shown is as far as its journal tells.', 'attendance');
  element('halt').hidden = !isAttended || run.isOver;
});
source.addEventListener('lines', event => {
  hear();
  receive(JSON.parse(event.data));
});
source.addEventListener('still', hear);
source.addEventListener('end', async () => {
  source.close();
  trouble('', 'attendance');
  try {
    // Any answer will do. Where there is none, the browser would put a page of its own in the place of this one.
    await fetch('live.css');
    location.replace('report');
  } catch {
    lose();
  }
});
source.addEventListener('error', lose);

// Something comes every five seconds at least.
function hear() {
  heardAt = performance.now();
  if (run.lostAt === null) return;
  run.lostAt = null;
  trouble('', 'connection');
  isNews = true;
}

// What happens to the run from here on is not known, so that its time stands still as well.
function lose() {
  run.lostAt ??= performance.now();
  if (run.isOver) source.close();
  trouble(run.isOver ? 'The report cannot be had here any more; it can be made of the journal.'
    : `The connection to the run is lost; what is shown is as it was then. ${source.readyState === EventSource.CLOSED ? 'It is not tried again: open the address that the command has printed.' : 'It is tried again.'}`,
    'connection');
  element('halt').hidden = true;
  isDrawn = false;
  isNews = true;
}
