import { type CallNumbers, denied, deniedOnSharedMachine, onlyOnItself, ownersCalls } from "./seccomp-calls";

/**
 * The system-call filter of a sandbox as a classic BPF program (seccomp(2), `struct sock_filter`): everything is
 * allowed but what is listed. Generated here because there is no libseccomp to count on where the product runs.
 */

type Architecture = "x64" | "arm64";

const auditArch: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Calls that are judged by their arguments. */
const judged: Record<"clone" | "clone3" | "ioctl" | "socket" | "socketpair", [x64: number, arm64: number]> = {
  clone: [56, 220],
  clone3: [435, 435],
  ioctl: [16, 29],
  socket: [41, 198],
  socketpair: [53, 199],
};

const namespaceFlags = 0x7e020000;
/** Makes a child of the caller's parent, which knows nothing of it and never asks how it ended. */
const siblingFlag = 0x8000;
const terminalInjection = [0x5412, 0x541c];
/** FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR and FS_IOC_ENABLE_VERITY: what else an owner may change of a file. */
const attributeCommands = [0x40086602, 0x401c5820, 0x40806685];
const families = { unix: 1, inet: 2, inet6: 10 };
/** Of a pair of these neither end can be connected to anything else. */
const pairTypes = { stream: 1, seqpacket: 5 };
const typeMask = 0xf;

const errno = { EPERM: 1, ENOSYS: 38 };
const allow = 0x7fff0000;
const killProcess = 0x80000000;
const fail = (code: number) => (0x00050000 | code) >>> 0;

const op = { load: 0x20, and: 0x54, jumpEqual: 0x15, jumpGreaterEqual: 0x35, jumpSet: 0x45, ret: 0x06 };
type Instruction = [code: number, ifTrue: number, ifFalse: number, value: number];

const load = (offset: number): Instruction => [op.load, 0, 0, offset];
const ret = (value: number): Instruction => [op.ret, 0, 0, value];
const dataOffsets = { number: 0, arch: 4, firstArgument: 16 };
const x32Bit = 0x40000000;

function whenNumber(number: number | null | undefined, body: Instruction[]): Instruction[] {
  return number === null || number === undefined ? [] : [[op.jumpEqual, 0, body.length, number], ...body];
}

const refuse = ret(fail(errno.EPERM));
const argument = (index: number) => load(dataOffsets.firstArgument + 8 * index);
const mask = (bits: number): Instruction => [op.and, 0, 0, bits];
const refuseWhenOneOf = (values: number[]) =>
  values.flatMap((value): Instruction[] => [[op.jumpEqual, 0, 1, value], refuse]);
const refuseUnlessOneOf = (values: number[]): Instruction[] => [
  ...values.map((value, index): Instruction => [op.jumpEqual, values.length - index, 0, value]),
  refuse,
];

export interface FilterOptions {
  /** Whether sockets of the internet's families may be made. */
  network: boolean;
  /** Set where no namespaces are between a handler and its machine; `ownUser`: whether it runs as a user of its own. */
  sharedMachine?: { ownUser: boolean };
}

function socketRules({ network, sharedMachine }: FilterOptions): Record<"socket" | "socketpair", Instruction[]> {
  const pair = [argument(0), ...refuseUnlessOneOf([families.unix])];
  // Landlock lets every process connect to a socket that has a path, so that a handler gets none that could.
  if (sharedMachine) {
    const types = [argument(1), mask(typeMask), ...refuseUnlessOneOf(Object.values(pairTypes))];
    return { socket: [refuse], socketpair: [...pair, ...types, ret(allow)] };
  }
  const allowed = network ? Object.values(families) : [families.unix];
  return { socket: [argument(0), ...refuseUnlessOneOf(allowed), ret(allow)], socketpair: [...pair, ret(allow)] };
}

/** The filter for this machine, as the bytes that bubblewrap's `--seccomp` reads. */
export function seccompProgram(architecture: Architecture, options: FilterOptions): Buffer {
  const column = architecture === "x64" ? 0 : 1;
  const { sharedMachine } = options;
  const ownFiles = sharedMachine !== undefined && !sharedMachine.ownUser;
  const judge = (name: keyof typeof judged, body: Instruction[]) => whenNumber(judged[name][column], body);
  const each = (calls: Record<string, CallNumbers>, body: Instruction[]) =>
    Object.values(calls).flatMap((numbers) => whenNumber(numbers[column], body));
  const sockets = socketRules(options);
  const program: Instruction[] = [
    load(dataOffsets.arch),
    [op.jumpEqual, 1, 0, auditArch[architecture]],
    ret(killProcess),
    load(dataOffsets.number),
    ...(architecture === "x64"
      ? ([[op.jumpGreaterEqual, 0, 1, x32Bit], ret(fail(errno.ENOSYS))] as Instruction[])
      : []),
    ...each({ ...denied, ...(sharedMachine && deniedOnSharedMachine) }, [refuse]),
    ...each(ownFiles ? ownersCalls : {}, [ret(fail(0))]),
    ...Object.values(sharedMachine ? onlyOnItself : {}).flatMap(({ numbers, values }) => {
      const checks = values.flatMap((value, index) => [argument(index), ...refuseUnlessOneOf([value])]);
      return whenNumber(numbers[column], [...checks, ret(allow)]);
    }),
    // glibc falls back to clone, whose flags can be read here; clone3's are behind a pointer.
    ...judge("clone3", [ret(fail(errno.ENOSYS))]),
    ...judge("clone", [
      argument(0),
      [op.jumpSet, 0, 1, sharedMachine ? namespaceFlags | siblingFlag : namespaceFlags],
      refuse,
      ret(allow),
    ]),
    ...judge("ioctl", [
      argument(1),
      ...refuseWhenOneOf([...terminalInjection, ...(ownFiles ? attributeCommands : [])]),
      ret(allow),
    ]),
    ...judge("socket", sockets.socket),
    ...judge("socketpair", sockets.socketpair),
    ret(allow),
  ];
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, ifTrue, ifFalse, value], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes[index * 8 + 2] = ifTrue;
    bytes[index * 8 + 3] = ifFalse;
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4);
  });
  return bytes;
}

export function isFilterable(architecture: string): architecture is Architecture {
  return architecture === "x64" || architecture === "arm64";
}
