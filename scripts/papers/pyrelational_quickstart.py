"""PyRelational's quickstart on rows that are given: `pyrelational_quickstart.py FOLDER NUM_ANNOTATE EPOCHS BATCH_SIZE [VARIANT]`.

FOLDER holds FashionMNIST/raw/*-ubyte. Each line of stdin is a run, {"strategy": …, "seed": …, "initial": […], "pool": […],
"validation": […], "test": […]}, rows of the train file, the pool without the initial rows; each line of stdout its result.
Network and pipeline are the quickstart's; only the rows come from elsewhere. The variant `mended` takes its strategies with what 1.0.2
has wrong put right (`Mended`, `MendedRandom`); `shared-masks` has other dropout masks too (`SharedMasks`).
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

import numpy
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



class Mended:
    """Scores the mean of the samples' probabilities.

    `ClassificationStrategy` 1.0.2 scores softmax(softmax(mean of what the network gives)). The network gives log-probabilities, whose mean is no
    log-probability, and the second softmax presses all distributions towards the uniform one, which changes their order.
    """

    def __call__(self, num_annotate, data_manager, model_manager):
        samples = self.train_and_infer(data_manager=data_manager, model_manager=model_manager)
        scores = self.scoring_function(samples.exp().mean(0))
        order = torch.argsort(scores, descending=True).tolist()
        return [data_manager.u_indices[i] for i in order[:num_annotate]]


class MendedRandom(RandomAcquisitionStrategy):
    """Trains each round. `Pipeline.run` 1.0.2 leaves that to the strategy, and random never does: its first network is tested every time."""

    def __call__(self, num_annotate, data_manager, model_manager):
        model_manager.train(data_manager.get_labelled_loader(), data_manager.get_validation_loader())
        return super().__call__(num_annotate, data_manager)


class SharedMasks(LightningMCDropoutModelManager):
    """Draws one set of dropout masks per sample for all rows, as querybench does; the release draws one per sample and row."""

    def __call__(self, loader):
        model = self._current_model.to(self.device).eval()
        masks = {}

        def drop(module, inputs, output):
            # Dropout is one module for all layers: their widths tell them apart.
            width = output.shape[1]
            if width not in masks:
                kept = 1 - self.eval_dropout_prob
                masks[width] = torch.bernoulli(torch.full((1, width), kept)) / kept
            return output * masks[width]

        hook = model.dropout.register_forward_hook(drop)
        samples = []
        with torch.no_grad():
            for _ in range(self.n_estimators):
                masks.clear()
                samples.append(torch.cat([model(x.to(self.device)).cpu() for x, _ in loader]))
        hook.remove()
        return torch.stack(samples)


def mended(name, strategy):
    return MendedRandom if name == "random" else type(strategy.__name__, (Mended, strategy), {})


folder = Path(sys.argv[1]).resolve()
num_annotate, epochs, batch_size = [int(text) for text in sys.argv[2:5]]
variant = sys.argv[5] if len(sys.argv) > 5 else None
Manager = SharedMasks if variant == "shared-masks" else LightningMCDropoutModelManager
if variant is not None:
    STRATEGIES = {name: mended(name, strategy) for name, strategy in STRATEGIES.items()}


def run(strategy, seed, rows):
    torch.manual_seed(seed)
    numpy.random.seed(seed)  # random draws from it
    # Loaded anew: PyRelational writes labels into the data set that it is given.
    images = datasets.FashionMNIST(root=folder, train=True, download=False, transform=transforms.ToTensor())
    manager = Manager(
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
    "-".join(filter(None, ["pyrelational", variant])): pyrelational_version,
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
