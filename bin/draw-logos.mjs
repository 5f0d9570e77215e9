// Draws `logo.png` of each package in actions/ that has a `logo.svg`: its glyph, white, on a tile in its category's colour.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const actions = join(dirname(fileURLToPath(import.meta.url)), "..", "actions");
const pixels = 128;
const glyphPixels = 72;
/** By the first category, from and to. */
const colours = {
  Text: ["#7c6cf0", "#5546c9"],
  Data: ["#2f9e8f", "#1f7368"],
  Files: ["#d98a2b", "#a96514"],
  Network: ["#3b82d6", "#2459a3"],
  Messages: ["#c8527f", "#96345a"],
  Databases: ["#4f9a4b", "#337030"],
  Storage: ["#5b7488", "#3d5162"],
  Tools: ["#6b7280", "#474d58"],
};

/** @param {string} folder */
function tileOf(folder) {
  const metadata = readFileSync(join(folder, "ryax_metadata.yaml"), "utf8");
  const category = /categories: \[(\w+)/.exec(metadata)?.[1] ?? "";
  const [from, to] = colours[/** @type {keyof typeof colours} */ (category)] ?? colours.Tools;
  const glyph = readFileSync(join(folder, "logo.svg"), "utf8").replace(/^<svg[^>]*>|<\/svg>\s*$/g, "");
  const scale = glyphPixels / 24;
  const offset = (pixels - glyphPixels) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels}" height="${pixels}">
  <defs><linearGradient id="tile" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>
  <rect width="${pixels}" height="${pixels}" rx="28" fill="url(#tile)"/>
  <g transform="translate(${offset} ${offset}) scale(${scale})" fill="none" stroke="#fff" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${glyph}</g>
</svg>`;
}

for (const name of readdirSync(actions)) {
  const folder = join(actions, name);
  if (!existsSync(join(folder, "logo.svg"))) continue;
  const png = await sharp(Buffer.from(tileOf(folder)))
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
  writeFileSync(join(folder, "logo.png"), png);
}
