/**
 * The system-call filter of a sandbox as a classic BPF program (seccomp(2), `struct sock_filter`): everything is
 * allowed but what is listed. Generated here because there is no libseccomp to count on where the product runs.
 */

type Architecture = "x64" | "arm64";

const auditArch: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Numbers from the kernel's tables; null where an architecture has no such call. */
const denied: Record<string, [x64: number, arm64: number | null]> = {
  // Mounts and namespaces.
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  unshare: [272, 97],
  setns: [308, 268],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  name_to_handle_at: [303, 264],
  // Other processes' memory and descriptors.
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  // Large kernel surfaces that no handler needs.
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  fanotify_init: [300, 262],
  lookup_dcookie: [212, 18],
  memfd_secret: [447, 447],
  move_pages: [279, 239],
  migrate_pages: [256, 238],
  mbind: [237, 235],
  set_mempolicy: [238, 237],
  modify_ldt: [154, null],
  uselib: [134, null],
  ustat: [136, null],
  sysfs: [139, null],
  // What outlives the call that made it.
  shmget: [29, 194],
  semget: [64, 190],
  msgget: [68, 186],
  mq_open: [240, 180],
  // The machine itself.
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  syslog: [103, 116],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  vhangup: [153, 58],
  iopl: [172, null],
  ioperm: [173, null],
};

const judged: Record<"clone" | "clone3" | "ioctl" | "socket" | "socketpair", [x64: number, arm64: number]> = {
  clone: [56, 220],
  clone3: [435, 435],
  ioctl: [16, 29],
  socket: [41, 198],
  socketpair: [53, 199],
};

const namespaceFlags = 0x7e020000;
const terminalInjection = [0x5412, 0x541c];
const families = { unix: 1, inet: 2, inet6: 10 };

const errno = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 };
const allow = 0x7fff0000;
const killProcess = 0x80000000;
const fail = (code: number) => (0x00050000 | code) >>> 0;

const op = { load: 0x20, jumpEqual: 0x15, jumpGreaterEqual: 0x35, jumpSet: 0x45, ret: 0x06 };
type Instruction = [code: number, ifTrue: number, ifFalse: number, value: number];

const load = (offset: number): Instruction => [op.load, 0, 0, offset];
const ret = (value: number): Instruction => [op.ret, 0, 0, value];
const dataOffsets = { number: 0, arch: 4, firstArgument: 16 };
const x32Bit = 0x40000000;

function whenNumber(number: number, body: Instruction[]): Instruction[] {
  return [[op.jumpEqual, 0, body.length, number], ...body];
}

/** The filter for this machine, as the bytes that bubblewrap's `--seccomp` reads. */
export function seccompProgram(architecture: Architecture, options: { network: boolean }): Buffer {
  const column = architecture === "x64" ? 0 : 1;
  const number = (name: keyof typeof judged) => judged[name][column];
  const allowedFamilies = options.network ? [families.unix, families.inet, families.inet6] : [families.unix];
  const familyCheck = (allowed: number[]): Instruction[] => [
    load(dataOffsets.firstArgument),
    ...allowed.flatMap((family): Instruction[] => [[op.jumpEqual, 0, 1, family], ret(allow)]),
    ret(fail(errno.EPERM)),
  ];
  const program: Instruction[] = [
    load(dataOffsets.arch),
    [op.jumpEqual, 1, 0, auditArch[architecture]],
    ret(killProcess),
    load(dataOffsets.number),
    ...(architecture === "x64"
      ? ([[op.jumpGreaterEqual, 0, 1, x32Bit], ret(fail(errno.ENOSYS))] as Instruction[])
      : []),
    ...Object.values(denied).flatMap((numbers) => {
      const call = numbers[column];
      return call === null ? [] : whenNumber(call, [ret(fail(errno.EPERM))]);
    }),
    // glibc falls back to clone, whose flags can be read here; clone3's are behind a pointer.
    ...whenNumber(number("clone3"), [ret(fail(errno.ENOSYS))]),
    ...whenNumber(number("clone"), [
      load(dataOffsets.firstArgument),
      [op.jumpSet, 0, 1, namespaceFlags],
      ret(fail(errno.EPERM)),
      ret(allow),
    ]),
    ...whenNumber(number("ioctl"), [
      load(dataOffsets.firstArgument + 8),
      ...terminalInjection.flatMap((command): Instruction[] => [[op.jumpEqual, 0, 1, command], ret(fail(errno.EPERM))]),
      ret(allow),
    ]),
    ...whenNumber(number("socket"), familyCheck(allowedFamilies)),
    ...whenNumber(number("socketpair"), familyCheck([families.unix])),
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
