"""PyRelational's quickstart on rows that are given: `pyrelational_quickstart.py FOLDER [NUM_ANNOTATE [EPOCHS [BATCH_SIZE]]]`.

FOLDER holds FashionMNIST/raw/*-ubyte. Each line of stdin is a run, {"strategy": …, "seed": …, "initial": […], "pool": […],
"validation": […], "test": […]}, rows of the train file, the pool without the initial rows; each line of stdout its result.
Network and pipeline are the quickstart's; only the rows come from elsewhere.
"""

import contextlib
import json
import logging
import os
import platform
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")
logging.getLogger("lightning").setLevel(logging.ERROR)
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench" / "rivals"))

import torch
from pyrelational import __version__ as pyrelational_version
from pyrelational.data_managers import DataManager
from pyrelational.model_managers import LightningMCDropoutModelManager
from pyrelational.pipeline import Pipeline
from pyrelational.strategies.classification import (
    EntropyClassificationStrategy,
    LeastConfidenceStrategy,
    MarginalConfidenceStrategy,
    RatioConfidenceStrategy,
)
from pyrelational.strategies.task_agnostic import RandomAcquisitionStrategy
from pyrelational_model import Classifier
from torchvision import datasets, transforms

STRATEGIES = {
    "entropy": EntropyClassificationStrategy,
    "least-confidence": LeastConfidenceStrategy,
    "margin": MarginalConfidenceStrategy,
    "random": RandomAcquisitionStrategy,
    "ratio": RatioConfidenceStrategy,
}

folder = Path(sys.argv[1]).resolve()
num_annotate, epochs, batch_size = [int(text) for text in sys.argv[2:]] + [10000, 4, 10000][len(sys.argv) - 2 :]


def run(strategy, seed, rows):
    torch.manual_seed(seed)
    # Loaded anew: PyRelational writes labels into the data set that it is given.
    images = datasets.FashionMNIST(root=folder, train=True, download=False, transform=transforms.ToTensor())
    manager = LightningMCDropoutModelManager(
        model_class=Classifier, model_config={"dropout": 0.2}, trainer_config={"epochs": epochs}
    )
    data = DataManager(
        dataset=images,
        train_indices=rows["initial"] + rows["pool"],
        labelled_indices=rows["initial"],
        unlabelled_indices=rows["pool"],
        validation_indices=rows["validation"],
        test_indices=rows["test"],
        loader_batch_size=batch_size,
        label_attr="targets",
    )
    pipeline = Pipeline(data_manager=data, model_manager=manager, strategy=STRATEGIES[strategy]())
    start = time.perf_counter()
    pipeline.run(num_annotate=num_annotate)
    seconds = time.perf_counter() - start
    # Rows asked for after round i say i + 1, the initial ones 0.
    asked_in = [entry["iteration"] for entry in pipeline.labelled_by.values()]
    rounds = [
        {
            "numLabels": sum(iteration <= i for iteration in asked_in),
            "accuracy": float(performance["test_accuracy"]),
            "nll": float(performance["test_loss"]),
        }
        for i, performance in sorted(pipeline.performances.items())
    ]
    return {"rounds": rounds, "seconds": round(seconds, 1)}


versions = {
    "pyrelational": pyrelational_version,
    "torch": torch.__version__,
    "python": platform.python_version(),
}
# Lightning writes its logs where it stands.
os.chdir(folder)
answers = os.fdopen(os.dup(1), "w")
for line in sys.stdin:
    request = json.loads(line)
    # Progress bars and warnings are no part of the answer.
    with contextlib.redirect_stdout(sys.stderr):
        result = run(request["strategy"], request["seed"], request)
    print(json.dumps({**result, "versions": versions}), file=answers, flush=True)
