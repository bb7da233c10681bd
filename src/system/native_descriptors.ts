/**
 * Descriptors and sockets as they are: the part of the {@link System} of `native.ts` that moves data. Shell strings and
 * objects come in; bytes and numbers go to C.
 */
import * as c from "./bindings.ts";
import { decode, encodedLimit } from "./bytes.ts";
import { append, input, integers, numbers, output, passed, reserve } from "./memory.ts";
import { outputString, unlessError } from "./results.ts";
import type {
  Address,
  Descriptors,
  Lookup,
  LookupRequest,
  Network,
  Pipe,
  PollRequest,
  Relayed,
  RelayManner,
} from "./system.ts";

/** Flags of `hexsh_relay`, in `native/relay.h` and `native/hexsh.h`. */
const RELAY_NO_SPLICE = 1;
const RELAY_SHARED_INPUT = 2;
const RELAY_SHARED_OUTPUT = 4;
const RELAY_RESUME = 256;

/** `struct record` of `native/network.c`: its size, and where the text of an error is in it. */
const ADDRESS_SIZE = 144;
const ADDRESS_TEXT = 16;

/** Flags of the look-ups in `native/hexsh.h`. */
const LOOKUP_DATAGRAM = 1;
const LOOKUP_PASSIVE = 2;

function lookupFlags({ host, datagram }: LookupRequest): number {
  return (datagram ? LOOKUP_DATAGRAM : 0) | (host === null ? LOOKUP_PASSIVE : 0);
}

function lookupNames({ host, service }: LookupRequest): Uint8Array<ArrayBuffer> {
  reserve(encodedLimit(host ?? "") + encodedLimit(service) + 2);
  append(service, append(host ?? "", 0));
  return input;
}

function checkRange(buffer: Uint8Array, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= buffer.length)) {
    throw new RangeError(`${length} bytes at ${offset} of a buffer of ${buffer.length}`);
  }
}

/** As many struct pollfd as were ever needed; two ints each. */
let pollBuffer = new Int32Array(new ArrayBuffer(512));

/** Carries {@link Descriptors} and {@link Network} out with the C library. */
export class NativeDescriptors implements Descriptors, Network {
  // Descriptors

  close(descriptor: number): number {
    return c.close(descriptor);
  }

  duplicate(descriptor: number, minimum: number): number {
    return c.duplicate(descriptor, minimum);
  }

  dup3(descriptor: number, target: number, flags: number): number {
    return c.dup3(descriptor, target, flags);
  }

  pipe2(flags: number): Pipe | number {
    return unlessError(c.pipe2(flags, integers), () => ({ read: integers[0]!, write: integers[1]! }));
  }

  pipeHolding(text: string): number {
    reserve(encodedLimit(text) + 1);
    return c.pipeHolding(input, append(text, 0) - 1);
  }

  read(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
    checkRange(buffer, offset, length);
    return c.read(descriptor, buffer, offset, length);
  }

  readAll(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
    checkRange(buffer, offset, length);
    return c.readAll(descriptor, buffer, offset, length);
  }

  write(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
    checkRange(buffer, offset, length);
    return c.write(descriptor, buffer, offset, length);
  }

  lseek(descriptor: number, offset: number, whence: number): number {
    return c.lseek(descriptor, offset, whence);
  }

  getStatusFlags(descriptor: number): number {
    return c.getStatusFlags(descriptor);
  }

  setStatusFlags(descriptor: number, flags: number): number {
    return c.setStatusFlags(descriptor, flags);
  }

  setCloseOnExec(descriptor: number, closeOnExec: boolean): number {
    return c.setCloseOnExec(descriptor, Number(closeOnExec));
  }

  pipeCapacity(descriptor: number, set = -1): number {
    return c.pipeCapacity(descriptor, set);
  }

  poll(requests: PollRequest[], timeout: number): number {
    if (requests.length * 2 > pollBuffer.length) pollBuffer = new Int32Array(requests.length * 4);
    requests.forEach(({ descriptor, events }, index) => {
      pollBuffer[index * 2] = descriptor;
      // Two shorts: events, and above them what is returned.
      pollBuffer[index * 2 + 1] = events;
    });
    const ready = c.poll(pollBuffer, requests.length, timeout);
    requests.forEach((request, index) => request.returned = ready > 0 ? pollBuffer[index * 2 + 1]! >>> 16 : 0);
    return ready;
  }

  tee(from: number, to: number, length: number, flags: number): number {
    return c.tee(from, to, length, flags);
  }

  splice(from: number, to: number, length: number, flags: number): number {
    return c.splice(from, to, length, flags);
  }

  copyFileRange(from: number, to: number, length: number): number {
    return c.copyFileRange(from, to, length);
  }

  sendfile(to: number, from: number, length: number): number {
    return c.sendfile(to, from, length);
  }

  relay(from: number, to: number, { splice, ownInput, ownOutput }: RelayManner, resume: boolean): Relayed {
    const shared = (ownInput ? 0 : RELAY_SHARED_INPUT) | (ownOutput ? 0 : RELAY_SHARED_OUTPUT);
    const flags = shared | (splice ? 0 : RELAY_NO_SPLICE) | (resume ? RELAY_RESUME : 0);
    const error = c.relay(from, to, flags, numbers);
    return { error, moved: numbers[0]!, outputFailed: numbers[1] === 1 };
  }

  memfdCreate(name: string): number {
    return c.memfdCreate(passed(name));
  }

  peek(descriptor: number, buffer: Uint8Array, offset: number, length: number): number {
    checkRange(buffer, offset, length);
    return c.peek(descriptor, buffer, offset, length);
  }

  // Network

  lookUpNumbers(request: LookupRequest): Address[] {
    const count = c.lookupNumeric(lookupNames(request), lookupFlags(request), output);
    return Array.from({ length: count }, (_, i) => output.slice(i * ADDRESS_SIZE, (i + 1) * ADDRESS_SIZE));
  }

  beginLookup(request: LookupRequest): Lookup | number {
    const begun = c.lookupBegin(lookupNames(request), lookupFlags(request), integers);
    return unlessError(begun, (descriptor) => ({ descriptor, pid: integers[0]! }));
  }

  readLookup(bytes: Uint8Array): Address[] | string {
    const [family] = new Int32Array(bytes.slice(0, 4).buffer);
    if (family === -1) return decode(bytes, ADDRESS_TEXT, bytes.indexOf(0, ADDRESS_TEXT));
    const count = Math.floor(bytes.length / ADDRESS_SIZE);
    return Array.from({ length: count }, (_, i) => bytes.slice(i * ADDRESS_SIZE, (i + 1) * ADDRESS_SIZE));
  }

  unixAddress(path: string): Address | number {
    return unlessError(c.unixAddress(passed(path), output), (size) => output.slice(0, size));
  }

  connect(address: Address): number {
    return c.connect(address);
  }

  socketError(descriptor: number): number {
    return c.socketError(descriptor);
  }

  listen(address: Address): number {
    return c.listen(address);
  }

  accept(listening: number): number {
    return c.accept(listening);
  }

  socketName(descriptor: number): string | number {
    return unlessError(c.socketName(descriptor, output, output.length), outputString);
  }
}
