import assert from "node:assert/strict";
import { endpointOf } from "./network.ts";

Deno.test("endpointOf: hosts, listening, files, and other paths", () => {
  const tcp = { host: "example.org", service: "80", datagram: false };
  assert.deepEqual(endpointOf("/dev/tcp/example.org/80"), { kind: "connect", request: tcp });
  assert.deepEqual(endpointOf("/dev/udp/::1/domain"), {
    kind: "connect",
    request: { host: "::1", service: "domain", datagram: true },
  });
  assert.deepEqual(endpointOf("/dev/tcp/*/80"), { kind: "listen", request: { ...tcp, host: null } });
  assert.deepEqual(endpointOf("/dev/unix//run/socket"), { kind: "unix", path: "/run/socket" });
  assert.deepEqual(endpointOf("/dev/unix/socket"), { kind: "unix", path: "socket" });
  for (const path of ["/dev/tcp/host", "/dev/tcp//80", "/dev/tcp/a/b/c", "/dev/unix/", "dev/tcp/a/1", "/dev/null"]) {
    assert.equal(endpointOf(path), null, path);
  }
});
