"""PyTorch eager, one thread: `torch_score.py MODEL IMAGES SAMPLES HOW` means class probabilities over dropout samples.

HOW is `train-mode` (what users write: the model in train mode, a mask per image, the whole network once per sample) or
`consistent` (as fast as we could write it: one mask per sample for all images, the layers before the first dropout
run once per batch).
"""

import platform
import sys

import torch
from torch import nn
from lines import serve
from torch_models import IMAGE, MODELS

model_name, num_images, num_samples, how = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
batch_size = 1000
torch.set_num_threads(1)
torch.manual_seed(0)
features = (torch.rand(num_images, *IMAGE) * 255).to(torch.uint8)
model = MODELS[model_name]().train()
layers = list(model)
is_dropout = [isinstance(layer, (nn.Dropout, nn.Dropout2d)) for layer in layers]
first_dropout = is_dropout.index(True)


def draw_masks(shared):
    """For each sample and dropout layer one mask for every image, [1, …shape], divided by the kept part."""
    sizes = []
    for layer, dropped in zip(layers[first_dropout:], is_dropout[first_dropout:], strict=True):
        if dropped:
            shape = shared.shape[1:2] + (1,) * (shared.dim() - 2)
            sizes.append((1, *shape))
        shared = shared if dropped else layer(shared)
    rates = [layer.p for layer, dropped in zip(layers, is_dropout, strict=True) if dropped]
    return [
        [(torch.rand(size) >= rate).float() / (1 - rate) for size, rate in zip(sizes, rates, strict=True)]
        for _ in range(num_samples)
    ]


def consistent(batch, masks):
    """Log-probabilities' mean over samples; the layers before the first dropout are run once."""
    shared = nn.Sequential(*layers[:first_dropout])(batch)
    total = torch.zeros(len(batch), 10)
    for sample in masks:
        x, left = shared, iter(sample)
        for layer, dropped in zip(layers[first_dropout:], is_dropout[first_dropout:], strict=True):
            x = x * next(left) if dropped else layer(x)
        total += x.softmax(1)
    return total / num_samples


def train_mode(batch):
    total = torch.zeros(len(batch), 10)
    for _ in range(num_samples):
        total += model(batch).softmax(1)
    return total / num_samples


@torch.inference_mode()
def repeat():
    masks = None
    means = []
    for start in range(0, num_images, batch_size):
        batch = features[start : start + batch_size].float() / 255
        if how == "consistent":
            masks = masks or draw_masks(nn.Sequential(*layers[:first_dropout])(batch[:1]))
            means.append(consistent(batch, masks))
        else:
            means.append(train_mode(batch))
    torch.cat(means).log().numpy()
    return num_images


versions = {"torch": torch.__version__, "python": platform.python_version()}
serve(f"torch-score-{model_name}-{how}", repeat, versions)
