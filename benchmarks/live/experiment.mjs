// An experiment of so many probes of a server, each over at once, with a rest of some milliseconds behind every fourth: node experiment.mjs ACTIVITIES URL
const [count, url] = [Number(process.argv[2]), process.argv[3]];
const probe = number => ({ type: 'probe', name: `probe-${number % 20}`, tolerance: 200, provider: { type: 'http', url }, ...(number % 4 === 3 ? { pauses: { after: 0.001 } } : {}) });
process.stdout.write(JSON.stringify({
  title: 'Many events a second', description: 'What a page is measured with.',
  'steady-state-hypothesis': { title: 'The server answers', probes: [probe(0)] },
  method: Array.from({ length: count }, (_, number) => probe(number)),
}));
