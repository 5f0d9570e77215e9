import { connect } from "node:net";

/** Whether somebody listens there. */
export function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, host);
    socket.once("connect", () => done(true)).once("error", () => done(false));
    socket.once("close", () => socket.destroy());
    socket.once("connect", () => socket.end());
  });
}
