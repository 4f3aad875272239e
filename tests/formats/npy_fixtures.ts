import { latin, u32 } from "../files/samples.ts";

export const npy = (header: string, body: number[], version = 1) => {
  const text = header.padEnd(118 - 10 - 1) + "\n";
  const length = version === 1 ? [text.length & 255, text.length >> 8] : u32(text.length);
  return Uint8Array.from([0x93, ...latin("NUMPY"), version, 0, ...length, ...latin(text), ...body]);
};

export const dict = (descr: string, shape: string, fortran = "False") =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }`;
