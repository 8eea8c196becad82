"""scikit-learn's classifiers on rows that are given: the first line of stdin says what the data must be and how they are scaled,
{"pixelsSha256": …, "labelsSha256": …, "scale": …, "shift": …}, and each further line is a run,
{"model": "mlp-sklearn" or "logistic", "seed": …, "initial": […], "queries": [[…], …], "test": […]}, rows of load_digits().
A line of stdout per run has test accuracy and loss after each query, each by a model trained from scratch.

Both are as scikit-learn comes, but for the solver's iterations, of which LogisticRegression may take as many as its tolerance asks for.
Pinned in scripts/fixtures/requirements.txt.
"""

import hashlib
import json
import platform
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

SMALLEST = np.finfo(np.float64).tiny  # of a class that no label was seen of


def sha256(values):
    return hashlib.sha256(np.ascontiguousarray(values, dtype=np.uint8).tobytes()).hexdigest()


def scaled_digits(wanted):
    """The model's input, by the very scale that querybench's has; refuses other data, or another order of rows."""
    pixels, labels = load_digits(return_X_y=True)
    for name, values in (("pixelsSha256", pixels), ("labelsSha256", labels)):
        if sha256(values) != wanted[name]:
            sys.exit(f"load_digits() must have the data that the trials had: its {name} is {sha256(values)}, not {wanted[name]}.")
    return pixels * wanted["scale"] + wanted["shift"], labels


def create(model, seed, number):
    if model == "logistic":
        return LogisticRegression(max_iter=10_000)
    # Another start for every training, as ours have.
    return MLPClassifier(random_state=np.random.RandomState([seed, number]))


def measure(model, features, truth):
    """Classes that no label was seen of have probability 0, and so a finite loss here."""
    probabilities = np.full((len(truth), 10), SMALLEST)
    probabilities[:, model.classes_] = np.maximum(model.predict_proba(features), SMALLEST)
    return {
        "accuracy": float(np.mean(probabilities.argmax(axis=1) == truth)),
        "nll": round(float(-np.mean(np.log(probabilities[np.arange(len(truth)), truth]))), 6),
    }


def run(request):
    rows, test = list(request["initial"]), request["test"]
    rounds = []
    for number, query in enumerate([[], *request["queries"]]):
        rows += query
        model = create(request["model"], request["seed"], number).fit(features[rows], labels[rows])
        rounds.append({"numLabels": len(rows), **measure(model, features[test], labels[test])})
    return rounds


warnings.simplefilter("ignore", ConvergenceWarning)  # after 200 epochs, by default, as ours
versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": platform.python_version()}
features, labels = scaled_digits(json.loads(sys.stdin.readline()))
for line in sys.stdin:
    start = time.perf_counter()
    rounds = run(json.loads(line))
    seconds = round(time.perf_counter() - start, 2)
    print(json.dumps({"rounds": rounds, "seconds": seconds, "versions": versions}), flush=True)
