"""`scores.py NAME SHAPE K`: picks K of a pool by scores of random predictions, as one would write it.

NAME is `margin` or `entropy` (NumPy, float32 probabilities, which are there already) or `batch-bald` (batchbald_redux with at
most 40,000 outcomes, all cores). SHAPE is JSON: { numPool, numClasses, numDrawn }.
"""

import json
import platform
import sys

import numpy as np
from lines import serve

name, shape, k = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3])
num_pool, num_classes = shape["numPool"], shape["numClasses"]
rng = np.random.default_rng(1)
logits = 12 * rng.random((num_pool, 1), dtype=np.float32) * rng.random((num_pool, num_classes), dtype=np.float32)
probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)


def lowest(scores):
    """The k lowest, in order."""
    picks = np.argpartition(scores, k)[:k]
    return picks[np.argsort(scores[picks])]


def margin():
    top = np.partition(probabilities, num_classes - 2, axis=1)
    return lowest(top[:, -1] - top[:, -2])


def entropy():
    return lowest((probabilities * np.log(probabilities)).sum(axis=1))


def batch_bald():
    import torch
    from batchbald_redux.batchbald import get_batchbald_batch

    # Sample j of row i is the prediction of row i + j, as in ours.
    rows = (np.arange(num_pool)[:, None] + np.arange(shape["numDrawn"])) % num_pool
    logs = torch.from_numpy(np.log(probabilities)[rows])  # [N, K, C]
    return lambda: get_batchbald_batch(logs, k, 40_000)


pick = batch_bald() if name == "batch-bald" else {"margin": margin, "entropy": entropy}[name]


def repeat():
    pick()
    return k


serve(f"scores-{name}", repeat, {"numpy": np.__version__, "python": platform.python_version()})
