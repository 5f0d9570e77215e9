/** From the kernel's tables; null where an architecture has no such call. */
export type CallNumbers = [x64: number, arm64: number | null];

/** What no handler may call. */
export const denied: Record<string, CallNumbers> = {
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
  shmat: [30, 196],
  shmctl: [31, 195],
  semget: [64, 190],
  semop: [65, 193],
  semctl: [66, 191],
  semtimedop: [220, 192],
  msgget: [68, 186],
  msgsnd: [69, 189],
  msgrcv: [70, 188],
  msgctl: [71, 187],
  mq_open: [240, 180],
  mq_unlink: [241, 181],
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

/** What else is refused where a handler shares its machine's processes and files with others, and only Landlock is between. */
export const deniedOnSharedMachine: Record<string, CallNumbers> = {
  // A process group is what all of a handler is killed by: nothing may leave it.
  setsid: [112, 157],
  setpgid: [109, 154],
  // Tells the names in folders that may not be listed.
  inotify_init: [253, null],
  inotify_init1: [294, 26],
};

/** Calls that reach other processes of the same user: the arguments with which they mean the caller itself. */
export const onlyOnItself: Record<string, { numbers: CallNumbers; values: number[] }> = {
  prlimit64: { numbers: [302, 261], values: [0] },
  setpriority: { numbers: [141, 140], values: [0, 0] },
  ioprio_set: { numbers: [251, 30], values: [1, 0] },
  sched_setparam: { numbers: [142, 118], values: [0] },
  sched_setscheduler: { numbers: [144, 119], values: [0] },
  sched_setaffinity: { numbers: [203, 122], values: [0] },
  sched_setattr: { numbers: [314, 274], values: [0] },
};

/**
 * Modes, owners, times and attributes, which Landlock leaves to the files' owner. Where handlers run as that owner, these
 * calls do nothing and say that they did: refused, they would fail each copy of a file.
 */
export const ownersCalls: Record<string, CallNumbers> = {
  chmod: [90, null],
  fchmod: [91, 52],
  fchmodat: [268, 53],
  fchmodat2: [452, 452],
  chown: [92, null],
  lchown: [94, null],
  fchown: [93, 55],
  fchownat: [260, 54],
  utime: [132, null],
  utimes: [235, null],
  futimesat: [261, null],
  utimensat: [280, 88],
  setxattr: [188, 5],
  lsetxattr: [189, 6],
  fsetxattr: [190, 7],
  setxattrat: [463, 463],
  removexattr: [197, 14],
  lremovexattr: [198, 15],
  fremovexattr: [199, 16],
  removexattrat: [466, 466],
  file_setattr: [469, 469],
};
