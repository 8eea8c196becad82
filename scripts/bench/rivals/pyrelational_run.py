"""PyRelational's quickstart: `pyrelational_run.py FOLDER` runs margin sampling to the end of the pool, once per line.

FOLDER holds FashionMNIST/raw/*-ubyte. 50,000 / 5,000 / 5,000 rows, MLP with dropout 0.2, 4 epochs on minibatches of 10,000,
10 MC-dropout samples, 10,000 more labels per query.
"""

import contextlib
import json
import logging
import os
import platform
import sys
import time
import warnings

warnings.filterwarnings("ignore")
logging.getLogger("lightning").setLevel(logging.ERROR)
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)

import torch
from pyrelational import __version__ as pyrelational_version
from pyrelational.data_managers import DataManager
from pyrelational.model_managers import LightningMCDropoutModelManager
from pyrelational.pipeline import Pipeline
from pyrelational.strategies.classification import MarginalConfidenceStrategy
from pyrelational_model import Classifier
from torchvision import datasets, transforms


def run():
    """The pipeline alone: what it is given, the loaded images, is made before the clock starts."""
    torch.manual_seed(0)
    images = datasets.FashionMNIST(root=folder, train=True, download=False, transform=transforms.ToTensor())
    train, validation, test = torch.utils.data.random_split(images, [50000, 5000, 5000])
    manager = LightningMCDropoutModelManager(
        model_class=Classifier, model_config={"dropout": 0.2}, trainer_config={"epochs": 4}
    )
    data = DataManager(
        dataset=images,
        train_indices=train.indices,
        validation_indices=validation.indices,
        test_indices=test.indices,
        loader_batch_size=10000,
        label_attr="targets",
    )
    pipeline = Pipeline(data_manager=data, model_manager=manager, strategy=MarginalConfidenceStrategy())
    start = time.perf_counter()
    pipeline.run(num_annotate=10000)
    return time.perf_counter() - start, len(train)


# Lightning writes its logs where it stands.
folder = os.path.abspath(sys.argv[1])
os.chdir(folder)
answers = os.fdopen(os.dup(1), "w")
versions = {
    "pyrelational": pyrelational_version,
    "torch": torch.__version__,
    "python": platform.python_version(),
}
print(json.dumps({"what": "pyrelational-run", "ready": True, "versions": versions}), file=answers, flush=True)
for _ in sys.stdin:
    # Lightning's progress bars and warnings are no part of the answer.
    with contextlib.redirect_stdout(sys.stderr):
        seconds, samples = run()
    print(json.dumps({"what": "pyrelational-run", "samples": samples, "seconds": seconds}), file=answers, flush=True)
