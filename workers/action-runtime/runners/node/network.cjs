// Brings a handler's connections to the gateway, which alone decides, and tells it what it may not reach: a relay on
// the sandbox's own loopback passes each connection on with the name it was made for. Only what is not granted at all is
// refused here already, in words.
const dns = require("node:dns");
const net = require("node:net");

const maxHeadBytes = 4096;
const connect = net.Socket.prototype.connect;
const lookup = dns.lookup;

function isLocal(host) {
  return ["", "localhost", "sandbox", "::", "::1", "0.0.0.0"].includes(host) || /^127\./.test(host);
}

class Network {
  constructor(settings) {
    this.settings = settings;
    this.addresses = new Map();
    this.targets = new Map();
  }

  async setUp() {
    if (this.settings.gateway !== null) {
      this.relayPort = await this.listen("0.0.0.0", 0);
      for (const { address, name, ports } of this.settings.routes)
        for (const port of ports) await this.listen(address, port, name);
    }
    const network = this;
    net.Socket.prototype.connect = function (...args) {
      return network.connect(this, args);
    };
    dns.lookup = (host, ...rest) => this.lookup(host, ...rest);
    dns.promises.lookup = (host, options) =>
      new Promise((resolve, reject) => {
        dns.lookup(host, options ?? {}, (error, address, family) => {
          if (error) reject(error);
          else resolve(Array.isArray(address) ? address : { address, family });
        });
      });
  }

  isGranted(host, port) {
    const { policy, hosts } = this.settings;
    if (policy !== "allow-list") return policy === "on";
    const wanted = host.toLowerCase().replace(/\.$/, "");
    return hosts.some(
      ({ name, ports }) =>
        (port === 0 || ports.includes(port)) &&
        (name.startsWith("*.") ? wanted.endsWith(name.slice(1)) : wanted === name),
    );
  }

  refusal(host, port) {
    const target = [0, 80, 443].includes(port) ? host : `${host}:${port}`;
    const error = new Error(this.settings.refusal.replaceAll("{target}", target));
    return Object.assign(error, { code: "EACCES", syscall: "connect", hostname: host, port });
  }

  connect(socket, args) {
    const isNormalized = Array.isArray(args[0]);
    const [first, second] = isNormalized ? args[0] : args;
    const options =
      typeof first === "object" && first !== null
        ? first
        : { port: first, host: typeof second === "string" ? second : "" };
    const host = String(options.host ?? "").replace(/^\[|\]$/g, "");
    if (
      options.path ||
      options.port === undefined ||
      isLocal(host) ||
      (typeof first === "string" && !/^\d+$/.test(first))
    )
      return connect.apply(socket, args);
    const port = Number(options.port);
    if (!this.isGranted(host, port)) {
      process.nextTick(() => socket.destroy(this.refusal(host, port)));
      return socket;
    }
    if (this.settings.gateway === null) return connect.apply(socket, args);
    const routed = { ...options, host: this.addressOf(host, port), port: this.relayPort, lookup: undefined };
    if (isNormalized) {
      args[0][0] = routed;
      return connect.apply(socket, args);
    }
    const listener = args.find((argument) => typeof argument === "function");
    return connect.call(socket, routed, listener);
  }

  lookup(host, ...rest) {
    const callback = rest.at(-1);
    const name = String(host ?? "");
    if (isLocal(name) || (this.settings.gateway === null && this.isGranted(name, 0))) return lookup(host, ...rest);
    if (!this.isGranted(name, 0)) return process.nextTick(callback, this.refusal(name, 0));
    return lookup(this.addressOf(name, 443), ...rest);
  }

  addressOf(host, port) {
    const key = `${host} ${port}`;
    let address = this.addresses.get(key);
    if (!address) {
      const index = this.addresses.size;
      address = `127.${80 + (Math.floor(index / 62500) % 40)}.${Math.floor(index / 250) % 250}.${(index % 250) + 1}`;
      this.addresses.set(key, address);
      this.targets.set(address, { name: host, port });
    }
    return address;
  }

  listen(address, port, name) {
    return new Promise((resolve, reject) => {
      const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
        const target = name ? { name, port } : this.targets.get(client.localAddress);
        if (target) this.serve(client, target);
        else client.destroy();
      });
      server.once("error", reject);
      server.listen(port, address, () => {
        server.unref();
        resolve(server.address().port);
      });
    });
  }

  serve(client, { name, port }) {
    const upstream = new net.Socket({ allowHalfOpen: true });
    const give = () => {
      upstream.destroy();
      // So that the client fails now, and does not wait for an answer.
      client.resetAndDestroy();
    };
    client.on("error", () => upstream.destroy());
    upstream.on("error", give);
    connect.call(upstream, { path: this.settings.gateway }, () => {
      upstream.write(`CONNECT ${name.includes(":") ? `[${name}]` : name}:${port} HTTP/1.1\r\n\r\n`);
    });
    let head = Buffer.alloc(0);
    const read = (data) => {
      head = Buffer.concat([head, data]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0 && head.length <= maxHeadBytes) return;
      upstream.off("data", read);
      upstream.off("end", give);
      if (end < 0 || !/^HTTP\/1\.1 200 /.test(head.toString("latin1"))) return give();
      upstream.pause();
      if (head.length > end + 4) upstream.unshift(head.subarray(end + 4));
      upstream.off("error", give);
      upstream.on("error", () => client.resetAndDestroy());
      client.pipe(upstream).pipe(client);
    };
    upstream.on("data", read);
    upstream.on("end", give);
  }
}

exports.setUpNetwork = (settings) => new Network(settings).setUp();
