// Asks for the events of a run and reads none of them, until the run is over: node stopped.mjs ADDRESS
import http from 'node:http';
const address = process.argv[2];
http.get(address, first => {
  const cookie = first.headers['set-cookie'][0].split(';')[0];
  first.resume();
  const url = new URL('events', address);
  const request = http.get(url, { headers: { cookie } }, answer => { answer.pause(); answer.on('error', () => {}); });
  request.on('error', () => {});
  request.on('close', () => process.exit(0));
  setTimeout(() => process.exit(0), 10_000);
});
