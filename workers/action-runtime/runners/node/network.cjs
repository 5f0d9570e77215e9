// Brings a handler's connections to the relay, which passes them on to the gateway, and tells it what it may not reach.
// The gateway alone decides; only what is not granted at all is refused here already, in words.
const dns = require("node:dns");
const net = require("node:net");
const { Relay } = require("./relay.cjs");

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
    const { gateway, routes, ports } = this.settings;
    if (gateway?.listener !== undefined) {
      // It takes long to load, and few need it.
      const { AdoptedConnections } = require("./adopted-connections.cjs");
      this.adopted = new AdoptedConnections(gateway.listener);
    } else if (gateway !== null) {
      this.relay = new Relay(this);
      this.relayPort = await this.relay.listen("0.0.0.0", 0);
      for (const { address, name } of routes) this.targets.set(address, { name, port: 0 });
      await Promise.all([this.relay.tryToListen(ports), this.relay.tryToName()]);
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
    const given = String(options.host ?? "").replace(/^\[|\]$/g, "");
    const known = this.adopted && this.targets.get(given);
    const host = known?.name ?? given;
    if (
      options.path ||
      options.port === undefined ||
      isLocal(host) ||
      (typeof first === "string" && !/^\d+$/.test(first))
    )
      return connect.apply(socket, args);
    const port = known?.port || Number(options.port);
    if (!this.isGranted(host, port)) {
      process.nextTick(() => socket.destroy(this.refusal(host, port)));
      return socket;
    }
    if (this.settings.gateway === null) return connect.apply(socket, args);
    const listener = isNormalized ? second : args.find((argument) => typeof argument === "function");
    this.connectThrough(socket, host, port, options, listener);
    return socket;
  }

  // The gateway is asked first, so that what it says is what the connection fails with.
  async connectThrough(socket, host, port, options, listener) {
    socket.connecting = true;
    try {
      const upstream = await (this.adopted ?? this.relay).dial(host, port);
      if (socket.destroyed) return upstream.destroy();
      if (this.adopted) return this.adopted.adopt(socket, upstream, options, listener);
      const address = this.relay.reserve(upstream);
      connect.call(socket, { ...options, host: address, port: this.relayPort, lookup: undefined }, listener);
    } catch (error) {
      socket.destroy(Object.assign(error, { hostname: host, port }));
    }
  }

  lookup(host, ...rest) {
    const callback = rest.at(-1);
    const name = String(host ?? "");
    if (isLocal(name) || (this.settings.gateway === null && this.isGranted(name, 0))) return lookup(host, ...rest);
    if (!this.isGranted(name, 0)) return process.nextTick(callback, this.refusal(name, 0));
    return lookup(this.addressOf(name, 0), ...rest);
  }

  // Port 0: whichever the address is connected to on.
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
}

exports.setUpNetwork = (settings) => new Network(settings).setUp();
