import type { Grid } from "../../lib/experiments/grid.ts";

export const small: Grid = {
  data: "drawn:2500",
  hidden: [[8], [6, 5]],
  init: "he",
  optimiser: ["adam", "sgd"],
  epochs: 1,
  seed: [1, 2],
};
