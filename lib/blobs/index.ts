export { type BlobStore, blobStore, readBlob, type StoredBlob } from "./blob-store";
