import { describe, expect, it } from "vitest";
import { encodeChunk, encodeJson, FrameDecoder, ProtocolError } from "./frames";

describe("FrameDecoder", () => {
  it("finds the same frames however the bytes are cut", () => {
    const bytes = Buffer.concat([encodeJson({ a: 1 }), encodeChunk(7, Buffer.from("xyz")), encodeJson({ b: "ü" })]);
    for (let cut = 1; cut < bytes.length; cut++) {
      const decoder = new FrameDecoder();
      const frames = [...decoder.push(bytes.subarray(0, cut)), ...decoder.push(bytes.subarray(cut))];
      expect(
        frames.map((frame) => (frame.kind === "json" ? frame.text : [frame.stream, frame.bytes.toString()])),
      ).toEqual(['{"a":1}', [7, "xyz"], '{"b":"ü"}']);
    }
  });

  it("refuses a frame that is too long, empty or of an unknown kind", () => {
    for (const bytes of [
      [0xff, 0xff, 0xff, 0xff, 1],
      [0, 0, 0, 0, 1],
      [0, 0, 0, 2, 9, 9],
    ]) {
      expect(() => [...new FrameDecoder().push(Buffer.from(bytes))]).toThrow(ProtocolError);
    }
  });
});
