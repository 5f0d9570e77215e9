"use strict";

// stderr goes down stdout's pipe, so that lines keep their order; each line carries a tag that tells it apart.
function setUpStreams() {
  for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);
  let atLineStart = true;
  const stdoutWrite = process.stdout.write.bind(process.stdout);
  process.stderr.write = (data, encoding, callback) => {
    const text = typeof data === "string" ? data : Buffer.from(data).toString();
    let tagged = "";
    for (const line of text.split(/(?<=\n)/)) {
      if (line === "") continue;
      tagged += (atLineStart ? "\0E" : "") + line;
      atLineStart = line.endsWith("\n");
    }
    return stdoutWrite(tagged, typeof encoding === "function" ? encoding : callback);
  };
  return {
    systemLine: (text) => stdoutWrite(`\0S${text}\n`),
    errorLines: (text) => stdoutWrite(`${text.replace(/^/gm, "\0E")}\n`),
    // Through the same stream as the lines before it: a direct write to the descriptor would overtake them.
    endLogs: (mark) => new Promise((resolve) => stdoutWrite(`\n\0${mark}\n`, () => resolve())),
  };
}

exports.setUpStreams = setUpStreams;
