import assert from "node:assert/strict";
import { exitStatus, processState } from "./wait_status.ts";

Deno.test("processState, exitStatus: every kind of wait status", () => {
  const cases = [
    [0, { kind: "exited", status: 0 }, 0],
    [7 << 8, { kind: "exited", status: 7 }, 7],
    [255 << 8, { kind: "exited", status: 255 }, 255],
    [15, { kind: "signalled", signal: 15, coreDumped: false }, 143],
    [11 | 0x80, { kind: "signalled", signal: 11, coreDumped: true }, 139],
    [64, { kind: "signalled", signal: 64, coreDumped: false }, 192],
    [20 << 8 | 0x7f, { kind: "stopped", signal: 20 }, 148],
    [0xffff, { kind: "continued" }, 0],
  ] as const;
  for (const [status, state, exit] of cases) {
    assert.deepEqual(processState(status), state);
    assert.equal(exitStatus(status), exit);
  }
});
