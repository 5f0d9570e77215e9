// Listens on the sandbox's own loopback and passes each connection on to the gateway, with the name it was made for. For
// programs that the handler starts it answers as a name server too, and listens on the usual ports, where it is let.
const dgram = require("node:dgram");
const net = require("node:net");

const maxHeadBytes = 4096;
const dnsPort = 53;
const dnsTtlSeconds = 60;
const connect = net.Socket.prototype.connect;

class Relay {
  constructor(network) {
    this.network = network;
    this.reserved = new Map();
    this.reservations = 0;
  }

  listen(address, port) {
    return new Promise((resolve, reject) => {
      const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
        this.accept(client);
      });
      server.once("error", reject);
      server.listen(port, address, () => {
        server.unref();
        resolve(server.address().port);
      });
    });
  }

  async tryToListen(ports) {
    await Promise.allSettled(ports.map((port) => this.listen("0.0.0.0", port)));
  }

  tryToName() {
    return new Promise((resolve) => {
      const names = dgram.createSocket("udp4", (question, client) => {
        const answer = this.name(question);
        if (answer) names.send(answer, client.port, client.address);
      });
      names.on("error", resolve);
      names.bind(dnsPort, "127.0.0.1", () => {
        names.unref();
        resolve();
      });
    });
  }

  name(question) {
    const labels = [];
    let at = 12;
    for (; question[at]; at += 1 + question[at]) {
      labels.push(question.toString("ascii", at + 1, at + 1 + question[at]));
      if (at + 1 + question[at] >= question.length) return undefined;
    }
    const name = labels.join(".");
    const isKnown = this.network.isGranted(name, 0);
    const isAnswered = isKnown && question.readUInt16BE(at + 1) === 1;
    const head = Buffer.alloc(12);
    question.copy(head, 0, 0, 2);
    head.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(isAnswered ? 1 : 0, 6);
    const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, dnsTtlSeconds, 0, 4]);
    const address = isAnswered ? Buffer.from(this.network.addressOf(name, 0).split(".").map(Number)) : Buffer.alloc(0);
    return Buffer.concat([head, question.subarray(12, at + 5), ...(isAnswered ? [record, address] : [])]);
  }

  // A connection to the gateway that has not been used yet.
  toGateway() {
    return new Promise((resolve, reject) => {
      const upstream = new net.Socket({ allowHalfOpen: true });
      upstream.once("error", reject);
      connect.call(upstream, { path: this.network.settings.gateway.path }, () => {
        upstream.off("error", reject);
        resolve(upstream);
      });
    });
  }

  // A connection through the gateway, paused. Rejects with what the gateway said.
  async dial(name, port) {
    return ask(await this.toGateway(), name, port);
  }

  // An address whose next connection is joined to this one.
  reserve(upstream) {
    const index = this.reservations++ % 3_000_000;
    const address = `127.${192 + Math.floor(index / 62_500)}.${Math.floor(index / 250) % 250}.${(index % 250) + 1}`;
    this.reserved.set(address, upstream);
    return address;
  }

  accept(client) {
    const reserved = this.reserved.get(client.localAddress);
    this.reserved.delete(client.localAddress);
    if (reserved) return join(client, reserved);
    const target = this.network.targets.get(client.localAddress);
    client.on("error", () => {});
    if (!target) return client.destroy();
    this.dial(target.name, target.port || client.localPort).then(
      (upstream) => join(client, upstream),
      // So that the client fails now, and does not wait for an answer.
      () => client.resetAndDestroy(),
    );
  }
}

// Asks the gateway at the other end for a host; what it says from then on is the host's.
function ask(upstream, name, port) {
  return new Promise((resolve, reject) => {
    upstream.once("error", reject);
    upstream.write(`CONNECT ${name.includes(":") ? `[${name}]` : name}:${port} HTTP/1.1\r\n\r\n`);
    let head = Buffer.alloc(0);
    const fail = () => {
      upstream.destroy();
      reject(failure(head.toString()));
    };
    const read = (data) => {
      head = Buffer.concat([head, data]);
      const end = head.indexOf("\r\n\r\n");
      if (head.length > maxHeadBytes) return fail();
      if (end < 0 || !/^HTTP\/1\.1 200 /.test(head.toString("latin1"))) return;
      upstream.off("data", read);
      upstream.off("end", fail);
      upstream.off("error", reject);
      upstream.pause();
      if (head.length > end + 4) upstream.unshift(head.subarray(end + 4));
      resolve(upstream);
    };
    upstream.on("data", read);
    upstream.on("end", fail);
    upstream.resume();
  });
}

function failure(answer) {
  const reason = answer.split("\r\n\r\n")[1]?.trim() || "The network's gateway gave no answer.";
  const code = answer.startsWith("HTTP/1.1 403") ? "EACCES" : (/\bE[A-Z]{4,}\b/.exec(reason)?.[0] ?? "ECONNRESET");
  return Object.assign(new Error(reason), { code, syscall: "connect" });
}

function join(client, upstream) {
  client.on("error", () => upstream.destroy());
  upstream.on("error", () => client.resetAndDestroy());
  client.pipe(upstream).pipe(client);
}

exports.ask = ask;
exports.Relay = Relay;
