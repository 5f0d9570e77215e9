export { hashFiles, type ListedFile, listFiles } from "./list-files";
export { isZip, packageLimits, type UnzipLimits, unzip } from "./unzip";
export { zipFiles } from "./zip";
