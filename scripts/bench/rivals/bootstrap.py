"""`bootstrap.py SHAPE`: rliable's intervals of inter-quartile means. SHAPE is JSON: { numStrategies, numSeeds, numResamples }."""

import importlib.metadata
import json
import platform
import sys

import numpy as np
from lines import serve
from rliable import library, metrics

shape = json.loads(sys.argv[1])
num_strategies, num_seeds, num_resamples = shape["numStrategies"], shape["numSeeds"], shape["numResamples"]
rng = np.random.default_rng(1)
scores = {f"strategy {i}": rng.random((num_seeds, 1)) for i in range(num_strategies)}


def interquartile_mean(values):
    return np.array([metrics.aggregate_iqm(values)])


def repeat():
    library.get_interval_estimates(scores, interquartile_mean, reps=num_resamples)
    return num_strategies * num_resamples


serve("rliable-bootstrap", repeat, {"rliable": importlib.metadata.version("rliable"), "python": platform.python_version()})
