"""cnn-batchbald trained by PyTorch on a CUDA GPU, one seed after another: what a plain script does.

python3 torchGpu.py NUM_SEEDS SECONDS -> {"replicaStepsPerSecond": ...} on standard output
Layers: src/models/presets.ts; batch 64, Adam 1e-3.
"""
import json
import sys
import time

import torch
from torch import nn

num_seeds, seconds = int(sys.argv[1]), float(sys.argv[2])
if not torch.cuda.is_available():
    sys.exit('PyTorch has no CUDA here')
device = torch.device('cuda')
x = torch.rand(1024, 1, 28, 28, device=device)
y = torch.randint(0, 10, (1024,), device=device)


def build(seed):
    torch.manual_seed(seed)
    net = nn.Sequential(
        nn.Conv2d(1, 32, 5), nn.Dropout2d(0.5), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(32, 64, 5), nn.Dropout2d(0.5), nn.MaxPool2d(2), nn.ReLU(),
        nn.Flatten(), nn.Linear(1024, 128), nn.Dropout(0.5), nn.ReLU(), nn.Linear(128, 10),
    ).to(device)
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)


def train(net, optimizer, num_steps):
    loss_of = nn.CrossEntropyLoss()
    for _ in range(num_steps):
        rows = torch.randint(0, 1024, (64,), device=device)
        optimizer.zero_grad()
        loss_of(net(x[rows]), y[rows]).backward()
        optimizer.step()
    torch.cuda.synchronize()


nets = [build(seed) for seed in range(num_seeds)]
train(*nets[0], 20)
steps_each = max(5, 200 // num_seeds)
steps, start = 0, time.perf_counter()
while time.perf_counter() - start < seconds:
    for net in nets:
        train(*net, steps_each)
        steps += steps_each
print(json.dumps({'replicaStepsPerSecond': steps / (time.perf_counter() - start), 'torch': torch.__version__,
                  'gpu': torch.cuda.get_device_name()}))
