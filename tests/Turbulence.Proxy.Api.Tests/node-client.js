// Every call of toxiproxy-node-client against the API whose URL is given. What is not as it has to be ends the program with the reason.
const assert = require("node:assert/strict");
const net = require("node:net");
const { Toxiproxy } = require("toxiproxy-node-client");

const said = [];
const connect = (address) =>
  new Promise((resolve, reject) => {
    const [host, port] = address.split(":");
    const socket = net.connect(Number(port), host, () => resolve(socket.destroy()));
    socket.on("error", reject);
  });

async function main() {
  const toxiproxy = new Toxiproxy(process.argv[2]);
  const upstream = net.createServer((socket) => socket.on("error", () => {}).end());
  await new Promise((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${upstream.address().port}`;

  assert.match(JSON.parse(await toxiproxy.getVersion()).version, /^2\./);
  said.push("version");

  const proxy = await toxiproxy.createProxy({ name: "db", listen: "localhost:0", upstream: address, enabled: true });
  assert.match(proxy.listen, /^127\.0\.0\.1:[1-9]/);
  assert.deepEqual(proxy.toJson(), { name: "db", listen: proxy.listen, upstream: address, enabled: true });
  await connect(proxy.listen);
  said.push("createProxy");

  assert.deepEqual((await toxiproxy.get("db")).toJson(), proxy.toJson());
  said.push("get");
  assert.deepEqual(Object.keys(await toxiproxy.getAll()), ["db"]);
  said.push("getAll");

  const disabled = await proxy.update({ ...proxy.toJson(), enabled: false });
  assert.equal(disabled.enabled, false);
  await assert.rejects(connect(proxy.listen), { code: "ECONNREFUSED" });
  assert.equal((await proxy.update({ ...proxy.toJson(), enabled: true })).listen, proxy.listen);
  said.push("update");

  const toxic = await proxy.addToxic({ name: "slow", type: "latency", attributes: { latency: 10, jitter: 1 }, stream: "upstream", toxicity: 0.5 });
  assert.deepEqual(toxic.toJson(), { name: "slow", type: "latency", attributes: { latency: 10, jitter: 1 }, stream: "upstream", toxicity: 0.5 });
  for (const [type, attributes] of Object.entries({
    bandwidth: { rate: 1000 }, slow_close: { delay: 1 }, timeout: { timeout: 1 }, slicer: { average_size: 10, size_variation: 5, delay: 1 },
    reset_peer: { timeout: 1 }, limit_data: { bytes: 1 },
  })) {
    const added = await proxy.addToxic({ name: "", type, attributes, stream: "downstream", toxicity: 1 });
    assert.equal(added.name, `${type}_downstream`);
    await added.remove();
  }
  said.push("addToxic");

  assert.deepEqual((await proxy.getToxic("slow")).toJson(), toxic.toJson());
  said.push("getToxic");
  const updated = await toxic.update({ ...toxic.toJson(), attributes: { latency: 20 }, toxicity: 1 });
  assert.deepEqual(updated.attributes, { latency: 20, jitter: 1 });
  assert.equal(updated.toxicity, 1);
  said.push("toxic.update");
  await toxic.remove();
  await assert.rejects(proxy.getToxic("slow"), /404/);
  said.push("toxic.remove");

  const all = await toxiproxy.populate([
    { name: "db", listen: proxy.listen, upstream: address, enabled: true },
    { name: "cache", listen: "localhost:0", upstream: address, enabled: true },
  ]);
  assert.deepEqual(Object.keys(all), ["db", "cache"]);
  said.push("populate");

  await all.cache.addToxic({ name: "", type: "noop", attributes: {}, stream: "downstream", toxicity: 1 });
  await all.cache.update({ ...all.cache.toJson(), enabled: false });
  await toxiproxy.reset();
  assert.equal((await toxiproxy.get("cache")).enabled, true);
  await assert.rejects(all.cache.getToxic("noop_downstream"), /404/);
  said.push("reset");

  for (const one of Object.values(await toxiproxy.getAll())) {
    await one.remove();
  }
  assert.deepEqual(await toxiproxy.getAll(), {});
  said.push("remove");

  await assert.rejects(toxiproxy.get("db"), /404/);
  await assert.rejects(toxiproxy.createProxy({ name: "", listen: "", upstream: "", enabled: true }), /400/);
  said.push("errors");
  upstream.close();
  console.log(said.join(" "));
}

main().catch((problem) => {
  console.error(problem);
  process.exit(1);
});
