/** What the launcher started besides may have gone with it, and is waited for in vain. */
const patienceMs = 30_000;

/**
 * Calls back, once, when the launcher that started this process has gone, however early that was. A process that was
 * started by hand has none.
 */
export function endWithLauncher(end: () => void): void {
  if (!process.send) return;
  const begin = () => {
    setTimeout(() => process.exit(1), patienceMs).unref();
    end();
  };
  process.once("disconnect", begin);
  // It may have gone before anybody listened.
  if (!process.connected) setImmediate(begin);
}
