// An experiment of so many probes, each over at once: node experiment.mjs ACTIVITIES
const count = Number(process.argv[2]);
const probe = number => ({ type: 'probe', name: `probe-${number % 20}`, tolerance: 0, provider: { type: 'process', path: 'true' } });
process.stdout.write(JSON.stringify({
  title: 'Many events a second', description: 'What a page is measured with.',
  'steady-state-hypothesis': { title: 'There is a program', probes: [probe(0)] },
  method: Array.from({ length: count }, (_, number) => probe(number)),
}));
