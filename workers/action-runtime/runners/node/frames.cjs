// Frames on the channel to the supervisor, as ../../frames.ts has them.
"use strict";

const net = require("node:net");

// Taken before the user's code loads, which may replace any of them.
const { stringify, parse } = JSON;

class Channel {
  constructor() {
    this.socket = new net.Socket({ fd: 3, readable: true, writable: true });
    this.socket.on("close", () => process.exit(0));
    this.socket.on("error", () => process.exit(0));
  }

  onMessage(receive) {
    let pending = Buffer.alloc(0);
    this.socket.on("data", (data) => {
      pending = pending.length > 0 ? Buffer.concat([pending, data]) : data;
      while (pending.length >= 4) {
        const length = pending.readUInt32BE(0);
        if (pending.length < length + 4) return;
        const message = parse(pending.toString("utf8", 5, length + 4));
        pending = pending.subarray(length + 4);
        receive(message);
      }
    });
  }

  frame(kind, payload) {
    const head = Buffer.allocUnsafe(5);
    head.writeUInt32BE(payload.length + 1, 0);
    head[4] = kind;
    return Buffer.concat([head, payload]);
  }

  send(text) {
    this.socket.write(this.frame(1, Buffer.from(text)));
  }

  end(done) {
    this.socket.end(done);
  }

  async sendChunk(stream, bytes) {
    const head = Buffer.allocUnsafe(4);
    head.writeUInt32BE(stream, 0);
    if (!this.socket.write(this.frame(2, Buffer.concat([head, bytes])))) {
      await new Promise((resolve) => this.socket.once("drain", resolve));
    }
  }
}

exports.chunkBytes = 256 * 1024;
exports.stringify = stringify;
exports.parse = parse;
exports.Channel = Channel;
