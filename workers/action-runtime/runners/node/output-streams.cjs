"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { chunkBytes, stringify } = require("./frames.cjs");
const { walkFiles } = require("./workspace.cjs");

class OutputInvalid extends Error {}

// Streams of one call's outputs that are too large for a frame: files, folders and values, sent as they are read.
class OutputStreams {
  constructor(channel, callId) {
    this.channel = channel;
    this.callId = callId;
    this.count = 0;
  }

  // A path is relative to the folder that the file is of.
  open(output, kind, name, relative) {
    const stream = this.count++;
    const message = { type: "file", id: this.callId, stream, output, kind, name: name.slice(0, 1000), path: relative };
    this.channel.send(stringify(message));
    return stream;
  }

  close(stream) {
    this.channel.send(stringify({ type: "file_end", id: this.callId, stream }));
  }

  async sendValue(output, text) {
    const stream = this.open(output, "value", "", "");
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      await this.channel.sendChunk(stream, bytes.subarray(start, start + chunkBytes));
    }
    this.close(stream);
    return stream;
  }

  async sendFile(output, file, { kind = "file", name = path.basename(file), relative = "" } = {}) {
    const stream = this.open(output, kind, name, relative);
    // Not blocking, so that a FIFO put in a file's place cannot hang the runner.
    const fd = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    try {
      if (!fs.fstatSync(fd).isFile()) {
        throw new OutputInvalid(`The output '${output}' holds something that is not a regular file: ${file}.`);
      }
      for (;;) {
        const buffer = Buffer.allocUnsafe(chunkBytes);
        const count = fs.readSync(fd, buffer);
        if (count === 0) break;
        await this.channel.sendChunk(stream, buffer.subarray(0, count));
      }
    } finally {
      fs.closeSync(fd);
    }
    this.close(stream);
    return stream;
  }

  async sendDirectory(output, folder) {
    const root = fs.realpathSync(folder);
    const name = path.basename(folder);
    const first = this.open(output, "directory", name, "");
    this.close(first);
    for (const file of [...walkFiles(folder)].sort()) {
      const real = fs.realpathSync(file);
      if (!real.startsWith(root + path.sep)) {
        throw new OutputInvalid(`The output '${output}' holds a link that leaves the folder: ${file}.`);
      }
      await this.sendFile(output, file, { kind: "directory", name, relative: path.relative(folder, file) });
    }
    return first;
  }
}

exports.OutputInvalid = OutputInvalid;
exports.OutputStreams = OutputStreams;
