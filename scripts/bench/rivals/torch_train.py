"""PyTorch eager, one thread: `torch_train.py mlp|cnn STEPS` trains on minibatches of 32 of 2,048 images in memory."""

import platform
import sys

import torch
from torch import nn
from lines import serve
from torch_models import IMAGE, MODELS

model_name, num_steps = sys.argv[1], int(sys.argv[2])
num_samples, batch_size = 2048, 32
torch.set_num_threads(1)
torch.manual_seed(0)
torch.set_flush_denormal(True)
features = torch.rand(num_samples, *IMAGE)
labels = torch.arange(num_samples) % 10
model = MODELS[model_name]()
loss_of = nn.CrossEntropyLoss()
if model_name == "mlp":
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
else:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)


def repeat():
    steps_left = num_steps
    while steps_left > 0:
        order = torch.randperm(num_samples)
        for start in range(0, min(num_samples, steps_left * batch_size), batch_size):
            rows = order[start : start + batch_size]
            optimizer.zero_grad()
            loss_of(model(features[rows]), labels[rows]).backward()
            optimizer.step()
            steps_left -= 1
    return num_steps * batch_size


serve(f"torch-train-{model_name}", repeat, {"torch": torch.__version__, "python": platform.python_version()})
