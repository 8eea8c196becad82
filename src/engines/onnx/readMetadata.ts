/** What a model file says of itself: the few fields of onnx.proto's ModelProto that ONNX Runtime's Node binding keeps to itself. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

export interface ModelMetadata {
  readonly producer: string;
  readonly version: string;
  /** `metadata_props` by name. */
  readonly properties: ReadonlyMap<string, string>;
}

/** Throws where `bytes` are no message of protocol buffers. */
export function readMetadata(bytes: Uint8Array): ModelMetadata {
  const reader = new BinaryReader(bytes);
  let [producer, version] = ['', ''];
  const properties = new Map<string, string>();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 2 && type === WireType.LengthDelimited) producer = reader.string();
    else if (field === 3 && type === WireType.LengthDelimited) version = reader.string();
    else if (field === 14 && type === WireType.LengthDelimited) {
      const [key = '', value = ''] = readEntry(reader.bytes());
      properties.set(key, value);
    } else reader.skip(type, field);
  }
  return { producer, version, properties };
}

function readEntry(bytes: Uint8Array): string[] {
  const reader = new BinaryReader(bytes);
  const entry: string[] = [];
  while (reader.pos < reader.len) {
    const [field] = reader.tag();
    entry[field - 1] = reader.string();
  }
  return entry;
}
