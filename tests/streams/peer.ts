/** A peer for the shell's network connections. */

export interface Peer<Result> {
  readonly port: number;
  /** What came of its one connection. */
  readonly result: Promise<Result>;
}

/** Listens on a port of the loopback interface, and has `talk` deal with the one connection that comes. */
export function serve<Result>(talk: (connection: Deno.TcpConn) => Promise<Result>): Peer<Result> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = async () => {
    try {
      return await talk(await listener.accept());
    } finally {
      listener.close();
    }
  };
  return { port: listener.addr.port, result: accepted() };
}

const AF_INET = 2;
const SOCK_STREAM_NONBLOCK_CLOEXEC = 1 | 0o4000 | 0o2000000;
const SOL_SOCKET = 1;
const SO_LINGER = 13;
const MSG_PEEK = 2;

/** What Deno's own sockets can't do. */
function openLibrary() {
  return Deno.dlopen("libc.so.6", {
    socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
    bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
    listen: { parameters: ["i32", "i32"], result: "i32" },
    getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
    connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
    accept4: { parameters: ["i32", "pointer", "pointer", "i32"], result: "i32" },
    recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
    setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
  });
}

type Library = ReturnType<typeof openLibrary>["symbols"];

/** Listens on a port of the loopback interface. Returns the descriptor and the address. */
function listen(library: Library, backlog: number): { descriptor: number; address: Uint8Array<ArrayBuffer> } {
  const address = new Uint8Array([AF_INET, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  const descriptor = library.socket(AF_INET, SOCK_STREAM_NONBLOCK_CLOEXEC, 0);
  library.bind(descriptor, address, address.length);
  library.listen(descriptor, backlog);
  library.getsockname(descriptor, address, new Uint8Array(new Uint32Array([address.length]).buffer));
  return { descriptor, address };
}

const portOf = (address: Uint8Array) => address[2]! * 256 + address[3]!;

/** A listener with a queue that is full: the kernel answers no further connection. */
export function fullListener(): { readonly port: number; close(): void } {
  const library = openLibrary();
  const { symbols } = library;
  const { descriptor, address } = listen(symbols, 0);
  const waiting = Array.from({ length: 4 }, () => {
    const connecting = symbols.socket(AF_INET, SOCK_STREAM_NONBLOCK_CLOEXEC, 0);
    symbols.connect(connecting, address, address.length);
    return connecting;
  });
  return {
    port: portOf(address),
    close() {
      for (const each of [descriptor, ...waiting]) symbols.close(each);
      library.close();
    },
  };
}

/** A listener that resets its one connection once something has come. */
export function resettingListener(): Peer<void> {
  const library = openLibrary();
  const { symbols } = library;
  const { descriptor, address } = listen(symbols, 1);
  /** Repeats a call that does not wait until it succeeds. */
  const repeat = async (call: () => number | bigint): Promise<number> => {
    for (;;) {
      const result = Number(call());
      if (result >= 0) return result;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const talk = async () => {
    const connection = await repeat(() => symbols.accept4(descriptor, null, null, SOCK_STREAM_NONBLOCK_CLOEXEC & ~1));
    await repeat(() => symbols.recv(connection, new Uint8Array(1), 1n, MSG_PEEK));
    const atOnce = new Uint8Array(new Int32Array([1, 0]).buffer);
    symbols.setsockopt(connection, SOL_SOCKET, SO_LINGER, atOnce, atOnce.length);
    symbols.close(connection);
    symbols.close(descriptor);
    library.close();
  };
  return { port: portOf(address), result: talk() };
}
