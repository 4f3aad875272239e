/**
 * Everything the notebooks use.
 *
 * @module
 */
export { type Ink } from "./ink.ts";
export * from "./matrix.ts";
export * from "./random.ts";
export * from "./format.ts";
export * from "./data/digits.ts";
export * from "./data/drawn_digits.ts";
export * from "./data/idx.ts";
export * from "./data/csv.ts";
export * from "./data/digit_csv.ts";
export * from "./data/npz.ts";
export * from "./data/mat.ts";
export * from "./data/in_file.ts";
export * from "./data/cleanliness.ts";
export * from "./data/prepare.ts";
export * from "./data/download.ts";
export * from "./data/mnist.ts";
export * from "./data/read_file.ts";
export * from "./data/files.ts";
export * from "./data/sources.ts";
export * from "./network/init.ts";
export * from "./network/activations.ts";
export * from "./network/forward.ts";
export * from "./network/predict.ts";
export * from "./network/loss.ts";
export * from "./network/backward.ts";
export * from "./network/update.ts";
export * from "./network/theta.ts";
export * from "./network/gradient_check.ts";
export * from "./training/gradient_descent.ts";
export * from "./training/train.ts";
export * from "./training/optimisers.ts";
export * from "./training/mini_batch.ts";
export * from "./training/line_search.ts";
export * from "./training/lbfgs.ts";
export * from "./evaluation/metrics.ts";
export * from "./evaluation/baseline.ts";
export * from "./evaluation/statistics.ts";
export * from "./evaluation/recorded_mnist.ts";
export * from "./images/png.ts";
export * from "./images/grey_image.ts";
export * from "./images/decode.ts";
export * from "./images/prepare_photo.ts";
export * from "./weights/json.ts";
export * from "./weights/onnx.ts";
export * from "./weights/safetensors.ts";
export {
  type EngineChoice,
  type EngineName,
  evaluateOn,
  type FastObjective,
  fastObjective,
  infer,
} from "./engine/evaluate.ts";
export * from "./plots/figure.ts";
export * from "./plots/figures.ts";
export * from "./plots/heat_maps.ts";
export * from "./plots/digits.ts";
export * from "./plots/photo_stages.ts";
export * from "./plots/course_map.ts";
export * from "./plots/blame_picture.ts";
export * from "./plots/network_pictures.ts";
export * from "./course/tutorials.ts";
export * from "./course/train_tutorial.ts";
export * from "./course/read_picture.ts";
export { expandGrid, type Grid, type Settings } from "./course/experiment_settings.ts";
export * from "./course/experiment.ts";
export * from "./course/recorded.ts";
export * from "./course/guess.ts";
export * from "./course/exercise.ts";
export * from "./course/museum/mod.ts";
export * from "./course/progress.ts";
export * from "./notebook.ts";
export * from "./notebook_learning.ts";
export * from "./notebook_pad.ts";
export { type LiveOptions, train, trainEpochs, trainLive } from "./notebook_training.ts"; // these hear the stop button
