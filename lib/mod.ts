/**
 * Everything the notebooks use, and the types that it speaks of; the rest of lib/ is imported from where it is.
 *
 * @module
 */
import "./notebook/show.ts"; // first: it names a Deno that is too old before that fails in some other way

export { add, addColumn, at, columns, fromRows, hadamard, type Matrix } from "./matrix.ts";
export { matmul, matmulTransposed } from "./products.ts";
export { matrix, scale, shape, subtract, sumRows, toRows, transpose } from "./matrix.ts";
export type { SparseColumns } from "./sparse.ts";
export { raiseLimits } from "./limits.ts";
export { normal, type Random, seededRandom, shuffledIndices } from "./random.ts";
export { type CsvOptions, parseNumericCsv } from "./formats/csv.ts";
export { formatInFile, parseInFile } from "./formats/in_file.ts";
export { parseMat } from "./formats/mat.ts";
export { networkFromSafetensors, networkToSafetensors } from "./formats/safetensors.ts";
export { checkCleanliness, checkDigitTable, type CsvFault, describeFinding } from "./data/cleanliness.ts";
export { type DigitLayout, type FaultKind, type Finding, type NoLabel, type NumericTable } from "./data/cleanliness.ts";
export { type Place, type ValueReport } from "./data/cleanliness.ts";
export { type LabelPlace } from "./data/digit_table.ts";
export { inkBetween, redrawn, shifted, turned } from "./data/augment.ts";
export { type Distorter, distorter, distortionRandom, type Distortions } from "./data/distort.ts";
export { HANDWRITING, type SeededDistortions } from "./data/distort.ts";
export { courseraToDigits, crop20, digitsToCoursera } from "./data/coursera.ts";
export { type Digits, pick, pixelsOf, shiftToCentre, slice } from "./data/digits.ts";
export { drawDigits } from "./data/drawn_digits.ts";
export { type Examples, examplesOf } from "./data/examples.ts";
export { normalise, oneHot, shuffle, type Split, split } from "./data/prepare.ts";
export { activate, assertFiniteLogits, derivative, softmax } from "./network/activations.ts";
export { type Blame, blameOf } from "./network/blame.ts";
export { assertTargets, backward, type Gradients } from "./network/backward.ts";
export { assertFiniteSums, assertInputs, forward, type ForwardPass, mostLikely } from "./network/forward.ts";
export { checkGradients, type GradientCheck, type ParameterCheck, withNumber } from "./network/gradient_check.ts";
export { assertSizes, drawLayer, type Draws, epsilonUniform, gaussian, glorot, he } from "./network/init.ts";
export { type Filters, initialiseLayers, type LayerList } from "./network/init_layers.ts";
export {
  byPatch,
  convolve,
  eachNumberOfPatches,
  joinPatches,
  largestOfPools,
  patches,
  winnersOfPools,
} from "./network/convolution.ts";
export { dropMasks, type Dropout } from "./network/dropout.ts";
export { initialise, type Initialiser, type LayerDraws, uniformHalf, zeros } from "./network/init.ts";
export { assertLabels, cost, crossEntropy, type Loss, lossPerExample, weightPenalty } from "./network/loss.ts";
export { type Activation, type Activations, countParameters, type Layer, type Network } from "./network/network.ts";
export { type Convolution, pooledSize, sizesOf, summedSize } from "./network/network.ts";
export { flatten, fromTheta, toTheta, unflatten } from "./network/theta.ts";
export { assertLearningRate, update } from "./network/update.ts";
export { meanImages, nearestMean } from "./evaluation/baseline.ts";
export { evaluate, type Measures } from "./evaluation/evaluate.ts";
export { accuracy, accuracyText, assertSameLength, calibration, type CalibrationBin } from "./evaluation/metrics.ts";
export { interval, lessonText, perClass } from "./evaluation/metrics.ts";
export { differenceInterval, type PairedDifference, pairedDifference } from "./evaluation/compare.ts";
export { mean, overSeeds, type Spread, spreadOf, spreadText } from "./evaluation/spread.ts";
export { RECORDED_MNIST, type RecordedMnist } from "./evaluation/recorded_mnist.ts";
export { type DigitStatistics, digitStatistics } from "./evaluation/statistics.ts";
export { dot, type IterationReport, type LbfgsOptions, minimise, type Minimum, type Pair } from "./training/lbfgs.ts";
export type { Step, TrainingRecord, TrainingResult, TrainOptions } from "./training/plan.ts";
export { type Objective, objectiveOf } from "./training/objective.ts";
export { type EarlyStopping, earlyStopping } from "./training/early_stopping.ts";
export { scheduled, SCHEDULES } from "./training/schedules.ts";
export { adam, type AdamNumbers, type AdamOptions, momentum, type Move } from "./training/optimisers.ts";
export { type Optimiser, type OptimiserRule, type OptimiserState, sgd } from "./training/optimisers.ts";
export { decodeImage } from "./images/decode.ts";
export type { GreyImage } from "./images/grey_image.ts";
export { type PhotoStages, preparePhoto, preparePhotoRaw, type Rules } from "./images/prepare_photo.ts";
export type { InkRules } from "./images/ink.ts";
export { type Box, findDigits, type FoundDigit } from "./images/find_digits.ts";
export { foundPicture, type FoundReading } from "./plots/found_picture.ts";
export { type ReadDigit, readDigits, type ReadPicture } from "./tutorials/read_digits.ts";
export { type EngineChoice, type EngineName, type FastObjective, fastObjective } from "./engine/choice.ts";
export { probabilitiesOf } from "./engine/choice.ts";
export type { DownloadOptions, DownloadProgress, ExpectedFile } from "./files/download.ts";
export { downloadMnist, type DownloadMnistOptions } from "./files/mnist.ts";
export { findCoursera, loadDigits, projectFile } from "./files/sources.ts";
export { digitGallery, gallery, type GalleryOptions, numbersPicture, type Tile } from "./plots/digits.ts";
export { COLOURS, type Figure, type Picture } from "./plots/figure.ts";
export { barsFigure, type FigureOptions, histogramFigure, intervalBars, linesFigure } from "./plots/figures.ts";
export { dotsFigure } from "./plots/dots.ts";
export { curve } from "./plots/history.ts";
export { type Series } from "./plots/figures.ts";
export { confusionFigure, heatFigure } from "./plots/heat_maps.ts";
export { photoStagesPicture, type ReadPhoto, squareTile } from "./plots/photo_stages.ts";
export { ballView } from "./plots/views/ball_view.ts";
export { batchView } from "./plots/views/batch_view.ts";
export { lossView } from "./plots/views/loss_view.ts";
export { networkView } from "./plots/views/network_view.ts";
export type { Stage } from "./plots/views/network_arithmetic.ts";
export { SMALL_EXAMPLE, type SmallExample } from "./plots/views/network_numbers.ts";
export { padView } from "./plots/views/pad_view.ts";
export { pixelView } from "./plots/views/pixel_view.ts";
export { type ReportValues, reportView } from "./plots/views/report_view.ts";
export { shiftView } from "./plots/views/shift_view.ts";
export { slopeView } from "./plots/views/slope_view.ts";
export { softmaxView } from "./plots/views/softmax_view.ts";
export { spreadView } from "./plots/views/spread_view.ts";
export { thresholdView } from "./plots/views/threshold_view.ts";
export type { Lane as TrainingLane } from "./plots/views/runner.ts";
export { type TrainingValues, trainingView } from "./plots/views/training_view.ts";
export { valleyView } from "./plots/views/valley_view.ts";
export type { Answering } from "./plots/views/view.ts";
export { walkView, type Way as WalkWay } from "./plots/views/walk_view.ts";
export { type NamedFilter, windowView } from "./plots/views/window_view.ts";
export { scalarBias } from "./tutorials/as_written.ts";
export { classify, type Reading } from "./tutorials/classify.ts";
export { runExperiment } from "./experiments/experiment.ts";
export type { Curve, DataNote, ExperimentRow, FailedRow } from "./experiments/rows.ts";
export type { Settings } from "./experiments/settings.ts";
export { recordedRows } from "./experiments/rows.ts";
export { PUBLISHED, type Published } from "./experiments/published.ts";
export type { TutorialResult, TutorialRun } from "./tutorials/train_tutorial.ts";
export { type AdamMethod, type DescentMethod, type Division, type LbfgsMethod } from "./tutorials/tutorials.ts";
export { CONVOLUTIONAL, type Tutorial, tutorial, TUTORIALS, type Variant } from "./tutorials/tutorials.ts";
export { courseMap } from "./course/course_map.ts";
export { suspects } from "./course/suspects.ts";
export type { Effect, Exhibit, Material, Version } from "./course/museum/exhibit.ts";
export { type Cost, COSTS, exhibit, EXHIBITS, museumMaterial } from "./course/museum/mod.ts";
export { check, guess, hint, keyNumber, progress, reveal, showExhibit, solution } from "./notebook/learning.ts";
export { openPad } from "./notebook/pad.ts";
export { showReport } from "./notebook/report.ts";
export { watched } from "./notebook/progress_bar.ts";
export { letPicturesAnswer, log, savePicture, shapes, show, table, tick } from "./notebook/show.ts";
export { type Lane, type NotebookTraining, race, train, trainTutorial } from "./notebook/training.ts";
export { trainYours, type WorkshopSurroundings } from "./notebook/workshop.ts";
export { type OwnNetwork, readOwnNetwork } from "./files/own_network.ts";
export type { Epoch, Own } from "./course/workshop/run.ts";
export type { Parts, PlainGradients, PlainLayer, PlainPass, Table, TrainingPlan } from "./course/workshop/plain.ts";
export type { StepperOptions } from "./training/stepper.ts";
