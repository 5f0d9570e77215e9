import { afterAll, expect, it } from "vitest";
import { openDatabase } from "@/lib/db";
import { instance } from "../support/instance";

const { pool } = openDatabase(instance().databaseUrl, { maxConnections: 2 });
afterAll(() => pool.end());

it("what a transaction of a machine that has frozen holds is free again before another one has to wait for long", async () => {
  const frozen = await pool.connect();
  await frozen.query("begin");
  const { rows } = await frozen.query("show idle_in_transaction_session_timeout");
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: "8s" }]);
  await frozen.query("set local idle_in_transaction_session_timeout = '200ms'");
  await frozen.query("select pg_advisory_xact_lock(58213)");
  await pool.query("select pg_advisory_xact_lock(58213)");
  await expect(frozen.query("commit")).rejects.toThrow();
  frozen.release(true);
});
