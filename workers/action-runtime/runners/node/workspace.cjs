"use strict";

const fs = require("node:fs");
const path = require("node:path");

const copiedPackageBytes = 16 * 1024 * 1024;

function* walkFiles(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walkFiles(full);
    else yield full;
  }
}

function openFolders(folder) {
  if (!fs.lstatSync(folder).isDirectory()) return;
  fs.chmodSync(folder, 0o700);
  for (const name of fs.readdirSync(folder)) openFolders(path.join(folder, name));
}

function remove(file) {
  try {
    fs.rmSync(file, { recursive: true, force: true });
  } catch {
    openFolders(file);
    fs.rmSync(file, { recursive: true, force: true });
  }
}

// The handler's writable view: a private copy of its package as working directory, and empty scratch folders.
class Workspace {
  constructor(paths) {
    this.paths = paths;
    this.root = path.join(paths.work, "action");
    this.environment = { ...process.env };
  }

  prepare() {
    let size = 0;
    for (const file of walkFiles(this.paths.action)) size += fs.lstatSync(file).size;
    // A large package is linked file by file: readable in place, and still a folder to write into.
    const link = size > copiedPackageBytes;
    fs.mkdirSync(this.root, { recursive: true });
    for (const file of walkFiles(this.paths.action)) {
      const target = path.join(this.root, path.relative(this.paths.action, file));
      fs.mkdirSync(path.dirname(target), { recursive: true });
      if (link) fs.symlinkSync(file, target);
      else fs.copyFileSync(file, target);
    }
    this.manifest = this.fingerprint();
    process.chdir(this.root);
  }

  fingerprint() {
    let found = "";
    for (const file of walkFiles(this.root)) {
      const status = fs.lstatSync(file, { bigint: true });
      found += `${file}\0${status.ino}\0${status.size}\0${status.mtimeNs}\n`;
    }
    return found;
  }

  // Undoes what a call left behind, so that the next one finds what the first one found.
  clean() {
    this.empty(this.paths.tmp);
    if (this.paths.shm) this.empty(this.paths.shm);
    this.empty(this.paths.work, "action");
    if (!fs.existsSync(this.root) || this.fingerprint() !== this.manifest) {
      process.chdir("/");
      fs.rmSync(this.root, { recursive: true, force: true });
      this.prepare();
    }
    process.chdir(this.root);
    for (const name of Object.keys(process.env)) if (!(name in this.environment)) delete process.env[name];
    Object.assign(process.env, this.environment);
  }

  empty(folder, keep) {
    for (const name of fs.readdirSync(folder)) {
      if (name !== keep) remove(path.join(folder, name));
    }
  }
}

exports.Workspace = Workspace;
exports.walkFiles = walkFiles;
