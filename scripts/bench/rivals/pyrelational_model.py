"""The network of PyRelational's quickstart: an MLP with dropout after every layer, the last one's logits too."""

import torch
import torch.nn.functional as F
from lightning.pytorch import LightningModule
from sklearn.metrics import accuracy_score
from torch import nn


class Classifier(LightningModule):
    def __init__(self, dropout=0):
        super().__init__()
        self.layer_1, self.layer_2, self.layer_3 = nn.Linear(784, 128), nn.Linear(128, 256), nn.Linear(256, 10)
        self.dropout = nn.Dropout(p=dropout)

    def forward(self, x):
        x = x.view(x.size(0), -1)
        x = F.relu(self.dropout(self.layer_1(x)))
        x = F.relu(self.dropout(self.layer_2(x)))
        return F.log_softmax(self.dropout(self.layer_3(x)), dim=1)

    def training_step(self, batch, _):
        x, y = batch
        loss = F.nll_loss(self(x), y)
        self.log("loss", loss)
        return loss

    def validation_step(self, batch, _):
        x, y = batch
        return F.nll_loss(self(x), y)

    def test_step(self, batch, _):
        x, y = batch
        logits = self(x)
        self.log("test_loss", F.nll_loss(logits, y))
        self.log("test_accuracy", accuracy_score(y, logits.argmax(1)))

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=1e-3)
