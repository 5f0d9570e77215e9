// progress(fraction, message): a handler tells how far it is, for the run's page. It is there without an import.
const everyMs = 100;
const maxMessageChars = 500;
const { stringify } = JSON;
const now = () => performance.now();

class Progress {
  constructor(send) {
    this.send = send;
    this.callId = undefined;
    this.toldAt = 0;
    const value = (fraction, message) => this.tell(fraction, message);
    Object.defineProperty(globalThis, "progress", { value, writable: true, configurable: true });
  }

  begin(callId) {
    this.callId = callId;
    this.toldAt = Number.NEGATIVE_INFINITY;
  }

  end() {
    this.callId = undefined;
  }

  tell(fraction, message = "") {
    const number = Number(fraction);
    if (Number.isNaN(number)) throw new TypeError("The fraction is not a number.");
    const clamped = Math.min(1, Math.max(0, number));
    if (this.callId === undefined || (clamped < 1 && now() - this.toldAt < everyMs)) return;
    this.toldAt = now();
    const text = String(message).slice(0, maxMessageChars);
    this.send(stringify({ type: "progress", id: this.callId, fraction: clamped, message: text }));
  }
}

exports.Progress = Progress;
