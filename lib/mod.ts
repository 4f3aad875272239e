/**
 * Everything the notebooks use, and the types that it speaks of; the rest of lib/ is imported from where it is.
 *
 * @module
 */
export {
  add,
  addColumn,
  at,
  columns,
  fromRows,
  hadamard,
  matmul,
  matmulTransposed,
  type Matrix,
  matrix,
  scale,
  shape,
  subtract,
  sumRows,
  toRows,
  transpose,
} from "./matrix.ts";
export type { SparseColumns } from "./sparse.ts";
export { normal, type Random, seededRandom, shuffledIndices } from "./random.ts";
export { parseNumericCsv } from "./formats/csv.ts";
export { formatInFile, parseInFile } from "./formats/in_file.ts";
export { parseMat } from "./formats/mat.ts";
export { networkFromSafetensors, networkToSafetensors } from "./formats/safetensors.ts";
export {
  checkCleanliness,
  checkDigitTable,
  type CsvFault,
  describeFinding,
  type FaultKind,
  type Finding,
  type NumericTable,
  type Place,
  type ValueReport,
} from "./data/cleanliness.ts";
export { courseraToDigits, crop20, digitsToCoursera } from "./data/coursera.ts";
export { type Digits, pick, pixelsOf, shiftToCentre, slice } from "./data/digits.ts";
export { drawDigits } from "./data/drawn_digits.ts";
export { type Examples, examplesOf } from "./data/examples.ts";
export { normalise, oneHot, shuffle, type Split, split } from "./data/prepare.ts";
export { activate, assertFiniteLogits, derivative, softmax } from "./network/activations.ts";
export { assertTargets, backward, type Gradients } from "./network/backward.ts";
export { assertFiniteSums, assertInputs, forward, type ForwardPass, mostLikely } from "./network/forward.ts";
export { checkGradients, type GradientCheck, type ParameterCheck, withNumber } from "./network/gradient_check.ts";
export {
  assertSizes,
  drawLayer,
  type Draws,
  epsilonUniform,
  gaussian,
  glorot,
  he,
  initialise,
  type Initialiser,
  type LayerDraws,
  uniformHalf,
  zeros,
} from "./network/init.ts";
export { assertLabels, cost, crossEntropy, lossPerExample, weightPenalty } from "./network/loss.ts";
export { type Activation, type Activations, countParameters, type Layer, type Network } from "./network/network.ts";
export { flatten, fromTheta, toTheta, unflatten } from "./network/theta.ts";
export { assertLearningRate, update } from "./network/update.ts";
export { meanImages, nearestMean } from "./evaluation/baseline.ts";
export { evaluate, type Measures } from "./evaluation/evaluate.ts";
export {
  accuracy,
  accuracyText,
  assertSameLength,
  calibration,
  type CalibrationBin,
  interval,
  perClass,
} from "./evaluation/metrics.ts";
export { RECORDED_MNIST, type RecordedMnist } from "./evaluation/recorded_mnist.ts";
export { type DigitStatistics, digitStatistics } from "./evaluation/statistics.ts";
export { dot, type IterationReport, type LbfgsOptions, minimise, type Minimum, type Pair } from "./training/lbfgs.ts";
export type { Step, TrainingRecord, TrainingResult, TrainOptions } from "./training/loop.ts";
export { type Objective, objectiveOf } from "./training/objective.ts";
export {
  adam,
  type AdamNumbers,
  type AdamOptions,
  momentum,
  type Move,
  type Optimiser,
  type OptimiserRule,
  type OptimiserState,
  sgd,
} from "./training/optimisers.ts";
export { decodeImage } from "./images/decode.ts";
export type { GreyImage } from "./images/grey_image.ts";
export { type PhotoStages, preparePhoto, preparePhotoRaw } from "./images/prepare_photo.ts";
export {
  type EngineChoice,
  type EngineName,
  type FastObjective,
  fastObjective,
  probabilitiesOf,
} from "./engine/choice.ts";
export type { DownloadOptions, DownloadProgress, ExpectedFile } from "./files/download.ts";
export { downloadMnist, type DownloadMnistOptions } from "./files/mnist.ts";
export { findCoursera, loadDigits, projectFile } from "./files/sources.ts";
export { type Blame, blameOf, blamePicture } from "./plots/blame_picture.ts";
export { digitGallery, gallery, type GalleryOptions, numbersPicture, type Tile } from "./plots/digits.ts";
export { COLOURS, type Figure, type Picture } from "./plots/figure.ts";
export {
  barsFigure,
  curve,
  type FigureOptions,
  histogramFigure,
  intervalBars,
  linesFigure,
  type Series,
} from "./plots/figures.ts";
export { confusionFigure, heatFigure } from "./plots/heat_maps.ts";
export { graphPicture, walkThroughPicture } from "./plots/network_pictures.ts";
export { photoStagesPicture, type ReadPhoto, squareTile } from "./plots/photo_stages.ts";
export { scalarBias } from "./tutorials/as_written.ts";
export { classify, type Reading } from "./tutorials/classify.ts";
export { type ExperimentRow, type FailedRow, runExperiment } from "./tutorials/experiment.ts";
export type { Settings } from "./tutorials/experiment_settings.ts";
export { recordedRows } from "./tutorials/recorded.ts";
export { trainTutorial, type TutorialResult, type TutorialRun } from "./tutorials/train_tutorial.ts";
export {
  type AdamMethod,
  type DescentMethod,
  type Division,
  type LbfgsMethod,
  type Tutorial,
  tutorial,
  TUTORIALS,
  type Variant,
} from "./tutorials/tutorials.ts";
export { courseMap } from "./course/course_map.ts";
export type { Effect, Exhibit, Material, Version } from "./course/museum/exhibit.ts";
export { EXHIBITS, museumMaterial } from "./course/museum/mod.ts";
export { check, guess, hint, keyNumber, progress, reveal, showExhibit, solution } from "./notebook/learning.ts";
export { openPad } from "./notebook/pad.ts";
export { log, savePicture, shapes, show, table, tick } from "./notebook/show.ts";
export { type Lane, type NotebookTraining, race, train } from "./notebook/training.ts";
export type { StepperOptions } from "./training/stepper.ts";
