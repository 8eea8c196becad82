/** What `querybench init` writes. Every line that is commented out shows a default. */
export const starterSpec = `# An experiment: every combination of the axes below is one trial per seed.
# Run it with:  querybench run experiment.yaml --report
# What may be named:  querybench list strategies|selectors|datasets|models|oracles|engines

name: experiment             # results go to results/<name>
description: Which strategy learns digits from the fewest labels?

# --- axes: one value or a list ---------------------------------------------------------------------------------
dataset: digits              # digits (built in), mnist, fashion-mnist; see: querybench data
# dataset: { path: data.csv, labels: species }   # your own: CSV, NumPy, Parquet or IDX
# dataset:
#   name: mnist
#   normalization: unit      # bytes to [0, 1]; or standard: less the mean, over the standard deviation
#   initialPool: random      # or stratified, balanced
#   split:                   # numbers below 1 are fractions, others count rows
#     rows: all              # or train-file, test-file
#     test: test-file        # rows that measure accuracy
#     validation: 0          # rows for early stopping
#     pool: rest             # rows that may be labelled, the initial pool included
#     stratified: false
model: mlp                   # logistic, mlp, lenet, cnn-gal, …; see: querybench list models
strategy: [random, margin, entropy]
initialPoolSize: [20, 100]   # labels before the first query; pools of one seed are nested
queryBatchSize: 10           # labels per query
# oracle: perfect            # or noisy, abstaining, costly, crowd
seed: 0-9                    # ten seeds; at least six for a rank test, ten for a claim

# --- how long ----------------------------------------------------------------------------------------------------
budget: 300                  # labels in the end, the initial pool included; or all; or instead  rounds: 20

# --- training: changes to every model's own recipe -----------------------------------------------------------------
# training:
#   optimizer: { name: adam, learningRate: 0.001 }       # or sgd, adamw
#   batchSize: 32
#   stop: { rule: epochs, epochs: 30 }                   # or steps, training-loss, training-accuracy, running-accuracy, validation-accuracy
#   start: cold                                          # or warm: go on from the previous round's weights
# engine: onnx               # or tfjs
# device: cpu                # or webgpu, cuda, auto; see: querybench doctor
# target: [0.9]              # test accuracies whose label counts are reported
`;
