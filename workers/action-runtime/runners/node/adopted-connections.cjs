// TCP for a handler that may make no socket: the gateway comes to a listener that this process was started with, and what
// it has connected becomes the connection of the handler's own socket.
const net = require("node:net");
const tls = require("node:tls");
const { ask } = require("./relay.cjs");

const connect = net.Socket.prototype.connect;
const connectSecurely = tls.connect;

class AdoptedConnections {
  constructor(fd) {
    this.spares = [];
    this.waiting = [];
    const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (spare) => {
      spare.on("error", () => {});
      spare.unref();
      const waiter = this.waiting.shift();
      if (waiter) waiter(spare);
      else this.spares.push(spare);
    });
    server.listen({ fd });
    server.unref();
    tls.connect = connectTls;
  }

  async dial(name, port) {
    const spare = this.spares.shift() ?? (await new Promise((resolve) => this.waiting.push(resolve)));
    spare.ref();
    return ask(spare, name, port);
  }

  // Gives a socket that was told to connect the connection that was made for it.
  adopt(socket, upstream, options, listener) {
    const handle = upstream._handle;
    const early = upstream.read();
    for (const key of Object.getOwnPropertySymbols(handle)) if (handle[key] === upstream) handle[key] = socket;
    upstream._handle = null;
    socket._handle = handle;
    handle.connect = (request) => {
      delete handle.connect;
      setImmediate(() => {
        request.oncomplete(0, handle, request, true, true);
        if (early) socket.push(early);
      });
      return 0;
    };
    connect.call(socket, { ...options, path: "gateway" }, listener);
  }
}

// A secure socket takes a handle of TCP's for its own before it connects, so that it is given a plain one to go over.
function connectTls(...args) {
  const given = args.filter((argument) => typeof argument === "object" && argument !== null);
  const options = Object.assign({}, ...given);
  if (typeof args[0] === "number" || typeof args[0] === "string") options.port = Number(args[0]);
  if (typeof args[1] === "string") options.host = args[1];
  if (options.socket || options.path || options.port === undefined) return connectSecurely.apply(tls, args);
  const listener = args.find((argument) => typeof argument === "function");
  const plain = net.connect({ host: options.host ?? "localhost", port: options.port });
  const secure = connectSecurely.call(tls, { ...options, socket: plain }, listener);
  plain.once("error", (error) => secure.destroy(error));
  return secure;
}

exports.AdoptedConnections = AdoptedConnections;
