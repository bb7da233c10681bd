/**
 * Network endpoints in redirections (bash manual 3.6; hexsh's are more): `/dev/tcp/HOST/PORT`, `/dev/udp/HOST/PORT`,
 * `/dev/unix/PATH`, and `/dev/tcp/*` with a port, which waits for one connection to this host.
 *
 * Nothing here blocks in a system call: names are looked up by a child process, and everything that takes time is waited for
 * together with signals, for no longer than the timeout.
 */

import { O_RDWR, POLLIN, POLLOUT } from "../system/constants.ts";
import { EAGAIN, ECONNABORTED, EINTR, ETIMEDOUT, strerror } from "../system/errno.ts";
import { SIGKILL } from "../system/signal_numbers.ts";
import type { Address, Clock, Descriptors, LookupRequest, Network, Processes, Signals } from "../system/system.ts";
import type { Captures } from "./capture.ts";

export type Endpoint =
  | { readonly kind: "connect"; readonly request: LookupRequest }
  | { readonly kind: "listen"; readonly request: LookupRequest }
  | { readonly kind: "unix"; readonly path: string };

/** What went wrong, as the end of a message; empty if a signal ended it. */
export interface NetworkError {
  readonly error: string;
}

type NetworkSystem =
  & Network
  & Pick<Descriptors, "read" | "close" | "setStatusFlags">
  & Pick<Processes, "kill" | "waitpid">
  & Pick<Signals, "signalDescriptor">
  & Pick<Clock, "monotonic">;

/** In seconds, for a connection to be made. */
const USUAL_TIMEOUT = 30;
const BLOCK = 16384;

/** The endpoint that a path stands for; `null` if it is a path like any other. */
export function endpointOf(path: string): Endpoint | null {
  if (!path.startsWith("/dev/") || (path[5] !== "t" && path[5] !== "u")) return null;
  const match = /^\/dev\/(?:(tcp|udp)\/([^/]+)\/([^/]+)|unix\/(.+))$/.exec(path);
  if (match === null) return null;
  const [, protocol, host, service, file] = match;
  if (file !== undefined) return { kind: "unix", path: file };
  const listens = host === "*" && protocol === "tcp";
  const request = { host: listens ? null : host!, service: service!, datagram: protocol === "udp" };
  return { kind: listens ? "listen" : "connect", request };
}

export class Connector {
  /**
   * @param givenUp asked when a signal has come: whether to give up
   * @param timeout the value of HEXSH_NET_TIMEOUT
   */
  constructor(
    private readonly system: NetworkSystem,
    private readonly captures: Captures,
    private readonly givenUp: () => boolean,
    private readonly timeout: () => string | undefined,
  ) {}

  /** Opens an endpoint. Returns a descriptor, which blocks. */
  open(endpoint: Endpoint): number | NetworkError {
    const text = this.timeout() ?? "";
    if (text !== "" && !/^(\d+\.?\d*|\.\d+)$/.test(text)) {
      return { error: `HEXSH_NET_TIMEOUT: ${text}: invalid timeout` };
    }
    const seconds = text !== "" ? Number(text) : endpoint.kind === "listen" ? 0 : USUAL_TIMEOUT;
    const deadline = seconds === 0 ? Infinity : this.system.monotonic() + seconds;
    if (endpoint.kind === "unix") {
      const address = this.system.unixAddress(endpoint.path);
      return typeof address === "number" ? failure(address) : this.connect([address], deadline);
    }
    const { request } = endpoint;
    const addresses = this.lookUp(request, deadline);
    if (!Array.isArray(addresses)) return addresses;
    return endpoint.kind === "listen" ? this.accept(addresses, deadline) : this.connect(addresses, deadline);
  }

  /** Waits for a descriptor, or for the deadline: 0, `-ETIMEDOUT`, or `-EINTR` after a signal that has it given up. */
  private awaitReady(descriptor: number, events: number, deadline: number): number {
    for (;;) {
      if (this.givenUp()) return -EINTR;
      const left = deadline === Infinity ? -1 : Math.max(0, (deadline - this.system.monotonic()) * 1000);
      const request = { descriptor, events, returned: 0 };
      const signals = { descriptor: this.system.signalDescriptor, events: POLLIN, returned: 0 };
      const result = this.captures.poll([request, signals], left);
      if (request.returned !== 0) return 0;
      if (result < 0 && result !== -EINTR) return result;
      if (result === 0 && left === 0) return -ETIMEDOUT;
    }
  }

  private lookUp(request: LookupRequest, deadline: number): Address[] | NetworkError {
    const numeric = this.system.lookUpNumbers(request);
    if (numeric.length > 0) return numeric;
    const lookup = this.system.beginLookup(request);
    if (typeof lookup === "number") return failure(lookup);
    const { pid, descriptor } = lookup;
    const bytes = this.readAll(descriptor, deadline);
    this.system.close(descriptor);
    // It has nothing more to say, or nobody wants to hear it.
    this.system.kill(pid, SIGKILL);
    while (this.system.waitpid(pid, 0) === -EINTR);
    if (typeof bytes === "number") return failure(bytes);
    const found = this.system.readLookup(bytes);
    if (typeof found !== "string") return found;
    const { host, service } = request;
    return { error: `${host === null ? "" : `${host} `}port ${service}: ${found}` };
  }

  private readAll(descriptor: number, deadline: number): Uint8Array | number {
    const bytes = new Uint8Array(BLOCK);
    for (let size = 0;;) {
      const ready = this.awaitReady(descriptor, POLLIN, deadline);
      if (ready < 0) return ready;
      const count = this.system.read(descriptor, bytes, size, BLOCK - size);
      if (count === 0) return bytes.subarray(0, size);
      if (count < 0 && count !== -EINTR) return count;
      size += Math.max(0, count);
    }
  }

  /** Connects to the first of the addresses that lets it. */
  private connect(addresses: readonly Address[], deadline: number): number | NetworkError {
    let error = -ETIMEDOUT;
    for (const [index, address] of addresses.entries()) {
      // Those that follow get their share of the time.
      const now = this.system.monotonic();
      const share = now + (deadline - now) / (addresses.length - index);
      const descriptor = this.system.connect(address);
      error = descriptor < 0 ? descriptor : this.awaitReady(descriptor, POLLOUT, share);
      if (error === 0) error = this.system.socketError(descriptor);
      if (descriptor >= 0 && error >= 0) return this.ready(descriptor);
      if (descriptor >= 0) this.system.close(descriptor);
      if (error === -EINTR) break;
    }
    return failure(error);
  }

  private ready(descriptor: number): number {
    this.system.setStatusFlags(descriptor, O_RDWR);
    return descriptor;
  }

  /** Waits for one connection. */
  private accept(addresses: readonly Address[], deadline: number): number | NetworkError {
    // IPv6 takes connections of both protocols; it is the one to try first.
    let listening = -ETIMEDOUT;
    for (const address of addresses.toReversed()) {
      listening = this.system.listen(address);
      if (listening >= 0) break;
    }
    if (listening < 0) return failure(listening);
    for (;;) {
      let result = this.awaitReady(listening, POLLIN, deadline);
      if (result === 0) result = this.system.accept(listening);
      // Whoever wanted to connect has thought better of it.
      if (result === -EAGAIN || result === -ECONNABORTED || result === -EINTR && !this.givenUp()) continue;
      this.system.close(listening);
      return result < 0 ? failure(result) : this.ready(result);
    }
  }
}

function failure(error: number): NetworkError {
  return { error: error === -EINTR ? "" : strerror(-error) };
}
