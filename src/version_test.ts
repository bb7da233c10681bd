import assert from "node:assert/strict";
import configuration from "../deno.json" with { type: "json" };
import { VERSION } from "./version.ts";

Deno.test("VERSION: is that of the package", () => {
  assert.equal(VERSION, configuration.version);
});
