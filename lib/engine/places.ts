/**
 * Where things lie in the compute kernels' memory, as plain numbers, so that workers can be told.
 *
 * @module
 */
import type { SeededDistortions } from "../data/distort.ts";
import type { Loss } from "../network/loss.ts";
import type { Activation } from "../network/network.ts";

/** A convolution's window and pictures; counted in numbers. */
export interface ConvolutionPlace {
  /** Rows of the window, and numbers in one of them. */
  readonly size: number;
  readonly run: number;
  /** Numbers of a pixel, of a row and of a whole picture that comes in, border and padding included. */
  readonly step: number;
  readonly pitch: number;
  readonly picture: number;
  /** Rows and columns of the sums, how many are pooled, and rows and columns after that. */
  readonly rows: number;
  readonly cols: number;
  readonly pool: number;
  readonly pooledRows: number;
  readonly pooledCols: number;
  /** Numbers in a row of the picture that goes on, and where in it the first place is, after the next layer's border. */
  readonly outPitch: number;
  readonly outStart: number;
}

/** One layer in memory. */
export interface LayerPlace {
  /** How many numbers go in, with padding where they come from filters. */
  readonly inputs: number;
  /** They come in groups, one for each place, of so many numbers padded to so many; the same where nothing is padded. */
  readonly group: readonly [numbers: number, padded: number];
  /** How many come out. */
  readonly units: number;
  /** Units rounded up to a multiple of four: what is computed. */
  readonly width: number;
  /** Numbers per row: 4, 8 or a multiple of 16, so that a row begins where a cache line does. */
  readonly stride: number;
  /** Numbers per example in what it gives on: one row, or a whole picture. */
  readonly row: number;
  /** Where the layer is a convolution. */
  readonly convolution: ConvolutionPlace | null;
  /** What is done to the sums. */
  readonly activation: Activation;
  /** Where its weights begin within the block of all parameters, in bytes: inputs rows of stride numbers, then the bias. */
  readonly offset: number;
  /** How many numbers the weights are, with padding. */
  readonly weightCount: number;
  /** Where the transposed weights are, a row of `inputs` numbers per unit; 0 where nobody needs them. */
  readonly transposed: number;
}

/** A set of examples in memory. */
export interface SetPlace {
  /** How many. */
  readonly count: number;
  /** Numbers per example. */
  readonly inputs: number;
  /** The labels, one byte each; 0 if there are none. */
  readonly labels: number;
  /** Where each row of entries begins, and the entries; 0 if the examples are dense. */
  readonly starts: number;
  /** The entries, `entryBytes` each. */
  readonly entries: number;
  /** 4 for grey levels, 8 for any other numbers; see kernels/sparse.ts. */
  readonly entryBytes: 4 | 8;
  /** What an entry's value is multiplied with. */
  readonly factor: number;
  /** The numbers as they are, `inputs` padded to a multiple of four in a row; 0 if the examples are sparse. */
  readonly dense: number;
}

/** What one worker needs for itself. */
export interface Workplace {
  /** The activations of each layer for one chunk of examples. */
  readonly activations: readonly number[];
  /** The blame of each layer for one chunk; the last layer's lies in its activations. */
  readonly blame: readonly number[];
  /** Columns of entries for one batch. */
  readonly columnStarts: number;
  /** The same. */
  readonly columnEntries: number;
  /** Dense examples of one batch, side by side; as pictures with their border where the first layer is a convolution. */
  readonly gathered: number;
  /** What each convolution remembers for one chunk, see kernels/convolution.ts. */
  readonly convolutions: readonly (ConvolutionRoom | null)[];
  /** The sums of a convolution's places in one row of pools. */
  readonly sums: number;
  /** Columns of a factor, or all filters, copied together by eights. */
  readonly panel: number;
  /** Rows of a factor, or windows, four at a time side by side. */
  readonly packed: number;
}

/** What a convolution remembers on its way. */
export interface ConvolutionRoom {
  /** Which window won each pool. */
  readonly winners: number;
  /** Who is to blame, and how many of each filter. */
  readonly lists: number;
  readonly counts: number;
  /** The gradient, filter by filter. */
  readonly slopes: number;
}

/** What is summed up over a share of the examples. */
export interface SharePlace {
  /** The gradient: as the block of parameters. */
  readonly gradient: number;
  /** Loss and number of right answers, as doubles. */
  readonly report: number;
}

/** The whole memory; plain numbers, so that workers can be told. */
export interface Layout {
  /** The layers, first to last. */
  readonly layers: readonly LayerPlace[];
  /** All weights and biases, one block. */
  readonly parameters: number;
  /** How many numbers that block has. */
  readonly parameterCount: number;
  /** Room for an optimiser's two memories, as the block of parameters. */
  readonly moments: readonly [number, number];
  /** The sets of examples. */
  readonly sets: readonly SetPlace[];
  /** Columns of entries of each chunk of the first set, prepared once; none with mini-batches. */
  readonly chunkColumns: readonly { readonly starts: number; readonly entries: number }[];
  /** Where each input goes in a picture with its border, 4 bytes each; 0 where the first layer is no convolution. */
  readonly inPicture: number;
  /** The order of the examples in an epoch, 4 bytes each. */
  readonly order: number;
  /** One workplace per worker. */
  readonly workplaces: readonly Workplace[];
  /** The sums: up to `SHARES` of a pass; of a batch one gradient, and a report for each worker. */
  readonly shares: readonly SharePlace[];
  /** What is lowered. */
  readonly loss: Loss;
  /** How many examples at most are worked on at once. */
  readonly chunk: number;
  /** Room for some images as bytes on their way to entries. */
  readonly staging: number;
  /** How much of it, at least one image. */
  readonly stagingBytes: number;
  /** Which activations are dropped: how many, what the others are multiplied with, and the seed; null for none. */
  readonly dropout: { readonly limit: number; readonly factor: number; readonly seed: number } | null;
  /** How the pictures of a batch are changed, and after how many steps in another way; null for not at all. */
  readonly distortions: SeededDistortions & { readonly perEpoch: number } | null;
  /** Signals between workers, 4 bytes each. */
  readonly signals: number;
  /** What to do with a batch, as doubles. */
  readonly task: number;
  /** How many bytes in all. */
  readonly bytes: number;
}
